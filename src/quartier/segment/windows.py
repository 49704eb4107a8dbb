"""Durations and windows of time: what `within: 90 days` means at an instant.

A window is half-open: after its start, up to and including its end, so that two windows side by side share no event.
Minutes to weeks are elapsed time; months and years follow the calendar of the workspace's time zone, as do periods
such as last month.
"""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal
from zoneinfo import ZoneInfo

from quartier.segment.periods import Period, months_before

Unit = Literal["minute", "hour", "day", "week", "month", "year"]
_ELAPSED = {
    "minute": dt.timedelta(minutes=1),
    "hour": dt.timedelta(hours=1),
    "day": dt.timedelta(days=1),
    "week": dt.timedelta(weeks=1),
}
_CALENDAR = {"month": 30.4375, "year": 365.25}
_BEGINNING, _END = dt.datetime.min.replace(tzinfo=dt.UTC), dt.datetime.max.replace(tzinfo=dt.UTC)
_WRITTEN = re.compile(r"\s*(\d{1,6})\s*(minute|hour|day|week|month|year)s?\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Duration:
    """A length of time as people say it: 90 days, 1 year."""

    count: int
    unit: Unit

    @classmethod
    def parse(cls, text: str) -> "Duration":
        """Read `90 days`. Raises ValueError for anything else."""
        found = _WRITTEN.fullmatch(text)
        if not found or int(found[1]) == 0:
            raise ValueError(f"{text!r} is not a duration such as `90 days`, `6 months` or `1 year`")
        return cls(int(found[1]), found[2].lower())  # type: ignore[arg-type]  # the pattern admits units only

    def __str__(self) -> str:
        return f"{self.count} {self.unit}{'s' if self.count > 1 else ''}"

    @property
    def days(self) -> float:
        """About how many days it lasts."""
        return self.count * (_ELAPSED[self.unit] / _ELAPSED["day"] if self.unit in _ELAPSED else _CALENDAR[self.unit])

    def before(self, instant: dt.datetime, zone: ZoneInfo) -> dt.datetime:
        """The instant that lies this long before another, in UTC."""
        if self.unit in _ELAPSED:
            length = self.count * _ELAPSED[self.unit]
            return _BEGINNING if length > instant - _BEGINNING else instant - length
        local = instant.astimezone(zone)
        day = self.before_day(local.date())
        if day == dt.date.min:
            return _BEGINNING
        return dt.datetime.combine(day, local.time(), tzinfo=zone).astimezone(dt.UTC)

    def before_day(self, day: dt.date) -> dt.date:
        """The day that lies this long before another; the 31st becomes the last day of a shorter month."""
        if self.unit in _ELAPSED:
            length = self.count * _ELAPSED[self.unit]
            return dt.date.min if length > day - dt.date.min else day - length
        return months_before(day, self.count * (12 if self.unit == "year" else 1))

    def after(self, instant: dt.datetime, zone: ZoneInfo) -> dt.datetime:
        """The instant that lies this long after another, in UTC."""
        if self.unit in _ELAPSED:
            length = self.count * _ELAPSED[self.unit]
            return _END if length > _END - instant else instant + length
        local = instant.astimezone(zone)
        day = self.after_day(local.date())
        if day == dt.date.max:
            return _END
        return dt.datetime.combine(day, local.time(), tzinfo=zone).astimezone(dt.UTC)

    def after_day(self, day: dt.date) -> dt.date:
        """The day that lies this long after another; the 31st becomes the last day of a shorter month."""
        if self.unit in _ELAPSED:
            length = self.count * _ELAPSED[self.unit]
            return dt.date.max if length > dt.date.max - day else day + length
        return months_before(day, -self.count * (12 if self.unit == "year" else 1))


@dataclass(frozen=True)
class Window:
    """When events count: ever (nothing given), within a duration, between durations or days, in a period."""

    oldest: Duration | None = None
    newest: Duration | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    period: Period | None = None

    def edges(self, now: dt.datetime, zone: ZoneInfo) -> tuple[dt.datetime | None, dt.datetime]:
        """(start, end] in UTC; no start when all of the past counts. What lies after `now` never counts.

        The edges of periods stand still and jump at the local midnight in which the period turns.
        """
        if self.period:
            first, after = self.period.days(now.astimezone(zone).date())
            return _before_midnight(first, zone), min(_before_midnight(after, zone), now)
        start = self.oldest.before(now, zone) if self.oldest else None
        end = self.newest.before(now, zone) if self.newest else now
        if self.since is not None:
            start = _before_midnight(self.since, zone)
        if self.until not in (None, dt.date.max):
            end = min(_before_midnight(self.until + dt.timedelta(days=1), zone), now)
        return start, end

    @property
    def has_start(self) -> bool:
        """Whether some of the past is left out."""
        return self.oldest is not None or self.since is not None or self.period is not None


EVER = Window()


def _before_midnight(day: dt.date, zone: ZoneInfo) -> dt.datetime:
    """The last tick before a local day begins."""
    if day == dt.date.min:
        return _BEGINNING
    return dt.datetime.combine(day, dt.time(), tzinfo=zone).astimezone(dt.UTC) - dt.timedelta(microseconds=1)
