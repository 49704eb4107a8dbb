"""Event leaves that add rows up, all of those over the same tables at once: one scan, then sums per person and window.

Rows come home once, in order of time, for all tests, windows and bounds that ask for them; each row says which of the
sets of tests it passes. A window is a run of such rows, so that the windows that end together ("the last 7, 30, 90
days") add each row once and their sums grow from the shortest to the longest. It is the semantics of a single leaf's
own query: the rows are chosen by the same expressions and the values compared by the same rows of the table of
operators; generated worlds hold all three ways (reference, single, together) against one another.
"""

import datetime as dt
import functools
import itertools
import operator
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

import ibis
import ibis.expr.datatypes as dtypes
import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt
import pyarrow as pa
from pyroaring import BitMap

from quartier.engine import OCCURRED_AT, Dialect, Query, kept_sql, to_sql
from quartier.engine.keys import marked
from quartier.segment.conditions import EventLeaf, Leaf, PropertyTest
from quartier.segment.event_rows import (
    PERSON_KEY,
    EventShape,
    columns_of,
    events_that_count,
    in_time,
    measure_values,
    row_tests,
    shape_of,
    tests_parameters,
)
from quartier.segment.measures import DECIMALS
from quartier.segment.moments import Moment
from quartier.segment.numbers import holds_for_nothing
from quartier.segment.operators import OPERATORS

Value = TypeVar("Value")
Amounts = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int32]
Numbers = Amounts | Counts
Places = npt.NDArray[np.intp]

ADDED_UP = frozenset({"count", "sum", "mean"})
"""The measures that are sums over rows; the others are computed in the engine, leaf by leaf."""

BATCH = 4_000_000
"""Rows that are held at once: a bound on the memory, whatever the number of events."""

FEW = 2
"""With fewer than one row in so many persons, adding row by row is cheaper than counting for everyone."""


MOST_TESTS = 24
"""Sets of tests that share a scan: each is a bit of a 32-bit number."""

Edges = tuple[dt.datetime, dt.datetime]


@dataclass(frozen=True)
class Together:
    """Leaves over the same tables with the same measure, and the edges (start, end] of their windows at a moment.

    `wheres` are their distinct sets of tests: a row that passes the third has the third bit of `passing` set.
    """

    leaves: tuple[EventLeaf, ...]
    edges: tuple[Edges, ...]
    wheres: tuple[tuple[PropertyTest, ...], ...]

    @property
    def first(self) -> EventLeaf:
        """Any of them: but for tests, windows and comparisons they are the same."""
        return self.leaves[0]


def leaves_together(leaves: Iterable[Leaf], moment: Moment) -> Iterator[Together]:
    """The event leaves that add rows up, in groups that one scan each can answer."""
    groups: dict[object, dict[tuple[PropertyTest, ...], list[EventLeaf]]] = {}
    for leaf in leaves:
        if isinstance(leaf, EventLeaf) and leaf.measure.kind in ADDED_UP:
            groups.setdefault(_rows_of(leaf), {}).setdefault(leaf.where, []).append(leaf)
    for by_tests in groups.values():
        for some in batched(by_tests, MOST_TESTS):
            chosen = tuple(leaf for tests in some for leaf in by_tests[tests])
            yield Together(chosen, tuple(_edges(leaf, moment) for leaf in chosen), some)


def rows_query(together: Together, moment: Moment, dialect: Dialect = "duckdb") -> Query:
    """The rows that some of the leaves count: `person_key`, `occurred_at`, `passing` and, for an amount, `measured`.

    With one set of tests every row passes it, and `passing` is left out.
    """
    given: dict[str, Any] = {
        "after": min(after for after, _ in together.edges),
        "until": max(until for _, until in together.edges),
    }
    shapes = []
    for place, tests in enumerate(together.wheres):
        leaf, prefix = replace(together.first, where=tests), f"t{place}_"
        shape = replace(shape_of(leaf), has_start=True, operator_key="", is_complement=False, prefix=prefix)
        shapes.append(shape)
        given |= tests_parameters(leaf, moment, prefix)
    return Query(_rows_sql(tuple(shapes), dialect), given)


def sets_of_each(
    together: Together, batches: Iterable[pa.RecordBatch], persons: int, moment: Moment
) -> Iterator[tuple[EventLeaf, BitMap, bool]]:
    """For each leaf the set of keys that its own query would give, and whether the leaf is everyone but them.

    Keys lie below `persons`.
    """
    tested = [_Tested(place, together, persons) for place in range(len(together.wheres))]
    for batch in batches:
        rows = _Rows.of(batch)
        for each in tested:
            each.add(rows)
    for each in tested:
        yield from each.sets(moment)


class _Tested:
    """The leaves with one set of tests: what the rows that pass add up to, window by window."""

    def __init__(self, place: int, together: Together, persons: int) -> None:
        self.bit = place if len(together.wheres) > 1 and together.wheres[place] else None
        self.leaves = [
            (leaf, edges)
            for leaf, edges in zip(together.leaves, together.edges, strict=True)
            if leaf.where == together.wheres[place]
        ]
        self.runs = _runs(edges for _, edges in self.leaves)
        self.added = [_Added(persons, together.first.measure.kind) for _ in self.runs]

    def add(self, rows: "_Rows") -> None:
        """Cut the rows that pass into runs and add them up."""
        passing = None if self.bit is None else rows.passing(self.bit)
        for run, added in zip(self.runs, self.added, strict=True):
            first, last = rows.within(run)
            if first < last:
                added.add(*rows.at(slice(first, last) if passing is None else _between(passing, first, last)))

    def sets(self, moment: Moment) -> Iterator[tuple[EventLeaf, BitMap, bool]]:
        """The set of each leaf, and whether the leaf is everyone but them."""
        for window, values in _windows(self.runs, self.added):
            for leaf, edges in self.leaves:
                if edges == window:
                    is_complement = holds_for_nothing(leaf)
                    yield leaf, marked(_holds(leaf, values, moment) ^ is_complement), is_complement


@dataclass(frozen=True)
class _Rows:
    """Rows in order of time."""

    times: npt.NDArray[np.datetime64]
    keys: npt.NDArray[np.int32]
    amounts: Amounts | None
    bits: npt.NDArray[np.signedinteger[Any]] | None
    cuts: dict["_Run", tuple[int, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, batch: pa.RecordBatch) -> "_Rows":
        """The rows of a batch, put in order where they are not."""
        times = batch[OCCURRED_AT].to_numpy(zero_copy_only=False).astype("datetime64[us]", copy=False)
        columns = [_column(batch, name) for name in (PERSON_KEY, "measured", "passing")]
        if not np.all(times[1:] >= times[:-1]):
            order = np.argsort(times, kind="stable")
            times, columns = times[order], [None if each is None else each[order] for each in columns]
        return cls(times, *columns)

    def within(self, run: "_Run") -> tuple[int, int]:
        """Where the rows of a run begin and where those after them do; asked for by each set of tests."""
        if run not in self.cuts:
            first, last = np.searchsorted(self.times, [run.start, run.end], side="right")
            self.cuts[run] = int(first), int(last)
        return self.cuts[run]

    def passing(self, bit: int) -> Places:
        """The places of those that pass one of the sets of tests, in order."""
        assert self.bits is not None  # the query gives them where there are several sets of tests
        return np.flatnonzero((self.bits & self.bits.dtype.type(1 << bit)).astype(np.bool_))

    def at(self, places: Places | slice) -> tuple[npt.NDArray[np.int32], Amounts | None]:
        """The keys and amounts at some places."""
        return self.keys[places], None if self.amounts is None else self.amounts[places]


def _between(places: Places, first: int, last: int) -> Places:
    """Those of some places in order that lie in a run of rows."""
    start, end = np.searchsorted(places, [first, last])
    return places[start:end]


def _column(batch: pa.RecordBatch, name: str) -> Any:
    return batch[name].to_numpy(zero_copy_only=False) if name in batch.schema.names else None


@dataclass(frozen=True)
class _Run:
    """The rows after `start` up to `end`; its window goes on to `until`, over the runs before it that end there."""

    start: np.datetime64
    end: np.datetime64
    window: tuple[dt.datetime, dt.datetime]


class _Added:
    """What the rows of a run add up to, person by person: rows, and amounts where there is one."""

    def __init__(self, persons: int, measure: str) -> None:
        self.measure = measure
        # 32 bits hold any person's rows, and half the memory is half the time.
        self.rows: Counts | None = np.zeros(persons, np.int32) if measure != "sum" else None
        self.amounts: Amounts | None = np.zeros(persons) if measure != "count" else None

    def add(self, keys: npt.NDArray[np.int32], amounts: Amounts | None) -> None:
        if self.rows is not None:
            _add_up(self.rows, keys, None)
        if self.amounts is not None and amounts is not None:
            _add_up(self.amounts, keys, amounts)

    def extend(self, other: "_Added") -> None:
        if self.rows is not None and other.rows is not None:
            self.rows += other.rows
        if self.amounts is not None and other.amounts is not None:
            self.amounts += other.amounts

    @property
    def values(self) -> Numbers:
        """The measure; nothing adds up to zero, and a mean of nothing is not a number."""
        if self.amounts is None:
            assert self.rows is not None  # a measure adds rows or amounts
            return self.rows
        if self.rows is None:
            return np.round(self.amounts, DECIMALS)
        with np.errstate(invalid="ignore"):
            return np.round(self.amounts / self.rows, DECIMALS)


def batched(values: Iterable[Value], most: int) -> Iterator[tuple[Value, ...]]:
    """Values in tuples of at most so many."""
    rest = iter(values)
    while some := tuple(itertools.islice(rest, most)):
        yield some


def _runs(edges: Iterable[tuple[dt.datetime, dt.datetime]]) -> list[_Run]:
    """The windows cut at their starts: those that end together follow one another backwards in time."""
    runs: list[_Run] = []
    # Shortest first among those that end together: a window's sum is that of the one before it and its own run.
    for start, until in sorted(set(edges), key=lambda each: (each[1], each[0]), reverse=True):
        follows = bool(runs) and runs[-1].window[1] == until
        end = runs[-1].start if follows else np.datetime64(until, "us")
        runs.append(_Run(np.datetime64(start, "us"), end, (start, until)))
    return runs


def _windows(
    runs: Sequence[_Run], added: Sequence[_Added]
) -> Iterator[tuple[tuple[dt.datetime, dt.datetime], Numbers]]:
    """Each window with its values, the sums growing from run to run."""
    before: tuple[_Run, _Added] | None = None
    for run, own in zip(runs, added, strict=True):
        if before and before[0].window[1] == run.window[1]:
            own.extend(before[1])
        yield run.window, own.values
        before = run, own


def _add_up(sums: Numbers, keys: npt.NDArray[np.int32], amounts: Amounts | None) -> None:
    if keys.size * FEW < sums.size:
        np.add.at(sums, keys, sums.dtype.type(1) if amounts is None else amounts)  # its own type: ten times faster
    else:
        np.add(sums, np.bincount(keys, amounts, minlength=sums.size), out=sums, casting="same_kind")


def _edges(leaf: EventLeaf, moment: Moment) -> tuple[dt.datetime, dt.datetime]:
    """(start, end] as the engine's columns hold instants; what has no start begins with the calendar."""
    start, end = leaf.window.edges(moment.now, moment.zone)
    return moment.naive(start or dt.datetime.min.replace(tzinfo=dt.UTC)), moment.naive(end)


def _rows_of(leaf: EventLeaf) -> object:
    """Leaves of equal rows can share a scan; those that measure lines only with the same tests, which choose lines."""
    chooses_lines = leaf.measure.path and "." in leaf.measure.path
    return leaf.events, leaf.when, leaf.measure, leaf.where if chooses_lines else None


@kept_sql
def _rows_sql(shapes: tuple[EventShape, ...], dialect: Dialect) -> str:
    if len(shapes) == 1:
        rows = events_that_count(shapes[0])
        columns = [PERSON_KEY, OCCURRED_AT]
    else:
        parts = [_passing_rows(table, shapes) for table in shapes[0].tables]
        rows = parts[0] if len(parts) == 1 else ibis.union(*parts)
        columns = [PERSON_KEY, OCCURRED_AT, "passing"]
    if shapes[0].measured is None:
        return to_sql(rows.select(*columns), dialect, in_steps=True)
    known = rows.filter(rows.measured.notnull())
    return to_sql(known.select(*columns, measured=known.measured.cast("float64")), dialect, in_steps=True)


def _passing_rows(table: str, shapes: tuple[EventShape, ...]) -> ir.Table:
    """The rows in the window that pass some of the sets of tests, and which, as bits of a number."""
    events = ibis.table(columns_of(*shapes), name=table)
    rows = events.filter(*in_time(events, shapes[0]))
    bits = [_bit(row_tests(rows, shape), place) for place, shape in enumerate(shapes)]
    passing = functools.reduce(operator.add, bits).cast(_narrowest(len(bits)))
    measured = shapes[0].measured
    values = {} if measured is None else {"measured": rows[measured.path]}
    marked_rows = rows.select(PERSON_KEY, OCCURRED_AT, passing=passing, **values)
    return marked_rows.filter(marked_rows.passing != 0) if all(shape.tests for shape in shapes) else marked_rows


def _narrowest(bits: int) -> dtypes.SignedInteger:
    """The number of least bytes that holds so many bits: what comes home is read once per set of tests."""
    return dtypes.int16 if bits < 16 else dtypes.int32


def _bit(tests: list[ir.BooleanValue], place: int) -> ir.Value:
    return ibis.ifelse(ibis.and_(*tests), 1 << place, 0) if tests else ibis.literal(1 << place)


def _holds(leaf: EventLeaf, values: Numbers, moment: Moment) -> npt.NDArray[np.bool_]:
    """A comparison of numbers; a missing one, which only a mean can be, is not a number and satisfies none."""
    compiled = OPERATORS[leaf.comparison.operator_key].compiled
    # The rows of numeric operators compare arrays as they compare columns.
    found: npt.NDArray[np.bool_] = compiled(values, measure_values(leaf, moment))
    return found & ~np.isnan(values) if leaf.measure.kind == "mean" else found
