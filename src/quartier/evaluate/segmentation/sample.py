"""Persons of the base as columns: who is in which segment, and what is known of them, ready for statistics."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from pyroaring import BitMap

from quartier.catalog import Label

Floats = npt.NDArray[np.float64]
Truths = npt.NDArray[np.bool_]
MOST_VALUES = 20
"""Values of a category that count for themselves, the most frequent; the others count as one."""


@dataclass(frozen=True)
class Column:
    """What is known of a trait: `values` has one row per person, and one column for a number or one per category.

    A category is written as zeros and a one. Rows of persons of whom nothing is known hold NaN.
    """

    trait: str
    label: Label
    kind: Literal["number", "category"]
    values: Floats

    @property
    def is_known(self) -> Truths:
        """Of whom the trait is known."""
        known: Truths = ~np.isnan(self.values[:, 0])
        return known

    @property
    def standardised(self) -> Floats:
        """Each column with mean 0 and standard deviation 1 among those known; 0 where there is no spread."""
        known = self.values[self.is_known]
        spread = known.std(axis=0)
        scaled: Floats = (self.values - known.mean(axis=0)) / np.where(spread > 0, spread, np.inf)
        return scaled


@dataclass(frozen=True)
class Sample:
    """Some persons of the base, or all of them: `is_member` has one row per person and one column per segment."""

    names: tuple[str, ...]
    is_member: Truths
    columns: tuple[Column, ...]

    @property
    def persons(self) -> int:
        """How many."""
        return len(self.is_member)


def drawn_from(base: BitMap, most: int, random: np.random.Generator) -> BitMap:
    """At most so many persons of the base, drawn without replacement."""
    if len(base) <= most:
        return base
    keys = np.frombuffer(base.to_array(), dtype=np.uint32)
    return BitMap(np.sort(random.choice(keys, size=most, replace=False)))


def membership(keys: BitMap, sets: Mapping[str, BitMap]) -> Truths:
    """Which of the persons, in the order of their keys, are in which set."""
    order = np.frombuffer(keys.to_array(), dtype=np.uint32)
    found = np.zeros((len(order), len(sets)), dtype=np.bool_)
    for place, members in enumerate(sets.values()):
        inside = np.frombuffer((members & keys).to_array(), dtype=np.uint32)
        found[np.searchsorted(order, inside), place] = True
    return found


def number_column(trait: str, label: Label, values: pa.ChunkedArray) -> Column | None:
    """A quantity; None when nobody's is known."""
    numbers = values.to_numpy().astype(np.float64)
    return Column(trait, label, "number", numbers[:, None]) if not np.isnan(numbers).all() else None


def category_column(trait: str, label: Label, values: pa.ChunkedArray) -> Column | None:
    """A category, one column for each frequent value; None when nobody's is known."""
    codes = values.combine_chunks().dictionary_encode()
    known = codes.indices.to_numpy(zero_copy_only=False)
    is_known = ~np.isnan(known.astype(np.float64))
    if not is_known.any():
        return None
    places = _by_frequency(known[is_known].astype(np.int64), len(codes.dictionary))
    columns = np.full((len(known), places.max() + 1), np.nan)
    columns[is_known] = np.eye(places.max() + 1)[places[known[is_known].astype(np.int64)]]
    return Column(trait, label, "category", columns)


def _by_frequency(codes: npt.NDArray[np.int64], values: int) -> npt.NDArray[np.int64]:
    """The column of each value: the most frequent first, the rare ones together in the last."""
    order = np.argsort(-np.bincount(codes, minlength=values), kind="stable")
    places = np.empty(values, dtype=np.int64)
    places[order] = np.minimum(np.arange(values), MOST_VALUES)
    return places


def known_columns(columns: Sequence[Column | None]) -> tuple[Column, ...]:
    """Those of which something is known."""
    return tuple(each for each in columns if each is not None)
