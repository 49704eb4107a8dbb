"""All that is known of one person, as frozen values: what a terminal, a page and a program are told alike."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from quartier.catalog import Family, Label, Sensitivity
from quartier.identify.profile.plain import instant, plain


@dataclass(frozen=True)
class TraitKnown:
    """One trait of a person with the value that is held.

    Attributes:
        value: the value; None where it is masked.
        origin: `given`, `computed` or `predicted`.
        source: the file, the source of messages or the model that said it; None where that is not known.
        since: since when this value is held; None where that is not known.
        earlier: how many other values were held before.
        is_masked: whether the value is not shown, for its sensitivity.
        rule: why it is this value, of several that were said: `most_recent`, `most_trusted`, ...; None for
            a computed trait.
    """

    name: str
    label: Label
    family: Family
    value: Any
    sensitivity: Sensitivity
    origin: str = "given"
    source: str | None = None
    since: dt.datetime | None = None
    earlier: int = 0
    is_masked: bool = False
    rule: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The trait as plain values."""
        return {
            "trait": self.name, "label": _label(self.label), "family": str(self.family), "value": plain(self.value),
            "origin": self.origin, "source": self.source, "since": instant(self.since),
            "earlier_values": self.earlier, "sensitivity": str(self.sensitivity), "is_masked": self.is_masked,
            "rule": self.rule,
        }  # fmt: skip


@dataclass(frozen=True)
class Held:
    """A value that a trait had from one instant to another; `until` is None for the one that is held."""

    value: Any
    since: dt.datetime | None
    until: dt.datetime | None
    source: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The value as plain data."""
        return {
            "value": plain(self.value), "since": instant(self.since), "until": instant(self.until),
            "source": self.source,
        }  # fmt: skip


@dataclass(frozen=True)
class TraitHistory:
    """Every value that a trait of one person had, the newest first."""

    person: str
    name: str
    label: Label
    values: tuple[Held, ...]
    is_masked: bool = False

    def as_json(self) -> dict[str, Any]:
        """The values as plain data."""
        return {
            "person": self.person, "trait": self.name, "label": _label(self.label),
            "values": [each.as_json() for each in self.values], "is_masked": self.is_masked,
        }  # fmt: skip


@dataclass(frozen=True)
class Detail:
    """One property of an event; its value is None where it is masked."""

    name: str
    label: Label
    value: Any
    is_masked: bool = False


@dataclass(frozen=True)
class Happening:
    """One event of the timeline."""

    event: str
    label: Label
    at: dt.datetime
    event_id: str | None
    details: tuple[Detail, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The event as plain values."""
        return {
            "event": self.event, "label": _label(self.label), "at": instant(self.at), "event_id": self.event_id,
            "properties": {each.name: plain(each.value) for each in self.details},
            "masked": [each.name for each in self.details if each.is_masked],
        }  # fmt: skip


@dataclass(frozen=True)
class Timeline:
    """The newest events of a person, and how many there are of each type."""

    happenings: tuple[Happening, ...] = ()
    counts: tuple[tuple[str, Label, int], ...] = ()
    """event type, its label, how many; the most frequent first"""

    @property
    def events(self) -> int:
        """How many events there are in all."""
        return sum(n for _, _, n in self.counts)

    def as_json(self) -> dict[str, Any]:
        """The timeline as plain values."""
        counts = [{"event": event, "label": _label(label), "events": n} for event, label, n in self.counts]
        return {"events": self.events, "counts": counts, "newest": [each.as_json() for each in self.happenings]}


@dataclass(frozen=True)
class Belonging:
    """A stay in a segment. `since` is None where the log does not reach back, `until` while the stay lasts."""

    segment: str
    label: Label
    since: dt.datetime | None
    until: dt.datetime | None = None

    def as_json(self) -> dict[str, Any]:
        """The stay as plain values."""
        return {
            "segment": self.segment, "label": _label(self.label), "since": instant(self.since),
            "until": instant(self.until),
        }  # fmt: skip


@dataclass(frozen=True)
class Memberships:
    """The segments in which a person is or was, the newest stay first; `hidden` are not told for what they read."""

    stays: tuple[Belonging, ...] = ()
    hidden: int = 0

    @property
    def now(self) -> tuple[Belonging, ...]:
        """The stays that last."""
        return tuple(each for each in self.stays if each.until is None)

    @property
    def before(self) -> tuple[Belonging, ...]:
        """The stays that are over."""
        return tuple(each for each in self.stays if each.until is not None)

    def as_json(self) -> dict[str, Any]:
        """The stays as plain values."""
        return {
            "now": [each.as_json() for each in self.now], "before": [each.as_json() for each in self.before],
            "hidden": self.hidden,
        }  # fmt: skip


@dataclass(frozen=True)
class Identifier:
    """One identifier, by its number in the ledger.

    Attributes:
        source: the file that brought it first; None for messages.
        is_own: whether it is the person's; else it is somebody else's, to which a link leads that is not followed.
    """

    number: int
    kind: str
    value: str
    source: str | None = None
    is_own: bool = True

    def as_json(self) -> dict[str, Any]:
        """The identifier as plain values."""
        return dict(vars(self))


@dataclass(frozen=True)
class LinkShown:
    """A reason to hold two identifiers for one person.

    Attributes:
        a: the number of one identifier; `b` of the other.
        reason: `record` (seen together), `match` (alike) or `hand` (somebody said so).
        at: when it was found.
        probability: of a match; None for certainty.
        rule: what told it: the model of a match.
        decision: what somebody decided of the two last: `accepted`, `refused`, `open`; None for nothing.
        author: who decided.
        apart: why it is not followed: `refused`, `withdrawn` (by hand, and taken back), `blocked` (one of them tells
            nobody) or `apart` (it would join two customers, or too many identifiers); None when it is followed.
        evidence: what spoke for and against a match.
    """

    a: int
    b: int
    reason: str
    at: dt.datetime | None
    probability: float | None = None
    rule: str | None = None
    decision: str | None = None
    author: str | None = None
    apart: str | None = None
    evidence: Mapping[str, Any] | None = None

    @property
    def is_followed(self) -> bool:
        """Whether it makes one person of the two."""
        return self.apart is None

    def as_json(self) -> dict[str, Any]:
        """The link as plain values."""
        return vars(self) | {"at": instant(self.at), "is_followed": self.is_followed}


@dataclass(frozen=True)
class Shared:
    """What two persons have in common: a trait, what both have, and how alike it is from 0 to 1."""

    name: str
    label: Label
    value: Any
    other: Any
    alike: float

    def as_json(self) -> dict[str, Any]:
        """The trait as plain values."""
        return {
            "trait": self.name, "label": _label(self.label), "value": plain(self.value), "other": plain(self.other),
            "alike": round(self.alike, 4),
        }  # fmt: skip


@dataclass(frozen=True)
class Similar:
    """Another person, how similar from 0 to 1, and the traits that make it so, the most alike first."""

    person: str
    name: str
    alike: float
    shared: tuple[Shared, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The person as plain values."""
        return {
            "person": self.person, "name": self.name, "alike": round(self.alike, 4),
            "shared": [each.as_json() for each in self.shared],
        }  # fmt: skip


@dataclass(frozen=True)
class Profile:
    """All that is known of one person at one instant."""

    person: str
    name: str
    at: dt.datetime
    known_since: dt.datetime | None
    traits: tuple[TraitKnown, ...] = ()
    timeline: Timeline = Timeline()
    memberships: Memberships = Memberships()
    identifiers: tuple[Identifier, ...] = ()
    links: tuple[LinkShown, ...] = ()
    similar: tuple[Similar, ...] = ()

    @property
    def families(self) -> tuple[Family, ...]:
        """The families of which a trait is known, in the order of the catalog's families."""
        return tuple(family for family in Family if any(each.family is family for each in self.traits))

    def of_family(self, family: Family) -> tuple[TraitKnown, ...]:
        """The traits of one family."""
        return tuple(each for each in self.traits if each.family is family)

    def as_json(self) -> dict[str, Any]:
        """The whole profile as plain values."""
        return {
            "person": self.person, "name": self.name, "at": instant(self.at), "known_since": instant(self.known_since),
            "traits": [each.as_json() for each in self.traits], "timeline": self.timeline.as_json(),
            "memberships": self.memberships.as_json(), "identifiers": [each.as_json() for each in self.identifiers],
            "links": [each.as_json() for each in self.links], "similar": [each.as_json() for each in self.similar],
        }  # fmt: skip


@dataclass(frozen=True)
class Found:
    """A person whom a search found: `by` is the kind of identifier that is exactly what was asked for, or `name`.

    `key` is for asking further; it is nobody's name and is told to nobody.
    """

    person: str
    name: str
    by: str
    key: int = field(default=-1, repr=False, compare=False)

    def as_json(self) -> dict[str, Any]:
        """The person as plain values."""
        return {"person": self.person, "name": self.name, "by": self.by}


@dataclass(frozen=True)
class FoundPage:
    """Persons whom a search found; `next` is the `after` of the next page, None at the end."""

    persons: tuple[Found, ...]
    next: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The page as plain values."""
        return {"persons": [each.as_json() for each in self.persons], "next": self.next}


def _label(label: Label) -> dict[str, str]:
    return {"en": label.en, "fr": label.fr}
