"""Cohorts: customers by month of first order, and the part that ordered again in each month after."""

from typing import Any

from quartier.analyse.cohorts import Cohort, Cohorts
from quartier.language import Language, Plural, Text, percent, whole
from quartier.look.colours import SHADES, on_shade
from quartier.look.drawing import Chart, built
from quartier.report.content import ReportContent
from quartier.report.figures.figure import NARROW, ChartFigure
from quartier.report.page import Column, Table
from quartier.report.shades import by_bounds
from quartier.report.written import DASH, NB, month

SHOWN = 12
"""Cohorts and months after that are drawn: the last ones."""
_NARROW_COLUMNS = 5
_BOUNDS = (0.02, 0.05, 0.1, 0.2, 0.4)
_HEIGHT, _ROOM = 30, 70


def figure(content: ReportContent, language: Language) -> ChartFigure | None:
    """The grid; None where nobody has had a whole month to come back."""
    found = content.cohorts
    if found is None or found.again(1) is None:
        return None
    return ChartFigure(
        key="cohorts",
        title=finding(found, language),
        description=_DESCRIPTION.to(language, n=found.customers),
        chart=lambda width: _chart(found, language, width),
        language=language,
        table=_table(found, language),
        note=_READING.to(language, n=found.customers),
        width=760,
    )


def finding(found: Cohorts, language: Language) -> str:
    """How many come back in the month after their first, where that can be said."""
    again = found.again(1)
    return _PLAIN.to(language) if again is None else _FINDING.to(language, part=percent(again, language))


def step(share: float) -> int:
    """The shade of a share that came back: few do, so the steps widen."""
    return by_bounds(share, _BOUNDS)


def _chart(found: Cohorts, language: Language, width: int) -> Chart:
    columns = _NARROW_COLUMNS if width <= NARROW else SHOWN - 1
    drawn = found.cohorts[-SHOWN:]
    rows = [row for each in drawn for row in _cells(each, columns, language)]
    order = [month(each.month, language) for each in reversed(drawn)]
    steps = sorted({int(row["step"]) for row in rows})
    return built(lambda alt: _layers(alt, order, steps, language, width), rows=rows)


def _cells(cohort: Cohort, columns: int, language: Language) -> list[dict[str, Any]]:
    shares = [(n, cohort.share(n)) for n in range(1, columns + 1)]
    return [
        {
            "cohort": month(cohort.month, language),
            "after": n,
            "text": percent(share, language, 0),
            "step": step(share),
            "shade": SHADES[step(share)].light,
        }
        for n, share in shares
        if share is not None
    ]


def _layers(alt: Any, order: list[str], steps: list[int], language: Language, width: int) -> Any:
    x = alt.X("after:O", title=_X.to(language), axis=alt.Axis(orient="top", labelAngle=0))
    y = alt.Y("cohort:N", title=None, sort=order)
    base = alt.Chart(alt.Data(name="rows")).encode(x=x, y=y)
    ground = base.mark_rect(cornerRadius=2).encode(color=alt.Color("shade:N", scale=None))
    words = [
        base.transform_filter(f"datum.step == {each}")
        .mark_text(fontSize=11, color=on_shade(each).light)
        .encode(text=alt.Text("text:N"))
        for each in steps
    ]
    return alt.layer(ground, *words).properties(width=width - _ROOM - 20, height=_HEIGHT * len(order))


def _table(found: Cohorts, language: Language) -> Table:
    rows = tuple(
        (month(each.month, language), whole(each.persons, language), *(_again(each, n, language) for n in _TOLD))
        for each in reversed(found.cohorts)
    )
    columns = tuple(Column(head, place > 0) for place, head in enumerate(_heads(language)))
    return Table(_CAPTION.to(language, n=found.customers), columns, rows)


def _again(cohort: Cohort, months_after: int, language: Language) -> str:
    share = cohort.share(months_after)
    return DASH if share is None else percent(share, language)


def _heads(language: Language) -> list[str]:
    return [*(each.to(language) for each in _HEADS), *(_AFTER.to(language, n=n) for n in _TOLD)]


_TOLD = (1, 2, 3, 6, 12)
_PLAIN = Text(en="Customers by month of first order", fr="Les clients par mois de premier achat")
_FINDING = Text(
    en="{part} of new customers order again in the month after their first",
    fr="{part} des nouveaux clients commandent à nouveau le mois suivant le premier",
)
_READING = Text(
    en="{n} customers by the month of their first order, along each row the share who ordered so many months later. "
    "The last one of each row is of the current month, which is not over.",
    fr="{n} clients selon le mois de leur premier achat ; le long de chaque ligne, la part de ceux qui ont commandé "
    "tant de mois plus tard. La dernière de chaque ligne est celle du mois en cours, qui n'est pas terminé.",
)
_DESCRIPTION = Text(
    en="Grid of shares by month of first order, over {n} customers; figures in the table below.",
    fr=f"Grille de parts par mois de premier achat, sur {{n}} clients{NB}; chiffres dans le tableau ci-dessous.",
)
_X = Text(en="months after the first order", fr="mois après le premier achat")
_CAPTION = Text(en="Who came back, of {n} customers", fr="Qui est revenu, sur {n} clients")
_HEADS = (Text(en="first order", fr="premier achat"), Text(en="customers", fr="clients"))
_AFTER = Plural(
    Text(en="after {n} month", fr="à {n} mois"),
    Text(en="after {n} months", fr="à {n} mois"),
)
