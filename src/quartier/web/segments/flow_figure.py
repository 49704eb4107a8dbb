"""The flows of a segment as a drawing, and as the two lists that say the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from markupsafe import Markup
from pyroaring import BitMap

from quartier.language import Language, Plural, Text, percent, whole
from quartier.look.colours import follow_page
from quartier.look.flow import Side, Stream, draw
from quartier.segment.of_person import label_of
from quartier.segment.ways import Ways
from quartier.web.addresses import address
from quartier.web.kept import DRAWINGS
from quartier.web.segments.seen import Seen
from quartier.web.segments.words import COUNTED

WIDE, NARROW = 860, 340
MOST_STREAMS, MOST_WAYS = 6, 20


@dataclass(frozen=True)
class Way:
    """A segment from which persons came, or to which they went; the last one may be none at all."""

    label: str
    url: str
    n: int
    share: float
    words: str


@dataclass(frozen=True)
class FlowView:
    """The drawing, None where nobody moved, with the lists of both sides."""

    title: str
    wide: Markup | None
    narrow: Markup | None
    came_from: tuple[Way, ...]
    went_to: tuple[Way, ...]


def flow_view(found: Ways, seen: Seen, language: Language) -> FlowView:
    """The flows of a time."""
    labels = {name: label_of(each).to(language) for name, each in seen.known.items()}
    came = _ways(found.entered, found.came_from, found.from_nowhere, labels, _FROM_NONE.to(language), language)
    went = _ways(found.left, found.went_to, found.to_nowhere, labels, _TO_NONE.to(language), language)
    title = _title(found, came, went, seen, language)
    if not came and not went:
        return FlowView(title, None, None, (), ())
    middle = (seen.label.to(language), _STAYED.to(language, n=len(found.before & found.after)))
    sides = (
        _side(_ENTERED.to(language, n=len(found.entered)), found.entered, came),
        _side(_LEFT.to(language, n=len(found.left)), found.left, went),
    )
    wide, narrow = (
        DRAWINGS.get(("flow", sides, middle, width, title), partial(draw, *sides, middle, width, title))
        for width in (WIDE, NARROW)
    )
    return FlowView(title, _placed(wide), _placed(narrow), came, went)


def _placed(drawn: str) -> Markup:
    return Markup(follow_page(drawn))  # noqa: S704 - the drawing escapes its words


def _ways(
    moved: BitMap, others: Mapping[str, BitMap], nowhere: BitMap, labels: Mapping[str, str], none: str,
    language: Language,
) -> tuple[Way, ...]:  # fmt: skip
    if not moved:
        return ()
    found = [_way(labels[name], address("segments", name), len(each), len(moved), language)
             for name, each in list(others.items())[:MOST_WAYS]]  # fmt: skip
    return (*found, _way(none, "", len(nowhere), len(moved), language)) if nowhere else tuple(found)


def _way(label: str, url: str, n: int, of: int, language: Language) -> Way:
    return Way(label, url, n, n / of, f"{whole(n, language)} · {percent(n / of, language, 0)}")


def _side(head: str, moved: BitMap, ways: tuple[Way, ...]) -> Side:
    named, rest = [each for each in ways if each.url], [each for each in ways if not each.url]
    streams = tuple(
        Stream(each.label, each.words, f"{each.label}: {each.words}", each.n, each.url, not each.url)
        for each in (*named[:MOST_STREAMS], *rest)
    )
    return Side(head, len(moved), streams)


def _title(found: Ways, came: tuple[Way, ...], went: tuple[Way, ...], seen: Seen, language: Language) -> str:
    """The largest flow, where there is one to or from another segment."""
    first = max((each for each in (*came, *went) if each.url), key=lambda each: each.n, default=None)
    if first is None:
        return _PLAIN.to(language)
    said = _MOST_FROM if first in came else _MOST_TO
    of = len(found.entered) if first in came else len(found.left)
    counted = COUNTED[seen.of].to(language, n=of)
    return said.to(language, n=first.n, of=counted, label=first.label)


_PLAIN = Text(en="Flows to and from other segments", fr="Flux avec les autres segments")
_MOST_FROM = Text(
    en="{n} of the {of} who entered left “{label}” in the same time",
    fr="Parmi les entrées ({of}), {n} ont quitté « {label} » dans le même temps",
)
_MOST_TO = Text(
    en="{n} of the {of} who left entered “{label}” in the same time",
    fr="Parmi les sorties ({of}), {n} ont rejoint « {label} » dans le même temps",
)
_ENTERED = Plural(Text(en="{n} entered", fr="{n} entrée"), Text(en="{n} entered", fr="{n} entrées"))
_LEFT = Plural(Text(en="{n} left", fr="{n} sortie"), Text(en="{n} left", fr="{n} sorties"))
_STAYED = Text(en="{n} stayed", fr="{n} sans changement")
_FROM_NONE = Text(en="left no other segment", fr="n'ont quitté aucun autre segment")
_TO_NONE = Text(en="entered no other segment", fr="ne sont entrées dans aucun autre segment")
