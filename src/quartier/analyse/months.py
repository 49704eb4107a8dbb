"""Calendar months: of an instant in the workspace's time zone, and one after the other without a gap."""

import datetime as dt
from collections.abc import Iterator, Sequence

import ibis
import ibis.expr.types as ir

from quartier.engine import local_time


def month_of(instant: ir.Value, zone: str) -> ir.Value:
    """The first day of the month of an instant in a time zone.

    From the second to the 27th day in UTC the month is the same in every zone: none is a whole day ahead or behind. So
    the clock of the zone, which is what takes long, is looked at for the few other days alone.
    """
    is_sure = instant.day().between(2, 27)
    return ibis.ifelse(is_sure, instant.truncate("M"), local_time(instant, zone).truncate("M")).date()


def every_month(months: Sequence[dt.date]) -> Iterator[dt.date]:
    """The first days of all months from the first to the last of some, without a gap."""
    if not months:
        return
    first, last = min(months), max(months)
    for number in range(_number(first), _number(last) + 1):
        yield _month(number)


def later(month: dt.date, months: int) -> dt.date:
    """The first day of the month so many months after that of a day."""
    return _month(_number(month) + months)


def last_day(month: dt.date) -> dt.date:
    """The last day of the month of a day."""
    return later(month, 1) - dt.timedelta(days=1)


def _number(day: dt.date) -> int:
    return day.year * 12 + day.month - 1


def _month(number: int) -> dt.date:
    return dt.date(number // 12, number % 12 + 1, 1)
