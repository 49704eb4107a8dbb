"""Settling: the tables of persons and accounts are brought to what was said of their identities, and to the links."""

import ibis
import ibis.expr.datatypes as dtypes
import numpy as np
import pyarrow as pa
from pyroaring import BitMap

from quartier.catalog import SUBJECTS, Catalog, Subject
from quartier.engine import (
    IDENTITY,
    KEY,
    OCCURRED_AT,
    PUBLIC_ID,
    REST,
    SEQ,
    TRAIT,
    DuckDBEngine,
    Query,
    change_table,
    known_table,
    said_table,
    subject_schema,
)
from quartier.engine.feed import note
from quartier.identify import settling
from quartier.identify.public_ids import public_ids
from quartier.identify.rules import SAID_BY, SAID_BY_SCHEMA, follow_rules, ruled, rules_followed, rules_text
from quartier.identify.run import is_current, mirror, relink
from quartier.store import Store, catalogs

_MOVED = "staged_moved_keys"


def settle(
    engine: DuckDBEngine, catalog: Catalog, subject: Subject, keys: BitMap, *, secret: bytes, from_seq: int,
    moved: BitMap | None = None,
) -> None:  # fmt: skip
    """Write anew what is held of some persons or accounts; call it in the transaction that changed what was said.

    Args:
        engine: whose tables are brought up to date.
        catalog: the traits with their types.
        subject: persons or accounts.
        keys: whom something new was said of, or who has other identities than before; nobody else is looked at.
        secret: the workspace's, from which public ids are made.
        from_seq: the place in the order of arrival from which on changes are not there yet.
        moved: the keys to which other identities belong than before.
    """
    other = moved or BitMap()
    both = keys | other
    if not both:
        return
    place = np.asarray(both.to_array(), np.int64)
    is_moved = np.isin(place, np.asarray(other.to_array(), np.int64))
    engine.stage(settling.SETTLED, pa.table({"key": pa.array(place, pa.int32()), "is_moved": is_moved}))
    engine.stage(settling.MEMBERS, Query(settling.members_sql(subject)))
    rules = ruled_present(engine, catalog, subject)
    if rules or _number(engine, settling.many_sql()):
        _stage_history(engine, catalog, subject, rules)
    _write_rows(engine, catalog, subject, secret, rules)
    _write_known(engine, subject)
    _write_changes(engine, subject, from_seq, rules)
    note(engine, subject, both)
    for name in (settling.SETTLED, settling.MEMBERS, settling.ROWS, settling.IDS, settling.HISTORY, _MOVED):
        engine.drop(name)


def settle_all(engine: DuckDBEngine, catalog: Catalog, *, secret: bytes) -> None:
    """Write anew what is held of everybody, and of which accounts they are: when nobody knows who had moved."""
    for subject in SUBJECTS:
        if engine.schema(said_table(subject)) is None:
            continue
        held = engine.keys(Query(settling.everybody_sql(subject)))
        with engine.transaction():
            settle(engine, catalog, subject, BitMap(), secret=secret, from_seq=0, moved=BitMap(held))
    follow_rules(engine, catalog)
    relink(engine, catalog)


def complete_ledger(store: Store, engine: DuckDBEngine) -> None:
    """Bring the engine to the store's ledger where it is behind: a process ended after the one and before the other."""
    with store.begin() as connection:
        if is_current(engine, connection):
            return
        mirror(engine, connection)
        catalog = catalogs.load(connection)
    settle_all(engine, catalog, secret=store.secret)


def ruled_present(engine: DuckDBEngine, catalog: Catalog, subject: Subject) -> settling.Rules:
    """The traits with a rule of which something was ever said."""
    said = engine.schema(said_table(subject)) or {}
    return tuple(each for each in ruled(catalog, subject) if each.name in said)


def complete_rules(store: Store, engine: DuckDBEngine) -> None:
    """Hold the values that the catalog's rules choose, where the tables follow other rules."""
    with store.begin() as connection:
        catalog = catalogs.load(connection)
    if rules_followed(engine) != rules_text(catalog):
        settle_all(engine, catalog, secret=store.secret)


def _write_rows(engine: DuckDBEngine, catalog: Catalog, subject: Subject, secret: bytes, rules: settling.Rules) -> None:
    key, public = KEY[subject], PUBLIC_ID[subject]
    said = {name: type_ for name, type_ in (engine.schema(said_table(subject)) or {}).items() if name != IDENTITY}
    rest = {REST: dtypes.string} if REST in said else {}
    engine.widen(subject, ibis.schema({**subject_schema(catalog, subject), **rest}))
    held = engine.schema(subject) or {}
    computed = {name: type_ for name, type_ in held.items() if name not in said and name not in (key, public)}
    fresh = engine.keys(Query(settling.keys_without_row_sql(subject))).tolist()
    ids = pa.array(public_ids(fresh, subject, secret), pa.string())
    engine.stage(settling.IDS, pa.table({"id_key_": pa.array(fresh, pa.int32()), "id_": ids}))
    given, others = tuple(said.items()), tuple(computed.items())
    engine.stage(settling.ROWS, Query(settling.rows_sql(subject, given, others, rules)))
    engine.remove_keys(subject, key, settling.SETTLED)
    engine.insert(subject, Query(settling.all_rows_sql(subject, given, others)))


def _write_known(engine: DuckDBEngine, subject: Subject) -> None:
    engine.remove_keys(known_table(subject), KEY[subject], settling.SETTLED)
    engine.insert(known_table(subject), Query(settling.known_sql(subject)))


def _write_changes(engine: DuckDBEngine, subject: Subject, from_seq: int, rules: settling.Rules) -> None:
    """Add what is new to the history; that of those who have other identities than before is written anew."""
    table, since = change_table(subject), {"from_seq": from_seq}
    engine.stage(settling.ROWS, Query(settling.new_changes_sql(subject, rules), since))
    engine.stage(_MOVED, Query(settling.moved_sql()))
    if _number(engine, settling.count_sql(_MOVED)):
        engine.remove_keys(table, KEY[subject], _MOVED)
        engine.insert(settling.ROWS, Query(settling.alone_changes_sql(subject, rules)))
    if engine.schema(settling.HISTORY) is not None:
        engine.insert(settling.ROWS, Query(settling.many_changes_sql(subject, rules), since))
    ((n, first),) = engine.rows(Query(settling.extent_sql()))
    if n:
        engine.insert(table, Query(settling.ordered_changes_sql(subject)))
    if n and int(str(first)) < from_seq:  # what is older than the end of the table is among them
        engine.sort(table, OCCURRED_AT, SEQ, TRAIT, KEY[subject])


def _stage_history(engine: DuckDBEngine, catalog: Catalog, subject: Subject, rules: settling.Rules) -> None:
    """Stage all that was ever said under the identities of persons who have several; of traits with a rule of all."""
    if rules:
        engine.ensure(SAID_BY, SAID_BY_SCHEMA)
    names = {each.name for each in rules}
    engine.drop(settling.HISTORY)
    engine.ensure(settling.HISTORY, settling.history_schema())
    said = engine.schema(said_table(subject)) or {}
    for trait in (each for each in catalog.traits if each.of == subject and each.name in said):
        engine.insert(
            settling.HISTORY, Query(settling.firsts_sql(subject, trait.name, trait.type, trait.name in names))
        )
    engine.insert(settling.HISTORY, Query(settling.later_sql(subject, rules)))


def _number(engine: DuckDBEngine, sql: str) -> int:
    ((n,),) = engine.rows(Query(sql))
    return int(str(n))
