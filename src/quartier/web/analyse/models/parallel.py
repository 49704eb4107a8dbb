"""Why there are so many factors: what each explains, against what answers that were shuffled reach (a scree plot)."""

from typing import Any

from quartier.analyse.psychographic.factors_model import FactorsFigures
from quartier.language import Language, Text, decimal
from quartier.look.colours import BRICK, INK, REST
from quartier.look.drawing import Chart, built
from quartier.report.figures.figure import NARROW, ChartFigure
from quartier.report.page import Column, Drawing, Table
from quartier.web.analyse.models.panels import line, over_numbers
from quartier.web.kept import DRAWINGS

HEIGHT, MARGIN = 230, 60
MOST, MOST_NARROW = 20, 10
"""So many are drawn: those after them explain nothing."""


def parallel(figures: FactorsFigures, language: Language) -> Drawing:
    """Eigenvalues against those of shuffled answers; the last factor that is kept is large and named."""
    asked = ("parallel analysis", figures.eigenvalues, figures.shuffled, len(figures.factors), language)
    return DRAWINGS.get(asked, lambda: _figure(figures, language).placed())


def _figure(figures: FactorsFigures, language: Language) -> ChartFigure:
    return ChartFigure(
        key="parallel",
        title=_title(figures).to(language, n=len(figures.factors), suggested=figures.suggested),
        description=_DESCRIPTION.to(language, n=len(figures.eigenvalues)),
        chart=lambda width: _chart(figures, language, width),
        language=language,
        table=_table(figures, language),
        note=_NOTE.to(language),
    )


def _title(figures: FactorsFigures) -> Text:
    if figures.suggested == len(figures.factors):
        return _ONE if figures.suggested == 1 else _AS_MANY
    return _ASKED if figures.is_asked else _FEWER


def _chart(figures: FactorsFigures, language: Language, width: int) -> Chart:
    kept, most = len(figures.factors), MOST_NARROW if width <= NARROW else MOST
    rows = [
        {"number": place, "eigenvalue": one, "shuffled": other, "is_taken": place == kept}
        for place, (one, other) in enumerate(zip(figures.eigenvalues, figures.shuffled, strict=True), 1)
        if place <= max(most, kept)
    ]
    taken = [rows[kept - 1] | {"says": _KEPT.to(language, n=kept)}]
    end = [rows[-1] | {"says": (_SHORT if width <= NARROW else _SHUFFLED).to(language)}]
    return built(lambda alt: _layers(alt, language, width), rows=rows, taken=taken, end=end)


def _layers(alt: Any, language: Language, width: int) -> Any:
    base = over_numbers(alt, _FACTORS.to(language))
    y = {"axis": alt.Axis(tickCount=5), "scale": alt.Scale(zero=True)}
    chance = base.mark_line(color=REST.light, strokeDash=[5, 4]).encode(
        y=alt.Y("shuffled:Q", title=_EIGENVALUE.to(language), **y)
    )
    kept = alt.Chart(alt.Data(name="taken")).mark_text(align="left", dx=10, dy=-10, fontWeight=600, color=BRICK.light)
    end = alt.Chart(alt.Data(name="end")).mark_text(align="right", dy=-12, color=INK.light)
    return alt.layer(
        chance,
        *line(base, alt, "eigenvalue", **y),
        kept.encode(x="number:O", y="eigenvalue:Q", text="says:N"),
        end.encode(x="number:O", y="shuffled:Q", text="says:N"),
    ).properties(width=width - MARGIN, height=HEIGHT)


def _table(figures: FactorsFigures, language: Language) -> Table:
    rows = tuple(
        (str(place), decimal(one, language), decimal(other, language), (_YES if one > other else _NO).to(language))
        for place, (one, other) in enumerate(zip(figures.eigenvalues, figures.shuffled, strict=True), 1)
    )
    columns = tuple(Column(head.to(language), 0 < place < 3) for place, head in enumerate(_HEADS))
    return Table(_CAPTION.to(language), columns, rows)


_ONE = Text(
    en="One factor explains more than shuffled answers do", fr="Un facteur explique plus que des réponses mélangées"
)
_AS_MANY = Text(
    en="{n} factors explain more than shuffled answers do", fr="{n} facteurs expliquent plus que des réponses mélangées"
)
_FEWER = Text(
    en="{suggested} factors explain more than shuffled answers do; {n} are kept, each the foremost of three items",
    fr="{suggested} facteurs expliquent plus que des réponses mélangées ; {n} sont gardés, dominant chacun trois "
    "questions",
)
_ASKED = Text(
    en="{n} factors, as was asked; {suggested} explain more than shuffled answers do",
    fr="{n} facteurs, comme demandé ; {suggested} expliquent plus que des réponses mélangées",
)
_NOTE = Text(
    en="The eigenvalue says how many items' worth of differences a factor explains. Dashed: what 95 of 100 shuffles of "
    "the same answers stay below.",
    fr="La valeur propre dit combien de questions « vaut » un facteur par les différences qu'il explique. En "
    "pointillé : ce que 95 mélanges des mêmes réponses sur 100 n'atteignent pas.",
)
_DESCRIPTION = Text(
    en="A falling line over {n} factors against a dashed one; figures in the table below.",
    fr="Une courbe qui descend sur {n} facteurs, contre une courbe pointillée ; chiffres dans le tableau ci-dessous.",
)
_KEPT = Text(en="{n} kept", fr="{n} gardés")
_SHUFFLED = Text(en="shuffled answers", fr="réponses mélangées")
_SHORT = Text(en="shuffled", fr="mélangées")
_FACTORS = Text(en="factors", fr="facteurs")
_EIGENVALUE = Text(en="eigenvalue", fr="valeur propre")
_YES, _NO = Text(en="more than by chance", fr="plus que le hasard"), Text(en="no more", fr="pas plus")
_CAPTION = Text(en="Factors against shuffled answers", fr="Les facteurs face à des réponses mélangées")
_HEADS = (
    Text(en="factor", fr="facteur"),
    Text(en="eigenvalue", fr="valeur propre"),
    Text(en="shuffled, 95%", fr="mélangées, 95 %"),
    Text(en="explains", fr="explique"),
)
