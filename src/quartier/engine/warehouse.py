"""A warehouse as tracking tools write it, read where it stands: views give its tables the layout of the engine.

The layout is that of Segment and RudderStack: `users` with a row per person, `identifies`, `tracks`, and a table per
event with the event's properties as columns. Of events nothing is copied. Of persons only keys are kept, in a schema of
ours: a dense number per person, and the person to whom each anonymous id belongs.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from quartier.config import problems_of
from quartier.engine.compiler import Query
from quartier.engine.lacks import Capability, refuse
from quartier.engine.postgres import PostgresEngine
from quartier.engine.postgres_types import quoted
from quartier.engine.protocol import Reads
from quartier.engine.schema import EVENT_ID, KEY, OCCURRED_AT, PUBLIC_ID
from quartier.engine.warehouse_survey import ANONYMOUS, IDENTIFIED, PERSONS, Found, FoundEvent, Survey, surveyed
from quartier.errors import InvalidDefinition, UnknownName, suggestion
from quartier.language import Text

_KEYS, _LINKS = "person_keys", "anonymous_links"
_PERSON_KEY, _PERSON_ID = quoted(KEY["person"]), quoted(PUBLIC_ID["person"])


class Warehouse(BaseModel):
    """Where a warehouse stands: the schema that the tracking tool writes, and ours beside it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Literal["warehouse"] = "warehouse"
    warehouse: str = Field(pattern=r"^[a-z][a-z0-9_-]*$", description="a name for it")
    schema_name: str = Field(alias="schema", min_length=1, description="the schema that the tracking tool writes")
    into: str = Field(default="quartier", pattern=r"^[a-z][a-z0-9_]*$", description="the schema of our views and keys")
    url: str = Field(description="address of the database: postgresql://user@host/database")
    keep: tuple[str, ...] = Field(default=(), description="columns of the context to keep as properties")


def read_warehouse(document: Mapping[str, Any]) -> Warehouse:
    """The warehouse that a document describes. Raises InvalidDefinition with all that is wrong."""
    try:
        return Warehouse.model_validate(document)
    except ValidationError as error:
        raise InvalidDefinition(str(document.get("warehouse", "warehouse")), problems_of(error)) from error


def open_warehouse(warehouse: Warehouse, *, seconds: float = 300) -> PostgresEngine:
    """The engine over a warehouse: its tables are our views. Raises what PostgresEngine raises."""
    return PostgresEngine(warehouse.url, schema=warehouse.into, seconds=seconds)


def survey(engine: Reads, warehouse: Warehouse) -> Survey:
    """What there is to read, and the catalog proposed for it.

    Raises UnknownName for a schema without such tables, Lacking for an engine that is not PostgreSQL.
    """
    if not isinstance(engine, PostgresEngine):
        refuse(engine.dialect, Capability.WAREHOUSE)
    found = surveyed(engine, warehouse.schema_name, warehouse.keep)
    if not found.columns:
        schemas = engine.rows(Query("select schema_name from information_schema.schemata"))
        names = [str(name) for (name,) in schemas]
        raise UnknownName(_NO_SCHEMA.with_(name=warehouse.schema_name), remedy=suggestion(warehouse.schema_name, names))
    return found


def lay_out(engine: PostgresEngine, found: Survey) -> int:
    """Give the warehouse the engine's layout, and keys to the persons who are new; how many persons there are.

    Run it again when new tables, columns or persons are there: keys that were given stay.
    """
    with engine.transaction():
        for statement in (*_tables(), *_links(found), *_keys(found), *_dropped(engine), *_views(found)):
            engine.execute(Query(statement.replace("%", "%%")))
    ((persons,),) = engine.rows(Query(f"select count(*) from {quoted(_KEYS)}"))
    return int(str(persons))


def _tables() -> Iterator[str]:
    yield (
        f"create table if not exists {quoted(_KEYS)} "
        f'({_PERSON_KEY} integer primary key, {_PERSON_ID} text collate "C" not null unique)'
    )
    yield (
        f"create table if not exists {quoted(_LINKS)} "
        f'({ANONYMOUS} text collate "C" primary key, {_PERSON_ID} text collate "C" not null)'
    )


def _links(found: Survey) -> Iterator[str]:
    """An anonymous id belongs to the person with whom it was seen, if it was seen with one person only."""
    yield f"delete from {quoted(_LINKS)}"
    if pairs := found.tables_with(ANONYMOUS, IDENTIFIED):
        seen = " union all ".join(_ids(found, table, ANONYMOUS, IDENTIFIED) for table in pairs)
        yield (
            f"insert into {quoted(_LINKS)} select {ANONYMOUS}, min({IDENTIFIED}) from ({seen}) as seen "
            f"where {ANONYMOUS} is not null and {IDENTIFIED} is not null "
            f"group by {ANONYMOUS} having count(distinct {IDENTIFIED}) = 1"
        )


def _keys(found: Survey) -> Iterator[str]:
    """Keys follow those that were given, in the order of the persons' ids."""
    ids = [f"select {_text('id')} as id from {found.place(PERSONS)}"] if PERSONS in found.columns else []
    ids += [f"select {_text(IDENTIFIED)} from {found.place(table)}" for table in found.tables_with(IDENTIFIED)]
    ids += [
        f"select {_text(ANONYMOUS, 'a')} from {found.place(table)} as a "
        f"where not exists (select 1 from {quoted(_LINKS)} as l where l.{ANONYMOUS} = {_text(ANONYMOUS, 'a')})"
        + (f" and {_column(IDENTIFIED, 'a')} is null" if IDENTIFIED in found.columns[table] else "")
        for table in found.tables_with(ANONYMOUS)
    ]
    if ids:
        yield (
            f"insert into {quoted(_KEYS)} select row_number() over (order by id) - 1 "
            f"+ (select coalesce(max({_PERSON_KEY}) + 1, 0) from {quoted(_KEYS)}), id "
            f"from ({' union '.join(ids)}) as persons(id) where id is not null "
            f"and not exists (select 1 from {quoted(_KEYS)} as k where k.{_PERSON_ID} = id)"
        )


def _dropped(engine: PostgresEngine) -> Iterator[str]:
    """Views are made anew: columns may have come, gone or changed."""
    views = engine.rows(Query("select table_name from information_schema.views where table_schema = current_schema()"))
    yield from (f"drop view {quoted(str(name))}" for (name,) in views)


def _views(found: Survey) -> Iterator[str]:
    traits = "".join(f", {_selected(each, 'u')}" for each in found.traits)
    users = f" left join {found.place(PERSONS)} as u on {_text('id', 'u')} = k.{_PERSON_ID}"
    joined = users if PERSONS in found.columns else ""
    yield (f"create view person as select k.{_PERSON_KEY}, k.{_PERSON_ID}{traits} from {quoted(_KEYS)} as k{joined}")
    yield from (_event_view(found, event) for event in found.events)


def _event_view(found: Survey, event: FoundEvent) -> str:
    columns = found.columns[event.table]
    who = [_text(IDENTIFIED, "e")] if IDENTIFIED in columns else []
    links = ""
    if ANONYMOUS in columns:
        who += [f"l.{_PERSON_ID}", _text(ANONYMOUS, "e")]
        links = f" left join {quoted(_LINKS)} as l on l.{ANONYMOUS} = {_text(ANONYMOUS, 'e')}"
    properties = "".join(f", {_selected(each, 'e')}" for each in event.properties)
    return (
        f"create view {quoted(event.declared.table)} as select k.{_PERSON_KEY}, {_text('id', 'e')} as {EVENT_ID}, "
        f"{event.instant.sql('e')} as {OCCURRED_AT}{properties} from {found.place(event.table)} as e{links} "
        f"join {quoted(_KEYS)} as k on k.{_PERSON_ID} = coalesce({', '.join(who)})"
    )


def _selected(found: Found, table: str) -> str:
    return f"{found.sql(table)} as {quoted(found.name)}"


def _ids(found: Survey, table: str, *columns: str) -> str:
    return f"select {', '.join(f'{_text(each)} as {each}' for each in columns)} from {found.place(table)}"


def _column(column: str, table: str) -> str:
    return f"{table}.{quoted(column)}"


def _text(column: str, table: str | None = None) -> str:
    """An identifier as text: some tools write numbers."""
    return f'cast({_column(column, table) if table else quoted(column)} as text) collate "C"'


_NO_SCHEMA = Text(
    en="no events of a tracking tool are in the schema “{name}”",
    fr="aucun événement d'un outil de suivi dans le schéma « {name} »",
)
