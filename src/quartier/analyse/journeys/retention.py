"""Cohorts by any event: the month in which a person first did one thing, and who did another in each month after."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import ibis
import ibis.expr.types as ir

from quartier.analyse.cohorts import Cohort, Cohorts
from quartier.analyse.journeys.coded import AT, of_known, of_type
from quartier.analyse.months import every_month, month_of
from quartier.analyse.purchases import PERSON
from quartier.catalog import Catalog, EventType


def retention_expression(catalog: Catalog, start: EventType, back: EventType, zone: str) -> ir.Table:
    """One row per month of the first `start` and month of a `back`: how many persons; month empty for all of a cohort.

    Only what comes after the first `start` counts as coming back. Parameter: `instant`.
    """
    begun = of_known(of_type(start, is_windowed=False), catalog)
    first = begun.group_by(PERSON).agg(first_at=begun[AT].min())
    first = first.mutate(cohort=month_of(first["first_at"], zone))
    sizes = first.group_by("cohort").agg(persons=first.count())
    sizes = sizes.select("cohort", month=ibis.null("date"), persons=sizes["persons"])
    returned = of_type(back, is_windowed=False).inner_join(first, PERSON)
    returned = returned.filter(returned[AT] > returned["first_at"])
    active = returned.select(PERSON, "cohort", month=month_of(returned[AT], zone)).distinct()
    counts = active.group_by(["cohort", "month"]).agg(persons=active.count())
    return sizes.union(counts)


def retained(rows: Sequence[Mapping[str, Any]], at: dt.datetime, current: dt.date) -> Cohorts:
    """The cohorts from the rows of `retention_expression`; `current` is the first day of the month of the reading."""
    counts = {(row["cohort"], row["month"]): int(row["persons"]) for row in rows}
    months = [*(cohort for cohort, _ in counts), current]
    cohorts = [_cohort(counts, month, current) for month in every_month(months)] if counts else []
    return Cohorts(at, tuple(cohorts))


def _cohort(counts: Mapping[tuple[dt.date, dt.date | None], int], month: dt.date, current: dt.date) -> Cohort:
    after = tuple(counts.get((month, each), 0) for each in every_month([month, current]))
    return Cohort(month, counts.get((month, None), 0), after)
