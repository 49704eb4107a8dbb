"""Values as JSON takes them: days and instants in ISO 8601, instants of the engine being UTC."""

import datetime as dt
from typing import Any


def plain(value: Any) -> Any:
    """One value of a trait or property."""
    match value:
        case dt.datetime():
            return aware(value).isoformat()
        case dt.date():
            return value.isoformat()
        case list() | tuple():
            return [plain(each) for each in value]
        case dict():
            return {name: plain(each) for name, each in value.items()}
        case _:
            return value


def aware(value: dt.datetime) -> dt.datetime:
    """The engine writes instants without a zone, in UTC."""
    return value if value.tzinfo else value.replace(tzinfo=dt.UTC)


def aware_if_known(value: dt.datetime | None) -> dt.datetime | None:
    """The same of an instant that may not be known."""
    return aware(value) if value else None


def instant(value: dt.datetime | None) -> str | None:
    """An instant that may not be known."""
    return aware(value).isoformat() if value else None
