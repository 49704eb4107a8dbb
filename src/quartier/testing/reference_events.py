"""The definition of truth for events: which of a person's events count, and what is measured of them."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from quartier.segment.conditions import Measure, PropertyTest
from quartier.segment.windows import Window
from quartier.testing.reference_values import Now, as_list, instant_before, satisfies
from quartier.testing.worlds import Plain, TinyEvent


def is_in_window(at: dt.datetime, window: Window, now: Now) -> bool:
    """Whether an event at that instant counts: after the start of the window, up to and including its end."""
    if at > now.instant:
        return False
    if window.since is not None:
        return now.day_of(at) >= window.since
    if window.newest is not None and at > instant_before(now, window.newest):
        return False
    return window.oldest is None or at > instant_before(now, window.oldest)


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
        case "days_since_first":
            return whole_days_since(events[0].at, now) if events else None
        case "days_since_last":
            return whole_days_since(events[-1].at, now) if events else None
        case "first":
            return events[0].properties.get(path_of(measure)) if events else None
        case "last":
            return events[-1].properties.get(path_of(measure)) if events else None
    return VALUE_MEASURES[measure.kind](known_values(path_of(measure), events, tests, now))


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
