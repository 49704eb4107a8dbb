"""How many speak of what: themes by size, each share with its interval, and those who are in none."""

from typing import Any

from quartier.analyse.psychographic.themes_model import ThemesFigures
from quartier.analyse.surveys.intervals import share_interval
from quartier.language import Language, Text, percent, whole
from quartier.look.colours import BRICK, CANAL, INK, REST
from quartier.look.drawing import Chart, built
from quartier.report.figures.figure import NARROW, ChartFigure
from quartier.report.page import Column, Drawing, Table
from quartier.web.kept import DRAWINGS

STEP, MARGIN = 44, 20
WORDS, WORDS_NARROW = 6, 3


def sizes(figures: ThemesFigures, language: Language) -> Drawing:
    """A bar per theme, the largest first, with the interval of its share."""
    asked = ("theme sizes", figures.themes, figures.persons, figures.without, language)
    return DRAWINGS.get(asked, lambda: _figure(figures, language).placed())


def _figure(figures: ThemesFigures, language: Language) -> ChartFigure:
    first = figures.themes[0]
    said = ", ".join(first.words[:WORDS_NARROW])
    return ChartFigure(
        key="sizes",
        title=_TITLE.to(language, words=said, share=percent(first.share, language, 0)),
        description=_DESCRIPTION.to(language, n=len(figures.themes)),
        chart=lambda width: _chart(figures, language, width),
        language=language,
        table=_table(figures, language),
        note=_NOTE.to(language),
    )


def _shares(figures: ThemesFigures) -> list[tuple[str, tuple[str, ...], int]]:
    found = [(each.id, each.words, each.persons) for each in figures.themes]
    return [*found, ("", (), figures.without)] if figures.without else found


def _chart(figures: ThemesFigures, language: Language, width: int) -> Chart:
    told = WORDS_NARROW if width <= NARROW else WORDS
    rows = []
    for place, (id_, words, persons) in enumerate(_shares(figures)):
        low, high = share_interval(persons, figures.persons) or (0.0, 1.0)
        said = f"{id_}  {', '.join(words[:told])}" if id_ else _NONE.to(language)
        share = persons / figures.persons
        rows.append({
            "place": place, "words": said, "share": share, "low": low, "high": high,
            "colour": _colour(place, id_), "figure": percent(share, language, 0),
        })  # fmt: skip
    return built(lambda alt: _layers(alt, width), rows=rows)


def _colour(place: int, id_: str) -> str:
    return (REST if not id_ else CANAL if place else BRICK).light


def _layers(alt: Any, width: int) -> Any:
    base = alt.Chart(alt.Data(name="rows")).encode(y=alt.Y("place:O", axis=None))
    scale = alt.Scale(zero=True, nice=False, padding=0)
    x = {"title": None, "axis": alt.Axis(format=".0%", tickCount=4), "scale": scale}
    colour = alt.Color("colour:N", scale=None, legend=None)
    words = base.mark_text(align="left", baseline="bottom", dy=-4, fontSize=12.5, color=INK.light, limit=width)
    figure = base.mark_text(align="left", dx=6, yOffset=8, color=INK.light, fontSize=12.5)
    return alt.layer(
        base.mark_bar(height=12, yOffset=8).encode(x=alt.X("share:Q", **x), color=colour),
        base.mark_rule(color=INK.light, strokeWidth=1.5, yOffset=8).encode(x=alt.X("low:Q", **x), x2="high:Q"),
        figure.encode(x=alt.X("high:Q", **x), text="figure:N"),
        words.encode(x=alt.XValue(0), text="words:N"),
    ).properties(width=width - 2 * MARGIN - 20, height=alt.Step(STEP))


def _table(figures: ThemesFigures, language: Language) -> Table:
    rows = []
    for id_, words, persons in _shares(figures):
        low, high = share_interval(persons, figures.persons) or (0.0, 1.0)
        name = f"{id_} {', '.join(words)}" if id_ else _NONE.to(language)
        span = _BETWEEN.to(language, low=percent(low, language), high=percent(high, language))
        rows.append((name, whole(persons, language), percent(persons / figures.persons, language), span))
    columns = tuple(Column(head.to(language), place > 0) for place, head in enumerate(_HEADS))
    return Table(_CAPTION.to(language, n=whole(figures.persons, language)), columns, tuple(rows))


_TITLE = Text(
    en="What most speak of: {words} ({share} of answers)",
    fr="Ce dont on parle le plus : {words} ({share} des réponses)",
)
_NOTE = Text(
    en="Share of all answers; the lines are 95% intervals, as for a random draw of persons.",
    fr="Part de toutes les réponses ; les traits sont des intervalles à 95 %, comme pour un tirage au hasard.",
)
_DESCRIPTION = Text(
    en="Bars of {n} themes with their intervals; figures in the table below.",
    fr="Barres de {n} thèmes avec leurs intervalles ; chiffres dans le tableau ci-dessous.",
)
_NONE = Text(en="in no theme", fr="dans aucun thème")
_BETWEEN = Text(en="{low} to {high}", fr="{low} à {high}")
_CAPTION = Text(en="Themes of {n} answers", fr="Thèmes de {n} réponses")
_HEADS = (
    Text(en="theme", fr="thème"), Text(en="answers", fr="réponses"), Text(en="share", fr="part"),
    Text(en="95% interval", fr="intervalle à 95 %"),
)  # fmt: skip
