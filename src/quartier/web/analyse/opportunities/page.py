"""The page of opportunities in the reader's language: findings that open as segments, pictures, what limits them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from quartier.analyse.opportunities.found import (
    AgainstMarket,
    Finding,
    Growing,
    InCatalogue,
    LeftAlone,
    Opportunities,
)
from quartier.analyse.opportunities.growth import Grown, Newer
from quartier.analyse.opportunities.market import LARGE, Standing, Weighed
from quartier.analyse.opportunities.market_said import share
from quartier.analyse.opportunities.run import Kept
from quartier.catalog import Label
from quartier.language import Language, decimal, percent
from quartier.look import whiskers
from quartier.report.figures.figure import ChartFigure
from quartier.report.page import Drawing
from quartier.web.analyse.links import editor_for
from quartier.web.analyse.opportunities import words
from quartier.web.kept import DRAWINGS
from quartier.web.visitor import Visitor

DRAWN, LISTED, SAMPLES = 10, 30, 16
Options = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class FindingView:
    """One opportunity: what it is, why it is one with its size, and the segment it opens as."""

    said: str
    why: str
    url: str


@dataclass(frozen=True)
class CellView:
    """One cell of the table."""

    label: str
    market: str
    base: str
    index: str
    between: str
    tone: str
    standing: str


@dataclass(frozen=True)
class MarketView:
    """The base against a market."""

    title: str
    about: str
    findings: tuple[FindingView, ...]
    drawing: Drawing | None
    cells: tuple[CellView, ...]
    compared: int
    more: int
    notes: tuple[str, ...]


@dataclass(frozen=True)
class FamilyView:
    """A family without figures of its own on the page: categories that few buy, those who were left alone."""

    title: str
    findings: tuple[FindingView, ...]
    drawing: Drawing | None
    notes: tuple[str, ...]


@dataclass(frozen=True)
class GrowthView:
    """What grows faster than the base; `lines` are a label, sizes over time, and both ends in words."""

    title: str
    about: str
    findings: tuple[FindingView, ...]
    drawing: Drawing | None
    lines: tuple[tuple[str, tuple[int, ...], str], ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class MarketForm:
    """The form for a table: what was typed, and what is wrong with it."""

    table: str = ""
    name: str = ""
    source: str = ""
    year: str = ""
    error: tuple[str, ...] = ()

    @property
    def problems(self) -> tuple[tuple[str, str], ...]:
        """What is wrong, each with the field that it leads to."""
        return tuple(("f-table", each) for each in self.error)


@dataclass(frozen=True)
class OpportunitiesPage:
    """The page; a market is None where there is no table."""

    market: MarketView | None
    catalogue: FamilyView
    contact: FamilyView
    growth: GrowthView
    chosen: str
    markets: Options
    form: MarketForm | None
    example: str = words.EXAMPLE


def opportunities_page(
    found: Opportunities, kept: Sequence[Kept], form: MarketForm | None, visitor: Visitor
) -> OpportunitiesPage:
    """The page; `form` is None for who may not give tables."""
    market = found.market
    names = tuple(
        (each.market.market, _called(each.market.market, each.market.label, visitor.language)) for each in kept
    )
    return OpportunitiesPage(
        market_view(market, visitor) if market else None, catalogue_view(found.catalogue, visitor),
        contact_view(found.contact, visitor), growth_view(found.growth, found.at, visitor),
        market.market if market else "", names, form,
    )  # fmt: skip


def market_view(found: AgainstMarket, visitor: Visitor) -> MarketView:
    """The comparison for a reader."""
    language = visitor.language
    called = _called(found.market, found.label, language)
    drawn = found.cells[:DRAWN]
    return MarketView(
        found.said.to(language),
        words.ABOUT.to(language, name=called, source=found.source, year=str(found.year), total=found.total,
                       n=found.compared, large=percent(LARGE, language, 0)),
        tuple(finding_view(each, visitor) for each in found.findings),
        DRAWINGS.get(("market", found.cells, found.labels, language), lambda: _picture(found, language).placed())
        if drawn else None,
        tuple(_cell(each, label, language) for each, label in zip(found.cells[:LISTED], found.labels, strict=False)),
        found.compared, max(0, len(found.cells) - LISTED), tuple(each.to(language) for each in found.notes),
    )  # fmt: skip


def catalogue_view(found: InCatalogue, visitor: Visitor) -> FamilyView:
    """The categories, for a reader."""
    language, cells = visitor.language, found.cells[:DRAWN]
    drawing = None
    if cells:
        drawing = DRAWINGS.get(("categories", cells, language), lambda: _categories(found, language).placed())
    return FamilyView(
        found.said.to(language), tuple(finding_view(each, visitor) for each in found.findings), drawing,
        tuple(each.to(language) for each in found.notes),
    )  # fmt: skip


def contact_view(found: LeftAlone, visitor: Visitor) -> FamilyView:
    """Those left alone, for a reader."""
    language = visitor.language
    drawn = tuple(each for each in found.tenths if each.persons)
    drawing = None
    if drawn:
        drawing = DRAWINGS.get(("left alone", drawn, found.days, language), lambda: _tenths(found, language).placed())
    return FamilyView(
        found.said.to(language), tuple(finding_view(each, visitor) for each in found.findings), drawing,
        tuple(each.to(language) for each in found.notes),
    )  # fmt: skip


def growth_view(found: Growing, at: dt.datetime, visitor: Visitor) -> GrowthView:
    """What grows, for a reader."""
    language = visitor.language
    compared: tuple[Grown | Newer, ...] = (*found.segments, *found.values)
    fast = [each for each in compared if each.is_fast][:DRAWN]
    lines = tuple(
        (
            getattr(each.label, language), _sampled(each.sizes, at, found.days),
            words.FROM_TO.to(language, before=each.before, now=each.now),
        )
        for each in found.segments if each.is_fast
    )  # fmt: skip
    about = words.GROWTH_ABOUT.to(language, n=found.base_now, before=found.base_before, days=found.days,
                                  newcomers=found.newcomers, lately=found.newcomer_days)  # fmt: skip
    return GrowthView(
        found.said.to(language), about if found.base_now else "",
        tuple(finding_view(each, visitor) for each in found.findings),
        DRAWINGS.get(("growth", fast, language), lambda: _ratios(fast, language).placed()) if fast else None,
        lines[:DRAWN], tuple(each.to(language) for each in found.notes),
    )  # fmt: skip


def _categories(found: InCatalogue, language: Language) -> ChartFigure:
    rows = [
        {
            "words": each.values[0], "value": each.index, "low": each.index_interval.low,
            "high": each.index_interval.high,
        }
        for each in found.cells[:DRAWN] if each.index_interval is not None and each.index_interval.low > 0
    ]  # fmt: skip
    title = words.CATEGORIES.to(language)
    return ChartFigure(
        key="categories", title=title, description=title, note=words.CATEGORIES_READ.to(language),
        chart=lambda width: whiskers.rows_with_intervals(
            rows, width, format_=".2~f", at=1.0, is_logarithm=True, title=words.CATEGORIES_AXIS.to(language)
        ),
        language=language, width=680,
    )  # fmt: skip


def _tenths(found: LeftAlone, language: Language) -> ChartFigure:
    parts = [(words.CONTACTED, "contacted"), (words.PROPOSED, "proposed"), (words.APART, "apart")]
    rows = [
        {"words": each.label.to(language), "part": said.to(language), "order": place, "persons": getattr(each, name)}
        for each in found.tenths if each.persons for place, (said, name) in enumerate(parts)
    ]  # fmt: skip
    title = words.TENTHS.to(language, days=found.days)
    return ChartFigure(
        key="left-alone", title=title, description=title, note=words.TENTHS_READ.to(language),
        chart=lambda width: whiskers.parts_of_rows(rows, width, [said.to(language) for said, _ in parts]),
        language=language, width=680,
    )  # fmt: skip


def _ratios(fast: Sequence[Grown | Newer], language: Language) -> ChartFigure:
    title = words.FASTER.to(language, n=len(fast))
    rows = [
        {
            "words": getattr(each.label, language), "value": each.ratio, "low": each.interval.low,
            "high": each.interval.high,
        }
        for each in fast
    ]  # fmt: skip
    return ChartFigure(
        key="growth-ratios", title=title, description=title, note=words.GROWTH_READ.to(language),
        chart=lambda width: whiskers.rows_with_intervals(
            rows, width, format_=".2~f", at=1.0, is_logarithm=True, title=words.TIMES.to(language)
        ),
        language=language, width=680,
    )  # fmt: skip


def _sampled(sizes: Sequence[tuple[dt.datetime, int]], at: dt.datetime, days: int) -> tuple[int, ...]:
    """The size at instants equally far apart, so that a line shows time as it went."""
    since = at - dt.timedelta(days=days)
    moments = [since + (at - since) * step / (SAMPLES - 1) for step in range(SAMPLES)]
    found = [[size for when, size in sizes if when <= moment] for moment in moments]
    return tuple(each[-1] if each else sizes[0][1] for each in found)


def finding_view(each: Finding, visitor: Visitor) -> FindingView:
    """One opportunity for a reader; it is a link for who may edit segments."""
    language = visitor.language
    return FindingView(
        each.said.to(language), " ".join(why.to(language) for why in each.why), editor_for(visitor, dict(each.document))
    )


def _picture(found: AgainstMarket, language: Language) -> ChartFigure:
    rows = [
        {
            "words": getattr(label, language), "value": each.base_share, "low": each.base_interval.low,
            "high": each.base_interval.high, "other": each.market_share,
        }
        for each, label in zip(found.cells[:DRAWN], found.labels, strict=False)
    ]  # fmt: skip
    untapped = sum(each.standing is Standing.UNTAPPED for each in found.cells)
    title = words.UNTAPPED.to(language, n=untapped) if untapped else found.said.to(language)
    return ChartFigure(
        key="market-shares", title=title, description=title, note=words.SHARES_READ.to(language),
        chart=lambda width: whiskers.share_beside_share(
            rows, width, own=words.YOUR_BASE.to(language), other=words.THE_MARKET.to(language)
        ),
        language=language, width=680,
    )  # fmt: skip


def _cell(each: Weighed, label: Label, language: Language) -> CellView:
    between = ""
    if each.index_interval is not None:
        low, high = (decimal(end, language) for end in (each.index_interval.low, each.index_interval.high))
        between = words.BETWEEN.to(language, low=low, high=high)
    base = words.FEW.to(language) if each.is_few else share(each.base_share).to(language)
    tone, standing = words.STANDINGS[each.standing]
    is_told = each.index is not None and not each.is_few
    return CellView(
        getattr(label, language), share(each.market_share).to(language), base,
        decimal(each.index or 0.0, language) if is_told else "–", between, tone, standing.to(language),
    )  # fmt: skip


def _called(name: str, label: Label | None, language: Language) -> str:
    return getattr(label, language) if label else name
