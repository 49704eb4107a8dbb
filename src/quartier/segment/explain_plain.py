"""What an explanation found of a leaf, as plain values."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from quartier.segment.earlier_observe import Change, Compared
from quartier.segment.observe import Happening
from quartier.segment.own_time_words import OnClock


@dataclass(frozen=True)
class Headcount:
    """For how many of an account's persons a condition holds."""

    holding: int
    persons: int


def plain_event(found: Happening) -> dict[str, Any]:
    """An event that counts, as plain values."""
    return {
        "occurred_at": plain(found.occurred_at),
        "event": found.event.name,
        "values": {path: plain(value) for path, value in found.values.items()},
    }


def plain(value: Any) -> Any:
    """What was found, as JSON takes it."""
    match value:
        case Headcount() | Change() | Compared() | OnClock():
            return {name: plain(each) for name, each in vars(value).items()}
        case dt.datetime():
            return value.astimezone(dt.UTC).isoformat()
        case dt.date():
            return value.isoformat()
        case list() | tuple():
            return [plain(each) for each in value]
    return value
