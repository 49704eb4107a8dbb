"""What the pages of factors, classes of answers and themes have in common: things found, and how they answer."""

from dataclasses import dataclass
from typing import Any, Final

from quartier.catalog import Label
from quartier.language import Plural, Text
from quartier.report.page import Drawing
from quartier.web.analyse.links import editor_for
from quartier.web.visitor import Visitor

KEEP: Final = Text(en="Keep as a segment", fr="Garder comme segment")


@dataclass(frozen=True)
class FoundView:
    """A factor, class or theme: what it is called, its figures in words, and the segments it opens as.

    `links` are pairs of words and address, none for who may not edit segments; `persons` is None where it says nothing.
    """

    id: str
    name: str
    persons: int | None
    share: float | None
    figures: tuple[str, ...]
    links: tuple[tuple[str, str], ...]
    answers: tuple[str, ...] = ()


@dataclass(frozen=True)
class RowView:
    """A row of a heat table: pairs of a figure and its tone."""

    label: str
    cells: tuple[tuple[str, str], ...]
    last: str = ""


@dataclass(frozen=True)
class FoundPage:
    """What was found, how it answers, and why; `may_read` says whether the answers themselves may be seen."""

    found: tuple[FoundView, ...]
    rows: tuple[RowView, ...] = ()
    drawing: Drawing | None = None
    may_read: bool = False


def segment_of(
    visitor: Visitor, name: str, label: Label, where: dict[str, Any], said: Text = KEEP
) -> tuple[tuple[str, str], ...]:
    """A link to the editor with the segment in it; none for who may not edit."""
    document = {"segment": name.replace("_", "-"), "label": {"en": label.en, "fr": label.fr}, "where": where}
    return link_to(visitor, document, said)


def link_to(visitor: Visitor, document: dict[str, Any], said: Text = KEEP) -> tuple[tuple[str, str], ...]:
    """The same, of a definition that is whole."""
    url = editor_for(visitor, document)
    return ((said.to(visitor.language), url),) if url else ()


def tone(value: float, told: float, strongly: float) -> str:
    """How a cell is shaded: much-less, less, same, more or much-more."""
    if abs(value) < told:
        return "same"
    return ("much-" if abs(value) >= strongly else "") + ("more" if value > 0 else "less")


COMMON: Final[dict[str, Text | Plural]] = {
    "persons": Text(en="Persons", fr="Personnes"),
    "share": Text(en="Share", fr="Part"),
    "everybody": Text(en="Everybody", fr="Tout le monde"),
    "read_note": Text(
        en="Answers are shown to those who may see persons.",
        fr="Les réponses sont montrées à qui peut voir les personnes.",
    ),
}
TEMPLATE: Final = "analyse/models/found.html"
