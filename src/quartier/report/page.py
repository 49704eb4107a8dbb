"""What the templates may use, and nothing else: words and drawings ready to be put in place; each says what it is."""

from dataclasses import dataclass
from typing import Annotated

from markupsafe import Markup


@dataclass(frozen=True)
class Column:
    """The head of a column."""

    head: Annotated[str, "name of the column"]
    is_figure: Annotated[bool, "whether it is set to the right, in tabular figures"]


@dataclass(frozen=True)
class Table:
    """A table of figures, already written in the reader's language."""

    caption: Annotated[str, "what the table shows, and of how many"]
    columns: Annotated[tuple[Column, ...], "heads, from the left"]
    rows: Annotated[tuple[tuple[str, ...], ...], "cells; the first of each row names the row"]
    anchors: Annotated[tuple[str, ...], "an address for each row, or none at all"] = ()


@dataclass(frozen=True)
class Drawing:
    """One figure in its place: title, drawing for each width, words for who cannot see it, table."""

    key: Annotated[str, "name in addresses and files"]
    title: Annotated[str, "the finding when there is one, else what is shown"]
    note: Annotated[str, "how to read it, in a sentence; may be empty"]
    wide: Annotated[Markup, "SVG for a screen or a sheet"]
    narrow: Annotated[Markup | None, "SVG for a phone; None when the wide one serves, scrolled"]
    table: Annotated[Table | None, "the figures of the drawing"]


@dataclass(frozen=True)
class KeyFigure:
    """One number with what it counts."""

    figure: Annotated[str, "the number as the language writes it"]
    label: Annotated[str, "what it counts"]
    of: Annotated[str, "of how many; may be empty"]


@dataclass(frozen=True)
class Stop:
    """One stage of the road in the rail."""

    name: Annotated[str, "verb of the stage"]
    links: Annotated[tuple[tuple[str, str], ...], "anchor and title of the sections of this stage"]


@dataclass(frozen=True)
class Chip:
    """A family of segmentation as a coloured mark with its name."""

    family: Annotated[str, "id of the family, which names its colour"]
    label: Annotated[str, "name of the family"]


@dataclass(frozen=True)
class QualityRow:
    """The quality of one trait."""

    label: Annotated[str, "name of the trait"]
    chip: Annotated[Chip | None, "family; None for none"]
    sensitivity: Annotated[str, "degree of sensitivity in words"]
    fill_share: Annotated[float, "between 0 and 1, for the bar"]
    filled: Annotated[str, "share and number filled in, of how many"]
    distinct: Annotated[str, "number of different values"]
    valid: Annotated[str, "share of filled values that are valid; a dash without a rule"]
    rule: Annotated[str, "what valid means; may be empty"]
    is_poor: Annotated[bool, "whether less than half is filled in, or less than nine in ten are valid"]


@dataclass(frozen=True)
class SegmentView:
    """One segment as the report shows it."""

    name: Annotated[str, "name of the definition, for the anchor"]
    title: Annotated[str, "label of the segment"]
    sentence: Annotated[str, "who belongs"]
    size: Annotated[str, "number of persons"]
    of: Annotated[str, "of how many, and the share"]
    share: Annotated[float, "share of persons, for the bar"]
    share_words: Annotated[str, "share of persons in words"]
    revenue_share: Annotated[float | None, "share of revenue, for the bar; None when nothing was sold"]
    revenue_words: Annotated[str, "share of revenue and amount, in words"]
    chips: Annotated[tuple[Chip, ...], "families of the traits that the segment reads"]
    history: Annotated[Markup | None, "sparkline of its size; None without a history"]
    history_words: Annotated[str, "the history in words"]
    drawing: Annotated[Drawing | None, "what distinguishes it; None when nothing does or was compared"]
    silence: Annotated[str, "why there is no drawing; may be empty"]


@dataclass(frozen=True)
class SegmentationView:
    """The set of segments as a whole."""

    advice: Annotated[str, "one sentence on the number of segments"]
    keys: Annotated[tuple[KeyFigure, ...], "coverage and measurable segments"]
    findings: Annotated[tuple[str, ...], "what to look at, one sentence each"]
    table: Annotated[Table, "one row per segment"]
    drawing: Annotated[Drawing | None, "what the segments tell apart; None when no trait was compared"]


@dataclass(frozen=True)
class EffectView:
    """One effect as the report shows it."""

    title: Annotated[str, "campaign and outcome"]
    verdict: Annotated[str, "what can be said, in words"]
    remarks: Annotated[tuple[str, ...], "what to know before the figures are believed"]
    tone: Annotated[str, "good, bad or unsure: the shape beside the verdict"]
    drawing: Annotated[Drawing, "difference and interval for everybody and per segment"]


@dataclass(frozen=True)
class Page:
    """The whole report in one language."""

    language: Annotated[str, "fr or en"]
    title: Annotated[str, "title of the page"]
    lead: Annotated[str, "one sentence: what is shown, of whom, at what instant"]
    synthetic: Annotated[str, "the warning that the data are made up; empty for real data"]
    style: Annotated[Markup, "the stylesheet, typeface included"]
    words: Annotated[dict[str, str], "headings and small words in the reader's language"]
    rail: Annotated[tuple[Stop, ...], "the road, with anchors for what is there"]
    plan: Annotated[tuple[Drawing, ...], "the plan by persons, and by revenue when something was sold"]
    plan_key: Annotated[tuple[str, ...], "how to read areas, shades and blocks, one sentence each"]
    glance: Annotated[tuple[KeyFigure, ...], "the base at a glance"]
    base: Annotated[tuple[Drawing, ...], "the months one after the other"]
    analysis: Annotated[tuple[Drawing, ...], "the RFM grid, the concentration of revenue, cohorts"]
    segments: Annotated[tuple[SegmentView, ...], "each segment"]
    overlap: Annotated[tuple[Drawing, ...], "the overlap matrix, or nothing"]
    segmentation: Annotated[SegmentationView | None, "the set of segments; None without segments"]
    effects: Annotated[tuple[EffectView, ...], "effects of campaigns"]
    attention: Annotated[tuple[str, ...], "what needs attention in the data, the most pressing first"]
    quality: Annotated[tuple[QualityRow, ...], "quality of each trait"]
    events: Annotated[Table | None, "event types with their freshness"]
    notes: Annotated[tuple[tuple[str, str], ...], "notes about method: word and explanation"]
