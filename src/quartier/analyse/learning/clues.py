"""Clues: what a model may read of each person, as numbers or as categories, with what is not known left open."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from quartier.catalog import Family, Label, Meaning, Trait, ValueType

Numbers = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int32]
Values = npt.NDArray[Any]
"""Numbers or codes."""
Flags = npt.NDArray[np.bool_]
Unit = Literal["years", "days"]

UNKNOWN = -1
"""The code of a category that is not known."""
OTHER = "…"
"""The level that rare values share."""
MOST_LEVELS = 50
FEWEST_PERSONS = 5
"""A value that fewer persons have is no level of its own: it could name someone."""

_DAYS_IN_YEAR, _SECONDS_IN_DAY = 365.2425, 86_400.0


@dataclass(frozen=True, eq=False)
class Clue:
    """One column that is read of persons, in the order of their keys.

    Attributes:
        name: of the trait or measure.
        label: what readers call it.
        values: numbers (float64, NaN where not known), or codes of `levels` (int32, -1 where not known).
        levels: of a category, the most frequent first; empty for numbers.
        unit: of a number that was a date: years of age, or days before the instant of reading.
        family: which kind of segmentation it serves.
        is_computed: whether it was made from events or by a model, and not given.
    """

    name: str
    label: Label
    values: Values
    levels: tuple[str, ...] = ()
    unit: Unit | None = None
    family: Family = Family.BEHAVIOURAL
    is_computed: bool = False

    @property
    def is_category(self) -> bool:
        """Whether its values are codes of levels."""
        return self.values.dtype == np.int32

    @property
    def known(self) -> Flags:
        """For each person whether it is known."""
        found: Flags = self.values != UNKNOWN if self.is_category else ~np.isnan(self.values)
        return found

    @property
    def is_constant(self) -> bool:
        """Whether all who have a value have the same, and everybody has one or nobody does."""
        known = self.values[self.known]
        return not len(known) or (len(known) == len(self.values) and bool((known == known[0]).all()))

    def at(self, rows: npt.NDArray[np.integer] | Flags) -> "Clue":
        """The same of some persons."""
        return replace(self, values=self.values[rows])


def clue_of(trait: Trait, column: pa.ChunkedArray | pa.Array, at: dt.datetime) -> Clue:
    """A trait as a clue; dates become years of age or days before `at`, and what lies after `at` is not known yet."""
    made = {"name": trait.name, "label": trait.label, "family": trait.family, "is_computed": trait.origin != "given"}
    if trait.type in (ValueType.TEXT, ValueType.BOOLEAN):
        codes, levels = _coded(column)
        return Clue(values=codes, levels=levels, **made)  # type: ignore[arg-type]  # each name has its own type
    if trait.type in (ValueType.DATE, ValueType.INSTANT):
        days = _days_before(column, at)
        is_age = trait.meaning is Meaning.BIRTH_DATE
        values = days / _DAYS_IN_YEAR if is_age else days
        return Clue(values=values, unit="years" if is_age else "days", **made)  # type: ignore[arg-type]  # as above
    numbers = _floats(pc.cast(column, pa.float64()))
    if trait.meaning is Meaning.BIRTH_YEAR:
        return Clue(values=at.year - numbers, unit="years", **made)  # type: ignore[arg-type]  # as above
    numbers[~np.isfinite(numbers)] = np.nan
    return Clue(values=numbers, **made)  # type: ignore[arg-type]  # as above


def recoded(clue: Clue, like: Clue) -> Clue:
    """A clue with the levels of another reading of it; a level that is new there counts among the rare ones."""
    if not clue.is_category or clue.levels == like.levels:
        return clue
    rare = like.levels.index(OTHER) if OTHER in like.levels else UNKNOWN
    to = {level: code for code, level in enumerate(like.levels)}
    codes = np.array([to.get(each, rare) for each in clue.levels] + [UNKNOWN], dtype=np.int32)
    return replace(clue, values=codes[clue.values], levels=like.levels)


def distinct_share(clue: Clue) -> float:
    """How many of those who have a category share it with fewer than four others: near 1 for names and numbers."""
    known = int(clue.known.sum())
    if not clue.is_category or not known or OTHER not in clue.levels:
        return 0.0
    return float((clue.values == clue.levels.index(OTHER)).sum() / known)


def narrowed(clues: Sequence[Clue], rows: npt.NDArray[np.integer] | Flags) -> list[Clue]:
    """The clues of some persons."""
    return [each.at(rows) for each in clues]


def _coded(column: pa.ChunkedArray | pa.Array) -> tuple[Codes, tuple[str, ...]]:
    """Codes and levels of a category; rare values share a level, an empty text is no value."""
    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks()
    texts = pc.cast(column, pa.string())
    texts = pc.if_else(pc.equal(texts, ""), None, texts)
    counts = sorted(
        ((each["counts"], each["values"]) for each in pc.value_counts(texts).to_pylist() if each["values"] is not None),
        key=lambda each: (-each[0], each[1]),
    )
    levels = [value for n, value in counts[:MOST_LEVELS] if n >= FEWEST_PERSONS]
    found = pc.index_in(texts, value_set=pa.array(levels, pa.string()))
    codes = np.array(pc.fill_null(found, UNKNOWN).to_numpy(zero_copy_only=False), dtype=np.int32)
    if len(levels) < len(counts):
        is_rare = np.asarray(pc.is_valid(texts).to_numpy(zero_copy_only=False)) & (codes == UNKNOWN)
        codes[is_rare] = len(levels)
        levels.append(OTHER)
    return codes, tuple(levels)


def _days_before(column: pa.ChunkedArray | pa.Array, at: dt.datetime) -> Numbers:
    instants = pc.cast(pc.cast(column, pa.timestamp("us")), pa.int64())
    seconds = _floats(pc.cast(instants, pa.float64(), safe=False)) / 1e6
    days: Numbers = (at.timestamp() - seconds) / _SECONDS_IN_DAY
    days[days < 0] = np.nan
    return days


def _floats(column: pa.ChunkedArray | pa.Array) -> Numbers:
    """With NaN where nothing is known; a copy that may be written."""
    return np.array(column.to_numpy(zero_copy_only=False) if isinstance(column, pa.Array) else column.to_numpy(), float)
