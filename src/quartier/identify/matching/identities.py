"""The records that matching compares in a workspace: of every identity, what was said under it. Reads, never writes."""

from collections.abc import Mapping
from dataclasses import dataclass

import ibis
import ibis.expr.datatypes as dtypes
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from quartier.catalog import Catalog, Meaning
from quartier.engine import (
    IDENTITY,
    SAID_KNOWN_SCHEMA,
    SEQ,
    DuckDBEngine,
    Query,
    kept_sql,
    parameter,
    said_change_schema,
    said_change_table,
    said_known_table,
    said_table,
    to_sql,
)
from quartier.identify.components import Reason
from quartier.identify.matching.kinds import BY_MEANING
from quartier.identify.matching.segments import Numbers
from quartier.identify.resolve import LEDGER, LEDGER_SCHEMA, LINKS, LINKS_SCHEMA

Columns = tuple[tuple[str, dtypes.DataType], ...]
_NEVER = -1


@dataclass(frozen=True)
class Standing:
    """Where identities belong now: the person of each by its number, and the pairs that likeness links already."""

    person: Numbers
    linked: Numbers

    def are_apart(self, a: Numbers, b: Numbers) -> np.ndarray:
        """Whether the identities of some pairs are two persons'."""
        apart: np.ndarray = self.person[a] != self.person[b]
        return apart


def compared_traits(engine: DuckDBEngine, catalog: Catalog) -> dict[str, Meaning]:
    """The traits of persons that tell who somebody is, with their meanings, as far as anything was said of them."""
    held = engine.schema(said_table("person")) or {}
    traits = (each for each in catalog.traits if each.of == "person" and each.name in held)
    return {each.name: each.meaning for each in traits if each.meaning and BY_MEANING.get(each.meaning)}


def records(engine: DuckDBEngine, traits: Mapping[str, Meaning], since: int = _NEVER) -> pa.Table:
    """What was said of those traits under each identity; only of those of whom something came after `since`."""
    held = engine.schema(said_table("person")) or {}
    columns = tuple((name, held[name]) for name in traits)
    if not columns:
        return pa.table({IDENTITY: pa.array([], pa.int32())})
    return engine.fetch(Query(_records_sql(columns), {"since": since}))


def is_told(table: pa.Table) -> pa.ChunkedArray:
    """Of which records anything is known."""
    has = pa.chunked_array([pa.array(np.zeros(table.num_rows, np.bool_))])
    for name in table.column_names:
        has = has if name == IDENTITY else pc.or_(has, pc.is_valid(table[name]))
    return has


def identities(engine: DuckDBEngine) -> pa.ChunkedArray:
    """Every identity under which something was said."""
    if engine.schema(said_table("person")) is None:
        return pa.chunked_array([pa.array([], pa.int32())])
    return engine.fetch(Query(_identities_sql()))[IDENTITY]


def last_said(engine: DuckDBEngine) -> int:
    """How far what was said reaches, in the order of arrival."""
    if engine.schema(said_known_table("person")) is None:
        return _NEVER
    ((last,),) = engine.rows(Query(_last_sql()))
    return int(str(last)) if last is not None else _NEVER


def standing(engine: DuckDBEngine) -> Standing:
    """Where identities belong now."""
    ledger = engine.fetch(Query(_ledger_sql()))
    number, key = (each.to_numpy().astype(np.int64) for each in (ledger["identity"], ledger["key"]))
    person = np.full(int(number.max(initial=-1)) + 1, _NEVER)
    person[number] = key
    links = engine.fetch(Query(_links_sql()))
    return Standing(person, coded(*(each.to_numpy().astype(np.int64) for each in (links["a"], links["b"]))))


def coded(a: Numbers, b: Numbers) -> Numbers:
    """Pairs of identities as one number each."""
    return (a << 32) | b


@kept_sql
def _records_sql(columns: Columns) -> str:
    said = ibis.table({IDENTITY: dtypes.int32, **dict(columns)}, name=said_table("person"))
    since = parameter("since", dtypes.int64)
    known, changes = _known(), _changes()
    fresh = known.filter(known[SEQ] > since).select(IDENTITY)
    fresh = fresh.union(changes.filter(changes[SEQ] > since).select(IDENTITY)).distinct()
    return to_sql(said.semi_join(fresh, IDENTITY).select(IDENTITY, *(name for name, _ in columns)).order_by(IDENTITY))


@kept_sql
def _identities_sql() -> str:
    return to_sql(ibis.table({IDENTITY: dtypes.int32}, name=said_table("person")).select(IDENTITY))


@kept_sql
def _last_sql() -> str:
    last = _known().agg(last=lambda r: r[SEQ].max()).union(_changes().agg(last=lambda r: r[SEQ].max()))
    return to_sql(last.agg(last=last.last.max()))


@kept_sql
def _ledger_sql() -> str:
    ledger = ibis.table(LEDGER_SCHEMA, name=LEDGER)
    return to_sql(ledger.filter(ledger.subject == "person").select("identity", "key"))


@kept_sql
def _links_sql() -> str:
    links = ibis.table(LINKS_SCHEMA, name=LINKS)
    return to_sql(links.filter(links.subject == "person", links.reason == int(Reason.MATCH)).select("a", "b"))


def _known() -> ibis.Table:
    return ibis.table(SAID_KNOWN_SCHEMA, name=said_known_table("person"))


def _changes() -> ibis.Table:
    return ibis.table(said_change_schema("person"), name=said_change_table("person"))
