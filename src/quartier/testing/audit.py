"""Are the logged memberships right? A sample of persons is recomputed from their rows by the reference evaluator.

This is above the workspace and not in it: the reference evaluator is the definition of truth, and nothing that
computes memberships may lean on it.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal

import numpy as np
from pyroaring import BitMap

from quartier.catalog import Catalog, EventType
from quartier.language import Text
from quartier.segment import run as segments
from quartier.segment.conditions import BoundSegment, distinct_leaves, is_of_persons_alone, leaves
from quartier.segment.edges import is_global
from quartier.segment.health import OLDEST, Health, Known, Trouble
from quartier.segment.reads import columns_read
from quartier.store import membership
from quartier.store.refreshes import Refresh
from quartier.testing.reference import reference_members
from quartier.testing.unloading import unload
from quartier.testing.worlds import TinyWorld
from quartier.workspace import Workspace

SAMPLE = 200
"""Persons drawn among everyone, unless told otherwise."""
OF_EACH_SIDE = 10
"""Besides, so many members and so many others are drawn for each segment: small segments are looked at too."""

State = Literal["well", "wrong", "failed", "stuck"]


class Unchecked(StrEnum):
    """Why the members of a segment were not compared."""

    NEEDS_OTHERS = "needs_others"
    NOT_EVALUATED = "not_evaluated"

    @property
    def text(self) -> Text:
        """The reason in words."""
        return _REASONS[self]


@dataclass(frozen=True)
class Checked:
    """What was found of one segment.

    Attributes:
        health: how it is doing.
        compared: how many persons of the sample were recomputed for it.
        members: how many of these are members by the log.
        left_out: persons of the sample whose data changed since its last evaluation.
        wrongly_in: the public ids of those whom the log has as members and the reference has not.
        wrongly_out: the public ids of those whom the reference has as members and the log has not.
        strangers: logged members who are no person of the engine; all of them are counted, not a sample.
        unchecked: why nothing was compared; None where it was.
    """

    health: Health
    compared: int = 0
    members: int = 0
    left_out: int = 0
    wrongly_in: tuple[str, ...] = ()
    wrongly_out: tuple[str, ...] = ()
    strangers: int = 0
    unchecked: Unchecked | None = None

    @property
    def mismatches(self) -> int:
        """Persons of the sample for whom the log is wrong."""
        return len(self.wrongly_in) + len(self.wrongly_out)

    @property
    def mismatch_rate(self) -> float | None:
        """Their share of those compared."""
        return self.mismatches / self.compared if self.compared else None

    @property
    def state(self) -> State:
        """In a word; wrong members come first."""
        return "wrong" if self.mismatches or self.strangers else self.health.state

    def as_json(self) -> dict[str, Any]:
        """What was found, as plain values."""
        return self.health.as_json() | {
            "state": self.state,
            "compared": self.compared,
            "members_compared": self.members,
            "left_out": self.left_out,
            "mismatches": self.mismatches,
            "mismatch_rate": self.mismatch_rate,
            "wrongly_in": list(self.wrongly_in),
            "wrongly_out": list(self.wrongly_out),
            "strangers": self.strangers,
            "unchecked": self.unchecked and str(self.unchecked),
        }


@dataclass(frozen=True)
class Audit:
    """What was found of all segments in force; the same seed draws the same sample from the same persons."""

    at: dt.datetime
    seed: int
    persons: int
    sampled: int
    refreshed: Refresh | None
    segments: tuple[Checked, ...]

    @property
    def is_well(self) -> bool:
        """Whether nothing was found wrong, failed or stuck."""
        return all(each.state == "well" for each in self.segments)

    def in_state(self, state: State) -> list[Checked]:
        """The segments in a state."""
        return [each for each in self.segments if each.state == state]

    def as_json(self) -> dict[str, Any]:
        """What was found, as plain values."""
        return {
            "is_well": self.is_well,
            "at": self.at.isoformat(),
            "seed": self.seed,
            "persons": self.persons,
            "sampled": self.sampled,
            "refreshed_at": self.refreshed.at.isoformat() if self.refreshed else None,
            "segments": [each.as_json() for each in self.segments],
        }


def audit(ws: Workspace, *, sample: int = SAMPLE, seed: int, oldest: dt.timedelta = OLDEST) -> Audit:
    """Recompute a sample of persons and compare them with the log, each segment as of its last evaluation."""
    at = ws.clock.now()
    known, health = Known.of(ws.store, ws.engine, ws.catalog, ws.config), ws.health(oldest=oldest)
    with ws.store.begin() as connection:
        logged = membership.members_now(connection)
    everyone = segments.world(ws.engine, ws.catalog, ws.config, at).everyone
    of_persons = {name: each for name, each in known.prepared.bound.items() if each.of == "person"}
    drawn = draw(everyone, {name: logged.get(name, BitMap()) for name in of_persons}, sample, seed)
    worlds = unload(ws.engine, ws.catalog, drawn, _events_read(of_persons.values(), ws.catalog))
    found = [
        _checked(each, known, logged.get(each.segment, BitMap()), everyone, worlds, ws.config.zone)
        for each in health.values()
    ]
    return Audit(at, seed, len(everyone), len(drawn), known.refreshed, tuple(found))


def draw(everyone: BitMap, members: Mapping[str, BitMap], sample: int, seed: int) -> BitMap:
    """Some persons among everyone, and some members and some others of each segment besides."""
    chance = np.random.default_rng(seed)
    drawn = _some(everyone, sample, chance)
    for name in sorted(members):
        drawn |= _some(members[name] & everyone, OF_EACH_SIDE, chance)
        drawn |= _some(everyone - members[name], OF_EACH_SIDE, chance)
    return drawn


def _some(keys: BitMap, most: int, chance: np.random.Generator) -> BitMap:
    places = chance.choice(len(keys), min(most, len(keys)), replace=False)
    return BitMap(keys[int(place)] for place in places)


def _checked(
    health: Health, known: Known, logged: BitMap, everyone: BitMap, worlds: Mapping[int, TinyWorld], zone: Any
) -> Checked:
    changed = known.changed_since_evaluation(health.segment)
    is_known = not set(health.troubles) & _NOT_COMPARABLE
    if changed is None or health.evaluated_at is None or not is_known:
        return Checked(health, unchecked=Unchecked.NOT_EVALUATED)
    segment = known.prepared.bound[health.segment]
    strangers = len(logged - everyone - changed.persons) if segment.of == "person" else 0
    if not is_personal(segment):
        return Checked(health, strangers=strangers, unchecked=Unchecked.NEEDS_OTHERS)
    steady = {key: world for key, world in worlds.items() if key not in changed.persons}
    wrong = {
        key: world.persons[0].id
        for key, world in steady.items()
        if bool(reference_members(segment, world, health.evaluated_at, zone)) != (key in logged)
    }
    return Checked(
        health,
        compared=len(steady),
        members=sum(key in logged for key in steady),
        left_out=len(worlds) - len(steady),
        wrongly_in=tuple(sorted(wrong[key] for key in wrong if key in logged)),
        wrongly_out=tuple(sorted(wrong[key] for key in wrong if key not in logged)),
        strangers=strangers,
    )


_NOT_COMPARABLE = {Trouble.FAILED, Trouble.NEVER, Trouble.MISSED, Trouble.REDEFINED, Trouble.REBUILT}
"""With one of these it is not known of which persons, by which condition, the log speaks."""


def is_personal(segment: BoundSegment) -> bool:
    """Whether a person's own rows decide about membership: no rank among others, nothing remembered, no accounts."""
    return is_of_persons_alone(segment) and not any(is_global(leaf) for leaf in leaves(segment.condition))


def _events_read(bound: Iterable[BoundSegment], catalog: Catalog) -> list[EventType]:
    tables = columns_read(distinct_leaves(segment.condition for segment in bound), catalog)
    return [event for event in catalog.events if event.table in tables]


_REASONS = {
    Unchecked.NEEDS_OTHERS: Text(
        en="more than the rows of one person decide: a rank, accounts, or what is remembered of segments and campaigns",
        fr="les lignes d'une seule personne n'en décident pas : un rang, des comptes, ou ce qui est retenu des "
        "segments et des campagnes",
    ),
    Unchecked.NOT_EVALUATED: Text(
        en="its members as of now are not known", fr="ses membres du moment ne sont pas connus"
    ),
}
