"""Records that are known already, kept as a model compares them, so that new ones find theirs in a moment. Pure.

What two records say of one another is fixed with the model: frequencies are those of the records that it was learnt
from, and a value that was not there counts as rare as can be. So a pair has the same probability whenever it is
compared, and which pairs are found depends on the records that are known, not on the order in which they came.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import accumulate, pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from quartier.identify.matching.blocking import LARGEST
from quartier.identify.matching.comparing import prepared
from quartier.identify.matching.hashing import Hashes, hashed, keys_of
from quartier.identify.matching.model import Model
from quartier.identify.matching.records import named_by, weighed
from quartier.identify.matching.segments import ID, Numbers, Segment, merged
from quartier.identify.matching.telling import nobody

_MERGED_FROM = 8
"""A segment is merged with the one before unless that one is so many times larger."""
_NAMED = np.uint64(0xA0761D6478BD642F)


@dataclass(frozen=True)
class Shares:
    """How much agreeing on each value of a field counts: values by their number, and any value that is new."""

    values: Hashes
    shares: npt.NDArray[np.float64]
    rarest: float

    def of(self, values: pa.ChunkedArray) -> pa.Array:
        """The share of each value."""
        if not len(self.values):
            return pa.array(np.full(len(values), self.rarest))
        numbers = hashed(values)
        place = np.minimum(np.searchsorted(self.values, numbers), len(self.values) - 1)
        return pa.array(np.where(self.values[place] == numbers, self.shares[place], self.rarest))


@dataclass(frozen=True)
class Kept:
    """Known records, the model that compares them, and the pairs that it found among them.

    Attributes:
        model: what is compared, and what each agreement weighs.
        record: the column that names a record in the tables that come.
        least: the probability from which on a pair is found.
        shares: by column, how frequent values are among those of the records that the model was learnt from.
        pairs: what was found, as `Matched.pairs` has it, but with `a` before `b`.
        segments: the records.
        gone: the numbers of those that are there no longer, in rising order.
        made: how many segments were ever made.
        mark: what whoever keeps them notes beside, as plain data.
    """

    model: Model
    record: str
    least: float
    shares: Mapping[str, Shares]
    pairs: pa.Table
    segments: tuple[Segment, ...] = ()
    gone: Numbers = field(default_factory=lambda: np.empty(0, np.int64))
    made: int = 0
    mark: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, table: pa.Table, model: Model, pairs: pa.Table, *, record: str, least: float = 0.5) -> "Kept":
        """The records of a table from which a model was learnt, with the pairs that were found among them."""
        columns = prepared(table, model.configuration)
        counted = {
            each.field.column: _shares(columns[each.field.column], model, place)
            for place, each in enumerate(model.configuration.comparisons)
            if each.by_frequency
        }
        return cls(model, record, least, counted, in_order(pairs)).with_records(table, columns)

    @property
    def n(self) -> int:
        """How many records are known."""
        return self.numbers - len(self.gone)

    @property
    def numbers(self) -> int:
        """The number that the next record gets."""
        return sum(map(len, self.segments))

    @property
    def largest(self) -> float:
        """How many records may share a key before it is no key any more; without rules all are compared."""
        return LARGEST if self.model.rules else float("inf")

    def emptied(self) -> "Kept":
        """The model and its frequencies, without any record."""
        return Kept(self.model, self.record, self.least, self.shares, self.pairs.slice(0, 0))

    def with_records(self, table: pa.Table, columns: pa.Table | None = None) -> "Kept":
        """With more records, which nobody was compared with yet."""
        own = prepared(table, self.model.configuration) if columns is None else columns
        names = named_by(table, self.record)
        keys, has = self.keys(own)
        every = np.vstack([keys, _named(names)]), np.vstack([has, np.ones((1, table.num_rows), np.bool_)])
        shares = {f"tf_{name}": each.of(own[name]) for name, each in self.shares.items()}
        records = pa.table({ID: names, **{name: own[name] for name in own.column_names}, **shares})
        fresh = Segment.of(f"{self.made:06d}", records, *every)
        return replace(self, segments=(*self.segments, fresh), made=self.made + 1)

    def without(self, numbers: Numbers) -> "Kept":
        """Without some of the records."""
        return replace(self, gone=np.union1d(self.gone, numbers))

    def keys(self, columns: pa.Table) -> tuple[Hashes, npt.NDArray[np.bool_]]:
        """The keys of cleaned records; a model that compares nothing knows none."""
        if not self.model.parameters.m:
            return np.zeros((1, columns.num_rows), np.uint64), np.zeros((1, columns.num_rows), np.bool_)
        return keys_of(columns, self.model.rules)

    def having(self, keys: Hashes) -> tuple[Numbers, Numbers]:
        """Who has some keys, which are distinct and in rising order: the place of the key, and the record's number."""
        found = [segment.having(keys) for segment in self.segments]
        if not found:
            return np.empty(0, np.int64), np.empty(0, np.int64)
        key = np.concatenate([key for key, _ in found])
        number = np.concatenate([place + start for (_, place), start in zip(found, self._starts(), strict=True)])
        is_there = ~np.isin(number, self.gone)
        return key[is_there], number[is_there]

    def named(self, names: pa.ChunkedArray) -> Numbers:
        """The numbers of the records with some names, of those that are known."""
        _, numbers = self.having(np.unique(_named(names)))
        numbers = np.unique(numbers)
        is_meant = (
            pc.is_in(self.rows(numbers)[ID], names.combine_chunks()) if len(numbers) else pa.array([], pa.bool_())
        )
        return numbers[np.asarray(is_meant.to_numpy(zero_copy_only=False), np.bool_)]

    def names(self) -> pa.ChunkedArray:
        """The names of all records that are known."""
        there = np.setdiff1d(np.arange(self.numbers), self.gone)
        names = pa.chunked_array([part for each in self.segments for part in each.records[ID].chunks])
        return names.take(pa.array(there)) if len(self.gone) else names

    def rows(self, numbers: Numbers) -> pa.Table:
        """Records by their numbers, which are in rising order; at least one segment is needed."""
        bounds = np.searchsorted(numbers, [*self._starts(), self.numbers])
        parts = [
            segment.records.take(pa.array(numbers[low:high] - start))
            for segment, start, (low, high) in zip(self.segments, self._starts(), pairwise(bounds), strict=True)
            if high > low
        ]
        return pa.concat_tables(parts or [self.segments[0].records.slice(0, 0)], promote_options="permissive")

    def tidied(self) -> "Kept":
        """With small segments merged into larger ones, so that there are but a few."""
        now = self
        while len(now.segments) > 1 and len(now.segments[-1]) * _MERGED_FROM > len(now.segments[-2]):
            now = now._with_last_merged()
        return now

    def _with_last_merged(self) -> "Kept":
        *before, one, other = self.segments
        start = sum(map(len, before))
        is_there = ~np.isin(np.arange(start, self.numbers), self.gone)
        both = merged(f"{self.made:06d}", one, other, is_there)
        return replace(self, segments=(*before, both), gone=self.gone[self.gone < start], made=self.made + 1)

    def _starts(self) -> list[int]:
        return list(accumulate(map(len, self.segments), initial=0))[:-1]


def in_order(pairs: pa.Table) -> pa.Table:
    """Pairs with `a` before `b`, whichever came first; the likeliest first."""
    is_turned = pc.greater(pairs["a"], pairs["b"])
    a, b = (pc.if_else(is_turned, pairs[one], pairs[other]) for one, other in ("ba", "ab"))
    turned = pairs.set_column(0, "a", a).set_column(1, "b", b)
    return turned.sort_by([("match_weight", "descending"), ("a", "ascending"), ("b", "ascending")])


def nothing_kept(table: pa.Table, model: Model, *, record: str, least: float = 0.5) -> Kept:
    """A table's frequencies and a model, without any record."""
    return Kept.of(table, model, nobody(named_by(table, record)), record=record, least=least).emptied()


def _named(names: pa.ChunkedArray) -> Hashes:
    return hashed(names.cast(pa.string())) ^ _NAMED


def _shares(values: pa.ChunkedArray, model: Model, place: int) -> Shares:
    found, shares, rarest = weighed(values, model, place)
    numbers = hashed(pa.chunked_array([found]))
    order = np.argsort(numbers)
    return Shares(numbers[order], shares[order], rarest)
