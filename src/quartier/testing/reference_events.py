"""The definition of truth for events: which of a person's events count, and what is measured of them."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from quartier.segment.conditions import ClockTest, Measure, PropertyTest
from quartier.segment.periods import Period
from quartier.segment.windows import Window
from quartier.testing.reference_values import Now, as_list, instant_before, satisfies
from quartier.testing.worlds import Plain, TinyEvent


def is_in_window(at: dt.datetime, window: Window, now: Now) -> bool:
    """Whether an event at that instant counts: after the start of the window, up to and including its end."""
    if at > now.instant:
        return False
    day = now.day_of(at)
    if (window.since and day < window.since) or (window.until and day > window.until):
        return False
    if window.period and not is_in_period(day, window.period, now):
        return False
    if window.newest is not None and at > instant_before(now, window.newest):
        return False
    return window.oldest is None or at > instant_before(now, window.oldest)


def is_in_period(day: dt.date, period: Period, now: Now) -> bool:
    """Whether a day lies in the current day, week, month, ... or in one of the last few before it."""
    today = now.today
    if period.is_a_year_ago:
        is_leap_day = (today.month, today.day) == (2, 29)
        today = today.replace(year=today.year - 1, day=28 if is_leap_day else today.day)
    ago = number_of(today, period.unit) - number_of(day, period.unit)
    return 1 <= ago <= period.count if period.count else ago == 0


def number_of(day: dt.date, unit: str) -> int:
    """The number of the day, week, month, ... in which a day lies, counted from the start of the calendar."""
    match unit:
        case "day":
            return day.toordinal()
        case "week":
            return (day.toordinal() - 1) // 7  # the calendar starts on a Monday
        case "month":
            return 12 * day.year + day.month
        case "quarter":
            return 4 * day.year + (day.month - 1) // 3
        case "year":
            return day.year
    raise ValueError(unit)


def passes(event: TinyEvent, tests: Sequence[PropertyTest], now: Now) -> bool:
    """Whether the event passes every test, those of lines on one and the same line."""
    own = [test for test in tests if not test.is_of_a_line]
    if not all(satisfies(event.properties.get(test.path), test.comparison, now) for test in own):
        return False
    heads = {head_of(test.path) for test in tests if test.is_of_a_line}
    return all(passing_lines(event, head, tests, now) for head in heads)


def passing_lines(event: TinyEvent, head: str, tests: Sequence[PropertyTest], now: Now) -> list[Mapping[str, Plain]]:
    """The lines of an event that pass every test of a property of lines."""
    on_lines = [test for test in tests if test.is_of_a_line and head_of(test.path) == head]
    lines = [line for line in as_list(event.properties.get(head)) if isinstance(line, Mapping)]
    return [
        line
        for line in lines
        if all(satisfies(line.get(field_of(test.path)), test.comparison, now) for test in on_lines)
    ]


def head_of(path: str) -> str:
    """`products` of `products.category`."""
    return path.split(".")[0]


def field_of(path: str) -> str:
    """`category` of `products.category`."""
    return path.split(".")[1]


def measured(measure: Measure, events: Sequence[TinyEvent], tests: Sequence[PropertyTest], now: Now) -> Plain:
    """What a measure gives for one person's events that count, in order of time."""
    match measure.kind:
        case "count":
            return len(events)
        case "days" | "weeks" | "months":
            return len({number_of(now.day_of(event.at), measure.kind.removesuffix("s")) for event in events})
        case "most_frequent":
            return most_frequent(path_of(measure), events, tests, now)
        case "days_since_first":
            return whole_days_since(events[0].at, now) if events else None
        case "days_since_last":
            return whole_days_since(events[-1].at, now) if events else None
        case "first":
            return events[0].properties.get(path_of(measure)) if events else None
        case "last":
            return events[-1].properties.get(path_of(measure)) if events else None
    return VALUE_MEASURES[measure.kind](known_values(path_of(measure), events, tests, now))


def most_frequent(path: str, events: Sequence[TinyEvent], tests: Sequence[PropertyTest], now: Now) -> Plain:
    """The value that occurs most; of several, the one that occurred last; at one instant, the lowest."""
    occurred = [(value, event.at) for event in events for value in known_values(path, [event], tests, now)]
    best = max((sum(value == each for value, _ in occurred) for each, _ in occurred), default=0)
    frequent = [(value, at) for value, at in occurred if sum(value == each for each, _ in occurred) == best]
    latest = max((at for _, at in frequent), default=None)
    return min((value for value, at in frequent if at == latest), default=None)


def is_on(at: dt.datetime, tests: Sequence[ClockTest], now: Now) -> bool:
    """Whether the wall clock shows one of the weekdays, hours, days or months that pass."""
    local = at.astimezone(now.zone)
    shown = {
        "weekday": local.isoweekday(), "hour": local.hour, "day_of_month": local.day, "month": local.month,
    }  # fmt: skip
    return all(shown[test.part] in test.values for test in tests)


def known_values(
    path: str, events: Sequence[TinyEvent], tests: Sequence[PropertyTest], now: Now
) -> list[str | int | float]:
    """The values of a property in the events, or in those of their lines that pass the tests; missing ones left out."""
    if "." in path:
        lines = [line for event in events for line in passing_lines(event, head_of(path), tests, now)]
        found = [line.get(field_of(path)) for line in lines]
    else:
        found = [event.properties.get(path) for event in events]
    return [value for value in found if value is not None]  # type: ignore[misc]  # only numbers are added and averaged


def exact_sum(values: Iterable[Any]) -> Decimal:
    """The sum as on paper: 0.1 and 0.2 make 0.3."""
    return sum((Decimal(repr(value)) for value in values), Decimal())


def to_six_decimals(number: Decimal) -> float:
    """The number rounded as on paper."""
    return float(number.quantize(Decimal("0.000001"), rounding=ROUND_HALF_UP))


VALUE_MEASURES: dict[str, Callable[[list[Any]], Plain]] = {
    "distinct": lambda values: len(set(values)),
    "sum": lambda values: to_six_decimals(exact_sum(values)),
    "mean": lambda values: to_six_decimals(exact_sum(values) / len(values)) if values else None,
    "min": lambda values: min(values, default=None),
    "max": lambda values: max(values, default=None),
}


def path_of(measure: Measure) -> str:
    """The property that is measured."""
    assert measure.path is not None
    return measure.path


def whole_days_since(at: dt.datetime, now: Now) -> int:
    """How many times 24 hours have passed."""
    return (now.instant - at) // dt.timedelta(days=1)
