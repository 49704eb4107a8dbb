"""All that is known of one account, as frozen values: what a terminal, a page and a program are told alike."""

import datetime as dt
from dataclasses import asdict, dataclass, field
from typing import Any

from quartier.catalog import Family, Label, Sensitivity
from quartier.identify.accounts.words import role_label
from quartier.identify.profile.plain import instant, plain
from quartier.language import LANGUAGES


@dataclass(frozen=True)
class AccountFound:
    """An account that was found: public id, name, and by what (`public_id`, a trait, or `name`)."""

    account: str
    name: str
    by: str = "name"

    def as_json(self) -> dict[str, Any]:
        """The account as plain values."""
        return asdict(self)


@dataclass(frozen=True)
class AccountPage:
    """A page of accounts; `next` is the `after` of the next one, None at the end."""

    accounts: tuple[AccountFound, ...]
    next: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The page as plain values."""
        return {"accounts": [each.as_json() for each in self.accounts], "next": self.next}


@dataclass(frozen=True)
class TraitShown:
    """One trait of an account with its value; None where it is masked for its sensitivity."""

    name: str
    label: Label
    family: Family
    value: Any
    origin: str
    sensitivity: Sensitivity
    is_masked: bool = False

    def as_json(self) -> dict[str, Any]:
        """The trait as plain values."""
        return {
            "trait": self.name, "label": _both(self.label), "family": str(self.family), "value": plain(self.value),
            "origin": self.origin, "sensitivity": str(self.sensitivity), "is_masked": self.is_masked,
        }  # fmt: skip


@dataclass(frozen=True)
class Member:
    """A person who is or was a member of an account.

    Attributes:
        person: the public id.
        name: how the person is called.
        role: the code of a known role, or the role as it was written; None where none is known.
        since: from when on; None where it is so from the start.
        until: until when; None for a member of now.
        by: what makes the person a member: `trait`, `domain` or `household`.
    """

    person: str
    name: str
    role: str | None = None
    since: dt.datetime | None = None
    until: dt.datetime | None = None
    by: str = "trait"

    def as_json(self) -> dict[str, Any]:
        """The membership as plain values."""
        label = role_label(self.role) if self.role else None
        return {
            "person": self.person, "name": self.name, "role": self.role,
            "role_label": {each: label.to(each) for each in LANGUAGES} if label else None,
            "since": instant(self.since), "until": instant(self.until), "by": self.by,
        }  # fmt: skip


@dataclass(frozen=True)
class Belongs:
    """An account that a person is or was a member of; the rest is as `Member` says it."""

    account: str
    name: str
    role: str | None = None
    since: dt.datetime | None = None
    until: dt.datetime | None = None
    by: str = "trait"


@dataclass(frozen=True)
class Branch:
    """An account in its hierarchy, with those under it; `is_asked` is the one that was asked for."""

    account: str
    name: str
    is_asked: bool = False
    children: tuple["Branch", ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The branch as plain values."""
        under = [each.as_json() for each in self.children]
        return {"account": self.account, "name": self.name, "is_asked": self.is_asked, "children": under}


@dataclass(frozen=True)
class Deed:
    """Something that a person of the account did."""

    event: str
    label: Label
    at: dt.datetime
    person: str
    name: str

    def as_json(self) -> dict[str, Any]:
        """The deed as plain values."""
        return {
            "event": self.event, "label": _both(self.label), "at": instant(self.at), "person": self.person,
            "name": self.name,
        }  # fmt: skip


@dataclass(frozen=True)
class SegmentOf:
    """A segment that the account is in."""

    segment: str
    label: Label

    def as_json(self) -> dict[str, Any]:
        """The segment as plain values."""
        return {"segment": self.segment, "label": _both(self.label)}


@dataclass(frozen=True)
class AccountProfile:
    """All that is known of one account.

    Attributes:
        account: the public id.
        name: how it is called.
        at: as of when.
        traits: those that have a value, family by family.
        above: its parents, its own first, the ultimate parent last.
        below: the accounts right under it.
        members: the persons, those of now first.
        former: how many of all members are members no longer.
        members_in_all: how many there are, of whom `members` may be the first.
        events: the newest events of its persons, while they were members.
        segments: those in force that it is in.
    """

    account: str
    name: str
    at: dt.datetime
    traits: tuple[TraitShown, ...] = ()
    above: tuple[AccountFound, ...] = ()
    below: tuple[AccountFound, ...] = ()
    members: tuple[Member, ...] = ()
    former: int = 0
    members_in_all: int = 0
    events: tuple[Deed, ...] = ()
    segments: tuple[SegmentOf, ...] = field(default=())

    @property
    def families(self) -> tuple[Family, ...]:
        """The families of which there are traits, in their order."""
        return tuple(family for family in Family if any(each.family is family for each in self.traits))

    def value(self, name: str) -> Any:
        """The value of a trait; None where it has none."""
        return next((each.value for each in self.traits if each.name == name), None)

    def as_json(self) -> dict[str, Any]:
        """The profile as plain values."""
        hierarchy = {
            "above": [_named(each) for each in self.above], "below": [_named(each) for each in self.below],
        }  # fmt: skip
        members = {
            "in_all": self.members_in_all, "former": self.former, "shown": [each.as_json() for each in self.members],
        }  # fmt: skip
        return {
            "account": self.account, "name": self.name, "at": instant(self.at),
            "traits": [each.as_json() for each in self.traits], "hierarchy": hierarchy, "members": members,
            "events": [each.as_json() for each in self.events],
            "segments": [each.as_json() for each in self.segments],
        }  # fmt: skip


def _both(label: Label) -> dict[str, str]:
    return {"en": label.en, "fr": label.fr}


def _named(found: AccountFound) -> dict[str, str]:
    return {"account": found.account, "name": found.name}
