"""The page of opportunities in the reader's language: findings that open as segments, pictures, what limits them."""

from collections.abc import Sequence
from dataclasses import dataclass

from quartier.analyse.opportunities.found import AgainstMarket, Finding, Opportunities
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

DRAWN, LISTED = 10, 30
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
        market_view(market, visitor) if market else None, market.market if market else "", names, form,
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


def finding_view(each: Finding, visitor: Visitor) -> FindingView:
    """One opportunity for a reader; it is a link for who may edit segments."""
    language = visitor.language
    return FindingView(each.said.to(language), each.why.to(language), editor_for(visitor, dict(each.document)))


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
