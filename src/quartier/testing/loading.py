"""Tiny worlds in an engine, and what its evaluation finds there."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from typing import Any, Final
from zoneinfo import ZoneInfo

import ibis
import ibis.expr.datatypes as dtypes
import pyarrow as pa
from pyroaring import BitMap

from quartier.catalog import Catalog, Subject
from quartier.engine import (
    BELONGING,
    BELONGING_SCHEMA,
    EVENT_ID,
    KEY,
    OCCURRED_AT,
    PUBLIC_ID,
    SEQ,
    TRAIT,
    DuckDBEngine,
    Engine,
    Reads,
    change_columns,
    change_schema,
    change_table,
    event_schema,
    known_schema,
    known_table,
    subject_schema,
)
from quartier.segment.bind import Definitions, bind
from quartier.segment.conditions import BoundSegment
from quartier.segment.definition import Segment, read_segment
from quartier.segment.evaluate import World
from quartier.segment.moments import Moment
from quartier.segment.whole import found_at_home, members_query
from quartier.testing.memories import TinyMemories
from quartier.testing.reference import reference_members
from quartier.testing.worlds import Plain, TinyChange, TinyEvent, TinyWorld

PARIS = ZoneInfo("Europe/Paris")
PERSON: Final = "person"
ACCOUNT: Final = "account"


def load(
    world: TinyWorld,
    engine: Engine,
    keys: Mapping[str, int] | None = None,
    account_keys: Mapping[str, int] | None = None,
) -> None:
    """Write the tables of a tiny world into an engine, in place of those of the same names."""
    for name, schema, data in tables_of(world, keys, account_keys):
        engine.drop(name)
        engine.ensure(name, schema)
        if data.num_rows:
            engine.append(name, data)


def tables_of(
    world: TinyWorld, keys: Mapping[str, int] | None = None, account_keys: Mapping[str, int] | None = None
) -> Iterator[tuple[str, ibis.Schema, pa.Table]]:
    """The engine's tables of a tiny world: their names, schemas and rows.

    Persons and accounts get the keys that are given by their public ids, or else are numbered from zero.
    """
    key = keys or {person.id: number for number, person in enumerate(world.persons)}
    persons = [{KEY[PERSON]: key[each.id], PUBLIC_ID[PERSON]: each.id, **each.traits} for each in world.persons]
    yield _table(PERSON, subject_schema(world.catalog), persons)
    yield from _tables_of_accounts(world, key, account_keys)
    yield from _tables_of_history(world, key, account_keys)
    for type_ in world.catalog.events:
        rows = [_row(event, key) for event in world.events if event.name == type_.name]
        yield _table(type_.table, event_schema(type_), sorted(rows, key=lambda row: row[OCCURRED_AT]))


def _tables_of_accounts(
    world: TinyWorld, person_key: Mapping[str, int], keys: Mapping[str, int] | None
) -> Iterator[tuple[str, ibis.Schema, pa.Table]]:
    key = keys or {account.id: number for number, account in enumerate(world.accounts)}
    accounts = [{KEY[ACCOUNT]: key[each.id], PUBLIC_ID[ACCOUNT]: each.id, **each.traits} for each in world.accounts]
    yield _table(ACCOUNT, subject_schema(world.catalog, ACCOUNT), accounts)
    links = [
        {KEY[PERSON]: person_key[person.id], KEY[ACCOUNT]: key[account.id]}
        for account in world.accounts
        for person in world.persons_of(account)
    ]
    yield _table(BELONGING, BELONGING_SCHEMA, links)


def _tables_of_history(
    world: TinyWorld, person_key: Mapping[str, int], account_keys: Mapping[str, int] | None
) -> Iterator[tuple[str, ibis.Schema, pa.Table]]:
    account_key = account_keys or {account.id: number for number, account in enumerate(world.accounts)}
    keys: Mapping[Subject, Mapping[str, int]] = {PERSON: person_key, ACCOUNT: account_key}
    for of in keys:
        arrivals = [each for each in world.arrivals if each.of == of]
        rows = [{KEY[of]: keys[of][each.id], OCCURRED_AT: _stored(each.at)} for each in arrivals]
        yield _table(known_table(of), known_schema(of), rows)
    for of in keys:
        changes = [(number, each) for number, each in enumerate(world.changes) if each.of == of]
        rows = [_change_row(each, number, keys[of], world.catalog) for number, each in changes]
        yield _table(change_table(of), change_schema(of), sorted(rows, key=lambda row: row[OCCURRED_AT]))


def _change_row(change: TinyChange, number: int, key: Mapping[str, int], catalog: Catalog) -> dict[str, Any]:
    trait = catalog.trait(change.trait, change.of)
    assert trait is not None, f"there is no trait {change.trait}"
    before, after = change_columns(trait.type)
    row = {KEY[change.of]: key[change.id], OCCURRED_AT: _stored(change.at), SEQ: number, TRAIT: trait.name}
    return {**row, before: change.before, after: change.after}


def engine_members(segment: BoundSegment, world: TinyWorld, engine: Reads, moment: Moment) -> set[str]:
    """The public ids of the members that the engine finds in a tiny world that was loaded."""
    tables = World(engine, world.catalog, moment, memory=TinyMemories(world))
    return _ids(world, segment.of, tables.members(segment))


def whole_members(segment: BoundSegment, world: TinyWorld, engine: Reads, moment: Moment) -> set[str]:
    """The same by one statement; conditions that are found at home are sent to the engine as tables of keys.

    Raises AssertionError when a member is given twice.
    """
    tables = World(engine, world.catalog, moment, memory=TinyMemories(world)).about(segment.of)
    with ExitStack() as views:
        found = {
            each: views.enter_context(engine.view(_keys(tables.holding(each), segment.of)))
            for each in found_at_home(segment.condition)
        }
        keys = engine.keys(members_query(segment, moment, tables.asking, found)).tolist()
    assert len(keys) == len(set(keys)), "a member was given twice"
    return _ids(world, segment.of, keys)


def assert_members(
    document: Mapping[str, Any],
    world: TinyWorld,
    expected: Sequence[str] | set[str],
    *,
    at: dt.datetime,
    zone: ZoneInfo = PARIS,
    others: Sequence[Mapping[str, Any]] = (),
) -> None:
    """Check the members of a segment, given as a document: by the reference, then by DuckDB.

    Raises AssertionError with the names that are too many or too few, InvalidDefinition for a document that is refused.
    """
    segment = bind(read_segment(document), world.catalog, _by_name(others))
    assert reference_members(segment, world, at, zone) == set(expected), "the reference evaluator disagrees"
    engine = DuckDBEngine(memory_limit="256MB", threads=1)
    try:
        load(world, engine)
        assert engine_members(segment, world, engine, Moment(at, zone)) == set(expected), "DuckDB disagrees"
    finally:
        engine.close()


def _ids(world: TinyWorld, of: Subject, keys: Iterable[int]) -> set[str]:
    subjects = world.persons if of == PERSON else world.accounts
    return {subjects[key].id for key in keys}


def _keys(keys: BitMap, of: Subject) -> pa.Table:
    return pa.table({KEY[of]: pa.array(list(keys), pa.int32())})


def _by_name(documents: Sequence[Mapping[str, Any]]) -> Definitions:
    read: list[Segment] = [read_segment(document) for document in documents]
    return {segment.name: segment for segment in read}


def _row(event: TinyEvent, key: Mapping[str, int]) -> dict[str, Any]:
    return {
        KEY[PERSON]: key[event.person], EVENT_ID: event.id, OCCURRED_AT: _stored(event.at),
        **event.properties,
    }  # fmt: skip


def _table(name: str, schema: ibis.Schema, rows: Sequence[Mapping[str, Any]]) -> tuple[str, ibis.Schema, pa.Table]:
    stored = [{name: _stored(row.get(name)) for name in schema.names} for row in rows]
    return name, schema, pa.Table.from_pylist(stored, schema=_arrow(schema))


def _arrow(schema: ibis.Schema) -> pa.Schema:
    return pa.schema([(name, _arrow_type(dtype)) for name, dtype in schema.items()])


def _arrow_type(dtype: dtypes.DataType) -> pa.DataType:
    """Ibis has the same, but only beside a package that we do not need otherwise."""
    if isinstance(dtype, dtypes.Array):
        return pa.list_(_arrow_type(dtype.value_type))
    if isinstance(dtype, dtypes.Struct):
        return pa.struct([(name, _arrow_type(each)) for name, each in dtype.fields.items()])
    return _ARROW[dtype]


_ARROW = {
    dtypes.string: pa.string(),
    dtypes.int32: pa.int32(),
    dtypes.int64: pa.int64(),
    dtypes.float64: pa.float64(),
    dtypes.boolean: pa.bool_(),
    dtypes.date: pa.date32(),
    dtypes.timestamp: pa.timestamp("us"),
}


def _stored(value: Plain) -> Any:
    """A value as the engine's columns hold it: instants in UTC without a zone."""
    match value:
        case dt.datetime() if value.tzinfo:
            return value.astimezone(dt.UTC).replace(tzinfo=None)
        case tuple():
            return [_stored(each) for each in value]
        case Mapping():
            return {name: _stored(each) for name, each in value.items()}
        case _:
            return value
