"""The values that a trait or a property takes most often, with how often: what a form offers while it is filled in."""

from typing import Any

import ibis
import ibis.expr.types as ir

from quartier.catalog import EventType, Trait, ValueType
from quartier.engine import DuckDBEngine, Query, dtype_of, kept_sql, to_sql

MOST = 20
"""So many values are offered."""
OFFERED = frozenset({ValueType.TEXT, ValueType.TEXTS, ValueType.INTEGER})
"""The types of which single values are worth offering."""

Counted = list[tuple[Any, int]]


def values_of_trait(engine: DuckDBEngine, trait: Trait, most: int = MOST) -> Counted:
    """The most frequent values of a trait, each with for how many persons (or accounts) it is so."""
    return _counted(engine, _sql(trait.of, "", trait.name, trait.type, most)) if trait.type in OFFERED else []


def values_of_property(engine: DuckDBEngine, event: EventType, path: str, most: int = MOST) -> Counted:
    """The most frequent values of an event's property, each with how many events (or lines) have it."""
    declared = event.property(path)
    if declared is None or declared.type not in OFFERED or engine.schema(event.table) is None:
        return []
    head, _, line = path.partition(".")
    return _counted(engine, _sql(event.table, head if line else "", line or head, declared.type, most))


def _counted(engine: DuckDBEngine, sql: str) -> Counted:
    return [(value, int(str(n))) for value, n in engine.rows(Query(sql))]


@kept_sql
def _sql(table: str, lines: str, name: str, type_: ValueType, most: int) -> str:
    column = dtype_of(type_) if not lines else f"array<struct<{name}: {dtype_of(type_)}>>"
    rows: ir.Table = ibis.table({lines or name: column}, name=table)
    values = rows.select(value=rows[lines].unnest()[name]) if lines else rows.select(value=rows[name])
    if type_ is ValueType.TEXTS:
        values = values.select(value=values.value.unnest())
    known = values.filter(values.value.notnull())
    counts = known.group_by("value").agg(n=lambda each: each.count())
    return to_sql(counts.order_by(ibis.desc("n"), "value").limit(most))
