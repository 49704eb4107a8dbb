"""How concentrated revenue is: the Lorenz curve, with the shares of the best customers written on it."""

from typing import Any

from quartier.analyse import Concentration, TopShare
from quartier.language import Language, Plural, Text, decimal, percent
from quartier.look.colours import BRICK, CANAL, REST
from quartier.look.drawing import Chart, built
from quartier.report.content import ReportContent
from quartier.report.figures.figure import NARROW, ChartFigure
from quartier.report.page import Column, Table
from quartier.report.written import NB, money, of_how_many, share

SPOKEN_OF = 0.2
_ROOM = 20


def figure(content: ReportContent, language: Language) -> ChartFigure | None:
    """The Lorenz curve; None when nothing was sold."""
    found = content.concentration
    if found is None or not found.lorenz:
        return None
    finding = _finding(found, language)
    return ChartFigure(
        key="concentration",
        title=finding,
        description=_DESCRIPTION.to(language, finding=finding),
        chart=lambda width: _chart(found, language, width),
        language=language,
        table=_table(found, content.currency, language),
        note=_note(found, language),
        width=760,
    )


def _finding(found: Concentration, language: Language) -> str:
    best = next((each for each in found.top if each.share == SPOKEN_OF), None)
    if best is None:
        return _PLAIN.to(language)
    return _FINDING.to(language, best=percent(best.share, language), part=percent(best.share_of_revenue, language, 0))


def _note(found: Concentration, language: Language) -> str:
    parts = [_READING.to(language, n=found.customers)]
    if found.gini is not None:
        parts.append(_GINI.to(language, gini=decimal(found.gini, language)))
    if found.counted_as_zero:
        parts.append(_ZERO.to(language, n=found.counted_as_zero))
    return " ".join(parts)


def _chart(found: Concentration, language: Language, width: int) -> Chart:
    return built(
        lambda alt: _layers(alt, language, width),
        curve=[{"customers": each.customers, "revenue": each.revenue} for each in found.lorenz],
        even=[{"customers": 0, "revenue": 0}, {"customers": 1, "revenue": 1}],
        best=[_point(each, language, is_short=width <= NARROW) for each in found.top],
    )


def _layers(alt: Any, language: Language, width: int) -> Any:
    x = alt.X(
        "customers:Q",
        title=_X.to(language),
        axis=_axis(alt, 3 if width <= NARROW else 5),
        scale=alt.Scale(domain=[0, 1]),
    )
    y = alt.Y("revenue:Q", title=_Y.to(language), axis=_axis(alt, 5), scale=alt.Scale(domain=[0, 1]))
    line = alt.Chart(alt.Data(name="curve")).mark_line(color=CANAL.light, strokeWidth=2.5).encode(x=x, y=y)
    even = alt.Chart(alt.Data(name="even"))
    diagonal = even.mark_line(color=REST.light, strokeWidth=1, strokeDash=[4, 4]).encode(x=x, y=y)
    best = alt.Chart(alt.Data(name="best"))
    dots = best.mark_point(color=BRICK.light, filled=True, size=55, opacity=1).encode(x=x, y=y)
    words = best.mark_text(align="left", dx=10, dy=4).encode(x=x, y=y, text=alt.Text("label:N"))
    side = width - (70 if width <= NARROW else 260) - _ROOM
    return alt.layer(diagonal, line, dots, words).properties(width=side, height=min(side * 0.8, 330))


def _axis(alt: Any, ticks: int) -> Any:
    return alt.Axis(format=".0%", tickCount=ticks)


def _point(each: TopShare, language: Language, *, is_short: bool) -> dict[str, Any]:
    return {
        "customers": 1 - each.share,
        "revenue": 1 - each.share_of_revenue,
        "label": (_SHORT if is_short else _POINT).to(
            language, best=percent(each.share, language), part=percent(each.share_of_revenue, language, 0)
        ),
    }


def _table(found: Concentration, currency: str, language: Language) -> Table:
    rows = tuple(
        (
            _BEST.to(language, best=percent(each.share, language)),
            of_how_many(each.persons, found.customers, language),
            money(each.revenue, currency, language),
            share(each.share_of_revenue, language),
        )
        for each in found.top
    )
    first, *others = (head.to(language) for head in _HEADS)
    return Table(_CAPTION.to(language), (Column(first, False), *(Column(head, True) for head in others)), rows)


_PLAIN = Text(en="Concentration of revenue among customers", fr="Concentration du chiffre d'affaires entre les clients")
_FINDING = Text(
    en="The top {best} of customers make {part} of revenue",
    fr="Les {best} de clients les plus dépensiers font {part} du chiffre d'affaires",
)
_POINT = Text(en="top {best}: {part} of revenue", fr=f"{{best}} les plus dépensiers{NB}: {{part}}")
_SHORT = Text(en="{best}: {part}", fr=f"{{best}}{NB}: {{part}}")
_BEST = Text(en="top {best}", fr="{best} les plus dépensiers")
_READING = Plural(
    one=Text(en="{n} customer, from the smallest to the largest.", fr="{n} client, du plus petit au plus grand."),
    other=Text(
        en="{n} customers, from the smallest to the largest; on the dashed line all would spend the same.",
        fr=f"{{n}} clients, du plus petit au plus grand{NB}; sur la ligne pointillée, tous dépenseraient autant.",
    ),
)
_GINI = Text(
    en="Gini coefficient: {gini} (0 when all spend the same).",
    fr=f"Coefficient de Gini{NB}: {{gini}} (0 quand tous dépensent autant).",
)
_ZERO = Plural(
    one=Text(
        en="{n} customer was refunded more than was paid and counts as zero.",
        fr="{n} client remboursé de plus que ses achats compte pour zéro.",
    ),
    other=Text(
        en="{n} customers were refunded more than they paid and count as zero.",
        fr="{n} clients remboursés de plus que leurs achats comptent pour zéro.",
    ),
)
_DESCRIPTION = Text(
    en="Lorenz curve of revenue. {finding}. Figures in the table below.",
    fr="Courbe de Lorenz du chiffre d'affaires. {finding}. Chiffres dans le tableau ci-dessous.",
)
_X = Text(en="share of customers", fr="part des clients")
_Y = Text(en="share of revenue", fr="part du chiffre d'affaires")
_CAPTION = Text(en="What the best customers make", fr="Ce que font les meilleurs clients")
_HEADS = (
    Text(en="customers", fr="clients"),
    Text(en="persons", fr="personnes"),
    Text(en="net revenue", fr="chiffre d'affaires net"),
    Text(en="share of revenue", fr="part du chiffre d'affaires"),
)
