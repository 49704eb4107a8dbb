"""The history of what was said under each identifier: what an import changes, and since when each is known.

A change is kept where a value takes the place of another one, or of none under an identifier that was known before. The
values with which one first arrives are no change: that they are held from then on is said once, not per value. What
that makes of persons is `identify`'s.
"""

import datetime as dt
from collections.abc import Iterable, Sequence

import ibis
import ibis.expr.datatypes as dtypes
import ibis.expr.types as ir
import pyarrow as pa

from quartier.catalog import Catalog, Subject, Trait, ValueType
from quartier.collect.tables import count, table
from quartier.engine import (
    IDENTITY,
    KEY,
    OCCURRED_AT,
    SEQ,
    TRAIT,
    DuckDBEngine,
    Query,
    change_columns,
    change_table,
    dtype_of,
    history_schemas,
    naive_utc,
    parameter,
    said_change_table,
    said_known_table,
    said_schemas,
    said_table,
    to_sql,
)
from quartier.engine.compiler import Scalar

_CHANGED = "staged_changes"


def keep_changes(
    engine: DuckDBEngine,
    catalog: Catalog,
    subject: Subject,
    staged: str,
    names: Sequence[str],
    at: dt.datetime,
    seq: int,
) -> None:
    """Note which values staged rows change under identifiers that are known, before they are merged."""
    ensure_history(engine)
    traits = [trait for name in names if (trait := catalog.trait(name, subject))]
    if not traits:
        return
    engine.stage(_CHANGED, Query(to_sql(_changed_rows(engine, subject, staged, [each.name for each in traits]))))
    if count(engine, _CHANGED):
        given: dict[str, Scalar] = {"instant": naive_utc(at), "seq": seq}
        for trait in traits:
            changes = _changes_of(table(engine, _CHANGED), trait)
            engine.insert(said_change_table(subject), Query(to_sql(changes), given))
    engine.drop(_CHANGED)


def keep_arrivals(engine: DuckDBEngine, subject: Subject, identities: Iterable[int], at: dt.datetime, seq: int) -> None:
    """Note since when new identifiers are known."""
    arrived = pa.array(list(identities), pa.int32())
    instants = pa.repeat(pa.scalar(naive_utc(at), pa.timestamp("us")), len(arrived))
    places = pa.repeat(pa.scalar(seq, pa.int64()), len(arrived))
    engine.append(said_known_table(subject), pa.table({IDENTITY: arrived, OCCURRED_AT: instants, SEQ: places}))


def retype_changes(engine: DuckDBEngine, catalog: Catalog, subject: Subject) -> None:
    """Move the earlier values of traits that another type has now; call it before the columns of the subject change."""
    for values, changes, key in (
        (said_table(subject), said_change_table(subject), IDENTITY),
        (subject, change_table(subject), KEY[subject]),
    ):
        present = engine.schema(values) or {}
        if engine.schema(changes) is None:
            continue
        for trait in (each for each in catalog.traits if each.of == subject and each.name in present):
            held = _without_scale(present[trait.name])
            if held != dtype_of(trait.type):
                _retype(engine, changes, key, trait, _TYPE_OF[held])


def ensure_history(engine: DuckDBEngine) -> None:
    """Make the tables of history where they are not: what came before them has no earlier values until a rebuild."""
    for name, schema in (history_schemas() | said_schemas()).items():
        engine.ensure(name, schema)


def _retype(engine: DuckDBEngine, stored: str, key: str, trait: Trait, old: ValueType) -> None:
    own = table(engine, stored).filter(lambda rows: rows[TRAIT] == trait.name)
    sides = zip(change_columns(trait.type), change_columns(old), strict=True)
    values = {to: own[came_from].try_cast(dtype_of(trait.type)) for to, came_from in sides}
    engine.stage(_CHANGED, Query(to_sql(own.select(key, OCCURRED_AT, SEQ, TRAIT, **values))))
    engine.remove(stored, _CHANGED, TRAIT)
    engine.insert(stored, Query(to_sql(table(engine, _CHANGED))))
    engine.sort(stored, OCCURRED_AT, SEQ)
    engine.drop(_CHANGED)


def _without_scale(held: dtypes.DataType) -> dtypes.DataType:
    """The type of a column as the catalog says it: the engine adds how fine its instants are."""
    return dtypes.Timestamp(timezone=held.timezone) if isinstance(held, dtypes.Timestamp) else held


def _changed_rows(engine: DuckDBEngine, subject: Subject, staged: str, names: Sequence[str]) -> ir.Table:
    """The staged rows that change something, beside the values held until now."""
    fresh, known = table(engine, staged), table(engine, said_table(subject))
    held = known.select(held_key=known[IDENTITY], **{was(name): known[name] for name in names})
    both = fresh.join(held, fresh[IDENTITY] == held.held_key)
    return both.filter(ibis.or_(*(is_other(both, name) for name in names)))


def _changes_of(rows: ir.Table, trait: Trait) -> ir.Table:
    """The changes of one trait, in order of the identities."""
    before, after = change_columns(trait.type)
    found = rows.filter(is_other(rows, trait.name)).order_by(IDENTITY)
    instant, seq = parameter("instant", dtypes.timestamp), parameter("seq", dtypes.int64)
    fixed = {OCCURRED_AT: instant, SEQ: seq, TRAIT: ibis.literal(trait.name)}
    return found.select(IDENTITY, **fixed, **{before: found[was(trait.name)], after: found[trait.name]})


def is_other(rows: ir.Table, name: str) -> ir.BooleanValue:
    """Whether a value is given that is not the one held; what is not given leaves what is there."""
    return rows[name].notnull() & ~rows[name].identical_to(rows[was(name)])


def was(name: str) -> str:
    """The column of staged rows that holds the value held until then."""
    return f"was_{name}"


_TYPE_OF = {dtype_of(each): each for each in ValueType if each is not ValueType.LINES}
