"""Where "now" comes from: always an argument, so that the whole road runs under a fixed clock."""

import datetime as dt
from dataclasses import dataclass
from typing import Protocol


class Clock(Protocol):
    """Tells the present instant."""

    def now(self) -> dt.datetime:
        """The present instant, aware, in UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> dt.datetime:
        """The present instant in UTC, to the microsecond."""
        return dt.datetime.now(dt.UTC)


@dataclass
class FixedClock:
    """A clock that stands still until it is told to move."""

    at: dt.datetime

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("a clock needs an aware instant")

    def now(self) -> dt.datetime:
        """The instant at which it stands, in UTC."""
        return self.at.astimezone(dt.UTC)

    def advance(self, by: dt.timedelta) -> None:
        """Move forward by a duration."""
        self.at += by
