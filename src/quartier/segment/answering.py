"""Answers at work: when a refresh is due, and why a person is a member, until when, and who is close to it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pyroaring import BitMap

from quartier.catalog import Catalog
from quartier.config import Config
from quartier.engine import DuckDBEngine
from quartier.engine.feed import changed_since, generation
from quartier.errors import InvalidRequest
from quartier.language import Text
from quartier.segment.conditions import All, BoundSegment, Leaf, is_of_persons_alone
from quartier.segment.due import due_by_time
from quartier.segment.evaluate import World
from quartier.segment.explain import Explanation, explain
from quartier.segment.holding import at_least
from quartier.segment.lasting import Until, lasting
from quartier.segment.moments import Moment
from quartier.segment.near import NearMiss, near_miss
from quartier.segment.refreshing import Known, steady_of
from quartier.segment.remembering import StoreMemory
from quartier.segment.run import bound, defined, persons, subject_key
from quartier.segment.until_words import plain_instant
from quartier.store import Store


@dataclass(frozen=True)
class Due:
    """When a refresh is due and why.

    Attributes:
        at: the instant; None when nothing will change until data do.
        changing: the segments that may change then, each with the leaf by which; no leaf where it is not time that
            changes it.
        because: `time`, `data` (of persons changed), `definition` (never evaluated as it is) or `nothing`.
    """

    at: dt.datetime | None
    because: str
    changing: tuple[tuple[str, Leaf | None], ...] = ()

    @property
    def segments(self) -> tuple[str, ...]:
        """The names of the segments that may change."""
        return tuple(name for name, _ in self.changing)

    def is_over(self, now: dt.datetime) -> bool:
        """Whether the instant has come."""
        return self.at is not None and self.at <= now

    def as_json(self) -> dict[str, Any]:
        """The answer as plain values."""
        return {"due_at": plain_instant(self.at), "because": self.because, "segments": list(self.segments)}


def due(store: Store, engine: DuckDBEngine, catalog: Catalog, config: Config, *, at: dt.datetime) -> Due:
    """When the segments in force are to be refreshed; `at` is now, and what is due already is due now or before.

    Nothing that time alone does is missed: between the last refresh and the instant given nobody enters or leaves
    unless data change, and then a refresh is due at once.
    """
    with store.begin() as connection:
        known = Known.of(connection, catalog, config.zone)
    segments = known.prepared.bound
    steady = steady_of(known, generation(engine))
    if fresh := [name for name in segments if name not in steady]:
        return Due(at, "definition", tuple((name, None) for name in fresh))
    changed = changed_since(engine, min((last.mark or 0 for last in steady.values()), default=0))
    if changed.persons or changed.accounts:
        return Due(at, "data", tuple((name, None) for name in segments))
    moments = {last.at for last in steady.values() if last.at}
    memory = StoreMemory(store)
    worlds = [World(engine, catalog, Moment(each, config.zone), memory=memory) for each in moments]
    found = [_due_after(each, segments) for each in worlds]
    return min((each for each in found if each.at), key=lambda each: each.at or at, default=Due(None, "nothing"))


def _due_after(world: World, segments: Mapping[str, BoundSegment]) -> Due:
    found = due_by_time(world, segments)
    return Due(found.at.astimezone(world.moment.zone) if found.at else None, "time", found.changing)


def explained(store: Store, engine: DuckDBEngine, world: World, name: str, identifier: str) -> Explanation:
    """Why a person (or account) is in a segment or not, and what would change that.

    Until when is told where it depends on the rows of that person alone, and so is the smallest change. Raises
    UnknownName for a segment or an identifier that nobody has.
    """
    segment = bound(name, world.catalog, defined(store))
    key = subject_key(engine, world.catalog, identifier, segment.of)
    found = explain(world, segment, key)
    if not is_of_persons_alone(segment):
        return found
    return found.with_untils(lasting(world, engine, segment.condition, key))


def untils(engine: DuckDBEngine, world: World, segments: Sequence[BoundSegment], key: int) -> dict[str, Until]:
    """How long a person stays in, or out of, some segments by name, the data of that person being as they are.

    Segments that read accounts are left out. All are looked at over one copy of the person's rows.
    """
    own = [each for each in segments if is_of_persons_alone(each)]
    if not own:
        return {}
    found = lasting(world, engine, All(tuple(each.condition for each in own)), key)
    return {each.name: found[each.condition] for each in own if each.condition in found}


MOST_EXPLAINED = 50
"""How many persons that one condition keeps out are looked at, by key, to find the closest."""


@dataclass(frozen=True)
class NearPerson:
    """A person outside of a segment, and what would bring them in."""

    person_key: int
    person: str
    miss: NearMiss


def near_misses(store: Store, world: World, name: str, limit: int) -> list[NearPerson]:
    """The persons closest to entering, of those whom one part of the condition alone keeps out; the closest first.

    Raises InvalidRequest for a segment that reads accounts.
    """
    segment = bound(name, world.catalog, defined(store))
    if not is_of_persons_alone(segment):
        raise InvalidRequest(_READS_ACCOUNTS.with_(name=segment.name))
    candidates = _kept_out_by_one(world, segment)[:MOST_EXPLAINED]
    ids = persons(world.engine, world.catalog, candidates, [])["person_id"].to_pylist()  # type: ignore[arg-type]  # reads
    misses = (near_miss(explain(world, segment, key), world.moment) for key in candidates)
    found = [NearPerson(*each) for each in zip(candidates, ids, misses, strict=True)]
    return sorted((each for each in found if each.miss.changes), key=lambda each: each.miss.cost)[:limit]


def _kept_out_by_one(world: World, segment: BoundSegment) -> BitMap:
    asked = segment.where.parts if isinstance(segment.where, All) else (segment.where,)
    inside = world.holding(segment.population)
    sets = [world.holding(part) for part in asked]
    almost = at_least(len(sets) - 1, sets) if len(sets) > 1 else world.everyone
    return (almost & inside) - world.members(segment)


_READS_ACCOUNTS = Text(
    en="the closest persons are not looked for where accounts are read, as in “{name}”",
    fr="les personnes les plus proches ne se cherchent pas où l'on lit des comptes, comme dans « {name} »",
)
