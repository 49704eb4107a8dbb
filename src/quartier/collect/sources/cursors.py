"""How far a stream has been read: the greatest value seen of the column that tells what is new. Pure.

Values are compared as what they say, not as they are written: instants of different zones, numbers in texts.
"""

import datetime as dt
from typing import Any

from quartier.collect.sources.durations import duration

Value = str | int | float | None
"""A value of the column as a service writes it; instants of a database in ISO 8601."""

_MOST_AHEAD = dt.timedelta(days=1)


def plain(value: object) -> Value:
    """A value as it is kept in a state: numbers and texts, instants in ISO 8601."""
    match value:
        case None | bool():
            return None
        case int() | float() | str():
            return value
        case dt.datetime() | dt.date():
            return value.isoformat()
        case _:
            return str(value)


def instant(value: object) -> dt.datetime | None:
    """The instant that a value says, None when it says none; without a zone it is UTC, and numbers are seconds."""
    try:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return dt.datetime.fromtimestamp(value / 1000 if value > _MILLISECONDS else value, dt.UTC)
        found = dt.datetime.fromisoformat(value) if isinstance(value, str) else None
    except (ValueError, OverflowError, OSError):
        return None
    return found.replace(tzinfo=dt.UTC) if found and found.tzinfo is None else found


_MILLISECONDS = 100_000_000_000  # as seconds this would be the year 5138


def later(known: Value, found: Value, now: dt.datetime) -> Value:
    """The greater of two values; one of another kind, or more than a day ahead of the clock, does not count.

    A row dated in the year 2999 would otherwise hide every row that comes after it.
    """
    if found is None or found == "" or _is_ahead(found, now):
        return known
    if known is None:
        return found
    kind, value = _ordered(known)
    other, beside = _ordered(found)
    return found if kind == other and beside > value else known


def asked(known: Value, written: str, lookback: str | None) -> Value:
    """The value from which to ask, as the service wants it written."""
    moment = instant(known)
    if moment is None or (isinstance(known, int | float) and not lookback and written == "iso"):
        return known
    if lookback:
        moment -= duration(lookback)
    match written:
        case "epoch_seconds":
            return int(moment.timestamp())
        case "epoch_milliseconds":
            return int(moment.timestamp() * 1000)
        case _:
            return moment.isoformat().replace("+00:00", "Z") if lookback else known


def _ordered(value: Value) -> tuple[str, Any]:
    if isinstance(value, int | float):
        return "number", float(value)
    moment = instant(value)
    return ("instant", moment) if moment else ("text", value)


def _is_ahead(value: Value, now: dt.datetime) -> bool:
    moment = instant(value) if isinstance(value, str) else None
    return moment is not None and moment > now + _MOST_AHEAD
