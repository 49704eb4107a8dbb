"""Which days and instants can satisfy comparisons together, whatever the present is.

A day or an instant is looked at from several sides, each a line of numbers: where it stands in the calendar, how long
ago it was in minutes or in calendar months, as of whom it is the birth. What one side excludes is impossible. Where
lengths of different kinds meet (30 days and a month) only what holds for the shortest and the longest month is said.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from quartier.catalog import ValueType
from quartier.segment.conditions import Comparison
from quartier.segment.numbers import whole_range
from quartier.segment.spans import ANY, Spans, compared, meet, rest, span
from quartier.segment.windows import Duration

_MINUTES = {"minute": 1, "hour": 60, "day": 24 * 60, "week": 7 * 24 * 60}
_SHORTEST, _LONGEST = {"month": 28, "year": 365}, {"month": 31, "year": 366}
_FARTHEST = 700_000
"""Days ago: what reaches further back may be cut off where the calendar begins."""
_OFFSET = 14 * 3600 * 1_000_000
"""Microseconds by which the local day of some zone may begin before or after that of UTC."""
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def sides(comparison: Comparison, type_: ValueType, *, holds: bool) -> Mapping[str, Spans]:
    """What a comparison that holds (or fails, for a value that is known) leaves possible, side by side."""
    seen = _seen(comparison, type_)
    if holds:
        return seen
    exact = [name for name in seen if name not in ("about", "ago")]
    return {exact[0]: rest(seen[exact[0]])} if len(exact) == 1 else {}


def fewest_days(length: Duration) -> float:
    """The least number of days that a duration can be."""
    return length.count * _SHORTEST.get(length.unit, _MINUTES.get(length.unit, 0) / _MINUTES["day"])


def most_days(length: Duration) -> float:
    """The greatest number of days that a duration can be."""
    return length.count * _LONGEST.get(length.unit, _MINUTES.get(length.unit, 0) / _MINUTES["day"])


def measure_of(length: Duration) -> tuple[str, int]:
    """A duration as minutes or as calendar months: durations of one of both can be compared."""
    if length.unit in _MINUTES:
        return "minutes", length.count * _MINUTES[length.unit]
    return "months", length.count * (12 if length.unit == "year" else 1)


def _seen(comparison: Comparison, type_: ValueType) -> dict[str, Spans]:
    value: Any = comparison.value
    match comparison.operator_key:
        case "within" | "older_than" | "in_next" as key:
            return _relative(key, value, is_day=type_ is ValueType.DATE)
        case "age":
            low, high = whole_range(value)
            low = max(low or 0, 0)
            longest = None if high is None else 366 * (high + 1) + 1
            return {"age": span(low, high), "ago": span(min(365 * low, _FARTHEST) - 1, longest)}
        case "anniversary":
            return {"ago": span(-1)}
        case "between":
            return _both(_bound(value[0], after=True), _bound(value[1], after=False))
        case "since":
            return _bound(value, after=True)
        case "before":
            return _before(value)
    days = tuple(each.toordinal() for each in value) if isinstance(value, tuple) else value.toordinal()
    return {"day": compared(comparison.operator_key, days)}


def _relative(key: str, length: Duration, *, is_day: bool) -> dict[str, Spans]:
    """How long ago a value is; what comes is ago by less than nothing, and today's day is now as well."""
    line, count = measure_of(length)
    fewest, most = min(fewest_days(length), _FARTHEST), most_days(length)
    match key:
        case "within":
            return {line: span(0, count, below=1), "ago": span(0, most + 1)}
        case "older_than":
            return {line: span(count), "ago": span(fewest - 1)}
    below = 0 if is_day else 1
    coming = {"ago": span(-most - 1, 0, below=below)}
    # Yesterday is no whole month ago, as today is none: of days to come in months, only the rough line can tell.
    return coming if is_day and line == "months" else {line: span(-count, 0, below=below), **coming}


def _bound(value: dt.date, *, after: bool) -> dict[str, Spans]:
    """On or after (else on or before) a day or an instant."""
    if isinstance(value, dt.datetime):
        at = _microseconds(value)
        exact = span(at) if after else span(high=at)
        return {"instant": exact, "about": exact}
    day = value.toordinal()
    if after:
        return {"day": span(day), "about": span(_midnight(day) - _OFFSET)}
    return {"day": span(high=day), "about": span(high=_midnight(day + 1) + _OFFSET)}


def _before(value: dt.date) -> dict[str, Spans]:
    if isinstance(value, dt.datetime):
        exact = span(high=_microseconds(value), below=1)
        return {"instant": exact, "about": exact}
    day = value.toordinal()
    return {"day": span(high=day, below=1), "about": span(high=_midnight(day) + _OFFSET)}


def _both(one: dict[str, Spans], other: dict[str, Spans]) -> dict[str, Spans]:
    """Two bounds together; each on its own side where one is a day and the other an instant."""
    return {name: meet(one.get(name, ANY), other.get(name, ANY)) for name in {**one, **other}}


def _midnight(ordinal: int) -> int:
    return (ordinal - _EPOCH.toordinal()) * 24 * 3600 * 1_000_000


def _microseconds(instant: dt.datetime) -> int:
    return (instant - _EPOCH) // dt.timedelta(microseconds=1)
