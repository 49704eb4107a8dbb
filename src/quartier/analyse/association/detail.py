"""One pair of traits in detail: how one is spread over the values of the other, with how many persons each time.

The trait of the rows is cut into its levels, or into fifths of persons; of each row is told how the other trait lies:
shares of its most frequent levels, or its quartiles. Rows of fewer than five persons are not shown: they could name
someone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from quartier.analyse.compare import wilson
from quartier.analyse.learning.clues import FEWEST_PERSONS, Clue, Flags
from quartier.analyse.learning.judging import Z
from quartier.analyse.plain import Plain
from quartier.catalog import Label

PARTS, MOST_ROWS, MOST_COLUMNS = 5, 12, 6


@dataclass(frozen=True)
class Spread(Plain):
    """A number among some persons: its quartiles."""

    lower: float
    middle: float
    upper: float


@dataclass(frozen=True)
class LevelShare(Plain):
    """One level among some persons: its share with the interval (Wilson)."""

    level: str
    persons: int
    share: float
    low: float
    high: float


@dataclass(frozen=True)
class Row(Plain):
    """Persons of one level, or of one fifth `low` to `high` of a number, and how the other trait lies among them."""

    level: str | None
    low: float | None
    high: float | None
    persons: int
    spread: Spread | None
    shares: tuple[LevelShare, ...]


@dataclass(frozen=True)
class Detail(Plain):
    """The rows of `first`, telling of `second`."""

    first: str
    first_label: Label
    second: str
    second_label: Label
    persons: int
    rows: tuple[Row, ...]


def detail_of(first: Clue, second: Clue) -> Detail:
    """How `second` lies over the values of `first`, among those of whom both are known."""
    both = first.known & second.known
    one, other = first.at(both), second.at(both)
    rows = _levels(one, other) if one.is_category else _fifths(one, other)
    return Detail(first.name, first.label, second.name, second.label, int(both.sum()), tuple(rows))


def _levels(one: Clue, other: Clue) -> list[Row]:
    found = []
    for code, level in list(enumerate(one.levels))[:MOST_ROWS]:
        has = one.values == code
        if has.sum() >= FEWEST_PERSONS:
            found.append(_row(other.at(has), level, None))
    return found


def _fifths(one: Clue, other: Clue) -> list[Row]:
    values = one.values
    if not len(values):
        return []
    inner = np.unique(np.quantile(values, np.linspace(0, 1, PARTS + 1)[1:-1], method="lower"))
    part = np.searchsorted(inner, values, side="left")
    found = []
    for each in np.unique(part):
        has: Flags = part == each
        if has.sum() >= FEWEST_PERSONS:
            found.append(_row(other.at(has), None, (float(values[has].min()), float(values[has].max()))))
    return found


def _row(other: Clue, level: str | None, reach: tuple[float, float] | None) -> Row:
    low, high = reach or (None, None)
    n = len(other.values)
    if other.is_category:
        return Row(level, low, high, n, None, _shares(other, n))
    lower, middle, upper = (float(each) for each in np.quantile(other.values, [0.25, 0.5, 0.75]))
    return Row(level, low, high, n, Spread(lower, middle, upper), ())


def _shares(other: Clue, n: int) -> tuple[LevelShare, ...]:
    counts = np.bincount(other.values, minlength=len(other.levels))
    named: Sequence[tuple[int, str]] = list(enumerate(other.levels))[:MOST_COLUMNS]
    return tuple(
        LevelShare(level, int(counts[code]), float(counts[code] / n), *wilson(int(counts[code]), n, Z))
        for code, level in named
    )
