"""Identification, thin: keys for the identifiers of a staged file, and public ids for keys."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import sqlalchemy as sa
from pyroaring import BitMap

from quartier.catalog import Catalog, Subject
from quartier.engine import BELONGING, BELONGING_SCHEMA, KEY, DuckDBEngine, Query, to_sql
from quartier.engine.feed import note
from quartier.identify import links, resolve
from quartier.store import identifiers

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
    import ibis

    def staged(name: str) -> ibis.expr.types.Table:
        return ibis.table(engine.schema(name), name=name)

    engine.ensure(resolve.LEDGER, resolve.LEDGER_SCHEMA)
    engine.stage(_FRESH, identifiers.SCHEMA.empty_table())
    engine.stage(_WHO, Query(to_sql(resolve.combinations(staged(rows), kinds, line))))
    shared = {}
    for place, kind in enumerate(kinds):
        fresh = resolve.fresh_identifiers(staged(_WHO), kind, kinds[place + 1 :], subject, next_key)
        engine.stage(_STEP, Query(to_sql(fresh)))
        if place:  # the strongest identifier of a row is that of its person
            shared[kind] = _number(engine, resolve.shared(staged(_WHO), kind, staged(_STEP), subject))
        if kinds[place + 1 :]:
            engine.stage(_WHO, Query(to_sql(resolve.with_key(staged(_WHO), kind, staged(_STEP), subject))))
        engine.insert(_FRESH, Query(to_sql(staged(_STEP))))
        highest = _number(engine, staged(_STEP).agg(n=lambda r: r.key.max()))
        next_key = max(next_key, highest + 1)
    keyed = resolve.keyed_rows(staged(rows), kinds, staged(_FRESH), subject, key)
    engine.stage(into, Query(to_sql(keyed)))
    found = engine.fetch(Query(to_sql(staged(_FRESH).order_by("key", "kind", "value"))))
    for name in (_WHO, _STEP, _FRESH):
        engine.drop(name)
    return Identified(into, found.cast(identifiers.SCHEMA), {kind: n for kind, n in shared.items() if n})


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


def _number(engine: DuckDBEngine, expression: object) -> int:
    ((value,),) = engine.rows(Query(to_sql(expression)))
    return int(str(value)) if value is not None else -1
