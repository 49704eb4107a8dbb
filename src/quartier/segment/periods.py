"""Periods of the calendar: what `during: last month` means on a day.

A period is made of whole days, weeks, months, quarters or years as the workspace's calendar has them: the current one,
or a number of them before it. Weeks start on Monday.
"""

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

Unit = Literal["day", "week", "month", "quarter", "year"]
_MONTHS: dict[Unit, int] = {"month": 1, "quarter": 3, "year": 12}
_WRITTEN = re.compile(
    r"\s*(?:(today)|(yesterday)|this\s+(week|month|quarter|year)"
    r"|last\s+(?:(\d{1,6})\s+)?(day|week|month|quarter|year)s?)(\s+a\s+year\s+ago)?\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Period:
    """The current unit of the calendar (`count` 0), or the last `count` whole ones before it.

    A year ago, the calendar is read on the same day of the year before; 29 February becomes the 28th.
    """

    unit: Unit
    count: int = 0
    is_a_year_ago: bool = False

    @classmethod
    def parse(cls, text: str) -> "Period":
        """Read `today`, `this month`, `last 3 weeks`, `last month a year ago`. Raises ValueError for anything else."""
        found = _WRITTEN.fullmatch(text)
        if not found or (found[4] and int(found[4]) == 0):
            raise ValueError(f"{text!r} is not a period such as `today`, `this month` or `last 3 weeks`")
        _today, yesterday, this, count, last, a_year_ago = (each.lower() if each else each for each in found.groups())
        unit: Unit = this or last or "day"  # type: ignore[assignment]  # the pattern admits units only
        is_past = yesterday is not None or last is not None
        return cls(unit, int(count or 1) if is_past else 0, a_year_ago is not None)

    def days(self, today: dt.date) -> tuple[dt.date, dt.date]:
        """The first day, and the day after the last; as far as the calendar goes."""
        current = _start(months_before(today, 12) if self.is_a_year_ago else today, self.unit)
        if self.count:
            return _before(current, self.count, self.unit), current
        return current, _before(current, -1, self.unit)


def months_before(day: dt.date, months: int) -> dt.date:
    """The same day of an earlier month (a later one if negative), or the last of a shorter one; within the calendar."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    if year < 1:
        return dt.date.min
    if year > dt.date.max.year:
        return dt.date.max
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _start(day: dt.date, unit: Unit) -> dt.date:
    """The first day of the unit in which a day lies."""
    match unit:
        case "day":
            return day
        case "week":
            return _days_before(day, day.weekday())
        case _:
            return day.replace(month=(day.month - 1) // _MONTHS[unit] * _MONTHS[unit] + 1, day=1)


def _before(first_day: dt.date, count: int, unit: Unit) -> dt.date:
    """The first day of the unit that lies so many of them before."""
    if unit in _MONTHS:
        return months_before(first_day, count * _MONTHS[unit])
    return _days_before(first_day, count * (7 if unit == "week" else 1))


def _days_before(day: dt.date, days: int) -> dt.date:
    return dt.date.min if days > (day - dt.date.min).days else day - dt.timedelta(days=days)
