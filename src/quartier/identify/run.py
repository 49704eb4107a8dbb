"""Identification, thin: keys for the identifiers of a staged file, and public ids for keys."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import sqlalchemy as sa
from pyroaring import BitMap

from quartier.catalog import Catalog, Subject
from quartier.engine import BELONGING, BELONGING_SCHEMA, KEY, DuckDBEngine, Query, parameter, to_sql
from quartier.engine.feed import note
from quartier.identify import links, resolve
from quartier.store import identifiers

if TYPE_CHECKING:
    import ibis.expr.datatypes as dtypes
    import ibis.expr.types as ir

_WHO, _FRESH, _STEP = "staged_who", "staged_fresh", "staged_fresh_step"
_PREFIX = {"person": "p", "account": "a"}


@dataclass(frozen=True)
class Identified:
    """What identification did: the staged table with keys, the new identifiers, how many subjects are new."""

    table: str
    fresh: pa.Table
    shared: dict[str, int]

    @property
    def is_new(self) -> bool:
        """Whether any identifier was not known."""
        return bool(self.fresh.num_rows)


def identify(
    engine: DuckDBEngine,
    rows: str,
    kinds: Sequence[str],
    subject: Subject,
    *,
    next_key: int,
    line: str,
    key: str,
    into: str,
) -> Identified:
    """Stage `rows` again as `into`, with the column `key`; nothing else is written."""
    named, held = tuple(kinds), _columns(engine, rows)
    engine.ensure(resolve.LEDGER, resolve.LEDGER_SCHEMA)
    engine.stage(_FRESH, identifiers.SCHEMA.empty_table())
    engine.stage(_WHO, Query(_combinations_sql(rows, held, named, line)))
    who = _columns(engine, _WHO)
    shared = {}
    for place, kind in enumerate(named):
        weaker = named[place + 1 :]
        engine.stage(_STEP, Query(_fresh_sql(who, kind, weaker, subject), {"next_key": next_key}))
        if place:  # the strongest identifier of a row is that of its person
            shared[kind] = _number(engine, _shared_sql(who, kind, subject))
        if weaker:
            engine.stage(_WHO, Query(_with_key_sql(who, kind, subject)))
        engine.insert(_FRESH, Query(_all_sql(_STEP)))
        next_key = max(next_key, _number(engine, _highest_sql()) + 1)
    engine.stage(into, Query(_keyed_sql(rows, held, named, subject, key)))
    found = engine.fetch(Query(_found_sql()))
    for name in (_WHO, _STEP, _FRESH):
        engine.drop(name)
    return Identified(into, found.cast(identifiers.SCHEMA), {kind: n for kind, n in shared.items() if n})


# ---- the SQL of each step, compiled once for files and messages of the same columns


Columns = tuple[tuple[str, "dtypes.DataType"], ...]


def _columns(engine: DuckDBEngine, name: str) -> Columns:
    schema = engine.schema(name)
    return tuple(schema.items()) if schema else ()


@lru_cache(maxsize=32)
def _combinations_sql(rows: str, held: Columns, kinds: tuple[str, ...], line: str) -> str:
    return to_sql(resolve.combinations(_table(rows, held), kinds, line))


@lru_cache(maxsize=64)
def _fresh_sql(who: Columns, kind: str, weaker: tuple[str, ...], subject: Subject) -> str:
    next_key = parameter("next_key", "int64")
    return to_sql(resolve.fresh_identifiers(_table(_WHO, who), kind, weaker, subject, next_key))


@lru_cache(maxsize=64)
def _shared_sql(who: Columns, kind: str, subject: Subject) -> str:
    return to_sql(resolve.shared(_table(_WHO, who), kind, _fresh_table(_STEP), subject))


@lru_cache(maxsize=64)
def _with_key_sql(who: Columns, kind: str, subject: Subject) -> str:
    return to_sql(resolve.with_key(_table(_WHO, who), kind, _fresh_table(_STEP), subject))


@lru_cache(maxsize=32)
def _keyed_sql(rows: str, held: Columns, kinds: tuple[str, ...], subject: Subject, key: str) -> str:
    return to_sql(resolve.keyed_rows(_table(rows, held), kinds, _fresh_table(_FRESH), subject, key))


@lru_cache(maxsize=2)
def _all_sql(name: str) -> str:
    return to_sql(_fresh_table(name))


@lru_cache(maxsize=1)
def _highest_sql() -> str:
    return to_sql(_fresh_table(_STEP).agg(n=lambda r: r.key.max()))


@lru_cache(maxsize=1)
def _found_sql() -> str:
    return to_sql(_fresh_table(_FRESH).order_by("key", "kind", "value"))


def _table(name: str, columns: Columns) -> "ir.Table":
    import ibis

    return ibis.table(dict(columns), name=name)


def _fresh_table(name: str) -> "ir.Table":
    return _table(name, tuple(resolve.LEDGER_SCHEMA.items()))


def relink(engine: DuckDBEngine, catalog: Catalog) -> None:
    """Write anew who belongs to which account, from the persons and the ledger as the engine holds them.

    Whose links came or went is noted.
    """
    engine.ensure(BELONGING, BELONGING_SCHEMA)
    engine.ensure(resolve.LEDGER, resolve.LEDGER_SCHEMA)
    present = engine.schema("person") or ()
    traits = tuple(each for each in links.naming_accounts(catalog) if each[0] in present)
    engine.stage(links.LINKS_NOW, Query(links.links_sql(traits)) if traits else links.no_links())
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


def mirror(engine: DuckDBEngine, connection: sa.Connection) -> None:
    """Copy the store's ledger into the engine."""
    engine.drop(resolve.LEDGER)
    engine.ensure(resolve.LEDGER, resolve.LEDGER_SCHEMA)
    engine.append(resolve.LEDGER, identifiers.ledger(connection))


def public_ids(keys: Sequence[int], subject: Subject, secret: bytes) -> list[str]:
    """Opaque ids: the same key has the same id in this workspace and another one elsewhere."""
    prefix = _PREFIX[subject]
    seeded = hashlib.blake2b(key=secret, digest_size=_BYTES, person=prefix.encode())
    digests = b"".join(_digest(seeded, key) for key in keys)
    return [f"{prefix}_{text}" for text in _base32(digests)]


_BYTES, _LETTERS, _BITS = 10, 16, 5
_ALPHABET = np.frombuffer(b"abcdefghijklmnopqrstuvwxyz234567", np.uint8)


def _digest(seeded: hashlib.blake2b, key: int) -> bytes:
    one = seeded.copy()
    one.update(key.to_bytes(4, "big"))
    return one.digest()


def _base32(digests: bytes) -> list[str]:
    """All digests in lower-case base 32 at once: the standard library takes one after the other."""
    bits = np.unpackbits(np.frombuffer(digests, np.uint8)).reshape(-1, _BITS)
    letters = _ALPHABET[bits @ np.array([16, 8, 4, 2, 1], np.uint8)].tobytes().decode("ascii")
    return [letters[place : place + _LETTERS] for place in range(0, len(letters), _LETTERS)]


def _number(engine: DuckDBEngine, sql: str) -> int:
    ((value,),) = engine.rows(Query(sql))
    return int(str(value)) if value is not None else -1
