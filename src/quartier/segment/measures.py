"""How each measure of events compiles: from rows that count to one value per person."""

from collections.abc import Callable
from typing import Literal, TypeAlias

import ibis
import ibis.expr.datatypes as dtypes
import ibis.expr.types as ir

from quartier.engine import EVENT_ID, KEY, OCCURRED_AT, exact_sum, local_time, parameter

DECIMALS = 6
PERSON_KEY = KEY["person"]
Which: TypeAlias = ir.BooleanValue | None
Measured: TypeAlias = Callable[[ir.Table, Which], ir.Value]


def _sum(rows: ir.Table, where: Which) -> ir.Value:
    return ibis.coalesce(exact_sum(rows.measured, where), 0.0).round(DECIMALS)


def _mean(rows: ir.Table, where: Which) -> ir.Value:
    total = exact_sum(rows.measured, where)
    return (total / rows.measured.count(where=where)).round(DECIMALS)


def _in_time(rows: ir.Table) -> list[ir.Value]:
    """The order of events, with the event's id deciding between events of one instant."""
    return [rows[OCCURRED_AT], rows[EVENT_ID]]


def _different(unit: Literal["D", "W", "M"]) -> Measured:
    """How many different days, weeks or months of the local calendar."""
    return lambda rows, where: local_time(rows[OCCURRED_AT], _ZONE).truncate(unit).nunique(where=where)


_ZONE = parameter("calendar", dtypes.string)
AGGREGATES: dict[str, Measured] = {
    "count": lambda rows, where: rows.count(where=where),
    "days": _different("D"),
    "weeks": _different("W"),
    "months": _different("M"),
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
"""What a measure gives per person from the rows that count, or from those of them where a condition holds."""
ORDERED = frozenset({"first", "last"})
"""The measures for which the event's id decides between events of one instant."""
CALENDAR = frozenset({"days", "weeks", "months"})
"""The measures that read the local calendar: their queries take its zone as `calendar`."""
MEASURES = (*AGGREGATES, "most_frequent")


def measured_per_person(rows: ir.Table, measure: str) -> ir.Table:
    """One row per person with rows that count: `person_key` and the measure's `value`."""
    if measure == "most_frequent":
        return _most_frequent(rows)
    return rows.group_by(PERSON_KEY).agg(value=AGGREGATES[measure](rows, None))


def _most_frequent(rows: ir.Table) -> ir.Table:
    """The known value that occurs most; of several, the one that occurred last; at one instant, the lowest."""
    known = rows.filter(rows.measured.notnull())
    counted = known.group_by(PERSON_KEY, "measured").agg(times=known.count(), latest=known[OCCURRED_AT].max())
    order = [counted.times.desc(), counted.latest.desc(), counted.measured.asc()]
    ranked = counted.mutate(rank=ibis.row_number().over(group_by=PERSON_KEY, order_by=order))
    return ranked.filter(ranked["rank"] == 0).select(PERSON_KEY, value=ranked.measured)
