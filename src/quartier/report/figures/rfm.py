"""The RFM grid: recency against frequency and amount, with persons, revenue and the name of every cell."""

from typing import Any

from quartier.analyse import BinRange, Cell, RfmGrid
from quartier.language import Language, Text, decimal, percent, whole
from quartier.look.colours import SHADES, on_shade
from quartier.look.drawing import Chart, built
from quartier.look.labels import wrapped
from quartier.report.content import ReportContent
from quartier.report.figures.figure import NARROW, ChartFigure
from quartier.report.page import Column, Table
from quartier.report.shades import by_part
from quartier.report.written import DASH, NB, between, money


def figure(content: ReportContent, language: Language) -> ChartFigure | None:
    """The grid; None before RFM was run."""
    grid = content.grid
    if grid is None or not grid.customers:
        return None
    return ChartFigure(
        key="rfm",
        title=_finding(grid, language),
        description=_DESCRIPTION.to(language, bins=grid.bins, n=grid.customers),
        chart=lambda width: _chart(grid, content.currency, language, width),
        language=language,
        table=_table(grid, content.currency, language),
        note=_note(grid, content.currency, language),
    )


def _finding(grid: RfmGrid, language: Language) -> str:
    fullest = max(grid.cells, key=lambda cell: cell.persons)
    part = percent(fullest.persons / grid.customers, language, 0)
    return _FINDING.to(language, part=part, name=fullest.rfm_class.label)


def _note(grid: RfmGrid, currency: str, language: Language) -> str:
    return _READING.to(language, bins=grid.bins, n=grid.customers) + _ranges(grid, currency, language)


def _ranges(grid: RfmGrid, currency: str, language: Language) -> str:
    """What the best bin of each axis holds, so that 'often' and 'lately' have a size."""
    best = {each.axis: each for each in grid.ranges if each.bin == grid.bins}
    if len(best) < 3:
        return ""
    return " " + _BEST.to(
        language,
        days=int(best["recency"].high),
        orders=int(best["frequency"].low),
        amount=money(best["monetary"].low, currency, language),
    )


def _chart(grid: RfmGrid, currency: str, language: Language, width: int) -> Chart:
    is_narrow = width <= NARROW
    most = max(cell.persons for cell in grid.cells)
    rows = [_row(cell, most, currency, language, is_narrow) for cell in grid.cells]
    steps = sorted({int(row["step"]) for row in rows})
    return built(lambda alt: _layers(alt, grid.bins, steps, language, width), rows=rows)


def _layers(alt: Any, bins: int, steps: list[int], language: Language, width: int) -> Any:
    levels = [str(level) for level in range(1, bins + 1)]
    x = alt.X("fm:N", title=_X.to(language), sort=levels, axis=alt.Axis(orient="bottom", labelAngle=0))
    y = alt.Y("recency:N", title=_Y.to(language), sort=levels[::-1])
    base = alt.Chart(alt.Data(name="rows")).encode(x=x, y=y)
    ground = base.mark_rect(cornerRadius=2).encode(color=alt.Color("shade:N", scale=None))
    words = [word for step in steps for word in _words(alt, base, step, is_narrow=width <= NARROW)]
    height = max((width - 40) / bins * 0.5, 80) * bins
    return alt.layer(ground, *words).properties(width=width - 40, height=height)


def _words(alt: Any, base: Any, step: int, *, is_narrow: bool) -> list[Any]:
    part = base.transform_filter(f"datum.step == {step}")
    size, colour = (_NARROW_SIZE if is_narrow else 13), on_shade(step).light
    name = part.mark_text(
        dy=-26 if is_narrow else -18,
        fontSize=size,
        fontWeight=600,
        color=colour,
        lineBreak="\n",
        lineHeight=size + 1,
        baseline="middle",
    )
    figures = part.mark_text(dy=20 if is_narrow else 5, fontSize=size + 1, color=colour)
    amounts = part.mark_text(dy=24, fontSize=size - 1, color=colour)
    marks = [name.encode(text=alt.Text("name:N")), figures.encode(text=alt.Text("persons:N"))]
    return marks if is_narrow else [*marks, amounts.encode(text=alt.Text("revenue:N"))]


def _row(cell: Cell, most: int, currency: str, language: Language, is_narrow: bool) -> dict[str, Any]:
    step = by_part(cell.persons, most)
    name = cell.rfm_class.label.to(language)
    return {
        "fm": str(cell.frequency_monetary),
        "recency": str(cell.recency),
        "name": "\n".join(wrapped(name, _NARROW_CELL, _NARROW_SIZE) or [name]) if is_narrow else name,
        "persons": whole(cell.persons, language) if cell.persons else DASH,
        "revenue": money(cell.revenue, currency, language) if cell.persons else "",
        "shade": SHADES[step].light,
        "step": step,
    }


def _table(grid: RfmGrid, currency: str, language: Language) -> Table:
    rows = tuple(
        (
            _LEVELS[each.axis].to(language, bin=each.bin),
            whole(each.persons, language),
            between(_value(each, each.low, currency, language), _value(each, each.high, currency, language), language),
        )
        for each in grid.ranges
    )
    first, *others = (head.to(language) for head in _HEADS)
    caption = _CAPTION.to(language, n=grid.customers)
    return Table(caption, (Column(first, False), *(Column(head, True) for head in others)), rows)


def _value(each: BinRange, value: float, currency: str, language: Language) -> str:
    if each.axis == "monetary":
        return money(value, currency, language)
    return (_DAYS if each.axis == "recency" else _ORDERS).to(language, n=decimal(value, language, 0))


_NARROW_SIZE, _NARROW_CELL = 9, 56
_FINDING = Text(
    en="The fullest cell, “{name}”, holds {part} of customers",
    fr=f"La case la plus peuplée, «{NB}{{name}}{NB}», réunit {{part}} des clients",
)
_READING = Text(
    en="{n} customers in {bins} steps of recency (upwards: more recent) and of frequency and amount together "
    "(rightwards: more often and for more). The stronger the shade, the more persons; in each cell "
    "persons and net revenue.",
    fr=f"{{n}} clients en {{bins}} paliers de récence (vers le haut{NB}: plus récents) et de fréquence et montant "
    f"réunis (vers la droite{NB}: plus souvent et davantage). Plus c'est soutenu, plus il y a de personnes{NB}; "
    "dans chaque case, les personnes et le chiffre d'affaires net.",
)
_BEST = Text(
    en="The top step means: bought within {days} days, at least {orders} orders, at least {amount}.",
    fr=f"Le palier le plus haut{NB}: achat depuis {{days}} jours au plus, au moins {{orders}} commandes, "
    "au moins {amount}.",
)
_DESCRIPTION = Text(
    en="Grid of {bins} by {bins} cells over {n} customers; figures in the tables below.",
    fr=f"Grille de {{bins}} cases sur {{bins}}, sur {{n}} clients{NB}; chiffres dans les tableaux ci-dessous.",
)
_X = Text(en="frequency and amount", fr="fréquence et montant")
_Y = Text(en="recency", fr="récence")
_CAPTION = Text(en="What the steps hold, of {n} customers", fr="Ce que contiennent les paliers, sur {n} clients")
_LEVELS = {
    "recency": Text(en="recency {bin}", fr="récence {bin}"),
    "frequency": Text(en="frequency {bin}", fr="fréquence {bin}"),
    "monetary": Text(en="amount {bin}", fr="montant {bin}"),
}
_DAYS = Text(en="{n} days", fr=f"{{n}}{NB}jours")
_ORDERS = Text(en="{n} orders", fr=f"{{n}}{NB}commandes")
_HEADS = (Text(en="step", fr="palier"), Text(en="persons", fr="personnes"), Text(en="values", fr="valeurs"))
