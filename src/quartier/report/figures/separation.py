"""What the segments tell apart: for each trait, the share of its variance that knowing the memberships explains."""

from typing import Any

from quartier.evaluate.segmentation.separation import TraitSeparation
from quartier.language import Language, Text, percent, whole
from quartier.look.colours import BRICK, REST
from quartier.look.drawing import Chart, built
from quartier.report.content import ReportContent
from quartier.report.figures.figure import NARROW, ChartFigure
from quartier.report.page import Column, Table
from quartier.report.written import NB, share

MOST_SHOWN = 12
_ROOM, _NARROW_ROOM, _STEP = 280, 150, 26


def figure(content: ReportContent, language: Language) -> ChartFigure | None:
    """Bars for the traits told apart best; None when no trait could be compared."""
    found = content.segmentation
    told = [each for each in found.traits if each.explained is not None] if found else []
    if not told:
        return None
    shown = sorted(told, key=lambda each: -(each.explained or 0.0))[:MOST_SHOWN]
    return ChartFigure(
        key="separation",
        title=_finding(told, language),
        description=_DESCRIPTION.to(language, n=len(shown)),
        chart=lambda width: _chart(shown, language, width),
        language=language,
        table=_table(told, language),
        note=_READING.to(language),
        width=760,
    )


def _finding(told: list[TraitSeparation], language: Language) -> str:
    """The trait that is told apart best without being part of a definition."""
    free = [each for each in told if not each.is_defining]
    best = max(free, key=lambda each: each.explained or 0.0, default=None)
    if best is None or (best.explained or 0.0) < 0.01:
        return _NOTHING.to(language)
    part = percent(best.explained or 0.0, language, 0)
    return _FINDING.to(language, trait=best.label.to(language), part=part)


def _chart(shown: list[TraitSeparation], language: Language, width: int) -> Chart:
    rows = [
        {
            "trait": each.label.to(language),
            "explained": each.explained,
            "text": share(each.explained, language),
            "shade": REST.light if each.is_defining else BRICK.light,
        }
        for each in shown
    ]
    return built(lambda alt: _layers(alt, [str(row["trait"]) for row in rows], width), rows=rows)


def _layers(alt: Any, order: list[str], width: int) -> Any:
    room = _NARROW_ROOM if width <= NARROW else _ROOM
    axis = alt.Axis(title=None, labelLimit=room - 20, ticks=False, domain=False)
    base = alt.Chart(alt.Data(name="rows")).encode(
        y=alt.Y("trait:N", sort=order, axis=axis),
        x=alt.X("explained:Q", axis=None, scale=alt.Scale(domain=[0, 1])),
    )
    bars = base.mark_bar(height=14).encode(color=alt.Color("shade:N", scale=None))
    words = base.mark_text(align="left", dx=6).encode(text=alt.Text("text:N"))
    return alt.layer(bars, words).properties(width=width - room - 60, height=_STEP * len(order))


def _table(told: list[TraitSeparation], language: Language) -> Table:
    rows = tuple(
        (
            each.label.to(language),
            share(each.explained, language),
            (_YES if each.is_defining else _NO).to(language),
            whole(each.persons, language),
        )
        for each in told
    )
    columns = tuple(Column(head.to(language), place in (1, 3)) for place, head in enumerate(_HEADS))
    return Table(_CAPTION.to(language), columns, rows)


_FINDING = Text(
    en="Beyond their definitions, the segments tell “{trait}” apart best: {part} of its variation",
    fr=f"Au-delà de leur définition, les segments distinguent surtout «{NB}{{trait}}{NB}»{NB}: {{part}} "
    "de sa variation",
)
_NOTHING = Text(
    en="The segments tell apart only what defines them",
    fr="Les segments ne distinguent que ce qui les définit",
)
_READING = Text(
    en="How much of the variation of each trait knowing the segments explains: none of it at 0%, all of it at 100%. "
    "Grey traits are part of a definition; the red ones are findings.",
    fr="Part de la variation de chaque trait que la connaissance des segments explique. En gris, les traits "
    "qui servent à définir un segment ; en rouge, ceux qui apprennent quelque chose.",
)
_DESCRIPTION = Text(
    en="Bars for {n} traits; figures in the table below.",
    fr="Barres pour {n} traits ; chiffres dans le tableau ci-dessous.",
)
_CAPTION = Text(en="Variation explained by the segments", fr="Variation expliquée par les segments")
_HEADS = (
    Text(en="trait", fr="trait"),
    Text(en="explained", fr="expliquée"),
    Text(en="part of a definition", fr="sert à définir"),
    Text(en="persons", fr="personnes"),
)
_YES, _NO = Text(en="yes", fr="oui"), Text(en="no", fr="non")
