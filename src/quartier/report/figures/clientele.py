"""The plan of the clientele: the RFM classes as districts, by persons and by revenue."""

from collections.abc import Callable, Sequence
from typing import Literal

from quartier.analyse import ClassRow, RfmGrid
from quartier.language import Language, Text, percent, whole
from quartier.look.plan import District, block_size
from quartier.report.content import ReportContent
from quartier.report.figures.figure import PlanFigure
from quartier.report.page import Column, Table
from quartier.report.shades import by_bounds
from quartier.report.written import NB, money, share

Area = Literal["persons", "revenue"]

# Revenue per person against the mean of all customers: a half, just under, just over, one and a half, two and a half.
BOUNDS = (0.25, 0.6, 1.0, 1.6, 2.6)


def figures(content: ReportContent, language: Language) -> tuple[PlanFigure, ...]:
    """The plan by persons and, when something was sold, by revenue; nothing before RFM was run."""
    grid = content.grid
    if grid is None or not grid.customers:
        return ()
    areas: tuple[Area, ...] = ("persons", "revenue") if grid.revenue > 0 else ("persons",)
    return tuple(_figure(grid, area, content, language) for area in areas)


def key_of(content: ReportContent, language: Language) -> tuple[str, ...]:
    """How to read the plan: what areas, shades and blocks stand for."""
    grid = content.grid
    if grid is None or not grid.customers:
        return ()
    return (
        _AREA.to(language, n=grid.customers, block=int(block_size(grid.customers))),
        _SHADE.to(language, mean=money(grid.revenue / grid.customers, content.currency, language)),
    )


def _figure(grid: RfmGrid, area: Area, content: ReportContent, language: Language) -> PlanFigure:
    ranked = sorted(grid.classes, key=lambda row: -_size(row, area))
    shown = [row for row in ranked if row.persons]
    return PlanFigure(
        key=f"plan-{area}",
        title=_finding(shown, area, language),
        districts=tuple(_district(row, k, grid, area, language) for k, row in enumerate(shown, 1)),
        table=_table(shown, grid, content, language),
        note="",
    )


def _size(row: ClassRow, area: Area) -> float:
    return float(row.persons) if area == "persons" else max(row.revenue, 0.0)


def _finding(shown: Sequence[ClassRow], area: Area, language: Language) -> str:
    sold = [row for row in shown if row.share_of_revenue is not None]
    if not sold:
        largest = max(shown, key=lambda row: row.persons)
        return _LARGEST.to(language, name=_named(largest), part=percent(largest.share_of_persons, language, 0))
    best = max(sold, key=lambda row: row.revenue)
    said = _FINDING if area == "persons" else _FINDING_REVENUE
    revenue = percent(best.share_of_revenue or 0.0, language, 0)
    return said.to(language, name=_named(best), part=percent(best.share_of_persons, language, 0), revenue=revenue)


def _named(row: ClassRow) -> Text:
    return Text(en=f"“{row.rfm_class.label.en}”", fr=f"«{NB}{row.rfm_class.label.fr}{NB}»")


def _district(row: ClassRow, number: int, grid: RfmGrid, area: Area, language: Language) -> District:
    persons = percent(row.share_of_persons, language)
    revenue = share(row.share_of_revenue, language)
    figure = f"{persons} · {whole(row.persons, language)}" if area == "persons" else revenue
    mean = grid.revenue / grid.customers
    title = _TITLE.to(
        language, name=row.rfm_class.label, n=row.persons, of=grid.customers, part=persons, revenue=revenue
    )
    return District(
        name=row.rfm_class.label.to(language),
        figure=figure,
        size=_size(row, area),
        shade=by_bounds(row.revenue / row.persons / mean, BOUNDS) if mean > 0 else 2,
        title=title,
        number=number,
        link=f"#{_anchor(row)}",
        ward=_WARD_OF[row.rfm_class.id].to(language),
    )


def _table(shown: Sequence[ClassRow], grid: RfmGrid, content: ReportContent, language: Language) -> Table:
    write: list[Callable[[ClassRow], str]] = [
        lambda row: row.rfm_class.label.to(language),
        lambda row: whole(row.persons, language),
        lambda row: percent(row.share_of_persons, language),
        lambda row: money(row.revenue, content.currency, language),
        lambda row: share(row.share_of_revenue, language),
        lambda row: money(row.revenue / row.persons, content.currency, language),
        lambda row: row.rfm_class.advice.to(language),
    ]
    columns = tuple(Column(head.to(language), 0 < k < 6) for k, head in enumerate(_HEADS))
    rows = tuple(tuple(cell(row) for cell in write) for row in shown)
    anchors = tuple(_anchor(row) for row in shown)
    return Table(_CAPTION.to(language, n=grid.customers), columns, rows, anchors)


def _anchor(row: ClassRow) -> str:
    return f"class-{row.rfm_class.id}"


_LOYAL = Text(en="The regulars", fr="Les habitués")
_COMING = Text(en="The newcomers", fr="Les arrivants")
_LEAVING = Text(en="Those moving away", fr="Ceux qui s'éloignent")
_ASLEEP = Text(en="The sleepers", fr="Les endormis")
_WARD_OF = {
    **dict.fromkeys(("champions", "loyal", "potential_loyal"), _LOYAL),
    **dict.fromkeys(("new", "promising"), _COMING),
    **dict.fromkeys(("needs_attention", "about_to_sleep", "at_risk", "cannot_lose"), _LEAVING),
    **dict.fromkeys(("hibernating", "lost"), _ASLEEP),
}
_FINDING = Text(
    en="{name}: {part} of customers, {revenue} of revenue",
    fr=f"{{name}}{NB}: {{part}} des clients, {{revenue}} du chiffre d'affaires",
)
_FINDING_REVENUE = Text(
    en="{name} make {revenue} of revenue with {part} of customers",
    fr=f"{{name}}{NB}: {{revenue}} du chiffre d'affaires avec {{part}} des clients",
)
_LARGEST = Text(
    en="{name} is the largest class: {part} of customers", fr="{name}, première classe avec {part} des clients"
)
_TITLE = Text(
    en="{name}: {n} of {of} customers ({part}), {revenue} of revenue",
    fr=f"{{name}}{NB}: {{n}} clients sur {{of}} ({{part}}), {{revenue}} du chiffre d'affaires",
)
_AREA = Text(
    en="Area: how many of the {n} customers, or how much of their revenue. By persons, one block is about {block}.",
    fr=f"Surface{NB}: le nombre de personnes parmi les {{n}} clients, ou leur chiffre d'affaires. "
    "Par personnes, un pâté de maisons en compte environ {block}.",
)
_SHADE = Text(
    en="Shade: revenue per person, from well below the mean ({mean}) to well above it.",
    fr=f"Teinte{NB}: le chiffre d'affaires par personne, de bien en dessous de la moyenne ({{mean}}) à bien au-dessus.",
)
_CAPTION = Text(en="RFM classes of {n} customers", fr="Classes RFM des {n} clients")
_HEADS = (
    Text(en="class", fr="classe"),
    Text(en="persons", fr="personnes"),
    Text(en="of customers", fr="des clients"),
    Text(en="net revenue", fr="CA net"),
    Text(en="of revenue", fr="du CA"),
    Text(en="per person", fr="par personne"),
    Text(en="what can be done", fr="que faire"),
)
