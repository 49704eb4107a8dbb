"""The page of revenue: month by month, and how much of it the best customers make."""

from dataclasses import dataclass

from quartier.analyse import Concentration, Month, Overview, TopShare, selecting
from quartier.config import Config
from quartier.report.content import ReportContent
from quartier.report.figures import concentration as curve
from quartier.report.figures import months as bars
from quartier.report.page import Drawing
from quartier.report.written import month
from quartier.segment.population import PURCHASE
from quartier.web.analyse.links import editor_for
from quartier.web.visitor import Visitor


@dataclass(frozen=True)
class BestView:
    """What the best share of customers make, and where they are; the address is empty before RFM has run."""

    share: float
    persons: int
    revenue: float
    share_of_revenue: float
    url: str


@dataclass(frozen=True)
class MonthView:
    """One month; `url` leads to who bought in it."""

    name: str
    orders: int
    net: float
    customers: int
    active: int
    url: str


@dataclass(frozen=True)
class RevenuePage:
    """The page; drawings are None where nothing was sold."""

    curve: Drawing | None
    best: tuple[BestView, ...]
    customers: int
    bars: Drawing | None
    months: tuple[MonthView, ...]
    has_run: bool


def revenue_page(
    overview: Overview, concentration: Concentration, config: Config, visitor: Visitor, *, has_run: bool
) -> RevenuePage:
    """The page from what the workspace says; the newest month comes first in the table."""
    content = ReportContent(
        config.name, overview.at, config.zone, config.currency, overview=overview, concentration=concentration
    )
    drawn = (each.figure(content, visitor.language) for each in (curve, bars))
    first, second = (figure.placed() if figure else None for figure in drawn)
    return RevenuePage(
        first, tuple(_best(each, visitor, has_run) for each in concentration.top), concentration.customers, second,
        tuple(_month(each, visitor) for each in reversed(overview.months)), has_run,
    )  # fmt: skip


def _best(each: TopShare, visitor: Visitor, has_run: bool) -> BestView:
    url = editor_for(visitor, selecting.of_best(each.share)) if has_run else ""
    return BestView(each.share, each.persons, each.revenue, each.share_of_revenue, url)


def _month(each: Month, visitor: Visitor) -> MonthView:
    url = editor_for(visitor, selecting.of_month(PURCHASE, each.month)) if each.customers else ""
    return MonthView(month(each.month, visitor.language), each.orders, each.net, each.customers, each.active, url)
