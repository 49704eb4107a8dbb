"""Month by month: net revenue, and below it the customers who bought."""

from typing import Any

from quartier.analyse import Month
from quartier.language import Language, Text, percent, whole
from quartier.look.colours import CANAL, REST, SOFT_INK
from quartier.look.drawing import Chart, built
from quartier.report.content import ReportContent
from quartier.report.figures.figure import ChartFigure
from quartier.report.page import Column, Table
from quartier.report.written import NB, money, month

YEAR = 12


def figure(content: ReportContent, language: Language) -> ChartFigure | None:
    """The months one after the other; None when nothing was sold or there is one month only."""
    months = content.overview.months if content.overview else ()
    if len(months) < 2 or not any(each.orders for each in months):
        return None
    return ChartFigure(
        key="months",
        title=_finding(months, content, language),
        description=_DESCRIPTION.to(language, n=len(months), first=month(months[0].month, language)),
        chart=lambda width: _chart(months, content, language, width),
        language=language,
        table=_table(months, content, language),
        note=_NOTE.to(language) if _is_running(months[-1], content) else "",
    )


def _finding(months: tuple[Month, ...], content: ReportContent, language: Language) -> str:
    whole_months = [each for each in months if not _is_running(each, content)]
    before, last = whole_months[-2 * YEAR : -YEAR], whole_months[-YEAR:]
    earlier, later = sum(each.net for each in before), sum(each.net for each in last)
    if len(before) < YEAR or earlier <= 0:
        return _PLAIN.to(language)
    change = later / earlier - 1
    said = _MORE if change > 0.005 else _LESS if change < -0.005 else _SAME
    return said.to(language, change=percent(abs(change), language), sum=money(later, content.currency, language))


def _is_running(each: Month, content: ReportContent) -> bool:
    today = content.at.astimezone(content.zone).date()
    return (each.month.year, each.month.month) == (today.year, today.month)


def _chart(months: tuple[Month, ...], content: ReportContent, language: Language, width: int) -> Chart:
    rows = [_row(each, content, language) for each in months]
    names = {"net": _REVENUE.to(language), "customers": _CUSTOMERS.to(language)}
    best = {f"best_{field}": [max(rows, key=lambda row: row[field])] for field in names}
    return built(lambda alt: _panels(alt, names, len(rows), width), rows=rows, **best)


def _panels(alt: Any, names: dict[str, str], months: int, width: int) -> Any:
    heights = {"net": 170, "customers": 90}
    return alt.vconcat(
        *(_bars(alt, field, title, months, width, heights[field]) for field, title in names.items()), spacing=16
    )


def _row(each: Month, content: ReportContent, language: Language) -> dict[str, Any]:
    return {
        "month": f"{each.month:%Y-%m-%d}T00:00:00",
        "net": round(each.net, 2),
        "customers": each.customers,
        "running": _is_running(each, content),
        "money": money(each.net, content.currency, language),
        "persons": whole(each.customers, language),
    }


def _bars(alt: Any, field: str, title: str, months: int, width: int, height: int) -> Any:
    step = (width - 70) / months
    x = alt.X(
        "month:T",
        title=None,
        axis=alt.Axis(tickCount="year", format="%b %Y", labelFlush=False, domain=True),
        scale=alt.Scale(padding=step * 0.6),
    )
    y = alt.Y(f"{field}:Q", title=None, axis=alt.Axis(tickCount=3, format=",.0f", minExtent=52))
    colour = alt.condition("datum.running", alt.value(REST.light), alt.value(CANAL.light))
    bars = alt.Chart(alt.Data(name="rows")).mark_bar(width=max(3, int(step * 0.72))).encode(x=x, y=y, color=colour)
    label = alt.Chart(alt.Data(name=f"best_{field}")).mark_text(dy=-7, fontWeight=600)
    written = label.encode(
        x=alt.X("month:T"), y=alt.Y(f"{field}:Q"), text=alt.Text("money:N" if field == "net" else "persons:N")
    )
    heading = alt.TitleParams(title, anchor="start", fontSize=12, fontWeight=400, color=SOFT_INK.light, offset=12)
    return alt.layer(bars, written).properties(width=width - 70, height=height, title=heading)


def _table(months: tuple[Month, ...], content: ReportContent, language: Language) -> Table:
    rows = [
        (
            month(each.month, language),
            whole(each.orders, language),
            money(each.gross, content.currency, language),
            money(each.refunded, content.currency, language),
            money(each.net, content.currency, language),
            whole(each.customers, language),
            whole(each.active, language),
        )
        for each in months
    ]
    first, *others = (head.to(language) for head in _HEADS)
    return Table(_CAPTION.to(language), (Column(first, False), *(Column(head, True) for head in others)), tuple(rows))


_PLAIN = Text(en="Net revenue and customers, month by month", fr="Chiffre d'affaires net et clients, mois par mois")
_MORE = Text(
    en="The last 12 whole months brought {sum}, {change} more than the 12 before",
    fr="Les 12 derniers mois entiers ont rapporté {sum}, soit {change} de plus que les 12 précédents",
)
_LESS = Text(
    en="The last 12 whole months brought {sum}, {change} less than the 12 before",
    fr="Les 12 derniers mois entiers ont rapporté {sum}, soit {change} de moins que les 12 précédents",
)
_SAME = Text(
    en="The last 12 whole months brought {sum}, as much as the 12 before",
    fr="Les 12 derniers mois entiers ont rapporté {sum}, autant que les 12 précédents",
)
_NOTE = Text(en="The month in grey is not over.", fr="Le mois en gris n'est pas terminé.")
_DESCRIPTION = Text(
    en="Bars of net revenue and of customers for each of {n} months from {first}; figures in the table below.",
    fr=f"Barres du chiffre d'affaires net et des clients pour chacun des {{n}} mois depuis {{first}}{NB}; "
    "chiffres dans le tableau ci-dessous.",
)
_REVENUE = Text(en="Net revenue", fr="Chiffre d'affaires net")
_CUSTOMERS = Text(en="Customers who bought in the month", fr="Clients ayant acheté dans le mois")
_CAPTION = Text(en="Month by month", fr="Mois par mois")
_HEADS = (
    Text(en="month", fr="mois"),
    Text(en="orders", fr="commandes"),
    Text(en="gross", fr="brut"),
    Text(en="refunded", fr="remboursé"),
    Text(en="net", fr="net"),
    Text(en="customers", fr="clients"),
    Text(en="active persons", fr="personnes actives"),
)
