"""The matrix of associations and one pair in detail, in the reader's language."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from quartier.analyse.association.detail import Detail, Row
from quartier.analyse.association.matrix import Associations, Member, Pair
from quartier.analyse.learning.clues import OTHER
from quartier.catalog import Catalog, ValueType
from quartier.errors import NoAnswer
from quartier.language import LANGUAGES, Language, decimal, percent
from quartier.segment.run import Standing
from quartier.web.addresses import address
from quartier.web.analyse.links import editor_for
from quartier.web.analyse.relations import words
from quartier.web.visitor import Visitor

SHADES, MOST_PAIRS = 6, 12
Options = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class CellView:
    """One cell: its figure, in brackets where chance would explain it; its shade; in words; where it opens."""

    figure: str
    shade: int | None
    said: str
    url: str


@dataclass(frozen=True)
class LineView:
    """One row of the matrix: its number, its trait, its cells; the one with itself is None."""

    number: int
    label: str
    family: str
    cells: tuple[CellView | None, ...]


@dataclass(frozen=True)
class AssociationsPage:
    """The page of the matrix."""

    title: str
    persons: int
    lines: tuple[LineView, ...]
    pairs: tuple[tuple[str, str, str, str, int], ...]
    left_out: tuple[tuple[str, str], ...]
    among: str
    segments: Options
    lacking: str = ""
    """why there is no matrix, and what would help"""


def associations_page(
    found: Associations, among: str, segments: Sequence[Standing], language: Language
) -> AssociationsPage:
    """The page from the matrix."""
    labels = {each.trait: each.label.to(language) for each in found.members}
    known = {frozenset((each.first, each.second)): each for each in found.pairs}
    lines = tuple(
        LineView(place, each.label.to(language), each.family.value, _cells(each, found.members, known, among, language))
        for place, each in enumerate(found.members, start=1)
    )
    pairs = tuple(
        (
            f"{labels[each.first]} × {labels[each.second]}", _url(each.first, each.second, among),
            decimal(each.value or 0, language), words.MEASURES[each.measure].to(language), each.persons,
        )
        for each in found.pairs[:MOST_PAIRS] if each.is_clear
    )  # fmt: skip
    left = tuple((each.label.to(language), each.reason.to(language)) for each in found.left_out)
    return AssociationsPage(
        _finding(found, labels, language), found.persons, lines, pairs, left, among, options(segments, language)
    )


def no_associations(reason: NoAnswer, among: str, segments: Sequence[Standing], language: Language) -> AssociationsPage:
    """The page where there is nothing to tell: why, and what would help."""
    remedy = reason.remedy.to(language) if reason.remedy else ""
    return AssociationsPage(reason.what.to(language), 0, (), (), (), among, options(segments, language), remedy)


def options(segments: Sequence[Standing], language: Language) -> Options:
    """Everybody, and the segments of persons."""
    named = [each.definition for each in segments if each.definition.subject == "person"]
    return (
        ("", words.EVERYBODY.to(language)),
        *((each.name, each.label.to(language) if each.label else each.name) for each in named),
    )


def _finding(found: Associations, labels: dict[str, str], language: Language) -> str:
    first = next((each for each in found.pairs if each.is_clear), None)
    if first is None:
        return words.NONE_CLEAR.to(language)
    return words.STRONGEST.to(language, first=labels[first.first], second=labels[first.second])


def _cells(
    own: Member, members: Sequence[Member], known: dict[frozenset[str], Pair], among: str, language: Language
) -> tuple[CellView | None, ...]:
    return tuple(
        None
        if each.trait == own.trait
        else _cell(own, each, known[frozenset((own.trait, each.trait))], among, language)
        for each in members
    )


def _cell(own: Member, other: Member, pair: Pair, among: str, language: Language) -> CellView:
    url = _url(own.trait, other.trait, among)
    if pair.value is None:
        return CellView("–", None, words.UNTOLD.to(language, n=pair.persons), url)
    value = decimal(pair.value, language)
    fields = {"measure": words.MEASURES[pair.measure].to(language), "value": value, "n": pair.persons}
    said = (words.CELL if pair.is_clear else words.UNCLEAR).to(language, **fields)
    shade = min(SHADES - 1, math.floor(pair.strength * SHADES))
    short = decimal(pair.value, language, 1)
    figure = short if pair.is_clear else f"({short})"
    return CellView(figure, shade, f"{own.label.to(language)} × {other.label.to(language)}, {said}", url)


def _url(first: str, second: str, among: str) -> str:
    return address("analyse", "associations", first, second, **({"among": among} if among else {}))


@dataclass(frozen=True)
class RowView:
    """One row of the detail: of whom, how many, the other trait among them; it opens as a segment."""

    label: str
    persons: int
    middle: str
    between: str
    shares: tuple[tuple[float, str], ...]
    url: str


@dataclass(frozen=True)
class AssociationPage:
    """One pair."""

    first: str
    second: str
    persons: int
    levels: tuple[str, ...]
    rows: tuple[RowView, ...]
    turned: str
    has_links: bool


def association_page(found: Detail, catalog: Catalog, among: str, visitor: Visitor) -> AssociationPage:
    """One pair from its detail."""
    language = visitor.language
    levels = tuple(level(each.level, language) for each in found.rows[0].shares) if found.rows else ()
    rows = tuple(_row(each, found, catalog, visitor) for each in found.rows)
    return AssociationPage(
        found.first_label.to(language), found.second_label.to(language), found.persons, levels, rows,
        _url(found.second, found.first, among), any(each.url for each in rows),
    )  # fmt: skip


def level(value: str | None, language: Language) -> str:
    """A value as people say it."""
    said = {"true": words.YES, "false": words.NO, OTHER: words.OTHERS, "": words.NOT_KNOWN}
    return said[value].to(language) if value in said else str(value)


def _row(row: Row, found: Detail, catalog: Catalog, visitor: Visitor) -> RowView:
    language = visitor.language
    spread = row.spread
    between = words.BETWEEN.to(language, low=spread.lower, high=spread.upper) if spread else ""
    shares = tuple(
        (each.share, words.BETWEEN.to(language, low=percent(each.low, language), high=percent(each.high, language)))
        for each in row.shares
    )
    document = of_row(row, found, catalog)
    return RowView(
        _whose(row, language), row.persons, decimal(spread.middle, language) if spread else "", between, shares,
        editor_for(visitor, document) if document else "",
    )  # fmt: skip


def _whose(row: Row, language: Language) -> str:
    if row.level is not None:
        return level(row.level, language)
    if row.low == row.high:
        return decimal(row.low or 0.0, language)
    return words.BETWEEN.to(language, low=row.low, high=row.high)


def of_row(row: Row, found: Detail, catalog: Catalog) -> dict[str, Any] | None:
    """The segment of a row; None for rare values together, and for dates, which are read as days before today."""
    trait = catalog.trait(found.first)
    if trait is None or row.level == OTHER:
        return None
    if row.level is not None:
        where: dict[str, Any] = {
            "trait": trait.name,
            "is": row.level == "true" if trait.type is ValueType.BOOLEAN else row.level,
        }
    elif trait.type in (ValueType.NUMBER, ValueType.INTEGER) and trait.meaning is None:
        ends = [int(each) if trait.type is ValueType.INTEGER else each for each in (row.low or 0.0, row.high or 0.0)]
        where = {"trait": trait.name, "between": ends}
    else:
        return None
    label = {each: f"{trait.label.to(each)}, {_whose(row, each)}" for each in LANGUAGES}
    name = trait.name.replace("_", "-")
    return {"segment": f"by-{name}", "label": label, "population": "everyone", "where": where}
