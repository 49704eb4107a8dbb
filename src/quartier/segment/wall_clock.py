"""The parts of an event's own time on the wall clock: weekday, hour, day of the month, month.

They are read in the workspace's time zone, summer time and all.
"""

from collections.abc import Callable
from dataclasses import dataclass

import ibis.expr.types as ir

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip


@dataclass(frozen=True)
class ClockPart:
    """One part: its first and last value, the names of its values where it has some, how it compiles.

    Attributes:
        has_numbers: whether documents may write a value as a number.
        compiled: from the local time to the part, as a whole number.
    """

    first: int
    last: int
    names: tuple[str, ...]
    has_numbers: bool
    compiled: Callable[[ir.TimestampValue], ir.IntegerValue]

    @property
    def values(self) -> range:
        """All of its values, in order."""
        return range(self.first, self.last + 1)


CLOCK_PARTS = {
    "weekday": ClockPart(1, 7, WEEKDAYS, has_numbers=False, compiled=lambda time: time.day_of_week.index() + 1),
    "hour": ClockPart(0, 23, (), has_numbers=True, compiled=lambda time: time.hour()),
    "day_of_month": ClockPart(1, 31, (), has_numbers=True, compiled=lambda time: time.day()),
    "month": ClockPart(1, 12, MONTHS, has_numbers=True, compiled=lambda time: time.month()),
}
"""By their keys in documents. A weekday has no number there: which of them comes first is disputed."""
