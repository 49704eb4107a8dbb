"""Tiny worlds: a handful of persons and events as plain Python values, small enough to be checked by eye."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from quartier.catalog import Catalog, Meaning, Subject, Trait

Plain = str | int | float | bool | dt.date | dt.datetime | tuple["Plain", ...] | Mapping[str, "Plain"] | None
"""A trait or property: instants are aware, lists are tuples, lines are tuples of mappings, None is missing."""


@dataclass(frozen=True)
class TinyPerson:
    """A person by public id, with the traits that are known."""

    id: str
    traits: Mapping[str, Plain] = field(default_factory=dict)


@dataclass(frozen=True)
class TinyAccount:
    """An account by the identifier that its persons name it by, with the traits that are known."""

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
class TinyMemory:
    """What is remembered of a person at an instant.

    `kind` is `found`, `entered` or `left` for a segment, `targeted`, `held_out` or `exposed` for a campaign.
    """

    kind: str
    name: str
    person: str
    at: dt.datetime


@dataclass(frozen=True)
class TinyChange:
    """A trait of a person (or account, `of`) that took another value at an instant; later ones are listed later."""

    of: Subject
    id: str
    trait: str
    at: dt.datetime
    before: Plain = None
    after: Plain = None


@dataclass(frozen=True)
class TinyArrival:
    """Since when a person (or account, `of`) is known."""

    of: Subject
    id: str
    at: dt.datetime


@dataclass(frozen=True)
class TinyWorld:
    """Everything that an evaluation may read."""

    catalog: Catalog
    persons: tuple[TinyPerson, ...] = ()
    events: tuple[TinyEvent, ...] = ()
    accounts: tuple[TinyAccount, ...] = ()
    remembered: tuple[TinyMemory, ...] = ()
    changes: tuple[TinyChange, ...] = ()
    arrivals: tuple[TinyArrival, ...] = ()

    def events_of(self, person: TinyPerson) -> list[TinyEvent]:
        """The events of one person in order of time, the id deciding between events of one instant."""
        own = [event for event in self.events if event.person == person.id]
        return sorted(own, key=lambda event: (event.at, event.id))

    def changes_of(self, who: TinyPerson | TinyAccount, trait: Trait) -> list[TinyChange]:
        """The changes of a trait of one person or account, in the order in which they were told."""
        return [each for each in self.changes if (each.of, each.id, each.trait) == (trait.of, who.id, trait.name)]

    def arrivals_of(self, who: TinyPerson | TinyAccount, of: Subject) -> list[TinyArrival]:
        """When a person or account arrived; nothing where that is not known."""
        return [each for each in self.arrivals if (each.of, each.id) == (of, who.id)]

    def persons_of(self, account: TinyAccount) -> list[TinyPerson]:
        """The persons with a trait that holds the account's identifier."""
        return [person for person in self.persons if account in self.accounts_of(person)]

    def accounts_of(self, person: TinyPerson) -> list[TinyAccount]:
        """The accounts that a person's traits name."""
        naming = [each.name for each in self.catalog.traits if each.meaning is Meaning.ACCOUNT_ID]
        named = {str(value) for name in naming if (value := person.traits.get(name)) is not None}
        return [account for account in self.accounts if account.id in named]
