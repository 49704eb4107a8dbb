"""Tiny worlds out of an engine: the rows of some persons as plain Python values, one world for each person."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import ibis
from pyroaring import BitMap

from quartier.catalog import Catalog, EventType, Trait
from quartier.engine import (
    EVENT_ID,
    KEY,
    OCCURRED_AT,
    PUBLIC_ID,
    SEQ,
    TRAIT,
    Engine,
    change_columns,
    change_schema,
    change_table,
    event_schema,
    known_schema,
    known_table,
    rows_of_keys,
    subject_schema,
)
from quartier.testing.worlds import Plain, TinyArrival, TinyChange, TinyEvent, TinyPerson, TinyWorld

PERSON_KEY, PERSON_ID = KEY["person"], PUBLIC_ID["person"]
Row = dict[str, Any]


def unload(engine: Engine, catalog: Catalog, keys: BitMap, events: Iterable[EventType]) -> dict[int, TinyWorld]:
    """The worlds of some persons by their keys: that person, their events of some types, the changes of their traits.

    Whoever has no row in the engine has no world.
    """
    found = {row[PERSON_KEY]: _person(row) for row in _rows(engine, "person", subject_schema(catalog), keys)}
    deeds: dict[int, list[TinyEvent]] = defaultdict(list)
    for type_ in events:
        for row in _rows(engine, type_.table, event_schema(type_), keys):
            deeds[row[PERSON_KEY]].append(_event(row, type_, found[row[PERSON_KEY]]))
    changes: dict[int, list[TinyChange]] = defaultdict(list)
    for row in sorted(_rows(engine, change_table("person"), change_schema("person"), keys), key=_told):
        trait = catalog.trait(row[TRAIT])
        if trait:
            changes[row[PERSON_KEY]].append(_change(row, trait, found[row[PERSON_KEY]]))
    arrivals: dict[int, list[TinyArrival]] = defaultdict(list)
    for row in _rows(engine, known_table("person"), known_schema("person"), keys):
        person = found[row[PERSON_KEY]]
        arrivals[row[PERSON_KEY]].append(TinyArrival("person", person.id, row[OCCURRED_AT].replace(tzinfo=dt.UTC)))
    return {
        key: TinyWorld(
            catalog, (person,), tuple(deeds[key]), changes=tuple(changes[key]), arrivals=tuple(arrivals[key])
        )
        for key, person in found.items()
    }


def _rows(engine: Engine, table: str, schema: ibis.Schema, keys: BitMap) -> list[Row]:
    """The rows of some persons in a table, none where the engine has no such table."""
    if engine.schema(table) is None:
        return []
    return list(rows_of_keys(engine, ibis.table(schema, name=table), PERSON_KEY, keys).to_pylist())


def _person(row: Row) -> TinyPerson:
    fixed = (PERSON_KEY, PERSON_ID)
    return TinyPerson(row[PERSON_ID], {name: _plain(value) for name, value in row.items() if name not in fixed})


def _event(row: Row, type_: EventType, person: TinyPerson) -> TinyEvent:
    fixed = (PERSON_KEY, EVENT_ID, OCCURRED_AT)
    properties = {name: _plain(value) for name, value in row.items() if name not in fixed}
    return TinyEvent(person.id, type_.name, row[OCCURRED_AT].replace(tzinfo=dt.UTC), row[EVENT_ID], properties)


def _told(row: Row) -> tuple[Any, Any]:
    return row[OCCURRED_AT], row[SEQ]


def _change(row: Row, trait: Trait, person: TinyPerson) -> TinyChange:
    at = row[OCCURRED_AT].replace(tzinfo=dt.UTC)
    before, after = (_plain(row[column]) for column in change_columns(trait.type))
    return TinyChange("person", person.id, trait.name, at, before, after)


def _plain(value: Any) -> Plain:
    """A value of a column as tiny worlds hold it: instants are aware, lists are tuples."""
    match value:
        case dt.datetime():
            return value.replace(tzinfo=dt.UTC)
        case list():
            return tuple(_plain(each) for each in value)
        case Mapping():
            return {name: _plain(each) for name, each in value.items()}
        case _:
            return value  # type: ignore[no-any-return]  # what columns hold is plain otherwise
