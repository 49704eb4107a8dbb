"""Ready-made segments that the data support and that nobody has put in force."""

from collections.abc import Sequence
from dataclasses import dataclass

from quartier.catalog import Family
from quartier.errors import UnknownName, suggestion
from quartier.language import Language, Text
from quartier.segment import run as segments
from quartier.segment import versions
from quartier.segment.kinds import ReadyMade
from quartier.segment.ready_made import LIBRARY
from quartier.segment.recipes import Facts
from quartier.segment.run import Standing
from quartier.workspace import Workspace


@dataclass(frozen=True)
class Offer:
    """A kind of ready-made segment, in one language."""

    name: str
    label: str
    about: str


@dataclass(frozen=True)
class Shelf:
    """The kinds that serve one family of segmentation."""

    family: Family
    label: str
    offers: tuple[Offer, ...]


def offered(ws: Workspace, language: Language) -> tuple[Shelf, ...]:
    """What may be put in force, by family; segments that were retired are not offered again."""
    catalog, known = ws.catalog, versions.ever_in_force(ws.store)
    fitting = [
        each for each in LIBRARY if all(need.is_met(catalog) for need in each.needs) and not _is_known(each, known)
    ]
    return tuple(
        Shelf(family, family.label.to(language), offers)
        for family in Family
        if (offers := tuple(_offer(each, language) for each in fitting if each.family is family))
    )


def apply(ws: Workspace, kind: str, *, author: str) -> Sequence[Standing]:
    """Put the segments of one kind in force. Raises UnknownName for a kind that there is not."""
    named = {each.name: each for each in LIBRARY}
    if kind not in named:
        raise UnknownName(_NO_KIND.with_(name=kind), remedy=suggestion(kind, named))
    catalog, known = ws.catalog, versions.ever_in_force(ws.store)
    facts = Facts(catalog, lambda trait: segments.value_shares(ws.engine, trait.name, catalog, trait.of))
    made = [each for each in named[kind].segments(facts) if each.name not in known]
    return ws.apply_segments(made, author=author) if made else []


def _is_known(kind: ReadyMade, known: set[str]) -> bool:
    """Whether a segment of this kind is or was in force; a kind with `{value}` makes several."""
    if "{value}" not in kind.label.en:
        return kind.name in known
    return any(name.startswith(f"{kind.name}-") for name in known)


def _offer(kind: ReadyMade, language: Language) -> Offer:
    label = kind.label.to(language, value="…") if "{value}" in kind.label.en else kind.label.to(language)
    return Offer(kind.name, label, kind.about.to(language))


_NO_KIND = Text(
    en="no ready-made segment is called “{name}”", fr="aucun segment prêt à l'emploi ne s'appelle « {name} »"
)
