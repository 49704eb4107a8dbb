"""Persons and accounts as messages tell of them: who is new, what their traits are, what changed and since when.

All is as if each message had been projected by itself: a value that replaces another one within a chunk is a change,
too. The last message in the journal's order has the say.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import ibis
import ibis.expr.datatypes as dtypes
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa

from quartier.catalog import Catalog, Subject, Trait, ValueType
from quartier.collect.changing import ensure_history, is_other, retype_changes, was
from quartier.collect.convert import two_arguments
from quartier.collect.projector.chunks import Chunk
from quartier.collect.projector.fitting import Column
from quartier.collect.projector.reading import CALL, GROUP
from quartier.collect.projector.spreading import spread_sql
from quartier.collect.tables import count
from quartier.engine import (
    IDENTITY,
    OCCURRED_AT,
    REST,
    SEQ,
    TRAIT,
    DuckDBEngine,
    Query,
    change_columns,
    dtype_of,
    kept_sql,
    parameter,
    said_change_schema,
    said_change_table,
    said_known_table,
    said_schema,
    said_table,
    to_sql,
)
from quartier.engine.ndjson import NUMBER

TRAITS, ARRIVED = "staged_traits", "staged_arrived"
BELONGS = "account"
"""The trait of a person that holds the account's identifier, as files of persons have it."""

SENT_UNDER: Mapping[Subject, Mapping[str, str]] = {
    "person": {"user_id": "user_id", "anonymous_id": "anonymous_id"},
    "account": {BELONGS: GROUP},
}
"""The traits that hold what messages are sent under, and where it is staged."""

_CHANGED, _CHANGES, _INSTANTS, _LAST = "staged_changed", "staged_changes", "staged_instants", "staged_last"
_FIRST = "first_"
_ARRIVED_SCHEMA = {_FIRST: "int64"}
Named = tuple[tuple[str, ValueType], ...]


def make_room(engine: DuckDBEngine, catalog: Catalog, subject: Subject) -> None:
    """Bring the table of what was said of persons or accounts, and its history, to the catalog's traits."""
    ensure_history(engine)
    retype_changes(engine, catalog, subject)
    engine.widen(said_table(subject), ibis.schema({**said_schema(catalog, subject), REST: dtypes.string}))


def write_new(engine: DuckDBEngine, subject: Subject, keyed: str, chunk: Chunk, before: int) -> None:
    """Add the identifiers that are new, known since the first message that came under them; stages them.

    `before` counts the imports.
    """
    arrived = engine.fetch(Query(_new_sql(subject, keyed)))
    engine.stage(ARRIVED, arrived)
    engine.append(said_table(subject), pa.table({IDENTITY: arrived[IDENTITY]}))
    numbers = arrived[_FIRST].to_numpy()
    known = {OCCURRED_AT: pa.array(chunk.instants_of(numbers), pa.timestamp("us")), SEQ: pa.array(numbers + before)}
    engine.append(said_known_table(subject), pa.table({IDENTITY: arrived[IDENTITY], **known}))


def write_sent_under(engine: DuckDBEngine, catalog: Catalog, subject: Subject, keyed: str) -> None:
    """Put the identifiers that messages were sent under among the traits; their changes are not kept."""
    named = tuple(each for each in SENT_UNDER[subject].items() if _is_text(catalog.trait(each[0], subject)))
    if named:
        engine.stage(_LAST, Query(_sent_under_sql(keyed, named)))
        engine.merge_staged(said_table(subject), IDENTITY, _LAST, [IDENTITY, *(name for name, _ in named)])
        engine.drop(_LAST)


def stage_traits(
    engine: DuckDBEngine, catalog: Catalog, subject: Subject, keyed: str, columns: tuple[Column, ...], has_odd: bool
) -> Named:
    """Stage the traits that messages give, one row per message. Returns their names and types."""
    carried = ((IDENTITY, "int32"), (NUMBER, "int64"))
    engine.stage(TRAITS, Query(spread_sql(keyed, carried, columns, has_odd), {"table": subject}))
    named = tuple((each.name, each.type) for each in columns)
    if subject == "person" and _is_text(catalog.trait(BELONGS)):
        engine.ensure(TRAITS, ibis.schema({BELONGS: dtypes.string}))
        engine.insert(TRAITS, Query(_belonging_sql(keyed)))
        return (*named, (BELONGS, ValueType.TEXT))
    return named


def write_traits(engine: DuckDBEngine, subject: Subject, named: Named, chunk: Chunk, before: int) -> None:
    """Note the changes that staged traits bring, then put the last values in; `before` counts the imports."""
    if not named or not count(engine, TRAITS):
        return
    engine.stage(_CHANGED, Query(_changed_sql(subject, named)))
    if count(engine, _CHANGED):
        _write_changes(engine, subject, named, chunk, before)
    engine.drop(_CHANGED)
    engine.stage(_LAST, Query(_last_sql(TRAITS, named)))
    engine.merge_staged(said_table(subject), IDENTITY, _LAST, [IDENTITY, *(name for name, _ in named)])
    engine.drop(_LAST)


def _write_changes(engine: DuckDBEngine, subject: Subject, named: Named, chunk: Chunk, before: int) -> None:
    numbers = np.unique(engine.fetch(Query(_numbers_sql()))[NUMBER].to_numpy())
    instants = pa.array(chunk.instants_of(numbers), pa.timestamp("us"))
    engine.stage(_INSTANTS, pa.table({NUMBER: numbers, OCCURRED_AT: instants}))
    engine.stage(_CHANGES, Query(_no_changes_sql(subject)))
    for name, type_ in named:
        engine.insert(_CHANGES, Query(_changes_sql(name, type_), {"before": before}))
    engine.insert(said_change_table(subject), Query(_ordered_changes_sql(subject)))
    for each in (_INSTANTS, _CHANGES):
        engine.drop(each)


def _is_text(trait: Trait | None) -> bool:
    return trait is not None and trait.type is ValueType.TEXT and trait.origin == "given"


@kept_sql
def _new_sql(subject: Subject, keyed: str) -> str:
    rows = ibis.table({IDENTITY: "int32", NUMBER: "int64"}, name=keyed)
    held = ibis.table({IDENTITY: "int32"}, name=said_table(subject))
    unknown = rows.filter(rows[IDENTITY].notnull()).anti_join(held, IDENTITY)
    return to_sql(unknown.group_by(IDENTITY).agg(**{_FIRST: lambda r: r[NUMBER].min()}).order_by(IDENTITY))


@kept_sql
def _belonging_sql(keyed: str) -> str:
    rows = ibis.table({IDENTITY: "int32", NUMBER: "int64", CALL: "string", GROUP: "string"}, name=keyed)
    groups = rows.filter(rows[CALL] == "group", rows[IDENTITY].notnull())
    return to_sql(groups.select(IDENTITY, NUMBER, **{BELONGS: groups[GROUP]}))


@lru_cache(maxsize=256)
def _last_sql(staged: str, named: Named) -> str:
    """Of every trait the last value that messages give, one row per person or account."""
    rows = _staged(staged, named)
    return to_sql(rows.group_by(IDENTITY).agg(**{name: _last(rows[name], rows[NUMBER]) for name, _ in named}))


@kept_sql
def _sent_under_sql(staged: str, named: tuple[tuple[str, str], ...]) -> str:
    rows = _staged(staged, tuple((place, ValueType.TEXT) for _, place in named))
    last = {name: _last(rows[place], rows[NUMBER]) for name, place in named}
    return to_sql(rows.group_by(IDENTITY).agg(**last))


@lru_cache(maxsize=256)
def _changed_sql(subject: Subject, named: Named) -> str:
    """The messages that change something, with the values held until then."""
    rows = _staged(TRAITS, named)
    arrived = ibis.table({IDENTITY: "int32", **_ARRIVED_SCHEMA}, name=ARRIVED)
    held = ibis.table({IDENTITY: "int32", **{name: dtype_of(type_) for name, type_ in named}}, name=said_table(subject))
    held = held.select(IDENTITY, **{f"held_{name}": held[name] for name, _ in named})
    both = (
        rows.left_join(arrived, IDENTITY).drop(f"{IDENTITY}_right").left_join(held, IDENTITY).drop(f"{IDENTITY}_right")
    )
    earlier = ibis.window(group_by=both[IDENTITY], order_by=both[NUMBER], preceding=(None, 1))
    before = {was(name): _last(both[name], both[NUMBER]).over(earlier) for name, _ in named}
    told = both.mutate(**before)
    told = told.mutate(**{was(name): ibis.coalesce(told[was(name)], told[f"held_{name}"]) for name, _ in named})
    is_first = (told[NUMBER] == told[_FIRST]).fill_null(False)
    changed = told.filter(~is_first & ibis.or_(*(is_other(told, name) for name, _ in named)))
    return to_sql(changed.select(IDENTITY, NUMBER, *(name for name, _ in named), *before), in_steps=True)


@kept_sql
def _numbers_sql() -> str:
    return to_sql(ibis.table({NUMBER: "int64"}, name=_CHANGED))


@kept_sql
def _no_changes_sql(subject: Subject) -> str:
    return to_sql(ibis.table(said_change_schema(subject), name=said_change_table(subject)).limit(0))


@lru_cache(maxsize=512)
def _changes_sql(name: str, type_: ValueType) -> str:
    """The changes of one trait; the place of a message among all that arrived, files too, is its `seq`."""
    before, after = change_columns(type_)
    own = {name: dtype_of(type_), was(name): dtype_of(type_)}
    rows = ibis.table({IDENTITY: "int32", NUMBER: "int64", **own}, name=_CHANGED)
    instants = ibis.table({NUMBER: "int64", OCCURRED_AT: "timestamp"}, name=_INSTANTS)
    found = rows.filter(is_other(rows, name)).join(instants, NUMBER)
    seq = found[NUMBER] + parameter("before", dtypes.int64)
    values = {before: found[was(name)], after: found[name]}
    return to_sql(found.select(IDENTITY, found[OCCURRED_AT], **{SEQ: seq, TRAIT: ibis.literal(name)}, **values))


@kept_sql
def _ordered_changes_sql(subject: Subject) -> str:
    return to_sql(ibis.table(said_change_schema(subject), name=_CHANGES).order_by(OCCURRED_AT, SEQ, TRAIT, IDENTITY))


def _staged(name: str, named: Sequence[tuple[str, ValueType]]) -> ir.Table:
    own = {trait: dtype_of(type_) for trait, type_ in named}
    rows = ibis.table({IDENTITY: "int32", NUMBER: "int64", **own}, name=name)
    return rows.filter(rows[IDENTITY].notnull())


def _last(value: ir.Value, number: ir.Value) -> Any:
    """The value of the highest number, of those that are given."""
    dtype = value.type()
    return ibis.udf.agg.builtin(two_arguments, name="arg_max", signature=((dtype, dtypes.int64), dtype))(value, number)
