"""Tiny worlds: a handful of persons and events as plain Python values, small enough to be checked by eye."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from quartier.catalog import Catalog

Plain = str | int | float | bool | dt.date | dt.datetime | tuple["Plain", ...] | Mapping[str, "Plain"] | None
"""A trait or property: instants are aware, lists are tuples, lines are tuples of mappings, None is missing."""


@dataclass(frozen=True)
class TinyPerson:
    """A person by public id, with the traits that are known."""

    id: str
    traits: Mapping[str, Plain] = field(default_factory=dict)


@dataclass(frozen=True)
class TinyEvent:
    """Something that a person did at an instant."""

    person: str
    name: str
    at: dt.datetime
    id: str
    properties: Mapping[str, Plain] = field(default_factory=dict)


@dataclass(frozen=True)
class TinyWorld:
    """Everything that an evaluation may read."""

    catalog: Catalog
    persons: tuple[TinyPerson, ...] = ()
    events: tuple[TinyEvent, ...] = ()

    def events_of(self, person: TinyPerson) -> list[TinyEvent]:
        """The events of one person in order of time, the id deciding between events of one instant."""
        own = [event for event in self.events if event.person == person.id]
        return sorted(own, key=lambda event: (event.at, event.id))
