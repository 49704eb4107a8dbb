"""Whom time touches between two moments: the persons whose rows lie where an edge has passed."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import ibis
import ibis.expr.datatypes as dtypes
import ibis.expr.types as ir
from pyroaring import BitMap

from quartier.engine import Dialect, Query, Shadows, dtype_of, kept_sql, key_of, parameter, to_sql
from quartier.engine.keys import key_set
from quartier.segment.clocks import clocks
from quartier.segment.conditions import Leaf, OwnTime
from quartier.segment.edges import WHEN, Slice, Value, slices, turns_with_the_day
from quartier.segment.evaluate import World
from quartier.segment.event_rows import Column
from quartier.segment.moments import Moment

Place = tuple[str, Column]
"""A table and a column of it."""


def touched_by_time(world: World, engine: Shadows, leaves: Iterable[Leaf], befores: Iterable[Moment]) -> BitMap:
    """The persons (or accounts) for whom time alone may have changed a leaf of theirs since some other moments.

    These may be later ones: a clock that was set back touches in the same way.
    """
    moments = list(befores)
    since = [each for leaf in leaves for before in moments for each in _on_clocks(leaf, before, world)]
    found = BitMap()
    passed = (each for one in since for each in slices(one.leaf, one.before, one.world.moment))
    for (table, column), ranges in _merged(passed).items():
        at_hand = engine.keys_within(table, _instants(ranges)) if column == WHEN else None
        if at_hand is not None:
            found |= key_set(at_hand)
        else:
            found |= world.keys(_slices_query(table, column, ranges, world.asking.dialect))
    for one in since:
        if turns_with_the_day(one.leaf) and one.before.today != one.world.moment.today:
            found |= one.turned()
    return found


@dataclass(frozen=True)
class _Since:
    """A leaf between a moment and that of a world, both on the same clock."""

    leaf: Leaf
    before: Moment
    world: World

    def turned(self) -> BitMap:
        """Those for whom a leaf that follows the calendar differs between both, all data being as they are."""
        return self.world.holding(self.leaf) ^ self.world.at(self.before).holding(self.leaf)


def _on_clocks(leaf: Leaf, before: Moment, world: World) -> Iterator[_Since]:
    """A leaf on the clock by which it is read: on each person's own, the part on every clock that there is."""
    if isinstance(leaf, OwnTime):
        for clock in clocks(world, leaf.zone):
            yield _Since(leaf.part, clock.moment(before), clock.world)
    else:
        yield _Since(leaf, before, world)


def _merged(passed: Iterable[Slice]) -> dict[Place, list[tuple[Value, Value]]]:
    """The slices of each column, those that overlap as one."""
    by_place: dict[Place, set[tuple[Value, Value]]] = {}
    for each in passed:
        by_place.setdefault((each.table, each.column), set()).add((each.low, each.high))
    return {place: list(_without_overlaps(ranges)) for place, ranges in by_place.items()}


def _without_overlaps(ranges: set[tuple[Value, Value]]) -> Iterator[tuple[Value, Value]]:
    ordered = sorted(ranges)  # one column's values are all days or all instants
    low, high = ordered[0]
    for start, end in ordered[1:]:
        if start > high:
            yield low, high
            low, high = start, end
        else:
            high = max(high, end)
    yield low, high


def _instants(ranges: list[tuple[Value, Value]]) -> list[tuple[dt.datetime, dt.datetime]]:
    """Ranges over the instants of events, which hold no days."""
    return [(low, high) for low, high in ranges if isinstance(low, dt.datetime) and isinstance(high, dt.datetime)]


def _slices_query(table: str, column: Column, ranges: list[tuple[Value, Value]], dialect: Dialect) -> Query:
    """The keys of the rows whose value lies in one of some ranges: a union, so that each reads its slice only."""
    given = {
        f"{end}{i}": value for i, pair in enumerate(ranges) for end, value in zip(("low", "high"), pair, strict=True)
    }
    return Query(_slices_sql(table, column, len(ranges), dialect), given)


@kept_sql
def _slices_sql(table: str, column: Column, how_many: int, dialect: Dialect) -> str:
    key, dtype = key_of(table), dtype_of(column.type)
    rows = values_of(table, key, column, dtype)
    parts = [
        rows.filter(rows.value.between(parameter(f"low{i}", dtype), parameter(f"high{i}", dtype)))[[key]]
        for i in range(how_many)
    ]
    return to_sql(parts[0] if how_many == 1 else ibis.union(*parts), dialect)


def values_of(table: str, key: str, column: Column, dtype: dtypes.DataType) -> ir.Table:
    """The column under the name `value`; one row per line where it belongs to lines."""
    if column.line_field is None:
        rows = ibis.table({key: dtypes.int32, column.path: dtype}, name=table)
        return rows.select(key, value=rows[column.path])
    lines = dtypes.Array(dtypes.Struct({column.line_field: dtype}))
    rows = ibis.table({key: dtypes.int32, column.head: lines}, name=table)
    unnested = rows.select(key, line=rows[column.head].unnest())
    known = unnested.filter(unnested.line.notnull())
    return known.select(key, value=known.line[column.line_field])
