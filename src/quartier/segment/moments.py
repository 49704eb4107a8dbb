"""What a comparison with time means at an instant: durations, ages and days become edges, in UTC or in local days.

Everything that depends on "now" happens here, so that the SQL of a leaf stays the same from refresh to refresh.
"""

import calendar
import datetime as dt
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from quartier.catalog import ValueType
from quartier.engine import naive_utc
from quartier.segment.conditions import Comparison
from quartier.segment.numbers import whole_range
from quartier.segment.patterns import portable
from quartier.segment.windows import Duration, Window

_LEAP_DAY = 229
_TICK = dt.timedelta(microseconds=1)
EARLIEST, LATEST = dt.date(1, 1, 1), dt.date(9999, 12, 31)
"""Stand for "no bound"."""
_FIRST_TICK, _LAST_TICK = dt.datetime.combine(EARLIEST, dt.time.min), dt.datetime.combine(LATEST, dt.time.max)


@dataclass(frozen=True)
class Moment:
    """An instant of evaluation and the zone of its calendar."""

    now: dt.datetime
    zone: ZoneInfo

    @property
    def today(self) -> dt.date:
        """The local day."""
        return self.now.astimezone(self.zone).date()

    def naive(self, instant: dt.datetime) -> dt.datetime:
        """An instant as the engine's columns hold it: UTC without a zone."""
        return naive_utc(instant)

    def edges_of(self, window: Window) -> list[dt.datetime]:
        """The instants of a window's edges as the columns hold them: its start, where it has one, and its end."""
        return [self.naive(each) for each in window.edges(self.now, self.zone) if each is not None]

    def start_of(self, day: dt.date) -> dt.datetime:
        """Local midnight, as the engine's columns hold instants."""
        if day in (EARLIEST, LATEST):
            return dt.datetime.combine(day, dt.time())
        return self.naive(dt.datetime.combine(day, dt.time(), tzinfo=self.zone))

    def end_of(self, day: dt.date) -> dt.datetime:
        """The last tick of a local day."""
        if day == LATEST:
            return _LAST_TICK
        return self.start_of(day) if day == EARLIEST else self.start_of(day + dt.timedelta(days=1)) - _TICK


def window_parameters(window: Window, moment: Moment) -> dict[str, Any]:
    """The edges (after, until] of a window at a moment; `after` is there where it has a start."""
    *start, end = moment.edges_of(window)
    return {"until": end} | ({"after": start[0]} if start else {})


def parameters(comparison: Comparison, type_: ValueType, moment: Moment) -> list[Any]:
    """The values that a comparison's compiled form takes, for a column of `type_`."""
    value: Any = comparison.value
    match comparison.operator.takes:
        case "values":
            return [list(value)]
        case "pair":
            return [_point(value[0], type_, moment), _point(value[1], type_, moment, is_end=True)]
        case "duration" if comparison.operator_key == "in_next":
            return _edges_ahead(value, type_, moment)
        case "pattern":
            return [portable(value)]
        case "days":
            zone = [moment.zone.key] if type_ is ValueType.INSTANT else []  # days belong to no zone
            return [_point(moment.today, type_, moment), anniversaries(value, moment.today), *zone]
        case "duration":
            return _duration_edges(comparison.operator_key, value, type_, moment)
        case "range":
            return _age_edges(value, type_, moment)
        case "flag":
            return [value]
        case _:
            return [_point(value, type_, moment)]


def days_since_edges(comparison: Comparison, moment: Moment) -> list[dt.datetime]:
    """(start, end] in which an event must lie for the whole days passed since it to satisfy a comparison."""
    low, high = whole_range(comparison)
    now = moment.naive(moment.now)
    start = _FIRST_TICK if high is None else _days_before(now, high + 1)
    return [start, now if low is None else _days_before(now, low)]


def _days_before(instant: dt.datetime, days: int) -> dt.datetime:
    """The instant so many days before, as far as the calendar goes."""
    nearest_possible = min(days, (instant - _FIRST_TICK).days)
    return instant - dt.timedelta(days=max(nearest_possible, (instant - _LAST_TICK).days + 1))


def _point(value: Any, type_: ValueType, moment: Moment, *, is_end: bool = False) -> Any:
    """A bound in a column of instants: a day stands for its start, or for its end when it closes a pair."""
    if type_ is not ValueType.INSTANT:
        return value
    if isinstance(value, dt.datetime):
        return moment.naive(value)
    return moment.end_of(value) if is_end else moment.start_of(value)


def _duration_edges(key: str, duration: Duration, type_: ValueType, moment: Moment) -> list[Any]:
    if type_ is ValueType.DATE:
        start, end = duration.before_day(moment.today), moment.today
    else:
        start, end = moment.naive(duration.before(moment.now, moment.zone)), moment.naive(moment.now)
    return [start] if key == "older_than" else [start, end]


def _edges_ahead(duration: Duration, type_: ValueType, moment: Moment) -> list[Any]:
    """(start, end] of what lies ahead: of days, today is the first."""
    if type_ is ValueType.DATE:
        return [moment.today - dt.timedelta(days=1), duration.after_day(moment.today)]
    return [moment.naive(moment.now), moment.naive(duration.after(moment.now, moment.zone))]


def anniversaries(ahead: Duration, today: dt.date) -> list[int]:
    """The days, as 1231 for 31 December, whose anniversary falls today or within a duration less than a year.

    29 February has its anniversary on 1 March in other years.
    """
    last = ahead.after_day(today)
    days = [today + dt.timedelta(days=n) for n in range((last - today).days + 1)]
    leap = [_LEAP_DAY for day in days if (day.month, day.day) == (3, 1) and not calendar.isleap(day.year)]
    return [day.month * 100 + day.day for day in days] + leap


def _age_edges(years: Comparison, type_: ValueType, moment: Moment) -> list[Any]:
    """(start, end] of the births of persons whose completed years satisfy a comparison."""
    low, high = whole_range(years)
    start = EARLIEST if high is None else _years_before(moment.today, high + 1)
    end = moment.today if low is None else _years_before(moment.today, low)
    return [moment.end_of(start), moment.end_of(end)] if type_ is ValueType.INSTANT else [start, end]


def _years_before(day: dt.date, years: int) -> dt.date:
    """The latest day of birth of those who have completed `years` today; who is born on 29 February waits for March."""
    if years >= day.year:
        return EARLIEST
    return Duration(years, "year").before_day(day) if years > 0 else day
