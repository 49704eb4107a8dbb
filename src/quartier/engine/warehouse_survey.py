"""What a warehouse holds: its tables of persons and events, the columns that are data, and a catalog proposed for them.

Types are those of the columns; JSON is looked into, in a sample of rows, for lists of texts and for lines.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from quartier.catalog import Catalog, EventType, Label, Property, Trait, ValueType, slug
from quartier.catalog.recognise import recognise
from quartier.engine.compiler import Query
from quartier.engine.postgres import PostgresEngine
from quartier.engine.postgres_types import quoted
from quartier.engine.schema import RESERVED

PERSONS, ANONYMOUS, IDENTIFIED = "users", "anonymous_id", "user_id"
NOT_EVENTS = frozenset(
    ["tracks", "identifies", "users", "groups", "aliases", "accounts", "rudder_discards", "sync_snapshots"]
)
NAMES = {"pages": "Page Viewed", "screens": "Screen Viewed"}
INSTANTS = ("timestamp", "original_timestamp", "received_at")
"""When it happened: the first of these columns that is there."""
OF_THE_TOOL = frozenset(
    ["id", "user_id", "anonymous_id", "event", "event_text", "sent_at", "uuid", "uuid_ts", "loaded_at", *INSTANTS]
)
SAMPLE = 200
"""Rows that are looked at for what a column of text means."""

_TYPES = {
    **dict.fromkeys(["int2", "int4", "int8"], (ValueType.INTEGER, "cast({} as bigint)")),
    **dict.fromkeys(["float4", "float8", "numeric"], (ValueType.NUMBER, "cast({} as double precision)")),
    "bool": (ValueType.BOOLEAN, "{}"),
    "date": (ValueType.DATE, "{}"),
    "timestamp": (ValueType.INSTANT, "{}"),
    "timestamptz": (ValueType.INSTANT, "timezone('UTC', {})"),
    **dict.fromkeys(["_text", "_varchar"], (ValueType.TEXTS, 'cast({} as text[]) collate "C"')),
}
_TEXT = 'cast({} as text) collate "C"'
_JSON = "case when pg_input_is_valid(cast({0} as text), 'jsonb') then cast({0} as jsonb) end"
_PARTS = "case when jsonb_typeof({0}) = 'array' then array(select {1} from jsonb_array_elements({0}) as part) end"
_LINES = _PARTS.format(_JSON, "nullif(part, 'null'::jsonb)")
_TEXTS = _PARTS.format(_JSON, "part #>> '{{}}'") + ' collate "C"'


@dataclass(frozen=True)
class Found:
    """A column that is data: where it is, what it is, and how it is read."""

    column: str
    declared: Property
    written: str

    @property
    def name(self) -> str:
        """Its name in the catalog."""
        return self.declared.name

    def sql(self, table: str) -> str:
        """The column of a table as the engine's layout has it."""
        return self.written.format(f"{table}.{quoted(self.column)}")


@dataclass(frozen=True)
class FoundEvent:
    """A table of events: which, when they happened, and their properties."""

    table: str
    declared: EventType
    instant: Found
    properties: tuple[Found, ...]


@dataclass(frozen=True)
class Survey:
    """What there is to read in a schema."""

    schema: str
    columns: dict[str, dict[str, str]]
    traits: tuple[Found, ...]
    events: tuple[FoundEvent, ...]
    catalog: Catalog

    def place(self, table: str) -> str:
        """A table's full name."""
        return f"{quoted(self.schema)}.{quoted(table)}"

    def tables_with(self, *columns: str) -> list[str]:
        """The tables of persons or events that have some columns."""
        read = {event.table for event in self.events} | {"identifies"}
        return [table for table, own in self.columns.items() if table in read and set(columns) <= set(own)]


def surveyed(engine: PostgresEngine, schema: str, keep: Iterable[str] = ()) -> Survey:
    """What there is in a schema; nothing where no table is of a tracking tool's layout."""
    columns = _columns(engine, schema)
    kept = frozenset(keep)
    looked = {table: _looked_at(engine, schema, table, own, kept) for table, own in columns.items()}
    events = tuple(
        _event(engine, schema, table, own, looked[table])
        for table, own in columns.items()
        if table not in NOT_EVENTS and _instant(own)
    )
    traits = tuple(found for found, _ in looked.get(PERSONS, ()))
    catalog = Catalog(
        traits=tuple(trait for _, trait in looked.get(PERSONS, ())), events=tuple(each.declared for each in events)
    )
    return Survey(schema, columns, traits, events, catalog)


def _columns(engine: PostgresEngine, schema: str) -> dict[str, dict[str, str]]:
    query = (
        "select table_name, column_name, udt_name from information_schema.columns "
        "where table_schema = %(schema)s order by table_name, ordinal_position"
    )
    tables: dict[str, dict[str, str]] = {}
    for table, column, type_ in engine.rows(Query(query, {"schema": schema})):
        tables.setdefault(str(table), {})[str(column)] = str(type_)
    return {table: own for table, own in tables.items() if "id" in own}


def _instant(columns: dict[str, str]) -> str | None:
    has_person = IDENTIFIED in columns or ANONYMOUS in columns
    return next((each for each in INSTANTS if each in columns), None) if has_person else None


def _event(
    engine: PostgresEngine, schema: str, table: str, own: dict[str, str], looked: Sequence[tuple[Found, Trait]]
) -> FoundEvent:
    name = _event_name(engine, schema, table, own)
    column = _instant(own) or INSTANTS[0]
    occurred = Property(name="occurred", type=ValueType.INSTANT, label=Label(fr=column, en=column))
    properties = tuple(found for found, _ in looked)
    declared = EventType(
        name=name, label=Label(fr=name, en=name), properties=tuple(each.declared for each in properties)
    )
    written = _TYPES.get(own[column], (ValueType.INSTANT, "cast({} as timestamp)"))[1]
    return FoundEvent(table, declared, Found(column, occurred, written), properties)


def _event_name(engine: PostgresEngine, schema: str, table: str, own: dict[str, str]) -> str:
    """As it was tracked: the table's name is its slug."""
    if "event_text" in own:
        query = f"select event_text from {quoted(schema)}.{quoted(table)} where event_text is not null limit 1"
        for (text,) in engine.rows(Query(query.replace("%", "%%"))):
            if slug(str(text)) == slug(table):
                return str(text)
    return NAMES.get(table, table.replace("_", " ").title())


def _looked_at(
    engine: PostgresEngine, schema: str, table: str, own: dict[str, str], keep: frozenset[str]
) -> list[tuple[Found, Trait]]:
    """The columns that are data, each as a property and as a trait."""
    columns = [each for each in own if each not in OF_THE_TOOL and (each in keep or not each.startswith("context_"))]
    if not columns:
        return []
    listed = ", ".join(f"cast({quoted(each)} as text)" for each in columns)
    query = f"select {listed} from {quoted(schema)}.{quoted(table)} limit {SAMPLE}"
    rows = engine.rows(Query(query.replace("%", "%%")))
    samples = zip(*rows, strict=True) if rows else ([] for _ in columns)
    found = [
        _found(column, own[column], [str(each) for each in sample if each is not None])
        for column, sample in zip(columns, samples, strict=True)
    ]
    return list({each.name: (each, trait) for each, trait in reversed(found)}.values())[::-1]


def _found(column: str, type_: str, sample: list[str]) -> tuple[Found, Trait]:
    value_type, written, lines = _typed(type_, sample)
    name = slug(column)
    seen = recognise(column, sample if value_type is ValueType.TEXT else [])
    declared = Property(
        name=f"{name}_" if name in RESERVED else name, type=value_type, label=seen.label, properties=lines,
        sensitivity=seen.sensitivity, meaning=seen.meaning,
    )  # fmt: skip
    trait = seen.trait(declared.name).model_copy(update={"type": value_type})
    return Found(column, declared, written), trait


def _typed(type_: str, sample: list[str]) -> tuple[ValueType, str, tuple[Property, ...]]:
    if type_ in _TYPES:
        return *_TYPES[type_], ()
    parts = [part for text in sample for part in _list_of(text)]
    if parts and len(sample) == sum(text.lstrip().startswith("[") for text in sample):
        objects = [part for part in parts if isinstance(part, dict)]
        if fields := _fields(objects):
            return ValueType.LINES, _LINES, fields
        if not any(isinstance(part, list) for part in parts):
            return ValueType.TEXTS, _TEXTS, ()
    return ValueType.TEXT, _TEXT, ()


def _list_of(text: str) -> list[Any]:
    try:
        found = json.loads(text)
    except ValueError:  # a text that only begins like a list
        return []
    return found if isinstance(found, list) else []


def _fields(objects: Sequence[dict[str, Any]]) -> tuple[Property, ...]:
    """The fields of lines whose names a condition can say, each of the type that all its values have."""
    names = dict.fromkeys(name for each in objects for name in each)
    return tuple(
        Property(name=name, type=_type_of([each.get(name) for each in objects]), label=recognise(name, []).label)
        for name in names
        if name == slug(name)
    )


def _type_of(values: Sequence[Any]) -> ValueType:
    known = [each for each in values if each is not None]
    if known and all(isinstance(each, bool) for each in known):
        return ValueType.BOOLEAN
    is_number = all(isinstance(each, int | float) and not isinstance(each, bool) for each in known)
    return ValueType.NUMBER if known and is_number else ValueType.TEXT
