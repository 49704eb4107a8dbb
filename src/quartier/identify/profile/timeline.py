"""The timeline of a person: the newest events of all types, and how many there are of each."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quartier.catalog import EventType, Property
from quartier.engine import EVENT_ID, OCCURRED_AT
from quartier.identify.profile.known import Detail, Happening, Timeline
from quartier.identify.profile.plain import aware


@dataclass(frozen=True)
class OfType:
    """The newest events of one type as rows, and how many there are."""

    event: EventType
    rows: Sequence[Mapping[str, Any]]
    total: int


def timeline(found: Iterable[OfType], most: int, *, shows_all: bool) -> Timeline:
    """The newest events of all types together, the newest first."""
    own = [each for each in found if each.total]
    happened = [_happening(each.event, row, shows_all) for each in own for row in each.rows]
    newest = sorted(happened, key=lambda each: (each.at, each.event, each.event_id or ""), reverse=True)[:most]
    counts = sorted(
        ((each.event.name, each.event.label, each.total) for each in own), key=lambda row: (-row[2], row[0])
    )
    return Timeline(tuple(newest), tuple(counts))


def _happening(event: EventType, row: Mapping[str, Any], shows_all: bool) -> Happening:
    at: dt.datetime = row[OCCURRED_AT]
    known = [each for each in event.properties if row.get(each.name) is not None]
    details = tuple(_detail(each, row[each.name], shows_all) for each in known)
    return Happening(event.name, event.label, aware(at), row[EVENT_ID], details)


def _detail(of: Property, value: Any, shows_all: bool) -> Detail:
    if not shows_all and of.sensitivity.is_masked:
        return Detail(of.name, of.label, None, is_masked=True)
    return Detail(of.name, of.label, value if shows_all else _without_masked(of, value))


def _without_masked(of: Property, value: Any) -> Any:
    """Lines without the properties that are not shown."""
    hidden = {each.name for each in of.properties if each.sensitivity.is_masked}
    if not hidden:
        return value
    return [{name: each for name, each in line.items() if name not in hidden} for line in value]
