"""Refreshes at work: every segment brought to an instant, whole or at the cost of the change, and logged at once.

What is read: definitions, the log, how each segment was last evaluated, the feed of changes. What is written, in one
transaction: the log, the evaluations, the refresh. A crash before leaves the last complete refresh as it was.
"""

import datetime as dt
import hashlib
import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from pyroaring import BitMap

from quartier.catalog import Catalog
from quartier.config import Config
from quartier.engine import DuckDBEngine, Shadows
from quartier.engine.feed import Changed, changed_since, forget_before, generation
from quartier.errors import InvalidDefinition, QuartierError
from quartier.language import LANGUAGES
from quartier.segment.bind import bind_each
from quartier.segment.conditions import BoundSegment
from quartier.segment.definition import KIND, Segment, read_segment
from quartier.segment.evaluate import World
from quartier.segment.levels import Asked, kept_between
from quartier.segment.moments import Moment
from quartier.segment.refresh import After, Before, kept_of, members_after
from quartier.segment.remembering import StoreMemory
from quartier.store import Store, definitions, evaluations, kept_sets, membership, refreshes
from quartier.store.evaluations import Evaluation
from quartier.store.membership import Change, Evaluated
from quartier.store.refreshes import Refresh


@dataclass(frozen=True)
class Prepared:
    """The segments in force, ready to be evaluated; `refused` are those that the catalog no longer allows."""

    written: Mapping[str, Segment]
    versions: dict[str, int]
    bound: dict[str, BoundSegment]
    digests: dict[str, str]
    refused: dict[str, InvalidDefinition]

    @classmethod
    def of(
        cls,
        written: Mapping[str, Segment],
        stored: Sequence[definitions.Stored],
        bound: dict[str, BoundSegment],
        refused: dict[str, InvalidDefinition],
        zone: ZoneInfo,
    ) -> "Prepared":
        """Segments in force that are bound already."""
        digests = {name: digest_of(segment, zone) for name, segment in bound.items()}
        return cls(written, {each.name: each.version for each in stored}, bound, digests, refused)


def prepare(stored: Sequence[definitions.Stored], catalog: Catalog, zone: ZoneInfo) -> Prepared:
    """Bind every segment; one that is refused does not stop the others, only those that refer to it."""
    written = {each.name: read_segment(each.document) for each in stored}
    bound, refused = bind_each(written, catalog)
    return Prepared.of(written, stored, bound, refused, zone)


def digest_of(segment: BoundSegment, zone: ZoneInfo) -> str:
    """Two segments with equal digests have equal members at every instant of every world."""
    return hashlib.sha256(f"{zone.key} {segment.of} {segment.condition!r}".encode()).hexdigest()


def refresh(
    store: Store, engine: DuckDBEngine, catalog: Catalog, config: Config, *, at: dt.datetime, whole: bool = False
) -> tuple[list[Change], Refresh]:
    """Bring every segment in force to an instant and log what entered and what left.

    Only the touched persons are evaluated where that is enough; `whole` evaluates everyone, with the same outcome.
    Segments that cannot be bound keep their members, and why is kept with their evaluation.
    """
    started = time.perf_counter()
    with store.begin() as connection:
        known = Known.of(connection, catalog, config.zone)
    world = World(engine, catalog, Moment(at, config.zone), memory=StoreMemory(store))
    current = generation(engine)
    steady = {} if whole else steady_of(known, current)
    changed = changed_since(engine, min((_mark_of(each) for each in steady.values()), default=0))
    try:
        after = _members(world, engine, known, steady, changed)
    except QuartierError as error:
        _record_failure(store, error, at, len(known.prepared.bound), time.perf_counter() - started)
        raise
    done = Refresh(
        at, 0, len(after.members), time.perf_counter() - started, current, changed.mark,
        touched=after.looked_at,
    )  # fmt: skip
    with store.begin() as connection:
        changes = log(connection, known.prepared, after.members, done)
        kept_sets.keep(connection, {_digest_of_kept(asked): found for asked, found in after.kept.items()})
        done = refreshes.record(connection, replace(done, position=membership.position(connection)))
    forget_before(engine, changed.mark)
    return changes, done


def log(
    connection: sa.Connection,
    prepared: Prepared,
    members: Mapping[str, BitMap],
    done: Refresh,
) -> list[Change]:
    """Log the members of some segments, and how they were evaluated; why others are refused is kept with them."""
    logged = [Evaluated(name, prepared.versions[name], members[name]) for name in members]
    changes = membership.append_all(connection, logged, at=done.at)
    fresh = [Evaluation(name, done.at, done.at, prepared.digests[name], done.generation, done.mark) for name in members]
    before = evaluations.last_of_each(connection)
    failed = [
        replace(before.get(name, Evaluation(name, done.at)), tried_at=done.at, digest=None, error=told(error))
        for name, error in prepared.refused.items()
    ]
    evaluations.put(connection, [*fresh, *failed])
    return changes


@dataclass(frozen=True)
class Known:
    """What the store knows when a refresh begins: segments, members, how each was last evaluated, sets kept."""

    prepared: Prepared
    members: dict[str, BitMap]
    evaluations: dict[str, Evaluation]
    kept: dict[str, BitMap]

    @classmethod
    def of(cls, connection: sa.Connection, catalog: Catalog, zone: ZoneInfo) -> "Known":
        """What a store knows."""
        prepared = prepare(definitions.all_latest(connection, KIND), catalog, zone)
        members, kept = membership.members_now(connection), kept_sets.kept(connection)
        return cls(prepared, members, evaluations.last_of_each(connection), kept)

    def kept_of(self, segments: Iterable[BoundSegment]) -> dict[Asked, BitMap]:
        """The sets that are kept for some segments."""
        asked = {each for segment in segments for each in kept_between(segment)}
        digests = {each: _digest_of_kept(each) for each in asked}
        return {each: self.kept[digest] for each, digest in digests.items() if digest in self.kept}


def steady_of(known: Known, current: str) -> dict[str, Evaluation]:
    """The segments whose logged members are those of the same condition over the tables as they were made."""
    return {
        name: last
        for name, last in known.evaluations.items()
        if name in known.members
        and last.at is not None
        and last.mark is not None
        and last.generation == current
        and last.digest == known.prepared.digests.get(name)
    }


def _mark_of(evaluation: Evaluation) -> int:
    return evaluation.mark or 0


def _members(world: World, engine: Shadows, known: Known, steady: Mapping[str, Evaluation], changed: Changed) -> After:
    """Steady segments at the cost of the change, the others for everyone."""
    bound = known.prepared.bound
    before = Before(
        members={name: known.members[name] for name in steady},
        moments=frozenset(Moment(last.at, world.moment.zone) for last in steady.values() if last.at),
        changed=changed,
        kept=known.kept_of(bound[name] for name in steady),
    )
    return members_after(world, engine, bound, before)


def keep_applied(
    connection: sa.Connection, world: World, applied: Collection[str], segments: Mapping[str, BoundSegment]
) -> None:
    """Keep what segments that were evaluated apart from the others found of conditions that others decide.

    What other segments in force found otherwise, at an earlier instant, is no longer kept: the next refresh then looks
    at everyone for these.
    """
    kept = kept_sets.kept(connection)
    elsewhere = {each for name in segments if name not in applied for each in kept_between(segments[name])}
    for asked, found in kept_of(world, (segments[name] for name in applied)).items():
        digest = _digest_of_kept(asked)
        if asked not in elsewhere:
            kept[digest] = found
        elif kept.get(digest) != found:
            kept.pop(digest, None)
    kept_sets.keep(connection, kept)


def _digest_of_kept(asked: Asked) -> str:
    return hashlib.sha256(f"{asked.of} {asked.condition!r}".encode()).hexdigest()


def told(error: QuartierError) -> dict[str, Any]:
    """An error as plain values, by language, as it is kept with an evaluation."""
    return {language: error.as_json(language) for language in LANGUAGES}


def _record_failure(store: Store, error: QuartierError, at: dt.datetime, segments: int, seconds: float) -> None:
    with store.begin() as connection:
        position = membership.position(connection)
        refreshes.record(connection, Refresh(at, position, segments, seconds, error=told(error)))
