"""What a profile asks of the engine, as expressions over unbound tables that are compiled once."""

import ibis
import ibis.expr.datatypes as dtypes
import ibis.expr.types as ir

from quartier.catalog import Catalog, EventType, Subject
from quartier.engine import (
    EVENT_ID,
    IDENTITY,
    KEY,
    OCCURRED_AT,
    PUBLIC_ID,
    SAID_KNOWN_SCHEMA,
    SEQ,
    TRAIT,
    change_schema,
    change_table,
    dtype_of,
    kept_sql,
    parameter,
    said_known_table,
    to_sql,
)
from quartier.engine.keyed import of_wanted

Columns = tuple[tuple[str, dtypes.DataType], ...]
TOTAL = "total_"


def columns_of(catalog: Catalog, of: Subject, present: ibis.Schema | None) -> Columns:
    """The traits that the table of persons has, with their types."""
    held = present or ()
    return tuple((each.name, dtype_of(each.type)) for each in catalog.traits if each.of == of and each.name in held)


@kept_sql
def row_sql(of: Subject, columns: Columns) -> str:
    """The public id and the traits of one person."""
    table = ibis.table({KEY[of]: dtypes.int32, PUBLIC_ID[of]: dtypes.string, **dict(columns)}, name=of)
    return to_sql(_of_one(table, of).select(PUBLIC_ID[of], *(name for name, _ in columns)))


@kept_sql
def first_sql(of: Subject) -> str:
    """When something first came under some identities, and its place in the order of arrival."""
    table = ibis.table(SAID_KNOWN_SCHEMA, name=said_known_table(of))
    asked = parameter("identities", dtypes.Array(dtypes.int32))
    return to_sql(
        table.filter(asked.contains(table[IDENTITY])).agg(at=lambda r: r[OCCURRED_AT].min(), seq=lambda r: r[SEQ].min())
    )


@kept_sql
def changes_sql(of: Subject) -> str:
    """Every change of the traits of one person, oldest first."""
    table = ibis.table(change_schema(of), name=change_table(of))
    return to_sql(_of_one(table, of).drop(KEY[of]).order_by(OCCURRED_AT, SEQ, TRAIT))


@kept_sql
def happenings_sql(table: str, columns: Columns, most: int) -> str:
    """The newest events of one type of one person up to an instant, and how many there are in all."""
    held = ibis.table(
        {KEY["person"]: dtypes.int32, EVENT_ID: dtypes.string, OCCURRED_AT: dtypes.timestamp, **dict(columns)},
        name=table,
    )
    own = _of_one(held, "person").filter(held[OCCURRED_AT] <= parameter("until", dtypes.timestamp))
    counted = own.mutate(**{TOTAL: own.count().over()}).drop(KEY["person"])
    newest = counted.order_by(ibis.desc(OCCURRED_AT), ibis.desc(EVENT_ID)).limit(most)
    return to_sql(newest)


@kept_sql
def older_sql(table: str, columns: Columns, most: int) -> str:
    """The newest events of one type of one person before an instant; of those at the instant, with smaller ids."""
    held = ibis.table(
        {KEY["person"]: dtypes.int32, EVENT_ID: dtypes.string, OCCURRED_AT: dtypes.timestamp, **dict(columns)},
        name=table,
    )
    before, first = parameter("before", dtypes.timestamp), parameter("first", dtypes.string)
    own = _of_one(held, "person").filter(held[OCCURRED_AT] <= parameter("until", dtypes.timestamp))
    is_older = (own[OCCURRED_AT] < before) | ((own[OCCURRED_AT] == before) & (own[EVENT_ID].fill_null("") < first))
    newest = own.filter(is_older).drop(KEY["person"]).order_by(ibis.desc(OCCURRED_AT), ibis.desc(EVENT_ID))
    return to_sql(newest.limit(most))


def columns_of_event(event: EventType, present: ibis.Schema) -> Columns:
    """The properties that the table of an event type has, with their types."""
    return tuple((each.name, dtype_of(each.type, each.properties)) for each in event.properties if each.name in present)


@kept_sql
def in_order_sql(names: tuple[str, ...], most: int) -> str:
    """What persons are called in order of their keys, after one."""
    texts = tuple((name, dtypes.string) for name in names)
    table = _persons(texts)
    later = table.filter(table[KEY["person"]] > parameter("after", dtypes.int32))
    return to_sql(later.order_by(KEY["person"]).limit(most))


@kept_sql
def listed_sql(columns: Columns) -> str:
    """Keys, public ids and some traits of the persons that are wanted."""
    return to_sql(of_wanted(_persons(columns), KEY["person"]))


@kept_sql
def named_ids_sql(columns: Columns) -> str:
    """The same of the persons with some public ids."""
    table = _persons(columns)
    ids = parameter("ids", dtypes.Array(dtypes.string))
    return to_sql(table.filter(ids.contains(table[PUBLIC_ID["person"]])))


@kept_sql
def named_sql(names: tuple[str, ...]) -> str:
    """What some persons are called, by their keys."""
    table = ibis.table(
        {KEY["person"]: dtypes.int32, PUBLIC_ID["person"]: dtypes.string, **dict.fromkeys(names, dtypes.string)},
        name="person",
    )
    asked = parameter("keys", dtypes.Array(dtypes.int32))
    found = table.filter(asked.contains(table[KEY["person"]])).select(KEY["person"], PUBLIC_ID["person"], *names)
    return to_sql(found.order_by(KEY["person"]))


def _persons(columns: Columns) -> ir.Table:
    return ibis.table({KEY["person"]: dtypes.int32, PUBLIC_ID["person"]: dtypes.string, **dict(columns)}, name="person")


def _of_one(table: ir.Table, of: Subject) -> ir.Table:
    return table.filter(table[KEY[of]] == parameter("key", dtypes.int32))
