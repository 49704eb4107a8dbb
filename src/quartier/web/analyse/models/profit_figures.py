"""The drawing of profit: the whale curve, which rises above all profit and falls back to it."""

from typing import Any

from quartier.analyse.profit.figures import ProfitFigures, WhalePoint
from quartier.language import Language, Text, percent
from quartier.look.colours import BRICK, CANAL, REST, SOFT_INK
from quartier.look.drawing import Chart, built
from quartier.report.figures.figure import NARROW, ChartFigure
from quartier.report.page import Drawing
from quartier.web.kept import DRAWINGS

HEIGHT, MARGIN = 280, 70
BEST = 20
"""Of the best so many percent it is said what they make."""
SEEN = 1.02
"""A curve that rises less above all profit than this looks flat at its end, and nothing is said of it."""


def whale(figures: ProfitFigures, language: Language) -> Drawing | None:
    """The curve; None where all customers together bring no profit."""
    if figures.peak is None or not figures.whale:
        return None
    title = _finding(figures.peak, figures.whale, language)
    made = ChartFigure(
        key="whale", title=title, description=_DESCRIPTION.to(language, n=figures.customers), language=language,
        chart=lambda width: _chart(figures, language, width), note=_NOTE.to(language),
    )  # fmt: skip
    return DRAWINGS.get(("whale", figures.whale, figures.peak, language, title), made.placed)


def _finding(peak: WhalePoint, curve: tuple[WhalePoint, ...], language: Language) -> str:
    if peak.profit < SEEN:
        return _BEST_MAKE.to(language, part=percent(curve[BEST].profit, language, 0))
    customers, part = percent(peak.customers, language, 0), percent(peak.profit, language, 0)
    return _EATEN.to(language, customers=customers, part=part)


def _chart(figures: ProfitFigures, language: Language, width: int) -> Chart:
    assert figures.peak is not None
    label = _PEAK.to(
        language, customers=percent(figures.peak.customers, language, 0), part=percent(figures.peak.profit, language, 0)
    )
    peak = {"x": figures.peak.customers, "y": figures.peak.profit, "label": label}
    at = figures.whale[BEST]
    best = {"x": at.customers, "y": at.profit, "label": _BEST.to(language, part=percent(at.profit, language, 0))}
    return built(
        lambda alt: _layers(alt, language, width, is_left=figures.peak is not None and figures.peak.customers > 0.6),
        curve=[{"x": each.customers, "y": each.profit} for each in figures.whale], peak=[peak], best=[best],
        whole=[{"y": 1.0}],
    )  # fmt: skip


def _layers(alt: Any, language: Language, width: int, *, is_left: bool) -> Any:
    curve, peak, best, whole = (alt.Chart(alt.Data(name=each)) for each in ("curve", "peak", "best", "whole"))
    axis = alt.Axis(format=".0%", tickCount=3 if width <= NARROW else 5)
    x = alt.X("x:Q", title=_X.to(language), axis=axis, scale=alt.Scale(domain=[0, 1]))
    y = alt.Y("y:Q", title=_Y.to(language), axis=alt.Axis(format=".0%", tickCount=5), scale=alt.Scale(zero=True))
    rule = whole.mark_rule(color=REST.light, strokeDash=[4, 4]).encode(y="y:Q")
    line = curve.mark_line(color=CANAL.light, strokeWidth=2.5).encode(x=x, y=y)
    dot = peak.mark_point(color=BRICK.light, filled=True, size=70, opacity=1).encode(x=x, y=y)
    said = peak.mark_text(align="right" if is_left else "left", dx=-4 if is_left else 4, dy=-14, fontWeight=600)
    first = best.mark_point(color=CANAL.light, filled=True, size=50, opacity=1).encode(x=x, y=y)
    told = best.mark_text(align="left", dx=10, dy=8, color=SOFT_INK.light).encode(x=x, y=y, text="label:N")
    return alt.layer(rule, line, first, told, dot, said.encode(x=x, y=y, text="label:N")).properties(
        width=width - MARGIN, height=HEIGHT
    )


_EATEN = Text(
    en="{customers} of customers make {part} of the profit; the others eat up the rest",
    fr="{customers} des clients font {part} du profit ; les autres en mangent le surplus",
)
_BEST_MAKE = Text(
    en="The best 20% of customers make {part} of the profit",
    fr="Les 20 % meilleurs clients font {part} du profit",
)
_NOTE = Text(
    en="Customers from the most to the least profitable. Where the curve falls, customers cost more than they bring; "
    "the dashed line is all profit.",
    fr="Des clients les plus rentables aux moins rentables. Là où la courbe descend, des clients coûtent plus qu'ils "
    "ne rapportent ; la ligne pointillée est le profit total.",
)
_DESCRIPTION = Text(
    en="Whale curve of the profit of {n} customers; figures in the tables below.",
    fr="Courbe de la baleine du profit de {n} clients ; chiffres dans les tableaux ci-dessous.",
)
_PEAK = Text(en="{customers}: {part}", fr="{customers} : {part}")
_BEST = Text(en="best 20%: {part}", fr="20 % meilleurs : {part}")
_X = Text(en="share of customers, the best first", fr="part des clients, les meilleurs d'abord")
_Y = Text(en="share of profit", fr="part du profit")
