"""What the template of a profile may use, and nothing else: words and drawings ready to be put in place."""

from dataclasses import dataclass
from typing import Annotated

from markupsafe import Markup

from quartier.report.page import Chip, KeyFigure, Stop, Table


@dataclass(frozen=True)
class FamilyView:
    """The traits of one family."""

    chip: Annotated[Chip, "the family with its colour"]
    rows: Annotated[tuple["TraitRow", ...], "its traits"]


@dataclass(frozen=True)
class TraitRow:
    """One trait with its value."""

    label: Annotated[str, "name of the trait"]
    value: Annotated[str, "the value as the language writes it; dots where it is masked"]
    is_masked: Annotated[bool, "whether the value is not shown"]
    why: Annotated[str, "since when and from where the value comes, and what was held before"]


@dataclass(frozen=True)
class HappeningRow:
    """One event of the timeline."""

    at: Annotated[str, "instant of the event"]
    label: Annotated[str, "name of the event type"]
    details: Annotated[tuple[tuple[str, str], ...], "name and value of each property"]


@dataclass(frozen=True)
class LinksPicture:
    """Identifiers and the links between them."""

    title: Annotated[str, "what the picture says"]
    note: Annotated[str, "how to read it"]
    wide: Annotated[Markup, "SVG for a screen or a sheet"]
    narrow: Annotated[Markup, "SVG for a phone"]
    identifiers: Annotated[Table, "every identifier"]
    links: Annotated[Table | None, "every link with its reason; None without links"]


@dataclass(frozen=True)
class SimilarRow:
    """One similar person."""

    name: Annotated[str, "what the person is called"]
    person: Annotated[str, "public id"]
    share: Annotated[float, "how similar, from 0 to 1, for the bar"]
    share_words: Annotated[str, "how similar, in words"]
    shared: Annotated[str, "what both have in common"]


@dataclass(frozen=True)
class PersonPage:
    """The profile of one person in one language."""

    language: Annotated[str, "fr or en"]
    title: Annotated[str, "what the person is called"]
    lead: Annotated[str, "public id, since when known, and as of when"]
    synthetic: Annotated[str, "the warning that the data are made up; empty for real data"]
    style: Annotated[Markup, "the stylesheet, typeface included"]
    words: Annotated[dict[str, str], "headings and small words in the reader's language"]
    rail: Annotated[tuple[Stop, ...], "the road, with anchors for what is there"]
    glance: Annotated[tuple[KeyFigure, ...], "the person at a glance"]
    families: Annotated[tuple[FamilyView, ...], "traits by family"]
    happenings: Annotated[tuple[HappeningRow, ...], "the newest events"]
    counts: Annotated[str, "how many events of each type; empty without events"]
    segments: Annotated[Table | None, "segments of now and of before; None without any"]
    hidden: Annotated[str, "that some segments are not told; may be empty"]
    links: Annotated[LinksPicture | None, "identifiers and links; None without identifiers"]
    similar: Annotated[tuple[SimilarRow, ...], "similar persons"]
    notes: Annotated[tuple[tuple[str, str], ...], "notes about method: word and explanation"]
