"""Answers at work: when a refresh is due, and why a person is a member and until when."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from quartier.catalog import Catalog
from quartier.config import Config
from quartier.engine import DuckDBEngine
from quartier.engine.feed import changed_since, generation
from quartier.segment.conditions import BoundSegment, Leaf, is_of_persons_alone
from quartier.segment.due import due_by_time
from quartier.segment.evaluate import World
from quartier.segment.explain import Explanation, explain
from quartier.segment.lasting import lasting
from quartier.segment.moments import Moment
from quartier.segment.refreshing import Known, steady_of
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
    bound = known.prepared.bound
    steady = steady_of(known, generation(engine))
    if fresh := [name for name in bound if name not in steady]:
        return Due(at, "definition", tuple((name, None) for name in fresh))
    changed = changed_since(engine, min((last.mark or 0 for last in steady.values()), default=0))
    if changed.persons or changed.accounts:
        return Due(at, "data", tuple((name, None) for name in bound))
    moments = {last.at for last in steady.values() if last.at}
    found = [_due_after(World(engine, catalog, Moment(each, config.zone)), bound) for each in moments]
    return min((each for each in found if each.at), key=lambda each: each.at or at, default=Due(None, "nothing"))


def _due_after(world: World, segments: Mapping[str, BoundSegment]) -> Due:
    found = due_by_time(world, segments)
    return Due(found.at.astimezone(world.moment.zone) if found.at else None, "time", found.changing)


def explained(world: World, engine: DuckDBEngine, segment: BoundSegment, person_key: int) -> Explanation:
    """Why a person (or account) is in a segment or not. Raises UnknownName for a key that nobody has.

    Until when is told where it depends on the rows of that person alone.
    """
    found = explain(world, segment, person_key)
    if not is_of_persons_alone(segment):
        return found
    return found.with_untils(lasting(world, engine, segment.condition, person_key))
