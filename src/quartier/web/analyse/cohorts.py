"""The page of cohorts: customers by month of first order, and the part that came back in each month after."""

from dataclasses import dataclass

from quartier.analyse import selecting
from quartier.analyse.cohorts import Cohort, Cohorts
from quartier.analyse.months import later
from quartier.report.figures.cohorts import SHOWN, finding, step
from quartier.report.written import month
from quartier.segment.population import PURCHASE
from quartier.web.analyse.links import editor_for
from quartier.web.visitor import Visitor


@dataclass(frozen=True)
class ReturnView:
    """One month of one cohort: the share that ordered, how many, where they are; `is_running` for this month."""

    share: float
    persons: int
    shade: int
    url: str
    is_running: bool


@dataclass(frozen=True)
class CohortView:
    """One row: the month of first order, its customers, the months after."""

    name: str
    persons: int
    url: str
    after: tuple[ReturnView, ...]


@dataclass(frozen=True)
class CohortsPage:
    """The page; the newest cohort comes first. `has_more` says that older ones are left out."""

    title: str
    columns: tuple[int, ...]
    rows: tuple[CohortView, ...]
    customers: int
    has_more: bool


def cohorts_page(found: Cohorts, visitor: Visitor, *, is_whole: bool) -> CohortsPage:
    """The page from the cohorts, the last `SHOWN` of them unless all are asked for."""
    kept = found.cohorts if is_whole else found.cohorts[-SHOWN:]
    widest = max((len(each.ordered) for each in kept), default=1)
    columns = tuple(range(1, widest if is_whole else min(widest, SHOWN)))
    rows = tuple(_row(each, columns, visitor) for each in reversed(kept))
    return CohortsPage(finding(found, visitor.language), columns, rows, found.customers, len(found.cohorts) > len(kept))


def _row(cohort: Cohort, columns: tuple[int, ...], visitor: Visitor) -> CohortView:
    after = tuple(_return(cohort, n, visitor) for n in columns if n < len(cohort.ordered))
    url = editor_for(visitor, selecting.of_cohort(PURCHASE, cohort.month)) if cohort.persons else ""
    return CohortView(month(cohort.month, visitor.language), cohort.persons, url, after)


def _return(cohort: Cohort, months_after: int, visitor: Visitor) -> ReturnView:
    persons, share = cohort.ordered[months_after], cohort.share(months_after) or 0.0
    document = selecting.of_cohort(PURCHASE, cohort.month, later(cohort.month, months_after))
    url = editor_for(visitor, document) if persons else ""
    return ReturnView(share, persons, step(share), url, months_after == len(cohort.ordered) - 1)
