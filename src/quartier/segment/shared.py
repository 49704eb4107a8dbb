"""Leaves that count the same rows in different windows or against different bounds: one scan for all of them.

The query gives each person's measure in each window, by the same expressions as that of a single leaf; comparisons are
made on the columns that come home, by the same rows of the table of operators.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import ibis
import ibis.expr.datatypes as dtypes
import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt
import pyarrow as pa
from pyroaring import BitMap

from quartier.engine import OCCURRED_AT, Query, parameter, to_sql
from quartier.segment.conditions import EventLeaf, Leaf
from quartier.segment.keys import marked, spread
from quartier.segment.leaves import (
    PERSON_KEY,
    EventShape,
    events_that_count,
    measure_values,
    shape_of,
    tests_parameters,
)
from quartier.segment.measures import MEASURES
from quartier.segment.moments import Moment
from quartier.segment.operators import OPERATORS
from quartier.segment.windows import Window

NUMBERS = frozenset({"count", "distinct", "sum", "mean", "min", "max"})
"""The measures whose values are numbers; the others are compared in the engine, leaf by leaf."""

SIZES = (1, 2, 4, 8)
"""How many windows one query may have: few sizes, so that few shapes are compiled, and a bound on the memory."""


@dataclass(frozen=True)
class Together:
    """Leaves over the same rows, and the different windows in which they count them."""

    leaves: tuple[EventLeaf, ...]
    windows: tuple[Window, ...]

    @property
    def padded(self) -> tuple[Window, ...]:
        """The windows, the last one repeated up to one of the sizes that are compiled."""
        size = next(size for size in SIZES if size >= len(self.windows))
        return self.windows + self.windows[-1:] * (size - len(self.windows))


def leaves_together(leaves: Iterable[Leaf]) -> Iterator[Together]:
    """The event leaves that have company, in groups that one query each can answer."""
    groups: dict[object, list[EventLeaf]] = {}
    for leaf in leaves:
        if isinstance(leaf, EventLeaf) and leaf.measure.kind in NUMBERS:
            groups.setdefault((leaf.events, leaf.where, leaf.measure), []).append(leaf)
    for group in groups.values():
        if len(group) > 1:
            yield from _of_some_windows(group)


def shared_query(together: Together, moment: Moment) -> Query:
    """The measure of every person with rows that count, window by window: `person_key`, `value0`, `value1`, ..."""
    first = together.leaves[0]
    edges = [_edges(window, moment) for window in together.padded]
    given = {"after": min(after for after, _ in edges), "until": max(until for _, until in edges)}
    for index, (after, until) in enumerate(edges):
        given |= {f"after{index}": after, f"until{index}": until}
    shape = replace(shape_of(first), has_start=True, operator_key="", is_complement=False)
    return Query(_shared_sql(shape, len(edges)), given | tests_parameters(first, moment))


def sets_of_each(together: Together, table: pa.Table, moment: Moment) -> Iterator[tuple[EventLeaf, BitMap, bool]]:
    """For each leaf the set of keys that its own query would give, and whether the leaf is everyone but them."""
    keys = table[PERSON_KEY].to_numpy()
    has_rows = spread(keys, np.ones(len(keys), dtype=np.bool_))
    for index, window in enumerate(together.windows):
        value = spread(keys, table[f"value{index}"].to_numpy())
        for leaf in together.leaves:
            if leaf.window == window:
                is_complement = shape_of(leaf).is_complement
                yield leaf, marked(has_rows & (_holds(leaf, value, moment) ^ is_complement)), is_complement


def forget_compiled() -> None:
    """Compile every shape anew, as a new process does; for benchmarks."""
    _shared_sql.cache_clear()


def _of_some_windows(group: Sequence[EventLeaf]) -> Iterator[Together]:
    windows = list(dict.fromkeys(leaf.window for leaf in group))
    for start in range(0, len(windows), SIZES[-1]):
        some = tuple(windows[start : start + SIZES[-1]])
        yield Together(tuple(leaf for leaf in group if leaf.window in some), some)


def _edges(window: Window, moment: Moment) -> tuple[dt.datetime, dt.datetime]:
    """(start, end] as the engine's columns hold instants; what has no start begins with the calendar."""
    start, end = window.edges(moment.now, moment.zone)
    return moment.naive(start or dt.datetime.min.replace(tzinfo=dt.UTC)), moment.naive(end)


@lru_cache(maxsize=1024)
def _shared_sql(shape: EventShape, windows: int) -> str:
    rows = events_that_count(shape)
    values = {f"value{index}": MEASURES[shape.measure](rows, _is_in(rows, index)) for index in range(windows)}
    return to_sql(rows.group_by(PERSON_KEY).agg(**values))


def _is_in(rows: ir.Table, index: int) -> ir.BooleanValue:
    after, until = (parameter(f"{edge}{index}", dtypes.timestamp) for edge in ("after", "until"))
    return ibis.and_(rows[OCCURRED_AT] > after, rows[OCCURRED_AT] <= until)


def _holds(leaf: EventLeaf, value: npt.NDArray[np.float64], moment: Moment) -> npt.NDArray[np.bool_]:
    """A comparison of numbers; a missing one is not a number and satisfies none."""
    compiled = OPERATORS[leaf.comparison.operator_key].compiled
    return ~np.isnan(value) & compiled(value, measure_values(leaf, moment))  # type: ignore[no-any-return]  # the rows of numeric operators compare arrays as they compare columns
