"""How each measure of events compiles: from rows that count to one value per person."""

from collections.abc import Callable

import ibis
import ibis.expr.datatypes as dtypes
import ibis.expr.types as ir

from quartier.engine import EVENT_ID, OCCURRED_AT

DECIMALS = 6


def _body(x: float) -> None:
    """Never run: the engine's own function."""


_exact_sum = ibis.udf.agg.builtin(_body, name="fsum", signature=((dtypes.float64,), dtypes.float64))
"""DuckDB's compensated sum, whose error does not grow with the number of rows."""


def _sum(rows: ir.Table) -> ir.Value:
    return ibis.coalesce(_exact_sum(rows.measured.cast("float64")), 0.0).round(DECIMALS)


def _mean(rows: ir.Table) -> ir.Value:
    return (_exact_sum(rows.measured.cast("float64")) / rows.measured.count()).round(DECIMALS)


def _in_time(rows: ir.Table) -> list[ir.Value]:
    """The order of events, with the event's id deciding between events of one instant."""
    return [rows[OCCURRED_AT], rows[EVENT_ID]]


MEASURES: dict[str, Callable[[ir.Table], ir.Value]] = {
    "count": lambda rows: rows.count(),
    "distinct": lambda rows: rows.measured.nunique(),
    "sum": _sum,
    "mean": _mean,
    "min": lambda rows: rows.measured.min(),
    "max": lambda rows: rows.measured.max(),
    "first": lambda rows: rows.measured.first(order_by=_in_time(rows), include_null=True),
    "last": lambda rows: rows.measured.last(order_by=_in_time(rows), include_null=True),
    "days_since_first": lambda rows: rows[OCCURRED_AT].min(),
    "days_since_last": lambda rows: rows[OCCURRED_AT].max(),
}
