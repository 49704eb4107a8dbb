"""What is told of links: each with its reason and its state, what waits for an eye, and what a decision does."""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from quartier.language import Plural, Text
from quartier.store.identities import Identity
from quartier.store.links import Decision, Link

if TYPE_CHECKING:
    from quartier.identify.matching.persons import Named

State = Literal["followed", "refused", "two_customers", "too_many", "says_nothing"]
Why = Literal["two_customers", "too_many"]
REASONS = ("hand", "match", "record")
"""The codes of `components.Reason`, in its order."""


@dataclass(frozen=True)
class LinkTold:
    """A link with its two identifiers.

    Attributes:
        link: the link as it was found.
        a: the one identifier.
        b: the other one.
        state: whether it makes one person of both, or why not.
        decision: the last that somebody decided of the two, if anybody did.
    """

    link: Link
    a: Identity
    b: Identity
    state: State
    decision: Decision | None = None

    def as_json(self) -> dict[str, Any]:
        """Plain data with stable keys."""
        return {
            "a": plain(self.a), "b": plain(self.b), "reason": REASONS[self.link.reason], "rule": self.link.rule,
            "probability": self.link.probability, "evidence": self.link.evidence, "at": self.link.at.isoformat(),
            "state": self.state, "decision": plain_decision(self.decision) if self.decision else None,
        }  # fmt: skip


@dataclass(frozen=True)
class Doubt:
    """A link that was not followed and that nobody decided of: it would join two customers, or too many identifiers.

    Attributes:
        a: the one identifier.
        b: the other one.
        why: what following it would do.
        since: when it was found.
        customers: the user ids of the two persons, where both have one.
    """

    a: Identity
    b: Identity
    why: Why
    since: dt.datetime
    customers: tuple[Identity, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Plain data with stable keys."""
        return {
            "a": plain(self.a), "b": plain(self.b), "why": self.why, "since": self.since.isoformat(),
            "customers": [plain(each) for each in self.customers],
        }  # fmt: skip


@dataclass(frozen=True)
class Shared:
    """An identifier that came with too many others to say who somebody is."""

    identifier: Identity
    customers: int
    others: int

    def as_json(self) -> dict[str, Any]:
        """Plain data with stable keys."""
        return {"identifier": plain(self.identifier), "customers": self.customers, "others": self.others}


@dataclass(frozen=True)
class Review:
    """What waits for somebody's eye: the first of each kind, and how many there are."""

    doubts: tuple[Doubt, ...]
    doubts_in_all: int
    shared: tuple[Shared, ...]
    shared_in_all: int
    alike: "tuple[Named, ...]" = ()
    alike_in_all: int = 0

    def as_json(self) -> dict[str, Any]:
        """Plain data with stable keys."""
        return {
            "doubts": [each.as_json() for each in self.doubts], "doubts_in_all": self.doubts_in_all,
            "shared": [each.as_json() for each in self.shared], "shared_in_all": self.shared_in_all,
            "alike": [each.as_json() for each in self.alike], "alike_in_all": self.alike_in_all,
        }  # fmt: skip


@dataclass(frozen=True)
class Consequence:
    """What a decision or other limits change, or would change.

    Attributes:
        identifiers: how many identifiers belong to another person than before.
        persons: the public ids of the persons concerned who are there already.
        added: how many persons come to be.
        gone: how many persons are no longer there.
        segments: how many of the persons concerned are now in each segment; they move with its next refresh.
        is_done: whether it was written, or only tried.
    """

    identifiers: int
    persons: tuple[str, ...]
    added: int
    gone: int
    segments: dict[str, int]
    is_done: bool

    def as_json(self) -> dict[str, Any]:
        """Plain data with stable keys."""
        return {
            "identifiers": self.identifiers, "persons": list(self.persons), "added": self.added, "gone": self.gone,
            "segments": self.segments, "done": self.is_done,
        }  # fmt: skip


def plain(identity: Identity) -> dict[str, str]:
    """An identifier as plain data."""
    return {"kind": identity.kind, "value": identity.value}


def plain_decision(decision: Decision) -> dict[str, Any]:
    """A decision as plain data, without its identities."""
    return {
        "number": decision.number, "answer": decision.answer, "author": decision.author, "at": decision.at.isoformat(),
        "note": decision.note,
    }  # fmt: skip


CHANGED = Plural(
    Text(
        en="{n} identifier belongs to another person now.",
        fr="{n} identifiant appartient désormais à une autre personne.",
    ),
    Text(
        en="{n} identifiers belong to other persons now.",
        fr="{n} identifiants appartiennent désormais à d'autres personnes.",
    ),
)
WOULD_CHANGE = Plural(
    Text(
        en="{n} identifier would belong to another person.", fr="{n} identifiant appartiendrait à une autre personne."
    ),
    Text(
        en="{n} identifiers would belong to other persons.",
        fr="{n} identifiants appartiendraient à d'autres personnes.",
    ),
)
"""How many identifiers a decision gives to other persons, once it is made and when it is tried."""
