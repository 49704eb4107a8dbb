"""How each measure of events compiles: from rows that count to one value per person."""

from collections.abc import Callable
from typing import TypeAlias

import ibis
import ibis.expr.types as ir

from quartier.engine import EVENT_ID, OCCURRED_AT, exact_sum

DECIMALS = 6
Which: TypeAlias = ir.BooleanValue | None


def _sum(rows: ir.Table, where: Which) -> ir.Value:
    return ibis.coalesce(exact_sum(rows.measured, where), 0.0).round(DECIMALS)


def _mean(rows: ir.Table, where: Which) -> ir.Value:
    total = exact_sum(rows.measured, where)
    return (total / rows.measured.count(where=where)).round(DECIMALS)


def _in_time(rows: ir.Table) -> list[ir.Value]:
    """The order of events, with the event's id deciding between events of one instant."""
    return [rows[OCCURRED_AT], rows[EVENT_ID]]


MEASURES: dict[str, Callable[[ir.Table, Which], ir.Value]] = {
    "count": lambda rows, where: rows.count(where=where),
    "distinct": lambda rows, where: rows.measured.nunique(where=where),
    "sum": _sum,
    "mean": _mean,
    "min": lambda rows, where: rows.measured.min(where=where),
    "max": lambda rows, where: rows.measured.max(where=where),
    "first": lambda rows, where: rows.measured.first(order_by=_in_time(rows), where=where, include_null=True),
    "last": lambda rows, where: rows.measured.last(order_by=_in_time(rows), where=where, include_null=True),
    "days_since_first": lambda rows, where: rows[OCCURRED_AT].min(where=where),
    "days_since_last": lambda rows, where: rows[OCCURRED_AT].max(where=where),
}
"""What each measure gives per person from the rows that count, or from those of them where a condition holds."""
