"""Cohorts: the customers of each month of first order, and how many of them ordered again in each month after.

A customer counts in each month with an order, whether or not there was one in between: this is activity by month, not
survival. Shares that fall ever more slowly along a row are no sign of growing loyalty: those who leave early are gone
(Fader and Hardie, "How to Project Customer Retention", Journal of Interactive Marketing 21, 2007).
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import ibis.expr.types as ir
import pyarrow as pa

from quartier.analyse.months import every_month, month_of
from quartier.analyse.plain import Plain
from quartier.analyse.purchases import PERSON, Purchases
from quartier.catalog import Catalog
from quartier.engine import subject_table


@dataclass(frozen=True)
class Cohort(Plain):
    """The customers whose first order fell in one calendar month of the workspace's time zone."""

    month: dt.date
    """its first day"""
    persons: int
    ordered: tuple[int, ...]
    """how many of them ordered in that month, in the next, and so on up to the month of the reading"""

    def share(self, months_after: int) -> float | None:
        """The part of the cohort that ordered so many months later; None where nobody is in it or it is not yet."""
        if not self.persons or months_after >= len(self.ordered):
            return None
        return self.ordered[months_after] / self.persons


@dataclass(frozen=True)
class Cohorts(Plain):
    """Every month from the first order to the reading, also those in which nobody ordered for the first time."""

    at: dt.datetime
    cohorts: tuple[Cohort, ...]
    """oldest first; the last month of each is the current one, which is not over"""

    @property
    def customers(self) -> int:
        """Persons in all cohorts together."""
        return sum(each.persons for each in self.cohorts)

    def again(self, months_after: int) -> float | None:
        """The part that ordered again so many months later, over all cohorts for which that month is over."""
        seen = [each for each in self.cohorts if len(each.ordered) > months_after + 1]
        persons = sum(each.persons for each in seen)
        return sum(each.ordered[months_after] for each in seen) / persons if persons else None

    def to_arrow(self) -> pa.Table:
        """One row per cohort and month after."""
        rows = [
            {"month": each.month, "months_after": after, "persons": each.persons, "ordered": ordered}
            for each in self.cohorts
            for after, ordered in enumerate(each.ordered)
        ]
        return pa.Table.from_pylist(rows, schema=_SCHEMA)


def cohorts_expression(catalog: Catalog, purchases: Purchases, zone: str) -> ir.Table | None:
    """One row per month of first order and month of an order: how many persons. None without purchases.

    Parameter: `instant`.
    """
    rows = purchases.rows()
    if rows is None:
        return None
    orders = rows.filter(lambda r: r.order_id.notnull()).semi_join(subject_table(catalog), PERSON)
    active = orders.select(PERSON, month=lambda r: month_of(r["at"], zone)).distinct()
    first = active.group_by(PERSON).agg(cohort=lambda r: r.month.min())
    counted = active.join(first, PERSON).group_by(["cohort", "month"]).agg(persons=lambda r: r.count())
    return counted.order_by(["cohort", "month"])


def cohorts_of(rows: Sequence[Mapping[str, Any]], at: dt.datetime, current: dt.date) -> Cohorts:
    """The cohorts from the rows of `cohorts_expression`; `current` is the first day of the month of the reading."""
    counts = {(row["cohort"], row["month"]): int(row["persons"]) for row in rows}
    return Cohorts(at, tuple(_cohorts(counts, current)))


def _cohorts(counts: Mapping[tuple[dt.date, dt.date], int], current: dt.date) -> Iterator[Cohort]:
    for cohort in every_month([*(first for first, _ in counts), current]) if counts else ():
        ordered = tuple(counts.get((cohort, month), 0) for month in every_month([cohort, current]))
        yield Cohort(cohort, ordered[0], ordered)


_SCHEMA = pa.schema(
    [("month", pa.date32()), ("months_after", pa.int64()), ("persons", pa.int64()), ("ordered", pa.int64())]
)
