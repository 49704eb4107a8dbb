"""What one person did of a sequence: the events that match, or the step at which it stops.

The person's rows of each step are read as the leaf's own query reads them, and followed backwards in the same way.
"""

import datetime as dt
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from quartier.catalog import EventType
from quartier.engine import EVENT_ID, OCCURRED_AT, Dialect, Query, kept_sql, to_sql
from quartier.segment.conditions import SequenceLeaf, Step
from quartier.segment.evaluate import World
from quartier.segment.observe import Happening, at_path, aware, the_person
from quartier.segment.sequence_queries import (
    SequenceShape,
    StepShape,
    events_of_step,
    minutes,
    sequence_parameters,
    shape_of,
)
from quartier.segment.windows import Duration


@dataclass(frozen=True)
class Trace:
    """How far a person came.

    Attributes:
        times: how often the whole happened.
        events: the last time that it happened in full or, failing that, as far as it did.
        stopped_at: the step (the first is 1) that kept it from happening, None when it happened.
    """

    times: int
    events: tuple[Happening, ...]
    stopped_at: int | None


def trace(world: World, leaf: SequenceLeaf, person_key: int) -> Trace:
    """How far a person came in a sequence."""
    rows = [_seen(world, leaf, index, person_key) for index in range(len(leaf.steps))]
    values = sorted({each.same for each in rows[0]}, key=str)
    found = [_Person(leaf, [[row for row in own if row.same == value] for own in rows], world) for value in values]
    times = sum(each.times for each in found)
    traces = [Trace(times, *each.farthest()) for each in found]
    best = max(traces, key=lambda each: (each.stopped_at or len(rows) + 1, each.events[-1].occurred_at), default=None)
    return best or Trace(0, (), 1)


@dataclass(frozen=True)
class _Row:
    """An event that a step may take; ordered by instant and id."""

    place: tuple[Any, str]
    same: Any
    happening: Happening

    @property
    def instant(self) -> Any:
        return self.place[0]


@dataclass(frozen=True)
class _Chained:
    """An event that a right sequel follows, up to the event at which it ends first."""

    row: _Row
    sequel: "_Chained | None"

    @property
    def end(self) -> _Row:
        return self.sequel.end if self.sequel else self.row

    def rows(self) -> list[_Row]:
        return [self.row, *(self.sequel.rows() if self.sequel else ())]


class _Person:
    """The rows of one person, and of one value where there is `same`."""

    def __init__(self, leaf: SequenceLeaf, rows: list[list[_Row]], world: World) -> None:
        self.leaf, self.rows, self.world = leaf, rows, world
        self.happens = [index for index, step in enumerate(leaf.steps) if not step.is_absent]

    @property
    def times(self) -> int:
        """How often the whole happened, each time after the end of the time before."""
        times, end = 0, None
        for each in self._chains(len(self.happens), with_last=True):
            if end is None or each.row.place > end:
                times, end = times + 1, each.end.place
        return times

    def farthest(self) -> tuple[tuple[Happening, ...], int | None]:
        """The events of the longest beginning that happened, and the step that did not."""
        whole = self._chains(len(self.happens), with_last=True)
        if whole:
            return _happenings(whole[-1]), None
        for count in range(len(self.happens), 0, -1):
            if chains := self._chains(count, with_last=False):
                return _happenings(chains[-1]), self._step_after(count) + 1
        return (), 1

    def _step_after(self, count: int) -> int:
        """What stopped a person who came as far as some steps: what must not happen, or the next that must."""
        absent = self._absent(count - 1)
        if absent and (count == len(self.happens) or self._chains(count + 1, with_last=False, is_open=True)):
            return absent[0]
        return self.happens[count]

    def _chains(self, count: int, *, with_last: bool, is_open: bool = False) -> list[_Chained]:
        """The events of the first step after which the next ones come, up to a number of steps, in order of time.

        `with_last` also asks that what must not happen after the last of them did not; `is_open` leaves out what must
        not happen just before it.
        """
        own = self.rows[self.happens[count - 1]]
        if with_last:
            own = [row for row in own if all(self._stays_away(row, index) for index in self._absent(count - 1))]
        chains = [_Chained(row, None) for row in own]
        for number in range(count - 2, -1, -1):
            absent = [] if is_open and number == count - 2 else self._absent(number)
            chains = self._preceded(number, chains, absent)
        return chains

    def _preceded(self, number: int, chains: list[_Chained], absent: Sequence[int]) -> list[_Chained]:
        within = self.leaf.steps[self.happens[number + 1]].within
        found = []
        for row in self.rows[self.happens[number]]:
            following = bisect_right(chains, row.place, key=lambda each: each.row.place)
            if following == len(chains) or not _is_near(row, chains[following].row, within):
                continue
            if not any(self._comes_before(row, chains[following].row, index) for index in absent):
                found.append(_Chained(row, chains[following]))
        return found

    def _absent(self, number: int) -> list[int]:
        """The steps that must not happen after one that must, up to the next one that must."""
        after = [*self.happens, len(self.leaf.steps)]
        return list(range(after[number] + 1, after[number + 1]))

    def _comes_before(self, row: _Row, following: _Row, index: int) -> bool:
        first = self._first_after(row, index)
        return first is not None and first.place < following.place and _is_near(row, first, self._step(index).within)

    def _stays_away(self, row: _Row, index: int) -> bool:
        """Whether the time of what must not happen has passed without it."""
        within, first = self._step(index).within, self._first_after(row, index)
        is_over = within is None or row.instant <= within.before(self.world.moment.now, self.world.moment.zone)
        return is_over and (first is None or not _is_near(row, first, within))

    def _first_after(self, row: _Row, index: int) -> _Row | None:
        later = bisect_right(self.rows[index], row.place, key=lambda each: each.place)
        return self.rows[index][later] if later < len(self.rows[index]) else None

    def _step(self, index: int) -> Step:
        return self.leaf.steps[index]


def _is_near(row: _Row, following: _Row, within: Duration | None) -> bool:
    return within is None or following.instant - row.instant <= dt.timedelta(minutes=minutes(within))


def _happenings(chain: _Chained) -> tuple[Happening, ...]:
    return tuple(row.happening for row in chain.rows())


def _seen(world: World, leaf: SequenceLeaf, index: int, person_key: int) -> list[_Row]:
    """The person's events that a step may take, in order."""
    shape = shape_of(leaf)
    step = next(each for each in shape.steps if each.index == index)
    read = ("now", "after", f"s{index}_w")
    given = {key: value for key, value in sequence_parameters(leaf, world.moment).items() if key.startswith(read)}
    found = []
    for event in leaf.steps[index].events:
        rows = world.engine.rows(
            Query(_person_sql(event.table, step, shape, world.engine.dialect), given | {"person": person_key})
        )
        found += [_row(event, leaf, index, row, world) for row in rows]
    if index == 0:
        until = leaf.window.edges(world.moment.now, world.moment.zone)[1]
        found = [row for row in found if row.instant <= until]
    return sorted(found, key=lambda row: row.place)


def _row(event: EventType, leaf: SequenceLeaf, index: int, row: Sequence[Any], world: World) -> _Row:
    at, event_id, *values = row
    paths = _paths(leaf, index)
    instant = aware(at)
    read = {path: aware(value) for path, value in zip(paths, values, strict=True)}
    same = read[leaf.same.name] if leaf.same else None
    return _Row((instant, event_id), same, Happening(instant.astimezone(world.moment.zone), event, read))


def _paths(leaf: SequenceLeaf, index: int) -> tuple[str, ...]:
    same = [leaf.same.name] if leaf.same else []
    return tuple(dict.fromkeys([*(test.path for test in leaf.steps[index].where), *same]))


@kept_sql
def _person_sql(table: str, step: StepShape, shape: SequenceShape, dialect: Dialect) -> str:
    """The instants, ids and values of one person's events that a step may take."""
    rows = events_of_step(table, step, shape).filter(the_person())
    paths = dict.fromkeys([*(column.path for column, _ in step.tests), *([shape.same.path] if shape.same else [])])
    values = {f"p{number}": at_path(rows, path) for number, path in enumerate(paths)}
    return to_sql(rows.select(OCCURRED_AT, EVENT_ID, **values), dialect)
