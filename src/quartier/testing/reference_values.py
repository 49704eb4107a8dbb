"""The definition of truth for comparisons: one function per operator, written as one would explain it."""

import calendar
import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from quartier.segment.conditions import Comparison
from quartier.segment.windows import Duration
from quartier.testing.worlds import Plain


@dataclass(frozen=True)
class Now:
    """The instant of evaluation and the zone of its calendar."""

    instant: dt.datetime
    zone: ZoneInfo

    def __post_init__(self) -> None:
        """Kept in UTC: in a zone Python would add and subtract on the wall clock, and a minute is elapsed time."""
        object.__setattr__(self, "instant", self.instant.astimezone(dt.UTC))

    @property
    def today(self) -> dt.date:
        """The day on the wall calendar."""
        return self.day_of(self.instant)

    def day_of(self, instant: dt.datetime) -> dt.date:
        """The day on the wall calendar at some instant."""
        return instant.astimezone(self.zone).date()


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


def ends_with(value: Any, part: Any, _now: Now) -> bool:
    """At the end of the text; upper and lower case are the same."""
    return lower(value).endswith(lower(part))


def matches(value: Any, pattern: Any, _now: Now) -> bool:
    """As Python finds it, in ASCII, where the end of the text is its very end."""
    ends = re.compile(r"(\\.|\[(?:\\.|[^\]])*\])|\$", re.DOTALL)
    at_the_very_end = ends.sub(lambda found: found[1] or r"\Z", pattern)
    return re.search(at_the_very_end, value, re.ASCII) is not None


def is_in_next(value: Any, duration: Any, now: Now) -> bool:
    """After this instant, or today, up to the edge."""
    if isinstance(value, dt.datetime):
        return bool(now.instant < value <= instant_after(now, duration))
    return bool(now.today <= value <= day_after(now.today, duration))


def has_anniversary(value: Any, duration: Any, now: Now) -> bool:
    """In some year after its own, the day comes round today or up to the edge."""
    first = now.day_of(value) if isinstance(value, dt.datetime) else value
    if first > now.today:
        return False
    years = [year for year in (now.today.year, now.today.year + 1) if year > first.year]
    return any(now.today <= anniversary_in(year, first) <= day_after(now.today, duration) for year in years)


def anniversary_in(year: int, first: dt.date) -> dt.date:
    """The same day of another year; 29 February is 1 March where there is none."""
    if (first.month, first.day) == (2, 29) and not calendar.isleap(year):
        return dt.date(year, 3, 1)
    return first.replace(year=year)


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
    "ends_with": ends_with,
    "not_contains": lambda x, v, now: not has_text(x, v, now),
    "matches": matches,
    "in_next": is_in_next,
    "anniversary": has_anniversary,
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


def instant_after(now: Now, duration: Duration) -> dt.datetime:
    """Weeks and less are elapsed time; months and years keep the time on the wall clock."""
    end = dt.datetime.max.replace(tzinfo=dt.UTC)
    if duration.unit not in ("month", "year"):
        length = dt.timedelta(**{f"{duration.unit}s": 1})
        return end if duration.count > (end - now.instant) / length else now.instant + duration.count * length
    wall = now.instant.astimezone(now.zone)
    day = day_after(wall.date(), duration)
    return end if day == dt.date.max else dt.datetime.combine(day, wall.timetz()).astimezone(dt.UTC)


def day_after(day: dt.date, duration: Duration) -> dt.date:
    """The day that lies a duration after: the same day of a later month, or the last day of a shorter one."""
    if duration.unit not in ("month", "year"):
        days = duration.count * {"day": 1, "week": 7}[duration.unit]
        return day + dt.timedelta(days=days) if days <= (dt.date.max - day).days else dt.date.max
    year, month = day.year, day.month
    for _ in range(min(duration.count * (12 if duration.unit == "year" else 1), 12 * 10_000)):
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return dt.date.max if year > 9999 else dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def as_list(value: Plain) -> Sequence[Plain]:
    """The values of a list; a missing list has none."""
    return value if isinstance(value, tuple) else ()
