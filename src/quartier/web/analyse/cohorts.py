"""The page of cohorts: customers by month of first order, and the part that came back in each month after."""

from dataclasses import dataclass

from quartier.analyse import Cohort, Cohorts, selecting
from quartier.analyse.months import later
from quartier.language import Language, Text, percent
from quartier.report.shades import by_bounds
from quartier.report.written import month
from quartier.segment.population import PURCHASE
from quartier.web.analyse.links import editor_for
from quartier.web.visitor import Visitor

SHOWN = 12
"""Cohorts and months after that are shown at first; all of them on request."""
_BOUNDS = (0.02, 0.05, 0.1, 0.2, 0.4)
"""From which share on a cell gets the next shade: retention is small, so the steps widen."""


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
    return CohortsPage(
        _finding(found, visitor.language), columns, rows, found.customers, len(found.cohorts) > len(kept)
    )


def _finding(found: Cohorts, language: Language) -> str:
    again = found.again(1)
    return _PLAIN.to(language) if again is None else _FINDING.to(language, part=percent(again, language))


def _row(cohort: Cohort, columns: tuple[int, ...], visitor: Visitor) -> CohortView:
    after = tuple(_return(cohort, n, visitor) for n in columns if n < len(cohort.ordered))
    url = editor_for(visitor, selecting.of_cohort(PURCHASE, cohort.month)) if cohort.persons else ""
    return CohortView(month(cohort.month, visitor.language), cohort.persons, url, after)


def _return(cohort: Cohort, months_after: int, visitor: Visitor) -> ReturnView:
    persons, share = cohort.ordered[months_after], cohort.share(months_after) or 0.0
    document = selecting.of_cohort(PURCHASE, cohort.month, later(cohort.month, months_after))
    url = editor_for(visitor, document) if persons else ""
    return ReturnView(share, persons, by_bounds(share, _BOUNDS), url, months_after == len(cohort.ordered) - 1)


_PLAIN = Text(en="Customers by month of first order", fr="Les clients par mois de premier achat")
_FINDING = Text(
    en="{part} of new customers order again in the month after their first",
    fr="{part} des nouveaux clients commandent à nouveau le mois suivant le premier",
)
