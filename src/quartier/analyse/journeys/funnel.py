"""Funnels: who gets from step to step, by the meaning that a sequence of the condition language has.

A person is at a step when they did its event after an event with which they were at the step before, within the time
allowed; of several earlier ones the latest is the nearest, so one ordered pass over the rows of two neighbouring steps
decides each of them. Other events may lie between.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import ibis
import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from quartier.analyse.compare import wilson
from quartier.analyse.journeys.coded import AT, ID, of_known, of_type
from quartier.analyse.journeys.times import Waiting, waiting_of
from quartier.analyse.plain import Plain
from quartier.analyse.purchases import PERSON
from quartier.catalog import Catalog, EventType
from quartier.engine import parameter

Value = str | int | bool | None
Flags = npt.NDArray[np.bool_]
Instants = npt.NDArray[np.datetime64]
_KIND, _LAST = "kind", "last_at"
_OWN, _BEFORE = 0, 1
"""Of one event's rows its own comes first, so that nothing follows itself."""
_Z = 1.959963984540054
_DAY = np.timedelta64(1, "D") / np.timedelta64(1, "us")


@dataclass(frozen=True)
class StepCount(Plain):
    """How many came to a step, of how many at the step before, with the interval of that share."""

    event: str
    persons: int
    of: int
    low: float | None
    high: float | None

    @property
    def share(self) -> float | None:
        """The share of those at the step before; None where there were none."""
        return self.persons / self.of if self.of else None

    @property
    def dropped(self) -> int:
        """How many came to the step before and not to this one."""
        return self.of - self.persons


@dataclass(frozen=True)
class Group(Plain):
    """The funnel among some persons: the `value` of a trait or the name of a segment; None of all others together."""

    value: Value
    steps: tuple[StepCount, ...]


@dataclass(frozen=True)
class FunnelFound(Plain):
    """A funnel over all persons who took the first step, and over each group that was asked for."""

    steps: tuple[StepCount, ...]
    times: tuple[Waiting, ...]
    """between each step and the one before: one less than steps"""
    groups: tuple[Group, ...]
    others: Group | None
    """who has another value or none, all together; None where there is nobody"""

    @property
    def whole(self) -> float | None:
        """The share of those at the first step who came to the last."""
        first, last = self.steps[0].persons, self.steps[-1].persons
        return last / first if first else None

    @property
    def widest_drop(self) -> int | None:
        """The place of the step before which most drop off; None where nobody does."""
        drops = [each.dropped for each in self.steps[1:]]
        return 1 + int(np.argmax(drops)) if any(drops) else None


def reached_expression(catalog: Catalog, steps: Sequence[EventType], *, is_windowed: bool, is_timed: bool) -> ir.Table:
    """One row per person at the first step: when they first came to each (`t0`, `t1`, ...), empty where never.

    Parameters: `instant`; `since` when windowed, `minutes` when timed.
    """
    there = of_known(of_type(steps[0], is_windowed=is_windowed), catalog)
    firsts = [_first(there, 0)]
    for number, step in enumerate(steps[1:], 1):
        there = _next(there, of_type(step, is_windowed=is_windowed), is_timed=is_timed)
        firsts.append(_first(there, number))
    found = firsts[0]
    for each in firsts[1:]:
        found = found.left_join(each, PERSON).drop(f"{PERSON}_right")
    return found


def funnel_of(
    reached: pa.Table, names: Sequence[str], until: np.datetime64
) -> tuple[tuple[StepCount, ...], tuple[Waiting, ...]]:
    """The counts and times of a funnel from the rows of `reached_expression`."""
    at = instants_of(reached, len(names))
    return step_counts(names, [~np.isnat(each) for each in at]), _times(at, until)


def instants_of(reached: pa.Table, steps: int) -> list[Instants]:
    """When each person first came to each step, NaT where never."""
    return [reached[f"t{n}"].to_numpy().astype("datetime64[us]") for n in range(steps)]


def step_counts(names: Sequence[str], there: Sequence[Flags]) -> tuple[StepCount, ...]:
    """The counts of each step, from who is at it."""
    persons = [int(each.sum()) for each in there]
    befores = [len(there[0]), *persons[:-1]]
    return tuple(_count(name, n, of) for name, n, of in zip(names, persons, befores, strict=True))


def grouped(
    names: Sequence[str],
    there: Sequence[Flags],
    groups: Mapping[Value, Flags],
) -> tuple[Group, ...]:
    """The counts of each step within each group of the persons at the first."""
    return tuple(Group(value, step_counts(names, [each[inside] for each in there])) for value, inside in groups.items())


def _count(name: str, persons: int, of: int) -> StepCount:
    low, high = wilson(persons, of, _Z) if of else (None, None)
    return StepCount(name, persons, of, low, high)


def _first(there: ir.Table, number: int) -> ir.Table:
    return there.group_by(PERSON).agg(**{f"t{number}": there[AT].min()})


def _next(before: ir.Table, own: ir.Table, *, is_timed: bool) -> ir.Table:
    """The events of a step that an event of those who were at the step before precedes."""
    own = own.semi_join(before, PERSON)
    rows = _of_kind(before, _BEFORE).union(_of_kind(own, _OWN))
    earlier = ibis.window(group_by=PERSON, order_by=[AT, ID, _KIND], preceding=(None, 1))
    rows = rows.mutate(**{_LAST: rows[AT].max(where=rows[_KIND] == _BEFORE).over(earlier)})
    rows = rows.filter((rows[_KIND] == _OWN) & rows[_LAST].notnull())
    if is_timed:
        rows = rows.filter(rows[AT] <= rows[_LAST] + ibis.interval(minutes=1) * parameter("minutes", "int64"))
    return rows.select(PERSON, AT, ID)


def _of_kind(rows: ir.Table, kind: int) -> ir.Table:
    return rows.select(PERSON, AT, ID, **{_KIND: ibis.literal(kind, "int8")})


def _times(at: Sequence[Instants], until: np.datetime64) -> tuple[Waiting, ...]:
    found = []
    for before, after in pairwise(at):
        came, went = ~np.isnat(before), ~np.isnat(after)
        days = (after[went] - before[went]).astype(np.float64) / _DAY
        followed = (until - before[came & ~went]).astype(np.float64) / _DAY
        found.append(waiting_of(days, followed))
    return tuple(found)
