"""Identification: identities and keys for staged rows; the ledger of links, and what follows from a change of it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import ibis
import numpy as np
import pyarrow as pa
import sqlalchemy as sa
from pyroaring import BitMap

from quartier.catalog import Catalog, Subject
from quartier.engine import BELONGING, BELONGING_SCHEMA, IDENTITY, KEY, DuckDBEngine, Query, kept_sql, parameter, to_sql
from quartier.engine.feed import note
from quartier.identify import links, resolve
from quartier.identify.definition import KIND, NAME
from quartier.identify.linking import Opening, place
from quartier.store import definitions, identifiers
from quartier.store import links as kept_links

if TYPE_CHECKING:
    import ibis.expr.datatypes as dtypes
    import ibis.expr.types as ir

_WHO, _MOVED = "staged_who", "staged_moved"
_MARK = "quartier_ledger_mark"
"""How many decisions the engine's persons follow."""

_MARK_SCHEMA = ibis.schema({"decisions": "int64"})


@dataclass(frozen=True)
class Identified:
    """What identification did, to be kept by the store and then written into the engine.

    Attributes:
        table: the staged rows with identities and keys.
        subject: persons or accounts.
        fresh: the identifiers that were not known, with where they belong.
        links: what was seen together for the first time.
        moved: known identities that belong elsewhere from now on.
        parted: the keys that they had until now.
        shared: how many identifiers of a kind are beside persons who are not theirs: kept apart, and told.
    """

    table: str
    subject: Subject
    fresh: pa.Table
    links: pa.Table
    moved: pa.Table
    parted: BitMap
    shared: dict[str, int]

    @property
    def moved_keys(self) -> BitMap:
        """Whoever has other identities than before: to whom known identities came, and from whom they went."""
        return self.parted | BitMap(self.moved["key"].to_numpy().astype(np.uint32))

    @property
    def is_new(self) -> bool:
        """Whether the ledger has to learn anything."""
        return bool(self.fresh.num_rows or self.links.num_rows)


def identify(
    engine: DuckDBEngine, rows: str, kinds: Sequence[str], subject: Subject, *, ledger: Opening, line: str, into: str
) -> Identified:  # fmt: skip
    """Stage `rows` again as `into`, with the columns of identities and of keys; nothing else is written."""
    named, held, several = tuple(kinds), _columns(engine, rows), len(kinds) > 1
    ensure_ledger(engine)
    engine.stage(_WHO, Query(_combinations_sql(rows, held, named, line)))
    who = _columns(engine, _WHO)
    engine.stage(resolve.FRESH, Query(_fresh_sql(who, named, subject), {"next_identity": ledger.last.identity + 1}))
    if several:
        engine.stage(resolve.PAIRS, Query(_pairs_sql(who, named, subject)))
    found = place(
        engine, subject, ledger, fresh=engine.fetch(Query(_fresh_numbers_sql())),
        together=engine.fetch(Query(_fresh_pairs_sql(subject))) if several else None,
    )  # fmt: skip
    fresh = engine.fetch(Query(_placed_sql(subject))).cast(identifiers.SCHEMA)
    engine.stage(into, Query(_keyed_sql(rows, held, named, subject)))
    apart = {str(kind): int(str(n)) for kind, n in engine.rows(Query(_apart_sql(subject)))} if several else {}
    for name in (_WHO, resolve.FRESH, resolve.PAIRS, resolve.TOUCHED, resolve.PLACED):
        engine.drop(name)
    shared = {kind: apart[kind] for kind in named if kind in apart}
    return Identified(into, subject, fresh, found.links, found.moved, found.parted, shared)


def keep(connection: sa.Connection, found: Identified, import_seq: int | None, at: dt.datetime) -> None:
    """Have the store remember what was found out; no import for what came by the journal."""
    identifiers.add(connection, found.fresh, import_seq)
    kept_links.add(connection, found.subject, found.links, at)
    identifiers.place(connection, found.subject, found.moved)


def write(engine: DuckDBEngine, found: Identified) -> None:
    """Bring the engine's copies of the ledger, and its events, to what was found out; call it in a transaction."""
    if found.fresh.num_rows:
        engine.append(resolve.LEDGER, found.fresh)
    if found.links.num_rows:
        engine.append(resolve.LINKS, found.links)
    move(engine, found.subject, found.moved)


def move(engine: DuckDBEngine, subject: Subject, moved: pa.Table) -> None:
    """Let known identities belong elsewhere: in the copy of the ledger, and with all their events."""
    if not moved.num_rows:
        return
    staged = moved.append_column("subject", pa.array([subject] * moved.num_rows, pa.string()))
    staged = staged.append_column(IDENTITY, moved["identity"]).append_column(KEY[subject], moved["key"])
    engine.stage(_MOVED, staged)
    engine.reassign(resolve.LEDGER, _MOVED, ["subject", "identity"], ["key", "cluster", "own_key"])
    if subject == "person":
        _move_events(engine, _MOVED)
    engine.drop(_MOVED)


def _move_events(engine: DuckDBEngine, staged: str) -> None:
    for table in engine.tables():
        if table.startswith("event_") and IDENTITY in (engine.schema(table) or ()):
            engine.reassign(table, staged, [IDENTITY], [KEY["person"]])


# ---- the engine's copies of the ledger


def ensure_ledger(engine: DuckDBEngine) -> None:
    """Make the engine's copies of the ledger where they are not."""
    engine.ensure(resolve.LEDGER, resolve.LEDGER_SCHEMA)
    engine.ensure(resolve.LINKS, resolve.LINKS_SCHEMA)
    if engine.schema(_MARK) is None:
        follow(engine, 0)


def is_current(engine: DuckDBEngine, connection: sa.Connection) -> bool:
    """Whether the engine's copies have all that the store's ledger has: a process may end between the two."""
    ensure_ledger(engine)
    held = tuple(_number(engine, _count_sql(name)) for name in (resolve.LEDGER, resolve.LINKS))
    wanted = identifiers.count(connection), kept_links.last_number(connection)
    return held == wanted and _number(engine, _decisions_sql()) == decided(connection)


def mirror(engine: DuckDBEngine, connection: sa.Connection) -> None:
    """Copy the store's ledger into the engine, and let all events belong to whom it says."""
    for name in (resolve.LEDGER, resolve.LINKS, _MARK):
        engine.drop(name)
    ensure_ledger(engine)
    engine.append(resolve.LEDGER, identifiers.ledger(connection))
    engine.append(resolve.LINKS, kept_links.ledger(connection))
    follow(engine, decided(connection))
    engine.stage(_MOVED, Query(_owners_sql()))
    _move_events(engine, _MOVED)
    engine.drop(_MOVED)


def decided(connection: sa.Connection) -> int:
    """How much was decided: decisions of links, and versions of the limits."""
    return kept_links.decisions_count(connection) + len(definitions.versions(connection, KIND, NAME))


def follow(engine: DuckDBEngine, decisions: int) -> None:
    """Note how many decisions the engine's persons follow."""
    engine.drop(_MARK)
    engine.ensure(_MARK, _MARK_SCHEMA)
    engine.append(_MARK, pa.table({"decisions": [decisions]}))


# ---- who belongs to which account


def relink(engine: DuckDBEngine, catalog: Catalog) -> None:
    """Write anew who belongs to which account, from the persons and the ledger as the engine holds them.

    Whose links came or went is noted.
    """
    engine.ensure(BELONGING, BELONGING_SCHEMA)
    engine.ensure(resolve.LEDGER, resolve.LEDGER_SCHEMA)
    present = engine.schema("person") or ()
    traits = tuple(each for each in links.naming_accounts(catalog) if each[0] in present)
    engine.stage(links.LINKS_NOW, Query(links.links_sql(traits)) if traits else links.no_links())
    if engine.schema(links.JOINED) is not None:
        engine.insert(links.LINKS_NOW, Query(links.joined_links_sql()))
    moved = engine.fetch(Query(links.moved_links_sql()))
    if moved.num_rows:
        note(engine, "linked person", _keys(moved, "person"))
        note(engine, "linked account", _keys(moved, "account"))
        engine.drop(BELONGING)
        engine.ensure(BELONGING, BELONGING_SCHEMA)
        engine.insert(BELONGING, Query(links.links_now_sql()))
    engine.drop(links.LINKS_NOW)


def _keys(rows: pa.Table, subject: Subject) -> BitMap:
    return BitMap(np.unique(rows[KEY[subject]].to_numpy()).astype(np.uint32))


# ---- the SQL of each step, compiled once for files and messages of the same columns


Columns = tuple[tuple[str, "dtypes.DataType"], ...]


def _columns(engine: DuckDBEngine, name: str) -> Columns:
    schema = engine.schema(name)
    return tuple(schema.items()) if schema else ()


@lru_cache(maxsize=32)
def _combinations_sql(rows: str, held: Columns, kinds: tuple[str, ...], line: str) -> str:
    return to_sql(resolve.combinations(_table(rows, held), kinds, line))


@lru_cache(maxsize=64)
def _fresh_sql(who: Columns, kinds: tuple[str, ...], subject: Subject) -> str:
    return to_sql(resolve.fresh_identifiers(_table(_WHO, who), kinds, subject, parameter("next_identity", "int64")))


@lru_cache(maxsize=64)
def _pairs_sql(who: Columns, kinds: tuple[str, ...], subject: Subject) -> str:
    return to_sql(resolve.pairs(_table(_WHO, who), kinds, subject))


@lru_cache(maxsize=32)
def _keyed_sql(rows: str, held: Columns, kinds: tuple[str, ...], subject: Subject) -> str:
    return to_sql(resolve.keyed_rows(_table(rows, held), kinds, subject, KEY[subject]))


@kept_sql
def _fresh_numbers_sql() -> str:
    return to_sql(resolve.fresh_numbers())


@kept_sql
def _fresh_pairs_sql(subject: Subject) -> str:
    return to_sql(resolve.fresh_pairs(subject))


@kept_sql
def _placed_sql(subject: Subject) -> str:
    return to_sql(resolve.placed_identifiers(subject))


@kept_sql
def _apart_sql(subject: Subject) -> str:
    return to_sql(resolve.apart(subject))


@kept_sql
def _owners_sql() -> str:
    """The person of every identity."""
    known = ibis.table(resolve.LEDGER_SCHEMA, name=resolve.LEDGER)
    return to_sql(
        known.filter(known.subject == "person").select(**{IDENTITY: known.identity, KEY["person"]: known.key})
    )


@kept_sql
def _count_sql(name: str) -> str:
    return to_sql(ibis.table({"subject": "string"}, name=name).count())


@kept_sql
def _decisions_sql() -> str:
    return to_sql(ibis.table(_MARK_SCHEMA, name=_MARK).agg(n=lambda r: r.decisions.max().fill_null(0)))


def _table(name: str, columns: Columns) -> "ir.Table":
    return ibis.table(dict(columns), name=name)


def _number(engine: DuckDBEngine, sql: str) -> int:
    ((value,),) = engine.rows(Query(sql))
    return int(str(value)) if value is not None else -1
