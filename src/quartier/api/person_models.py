"""What is told of persons, as the description of the API (OpenAPI) tells it; `identify.profile` makes it."""

from typing import Any

from pydantic import BaseModel, ConfigDict

from quartier.api.models import Said

EXAMPLE: dict[str, Any] = {
    "person": "p_jfqvmgcus5ss2yk2", "name": "Ana Dupont", "at": "2026-11-22T10:00:00+00:00",
    "known_since": "2026-01-10T08:00:00+00:00",
    "traits": [{
        "trait": "plan", "label": {"en": "Plan", "fr": "Formule"}, "family": "account", "value": "pro",
        "origin": "given", "source": "customers.csv", "since": "2026-03-01T08:00:00+00:00", "earlier_values": 1,
        "sensitivity": "ordinary", "is_masked": False, "rule": "most_recent",
    }],
    "timeline": {
        "events": 1,
        "counts": [{"event": "Order Completed", "label": {"en": "Order", "fr": "Commande"}, "events": 1}],
        "newest": [{
            "event": "Order Completed", "label": {"en": "Order", "fr": "Commande"}, "at": "2026-11-20T17:30:00+00:00",
            "event_id": "1001", "properties": {"revenue": 49.9}, "masked": [],
        }],
    },
    "memberships": {
        "now": [{
            "segment": "frequent-buyers", "label": {"en": "Frequent buyers", "fr": "Acheteurs réguliers"},
            "since": "2026-11-20T17:31:00+00:00", "until": None,
        }],
        "before": [], "hidden": 0,
    },
    "identifiers": [{"number": 1, "kind": "user_id", "value": "C-1001", "source": "customers.csv", "is_own": True}],
    "links": [],
    "similar": [{
        "person": "p_4xxozmuhvqfwwbmz", "name": "Zoé Martin", "alike": 0.91,
        "shared": [{
            "trait": "plan", "label": {"en": "Plan", "fr": "Formule"}, "value": "pro", "other": "pro", "alike": 1.0,
        }],
    }],
}  # fmt: skip
FOUND_EXAMPLE: dict[str, Any] = {
    "persons": [{"person": "p_jfqvmgcus5ss2yk2", "name": "Ana Dupont", "by": "name"}], "next": None,
}  # fmt: skip


class FoundPerson(BaseModel):
    """A person; `by` is the kind of identifier that was asked for, `public_id`, or `name`."""

    person: str
    name: str
    by: str


class FoundPersons(BaseModel):
    """A page of persons; `next` is the `after` of the next page, null at the end."""

    model_config = ConfigDict(json_schema_extra={"example": FOUND_EXAMPLE})

    persons: list[FoundPerson]
    next: str | None


class KnownTrait(BaseModel):
    """A trait with its value, null where it is masked; since when and by which source; how many values before it."""

    trait: str
    label: Said
    family: str
    value: Any
    origin: str
    source: str | None
    since: str | None
    earlier_values: int
    sensitivity: str
    is_masked: bool
    rule: str | None


class Happening(BaseModel):
    """An event; `masked` names the properties whose values are not told."""

    event: str
    label: Said
    at: str
    event_id: str | None
    properties: dict[str, Any]
    masked: list[str]


class EventCount(BaseModel):
    """How many events of a type there are."""

    event: str
    label: Said
    events: int


class Timeline(BaseModel):
    """The newest events, and how many there are."""

    events: int
    counts: list[EventCount]
    newest: list[Happening]


class Stay(BaseModel):
    """A stay in a segment; `since` is null where the log does not reach back, `until` while it lasts."""

    segment: str
    label: Said
    since: str | None
    until: str | None


class Memberships(BaseModel):
    """The segments that the person is in, and was in; `hidden` counts those that would tell sensitive values."""

    now: list[Stay]
    before: list[Stay]
    hidden: int


class Identifier(BaseModel):
    """An identifier, and the file that brought it first (null for messages); `is_own` is false for somebody else's."""

    number: int
    kind: str
    value: str
    source: str | None
    is_own: bool


class Link(BaseModel):
    """A reason to hold two identifiers, by their numbers, for one person: `record`, `match` or `hand`.

    `apart` says why it is not followed: `refused`, `withdrawn`, `blocked`, or `apart` (two customers, too many).
    """

    a: int
    b: int
    reason: str
    at: str | None
    probability: float | None
    rule: str | None
    decision: str | None
    author: str | None
    apart: str | None
    evidence: dict[str, Any] | None
    is_followed: bool


class Shared(BaseModel):
    """A trait that two persons have in common, or nearly."""

    trait: str
    label: Said
    value: Any
    other: Any
    alike: float


class SimilarPerson(BaseModel):
    """Another person, how similar from 0 to 1, and in what."""

    person: str
    name: str
    alike: float
    shared: list[Shared]


class Person(BaseModel):
    """All that is known of one person."""

    model_config = ConfigDict(json_schema_extra={"example": EXAMPLE})

    person: str
    name: str
    at: str
    known_since: str | None
    traits: list[KnownTrait]
    timeline: Timeline
    memberships: Memberships
    identifiers: list[Identifier]
    links: list[Link]
    similar: list[SimilarPerson]
