"""What the engine holds of one person for one leaf: the value compared, and the events behind it.

The queries are those of the leaves, restricted to one person, so what is shown is what was compared.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import ibis
import ibis.expr.datatypes as dtypes

from quartier.catalog import EventType, Subject, ValueType
from quartier.engine import (
    EVENT_ID,
    KEY,
    OCCURRED_AT,
    Dialect,
    Query,
    dtype_of,
    event_table,
    kept_sql,
    parameter,
    to_sql,
)
from quartier.segment.conditions import ComparedLeaf, Comparison, EventLeaf, PlaceLeaf, RankLeaf, TraitLeaf
from quartier.segment.evaluate import World
from quartier.segment.event_rows import (
    Column,
    EventShape,
    event_parameters,
    events_that_count,
    measured_persons,
    shape_of,
)

PERSON_KEY = KEY["person"]
MOST_EVENTS = 3
"""How many events are shown for a leaf."""


@dataclass(frozen=True)
class Happening:
    """An event that counts for a leaf: when (in the evaluation's zone), what, and the properties that the leaf reads.

    A property of lines holds the values of all lines of the event, as a list.
    """

    occurred_at: dt.datetime
    event: EventType
    values: Mapping[str, Any]


def trait_value(world: World, leaf: TraitLeaf, key: int) -> Any:
    """The trait of the person or account, None when it is missing."""
    sql = _trait_sql(leaf.trait.of, leaf.trait.name, leaf.trait.type, world.engine.dialect)
    rows = world.engine.rows(Query(sql, {"person": key}))
    return aware(rows[0][0]) if rows else None


def measure_value(world: World, leaf: EventLeaf, person_key: int) -> Any:
    """The person's measure; days for the time since an event, None when there is nothing to measure."""
    rows = world.engine.rows(
        Query(_measure_sql(shape_of(leaf), world.engine.dialect), _values(leaf, world, person_key))
    )
    found = aware(rows[0][0]) if rows else None
    if found is None:
        return 0 if leaf.measure.is_zero_of_nothing else None
    return (world.moment.now - found) // dt.timedelta(days=1) if leaf.measure.kind.startswith("days_since") else found


def position(world: World, leaf: PlaceLeaf, person_key: int) -> tuple[float, float] | None:
    """The person's latitude and longitude, None when one is missing."""
    found = [trait_value(world, TraitLeaf(each, _KNOWN), person_key) for each in (leaf.latitude, leaf.longitude)]
    return None if None in found else (float(found[0]), float(found[1]))


def ranked_value(world: World, leaf: RankLeaf, person_key: int) -> Any:
    """The person's value among those that are ranked; None without a known value or an event that counts."""
    if isinstance(leaf.ranked, TraitLeaf):
        return trait_value(world, leaf.ranked, person_key)
    return measure_value(world, leaf.ranked, person_key) if happenings(world, leaf.ranked, person_key) else None


def observed_sides(world: World, leaf: ComparedLeaf, key: int) -> tuple[tuple[Any, Any], tuple[Happening, ...]]:
    """The numbers of both sides, None for a missing one, and the newest events that count for either."""
    sides = (leaf.left, leaf.right)
    left, right = (
        measure_value(world, each, key) if isinstance(each, EventLeaf) else trait_value(world, each, key)
        for each in sides
    )
    found: list[Happening] = []
    for each in sides:
        events = happenings(world, each, key) if isinstance(each, EventLeaf) else []
        found += [event for event in events if event not in found]
    return (left, right), tuple(found)


def happenings(world: World, leaf: EventLeaf, person_key: int) -> list[Happening]:
    """The newest events that count for a leaf (the oldest when the first is asked for), at most MOST_EVENTS."""
    found = [each for event in leaf.events for each in _of_type(event, world, leaf, person_key)]
    most = 1 if _asks_for_one(leaf) else MOST_EVENTS
    return sorted(found, key=lambda each: each.occurred_at, reverse=not _asks_for_first(leaf))[:most]


def _of_type(event: EventType, world: World, leaf: EventLeaf, person_key: int) -> list[Happening]:
    shape = replace(shape_of(leaf), tables=(event.table,), measure="count", measured=_ID)
    paths = tuple(dict.fromkeys(_paths(leaf)))
    sql = _events_sql(shape, event, paths, world.engine.dialect, is_first=_asks_for_first(leaf))
    given = {key: value for key, value in _values(leaf, world, person_key).items() if key != "calendar"}
    rows: list[tuple[Any, ...]] = world.engine.rows(Query(sql, given))
    return [
        Happening(
            aware(at).astimezone(world.moment.zone),
            event,
            {path: aware(value) for path, value in zip(paths, values, strict=True)},
        )
        for at, *values in rows
    ]


def _paths(leaf: EventLeaf) -> list[str]:
    measured = [leaf.measure.path] if leaf.measure.path else []
    return [test.path for test in leaf.where] + measured


def _asks_for_first(leaf: EventLeaf) -> bool:
    return leaf.measure.kind in ("first", "days_since_first")


def _asks_for_one(leaf: EventLeaf) -> bool:
    return leaf.measure.kind in ("first", "last", "days_since_first", "days_since_last")


def _values(leaf: EventLeaf, world: World, person_key: int) -> dict[str, Any]:
    """The leaf's parameters without the value compared with, which these queries do not ask for."""
    given = event_parameters(leaf, world.moment)
    return {key: value for key, value in given.items() if not key.startswith("v")} | {"person": person_key}


def aware(value: Any) -> Any:
    """Instants as people hold them, with their zone."""
    return value.replace(tzinfo=dt.UTC) if isinstance(value, dt.datetime) else value


def the_person(column: str = PERSON_KEY) -> Callable[[Any], Any]:
    """That a row is of the one person asked for."""
    return lambda rows: rows[column] == parameter("person", dtypes.int32)


@kept_sql
def _trait_sql(of: Subject, name: str, type_: ValueType, dialect: Dialect) -> str:
    subjects = ibis.table({KEY[of]: dtypes.int32, name: dtype_of(type_)}, name=of)
    return to_sql(subjects.filter(the_person(KEY[of]))[[name]], dialect)


@kept_sql
def _measure_sql(shape: EventShape, dialect: Dialect) -> str:
    return to_sql(measured_persons(shape).filter(the_person())[["value"]], dialect)


@kept_sql
def _events_sql(
    shape: EventShape, event: EventType, paths: tuple[str, ...], dialect: Dialect, *, is_first: bool
) -> str:
    """The rows of the events that count, with the instant and the values at some paths."""
    counting = events_that_count(shape).filter(the_person())
    order = ibis.asc if is_first else ibis.desc
    rows = event_table(event).filter(the_person())
    kept = rows.semi_join(counting, rows[EVENT_ID] == counting.measured)
    latest = kept.order_by(order(OCCURRED_AT), order(EVENT_ID)).limit(MOST_EVENTS)
    shown = {f"p{i}": at_path(latest, path) for i, path in enumerate(paths)}
    return to_sql(latest.select(OCCURRED_AT, **shown), dialect)


def at_path(rows: Any, path: str) -> Any:
    """The property of each row, for a property of lines those of all its lines."""
    head, _, field = path.partition(".")
    return rows[head].map(lambda line: line[field]) if field else rows[head]


_KNOWN = Comparison("known", True)
_ID = Column(EVENT_ID, ValueType.TEXT)
"""Measuring the events' ids, so that the leaf's own query names the events that count."""
