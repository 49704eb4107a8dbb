"""Event leaves that add rows up, all of those over the same rows at once: one scan, then sums per person and window.

Rows that pass the tests come home once, in order of time, for all windows and bounds that ask for them. A window is a
run of such rows, so that the windows that end together ("the last 7, 30, 90 days") add each row once and their sums
grow from the shortest to the longest. It is the semantics of a single leaf's own query: the rows are chosen by the same
expressions and the values compared by the same rows of the table of operators; generated worlds hold all three ways
(reference, single, together) against one another.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from pyroaring import BitMap

from quartier.engine import OCCURRED_AT, Dialect, Query, kept_sql, to_sql
from quartier.segment.conditions import EventLeaf, Leaf
from quartier.segment.event_rows import (
    PERSON_KEY,
    EventShape,
    events_that_count,
    measure_values,
    shape_of,
    tests_parameters,
)
from quartier.segment.keys import marked
from quartier.segment.measures import DECIMALS
from quartier.segment.moments import Moment
from quartier.segment.operators import OPERATORS

Amounts = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int32]
Numbers = Amounts | Counts

ADDED_UP = frozenset({"count", "sum", "mean"})
"""The measures that are sums over rows; the others are computed in the engine, leaf by leaf."""

BATCH = 4_000_000
"""Rows that are held at once: a bound on the memory, whatever the number of events."""

FEW = 2
"""With fewer than one row in so many persons, adding row by row is cheaper than counting for everyone."""


@dataclass(frozen=True)
class Together:
    """Leaves over the same rows, and the edges (start, end] of their windows at a moment."""

    leaves: tuple[EventLeaf, ...]
    edges: tuple[tuple[dt.datetime, dt.datetime], ...]

    @property
    def first(self) -> EventLeaf:
        """Any of them: but for windows and comparisons they are the same."""
        return self.leaves[0]


def leaves_together(leaves: Iterable[Leaf], moment: Moment) -> Iterator[Together]:
    """The event leaves that add rows up, in groups that one scan each can answer."""
    groups: dict[object, list[EventLeaf]] = {}
    for leaf in leaves:
        if isinstance(leaf, EventLeaf) and leaf.measure.kind in ADDED_UP:
            groups.setdefault((leaf.events, leaf.where, leaf.measure), []).append(leaf)
    for group in groups.values():
        yield Together(tuple(group), tuple(_edges(leaf, moment) for leaf in group))


def rows_query(together: Together, moment: Moment, dialect: Dialect = "duckdb") -> Query:
    """The rows that some of the leaves count: `person_key`, `occurred_at` and, for an amount, `measured`."""
    given = {
        "after": min(after for after, _ in together.edges),
        "until": max(until for _, until in together.edges),
    }
    shape = replace(shape_of(together.first), has_start=True, operator_key="", is_complement=False)
    return Query(_rows_sql(shape, dialect), given | tests_parameters(together.first, moment))


def sets_of_each(
    together: Together, batches: Iterable[pa.RecordBatch], persons: int, moment: Moment
) -> Iterator[tuple[EventLeaf, BitMap, bool]]:
    """For each leaf the set of keys that its own query would give, and whether the leaf is everyone but them.

    Keys lie below `persons`.
    """
    runs = _runs(together.edges)
    added = [_Added(persons, together.first.measure.kind) for _ in runs]
    for batch in batches:
        _add(batch, runs, added)
    for edges, values in _windows(runs, added):
        for leaf, own in zip(together.leaves, together.edges, strict=True):
            if own == edges:
                is_complement = shape_of(leaf).is_complement
                yield leaf, marked(_holds(leaf, values, moment) ^ is_complement), is_complement


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


def _add(batch: pa.RecordBatch, runs: Sequence[_Run], added: Sequence[_Added]) -> None:
    """Cut a batch into runs and add them up."""
    times = batch[OCCURRED_AT].to_numpy(zero_copy_only=False).astype("datetime64[us]", copy=False)
    keys = batch[PERSON_KEY].to_numpy(zero_copy_only=False)
    amounts = batch["measured"].to_numpy(zero_copy_only=False) if "measured" in batch.schema.names else None
    if not bool(np.all(times[1:] >= times[:-1])):
        order = np.argsort(times, kind="stable")
        times, keys, amounts = times[order], keys[order], None if amounts is None else amounts[order]
    for run, own in zip(runs, added, strict=True):
        first, last = np.searchsorted(times, [run.start, run.end], side="right")
        if first < last:
            own.add(keys[first:last], None if amounts is None else amounts[first:last])


def _add_up(sums: Numbers, keys: npt.NDArray[np.int32], amounts: Amounts | None) -> None:
    if keys.size * FEW < sums.size:
        np.add.at(sums, keys, sums.dtype.type(1) if amounts is None else amounts)  # its own type: ten times faster
    else:
        np.add(sums, np.bincount(keys, amounts, minlength=sums.size), out=sums, casting="same_kind")


def _edges(leaf: EventLeaf, moment: Moment) -> tuple[dt.datetime, dt.datetime]:
    """(start, end] as the engine's columns hold instants; what has no start begins with the calendar."""
    start, end = leaf.window.edges(moment.now, moment.zone)
    return moment.naive(start or dt.datetime.min.replace(tzinfo=dt.UTC)), moment.naive(end)


@kept_sql
def _rows_sql(shape: EventShape, dialect: Dialect) -> str:
    rows = events_that_count(shape)
    if shape.measured is None:
        return to_sql(rows.select(PERSON_KEY, OCCURRED_AT), dialect)
    known = rows.filter(rows.measured.notnull())
    return to_sql(known.select(PERSON_KEY, OCCURRED_AT, measured=known.measured.cast("float64")), dialect)


def _holds(leaf: EventLeaf, values: Numbers, moment: Moment) -> npt.NDArray[np.bool_]:
    """A comparison of numbers; a missing one, which only a mean can be, is not a number and satisfies none."""
    compiled = OPERATORS[leaf.comparison.operator_key].compiled
    # The rows of numeric operators compare arrays as they compare columns.
    found: npt.NDArray[np.bool_] = compiled(values, measure_values(leaf, moment))
    return found & ~np.isnan(values) if leaf.measure.kind == "mean" else found
