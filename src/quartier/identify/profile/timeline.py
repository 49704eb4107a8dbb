"""The timeline of a person: the newest events of all types, and how many there are of each."""

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

from quartier.catalog import EventType, Property
from quartier.engine import EVENT_ID, OCCURRED_AT, naive_utc
from quartier.errors import InvalidRequest
from quartier.identify.profile.known import Detail, Happening, Timeline
from quartier.identify.profile.plain import aware
from quartier.language import Text

_LAST_TEXT = "\U0010ffff"
"""Behind every id of an event."""


@dataclass(frozen=True)
class OfType:
    """The newest events of one type as rows, and how many there are."""

    event: EventType
    rows: Sequence[Mapping[str, Any]]
    total: int


@dataclass(frozen=True)
class Mark:
    """The event after which a page of older ones begins: its instant, its type, its id."""

    at: dt.datetime
    event: str
    event_id: str

    @classmethod
    def of(cls, happening: Happening) -> Self:
        """The mark of an event."""
        return cls(happening.at, happening.event, happening.event_id or "")

    @classmethod
    def read(cls, text: str) -> Self:
        """The mark that somebody was given. Raises InvalidRequest for anything else."""
        try:
            at, event, event_id = json.loads(text)
            return cls(aware(naive_utc(dt.datetime.fromisoformat(at))), str(event), str(event_id))
        except (ValueError, TypeError, OverflowError) as error:
            raise InvalidRequest(_NO_MARK) from error

    def __str__(self) -> str:
        return json.dumps([self.at.isoformat(), self.event, self.event_id], separators=(",", ":"))

    def first_of(self, event: str) -> str:
        """Of events of a type at the very instant, those with smaller ids than this one come after the mark."""
        if event == self.event:
            return self.event_id
        return _LAST_TEXT if event < self.event else ""


def older(newest: Timeline, found: Iterable[OfType], most: int, *, shows_all: bool) -> Timeline:
    """The counts of all events, with the newest of others in place of the newest."""
    return replace(newest, happenings=_newest(list(found), most, shows_all))


def timeline(found: Iterable[OfType], most: int, *, shows_all: bool) -> Timeline:
    """The newest events of all types together, the newest first."""
    own = [each for each in found if each.total]
    counts = sorted(
        ((each.event.name, each.event.label, each.total) for each in own), key=lambda row: (-row[2], row[0])
    )
    return Timeline(_newest(own, most, shows_all), tuple(counts))


def _newest(found: Sequence[OfType], most: int, shows_all: bool) -> tuple[Happening, ...]:
    happened = [_happening(each.event, row, shows_all) for each in found for row in each.rows]
    return tuple(sorted(happened, key=lambda each: (each.at, each.event, each.event_id or ""), reverse=True)[:most])


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


_NO_MARK = Text(en="no page of events begins there", fr="aucune page d'événements ne commence là")
