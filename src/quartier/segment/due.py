"""When time alone can change something next: the instant at which an edge reaches the next value in front of it.

A refresh is due exactly then, and not on a timer. The instant may come early (an event that leaves a window need not
change anybody's membership), never late. Global leaves need nothing of their own: a place in an order changes by time
only where an edge of what is ranked passes a value.

Edges move forward, but for short whiles: in the hour that autumn repeats, and at the ends of months, when “a month
ago” waits for the shorter month. Each course is therefore looked at in cells within which it does not turn back.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol
from zoneinfo import ZoneInfo

from quartier.engine import Dialect, Query, dtype_of, kept_sql, key_of, parameter, to_sql
from quartier.segment.clocks import clocks
from quartier.segment.conditions import (
    BoundSegment,
    CampaignLeaf,
    HistoryLeaf,
    Leaf,
    OwnTime,
    distinct_leaves,
    leaves,
)
from quartier.segment.edges import Edge, Value, edges, turns_with_the_day
from quartier.segment.evaluate import World
from quartier.segment.event_rows import Column
from quartier.segment.memory import instants
from quartier.segment.moments import Moment
from quartier.segment.touched import values_of
from quartier.segment.windows import Window

FURTHEST = dt.datetime(9000, 1, 1, tzinfo=dt.UTC)
"""What lies further ahead is taken for never."""
LONGEST_SETBACK = dt.timedelta(days=4)
"""An edge is behind where it was for less than this: the three days by which months differ, and an hour."""
_TICK = dt.timedelta(microseconds=1)
_QUARTER = dt.timedelta(minutes=15)  # clocks are changed at quarters of an hour


@dataclass(frozen=True)
class DueByTime:
    """The next instant at which time alone can change members; `at` is None where it never will.

    `changing` names the segments that may change then, each with the leaf by which.
    """

    at: dt.datetime | None
    changing: tuple[tuple[str, Leaf], ...] = ()


class Course(Protocol):
    """An edge as the clock goes on."""

    @property
    def zone(self) -> ZoneInfo:
        """The zone of its calendar."""

    def at(self, instant: dt.datetime) -> Value:
        """The value that the edge has reached at an instant."""


@dataclass(frozen=True)
class LeafCourse:
    """One edge of a leaf over a column as the clock goes on."""

    leaf: Leaf
    place: int
    zone: ZoneInfo

    def at(self, instant: dt.datetime) -> Value:
        """The value that the edge has reached at an instant."""
        return edges(self.leaf, Moment(instant, self.zone))[self.place].value


@dataclass(frozen=True)
class WindowCourse:
    """The start (0) or the end (1) of a window over what is remembered, as the clock goes on."""

    window: Window
    side: int
    zone: ZoneInfo

    def at(self, instant: dt.datetime) -> Value:
        """The instant that the edge has reached; what has no start begins with the calendar."""
        edge = self.window.edges(instant, self.zone)[self.side]
        return edge or dt.datetime.min.replace(tzinfo=dt.UTC)


def due_by_time(world: World, segments: Mapping[str, BoundSegment]) -> DueByTime:
    """The next instant after the world's moment at which time alone can change a member of some segments."""
    ahead = Ahead(world)
    instants = {leaf: ahead.of(leaf) for leaf in distinct_leaves(each.condition for each in segments.values())}
    at = min((each for each in instants.values() if each), default=None)
    if at is None:
        return DueByTime(None)
    moving = [leaf for leaf, instant in instants.items() if instant == at]
    return DueByTime(at, tuple(_changing(segments, moving)))


def _changing(segments: Mapping[str, BoundSegment], moving: list[Leaf]) -> Iterator[tuple[str, Leaf]]:
    for name, segment in segments.items():
        first = next((leaf for leaf in leaves(segment.condition) if leaf in moving), None)
        if first is not None:
            yield name, first


class Ahead:
    """What lies ahead of the edges of leaves in a world; each column is asked once for each edge over it."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._asked: dict[Edge, Value | None] = {}

    def of(self, leaf: Leaf) -> dt.datetime | None:
        """The next instant at which time alone can change a leaf for somebody; None where it never will."""
        if isinstance(leaf, OwnTime):
            on_clocks = (Ahead(each.world).of(leaf.part) for each in clocks(self._world, leaf.zone))
            return min((at for at in on_clocks if at), default=None)
        moment = self._world.moment
        found = [at for place, edge in enumerate(edges(leaf, moment)) for at in self._of_edge(leaf, place, edge)]
        if isinstance(leaf, HistoryLeaf | CampaignLeaf):
            found += self._of_memory(leaf)
        if turns_with_the_day(leaf):
            found.append(next_midnight(moment.now, moment.zone))
        return min(found, default=None)

    def _of_edge(self, leaf: Leaf, place: int, edge: Edge) -> Iterator[dt.datetime]:
        """When an edge over a column reaches a value next, and when it falls back behind one."""
        course = LeafCourse(leaf, place, self._world.moment.zone)
        yield from self._turns(course, lambda value: self._next(Edge(edge.table, edge.column, value)))

    def _of_memory(self, leaf: HistoryLeaf | CampaignLeaf) -> Iterator[dt.datetime]:
        """When a window reaches or leaves what is remembered, and when the segment remembered may change by itself."""
        known = sorted(instants(self._world, leaf))
        for side in (0, 1):
            course = WindowCourse(leaf.window, side, self._world.moment.zone)
            yield from self._turns(course, lambda value: next((each for each in known if each > value), None))
        if isinstance(leaf, HistoryLeaf):
            yield from (at for each in leaves(leaf.segment.condition) if (at := self.of(each)))

    def _turns(self, course: Course, next_after: Callable[[Value], Value | None]) -> Iterator[dt.datetime]:
        yield from (at for at in (self._reached(course, next_after), self._set_back(course, next_after)) if at)

    def _reached(self, course: Course, next_after: Callable[[Value], Value | None]) -> dt.datetime | None:
        """When the edge reaches the next value in front of it."""
        now = self._world.moment.now
        here = course.at(now)
        if course.at(FURTHEST) <= here:
            return None
        value = next_after(here)
        return None if value is None else first_reached(course, value, now)

    def _set_back(self, course: Course, next_after: Callable[[Value], Value | None]) -> dt.datetime | None:
        """When the edge falls back behind a value that it has passed."""
        now = self._world.moment.now
        here = course.at(now)
        for start, _ in cells(course, now, now + LONGEST_SETBACK):
            behind = course.at(start)
            if behind < here:
                value = next_after(behind)
                if value is not None and value <= here:
                    return start
        return None

    def _next(self, edge: Edge) -> Value | None:
        """The smallest value of the edge's column that is greater than the edge."""
        if edge not in self._asked:
            sql = _next_sql(edge.table, edge.column, self._world.engine.dialect)
            ((found,),) = self._world.engine.rows(Query(sql, {"edge": edge.value}))
            self._asked[edge] = found  # type: ignore[assignment]  # a column of days or of instants
        return self._asked[edge]


def first_reached(course: Course, value: Value, now: dt.datetime) -> dt.datetime | None:
    """The first instant after `now`, when the edge has not reached a value, at which it has; None for never."""

    def has_reached(instant: dt.datetime) -> bool:
        return course.at(instant) >= value

    if not has_reached(FURTHEST):
        return None
    about = _first(has_reached, now, FURTHEST)
    for start, end in cells(course, max(now, about - LONGEST_SETBACK), about):
        if start > now and has_reached(start):
            return start
        if has_reached(end - _TICK):
            return _first(has_reached, start, end - _TICK)
    return about


def cells(course: Course, start: dt.datetime, end: dt.datetime) -> Iterator[tuple[dt.datetime, dt.datetime]]:
    """Stretches of time, one after the other, within which the edge only moves forward or stands still."""
    while start < end:
        midnight = min(next_midnight(start, course.zone), end)
        if _is_steady(course, start, midnight):
            yield start, midnight
            start = midnight
        while start < midnight:
            quarter = min(_next_quarter(start), midnight)
            yield start, quarter
            start = quarter


def next_midnight(instant: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """The instant at which the next local day begins, in UTC."""
    tomorrow = instant.astimezone(zone).date() + dt.timedelta(days=1)
    return dt.datetime.combine(tomorrow, dt.time(), tzinfo=zone).astimezone(dt.UTC)


def _is_steady(course: Course, start: dt.datetime, end: dt.datetime) -> bool:
    """Whether the edge stands still or goes with the clock over a part of one local day."""
    first, last = course.at(start), course.at(end - _TICK)
    if isinstance(first, dt.datetime) and isinstance(last, dt.datetime):
        return last == first or last - first == end - _TICK - start
    return last == first


def _next_quarter(instant: dt.datetime) -> dt.datetime:
    past = dt.timedelta(minutes=instant.minute % 15, seconds=instant.second, microseconds=instant.microsecond)
    return instant - past + _QUARTER


def _first(holds: Callable[[dt.datetime], bool], before: dt.datetime, after: dt.datetime) -> dt.datetime:
    """An instant from which on something holds that did not hold the tick before, by halving."""
    low, high = 0, (after - before) // _TICK  # it may hold at `before` only where it is the first of a cell
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(before + middle * _TICK) else (middle, high)
    return before + high * _TICK


@kept_sql
def _next_sql(table: str, column: Column, dialect: Dialect) -> str:
    dtype = dtype_of(column.type)
    rows = values_of(table, key_of(table), column, dtype)
    return to_sql(rows.filter(rows.value > parameter("edge", dtype)).agg(first=lambda each: each.value.min()), dialect)
