"""The definition of truth: who belongs, decided person by person in plain Python, slowly and obviously.

Every engine must give the same members. Nothing of the compiler is used here: ages, days passed and windows are
written as one would explain them, not as the engine computes them.
"""

import calendar
import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import singledispatch
from typing import Any
from zoneinfo import ZoneInfo

from quartier.catalog import Meaning
from quartier.segment.conditions import (
    All,
    AtLeast,
    BoundSegment,
    Comparison,
    Condition,
    EventLeaf,
    Everyone,
    InSegment,
    Measure,
    Not,
    PersonsLeaf,
    PropertyTest,
    TraitLeaf,
)
from quartier.segment.windows import Duration, Window
from quartier.testing.worlds import Plain, TinyEvent, TinyPerson, TinyWorld


@dataclass(frozen=True)
class Now:
    """The instant of evaluation and the zone of its calendar."""

    instant: dt.datetime
    zone: ZoneInfo

    @property
    def today(self) -> dt.date:
        """The day on the wall calendar."""
        return self.day_of(self.instant)

    def day_of(self, instant: dt.datetime) -> dt.date:
        """The day on the wall calendar at some instant."""
        return instant.astimezone(self.zone).date()


@dataclass(frozen=True)
class Case:
    """One person in a world at an instant: all that a condition may look at."""

    person: TinyPerson
    world: TinyWorld
    now: Now


def reference_members(segment: BoundSegment, world: TinyWorld, at: dt.datetime, zone: ZoneInfo) -> set[str]:
    """The public ids of the members of a segment in a tiny world."""
    now = Now(at, zone)
    return {person.id for person in world.persons if holds(segment.condition, Case(person, world, now))}


# Conditions


@singledispatch
def holds(node: Condition, _case: Case) -> bool:
    """Whether a condition holds for one person."""
    raise TypeError(f"not a condition: {type(node).__name__}")


@holds.register
def _(_node: Everyone, _case: Case) -> bool:
    return True


@holds.register
def _(node: All, case: Case) -> bool:
    return all(holds(part, case) for part in node.parts)


@holds.register
def _(node: AtLeast, case: Case) -> bool:
    return sum(holds(part, case) for part in node.parts) >= node.count


@holds.register
def _(node: Not, case: Case) -> bool:
    return not holds(node.part, case)


@holds.register
def _(node: InSegment, case: Case) -> bool:
    return holds(node.segment.condition, case)


@holds.register
def _(node: PersonsLeaf, case: Case) -> bool:
    naming = [each.name for each in case.world.catalog.traits if each.meaning in (Meaning.USER_ID, Meaning.EMAIL)]
    known = [value for name in naming if (value := case.person.traits.get(name)) is not None]
    return any(identifier in (case.person.id, *map(str, known)) for identifier in node.identifiers)


@holds.register
def _(node: TraitLeaf, case: Case) -> bool:
    return satisfies(case.person.traits.get(node.trait.name), node.comparison, case.now)


@holds.register
def _(node: EventLeaf, case: Case) -> bool:
    types = {event.name for event in node.events}
    counted = [
        event
        for event in case.world.events_of(case.person)
        if event.name in types and is_in_window(event.at, node.window, case.now) and passes(event, node.where, case.now)
    ]
    return satisfies(measured(node.measure, counted, node.where, case.now), node.comparison, case.now)


# Events that count


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


# Measures


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


# Comparisons: one function per operator


def satisfies(value: Plain, comparison: Comparison, now: Now) -> bool:
    """Whether a value satisfies a comparison. A missing value satisfies none; only `known` can ask for it."""
    if comparison.operator_key == "known":
        return (value is not None) == comparison.value
    return value is not None and TRUTH[comparison.operator_key](value, comparison.value, now)


def is_between(value: Any, bounds: Any, now: Now) -> bool:
    """Both bounds belong; a day as a bound of instants counts from its start to its end."""
    low, high = bounds
    return is_since(value, low, now) and is_until(value, high, now)


def is_before(value: Any, bound: Any, now: Now) -> bool:
    """An instant is before a day when it lies on an earlier day."""
    return not is_since(value, bound, now)


def is_since(value: Any, bound: Any, now: Now) -> bool:
    """On or after."""
    return bool(comparable(value, bound, now) >= bound)


def is_until(value: Any, bound: Any, now: Now) -> bool:
    """On or before."""
    return bool(comparable(value, bound, now) <= bound)


def comparable(value: Any, bound: Any, now: Now) -> Any:
    """An instant beside a day is taken as its own day."""
    is_day = isinstance(bound, dt.date) and not isinstance(bound, dt.datetime)
    return now.day_of(value) if is_day and isinstance(value, dt.datetime) else value


def is_within(value: Any, duration: Any, now: Now) -> bool:
    """After the edge and not in the future."""
    return bool(edge_before(value, duration, now) < value <= present(value, now))


def is_older_than(value: Any, duration: Any, now: Now) -> bool:
    """On the edge or before it."""
    return bool(value <= edge_before(value, duration, now))


def has_age(value: Any, years: Any, now: Now) -> bool:
    """Completed years of who was born that day; nobody has an age before birth."""
    born = now.day_of(value) if isinstance(value, dt.datetime) else value
    if born > now.today:
        return False
    had_birthday = (now.today.month, now.today.day) >= (born.month, born.day)
    age = now.today.year - born.year - (0 if had_birthday else 1)
    return TRUTH[years.operator_key](age, years.value, now)


def has_text(value: Any, part: Any, _now: Now) -> bool:
    """Somewhere in the text; upper and lower case are the same."""
    return lower(part) in lower(value)


def starts_with(value: Any, part: Any, _now: Now) -> bool:
    """At the start of the text; upper and lower case are the same."""
    return lower(value).startswith(lower(part))


TRUTH: dict[str, Callable[[Any, Any, Now], bool]] = {
    "is": lambda x, v, _: x == v,
    "is_not": lambda x, v, _: x != v,
    "in": lambda x, v, _: x in v,
    "not_in": lambda x, v, _: x not in v,
    "more_than": lambda x, v, _: x > v,
    "at_least": lambda x, v, _: x >= v,
    "less_than": lambda x, v, _: x < v,
    "at_most": lambda x, v, _: x <= v,
    "between": is_between,
    "contains": has_text,
    "starts_with": starts_with,
    "before": is_before,
    "since": is_since,
    "within": is_within,
    "older_than": is_older_than,
    "age": has_age,
    "any_of": lambda x, v, _: any(each in x for each in v),
    "all_of": lambda x, v, _: all(each in x for each in v),
    "none_of": lambda x, v, _: all(each not in x for each in v),
}
"""By the key of each operator but `known`."""


def lower(text: str) -> str:
    """The text in lower case, letter by letter: the sigma at the end of a word and the dotted İ are no exception."""
    return "".join("i" if letter == "İ" else letter.lower() for letter in text)


# Calendar


def present(value: Any, now: Now) -> Any:
    """The instant of evaluation for instants, its day for days."""
    return now.instant if isinstance(value, dt.datetime) else now.today


def edge_before(value: Any, duration: Duration, now: Now) -> Any:
    """The instant, or for days the day, that lies a duration before the present."""
    return instant_before(now, duration) if isinstance(value, dt.datetime) else day_before(now.today, duration)


def instant_before(now: Now, duration: Duration) -> dt.datetime:
    """Weeks and less are elapsed time; months and years keep the time on the wall clock."""
    if duration.unit not in ("month", "year"):
        length = dt.timedelta(**{f"{duration.unit}s": 1})
        beginning = dt.datetime.min.replace(tzinfo=dt.UTC)
        return (
            beginning if duration.count > (now.instant - beginning) / length else now.instant - duration.count * length
        )
    wall = now.instant.astimezone(now.zone)
    return dt.datetime.combine(day_before(wall.date(), duration), wall.timetz()).astimezone(dt.UTC)


def day_before(day: dt.date, duration: Duration) -> dt.date:
    """The day that lies a duration before: the same day of an earlier month, or the last day of a shorter one."""
    if duration.unit not in ("month", "year"):
        days = duration.count * {"day": 1, "week": 7}[duration.unit]
        return day - dt.timedelta(days=days) if days < day.toordinal() else dt.date.min
    year, month = day.year, day.month
    for _ in range(min(duration.count * (12 if duration.unit == "year" else 1), 12 * day.year)):
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    if year < 1:
        return dt.date.min
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def as_list(value: Plain) -> Sequence[Plain]:
    """The values of a list; a missing list has none."""
    return value if isinstance(value, tuple) else ()
