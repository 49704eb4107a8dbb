"""Why there are so many classes of answers: how well each number explains the answers, and which are found again."""

from typing import Any

from quartier.analyse.psychographic.class_figures import FOUND_AGAIN, ClassesFigures, TriedNumber
from quartier.language import Language, Text, decimal, percent, whole
from quartier.look.drawing import Chart, built
from quartier.report.figures.figure import ChartFigure
from quartier.report.page import Column, Drawing, Table
from quartier.web.analyse.models.panels import line, over_numbers, panel, side_of, together, whiskers
from quartier.web.kept import DRAWINGS


def numbers(figures: ClassesFigures, language: Language) -> Drawing | None:
    """BIC and agreement of resamples over the numbers that were tried; None where one alone was."""
    if len(figures.tried) < 2:
        return None
    asked = ("class numbers", figures.tried, len(figures.classes), language)
    return DRAWINGS.get(asked, lambda: _figure(figures, language).placed())


def _figure(figures: ClassesFigures, language: Language) -> ChartFigure:
    return ChartFigure(
        key="numbers",
        title=_title(figures.taken).to(language, n=figures.taken.number),
        description=_DESCRIPTION.to(language, n=len(figures.tried)),
        chart=lambda width: _chart(figures, language, width),
        language=language,
        table=_table(figures.tried, language),
        note=_note(figures, language),
    )


def _title(taken: TriedNumber) -> Text:
    if taken.stability is None:
        return _LEAST
    return _FOUND if taken.stability >= FOUND_AGAIN else _CHOICE


def _note(figures: ClassesFigures, language: Language) -> str:
    drawn = figures.taken.drawn
    return f"{_NOTE.to(language)} {_RESAMPLES.to(language, n=drawn)}" if drawn else _NOTE.to(language)


def _chart(figures: ClassesFigures, language: Language, width: int) -> Chart:
    rows = [each.model_dump() | {"is_taken": each.number == len(figures.classes)} for each in figures.tried]
    return built(lambda alt: _panels(alt, figures, language, width), rows=rows)


def _panels(alt: Any, figures: ClassesFigures, language: Language, width: int) -> Any:
    is_resampled = any(each.stability is not None for each in figures.tried)
    base, side = over_numbers(alt, _CLASSES.to(language)), side_of(width) if is_resampled else width - 2 * _ROOM
    axis, scale = alt.Axis(tickCount=4, format=",.0f"), alt.Scale(zero=False)
    bic = panel(alt, side, _BIC.to(language), *line(base, alt, "bic", axis=axis, scale=scale))
    if not is_resampled:
        return bic
    known = base.transform_filter("datum.stability != null")
    again = panel(alt, side, _AGAIN.to(language), whiskers(known, alt), *line(known, alt, "stability"))
    return together(alt, (bic, again), width)


def _table(tried: tuple[TriedNumber, ...], language: Language) -> Table:
    rows = tuple(
        (
            str(each.number), whole(round(each.bic), language), decimal(each.entropy, language),
            percent(each.smallest, language), _known(each.stability, language), _span(each, language),
        )
        for each in tried
    )  # fmt: skip
    columns = tuple(Column(head.to(language), place > 0) for place, head in enumerate(_HEADS))
    return Table(_CAPTION.to(language), columns, rows)


def _known(value: float | None, language: Language) -> str:
    return "–" if value is None else decimal(value, language)


def _span(each: TriedNumber, language: Language) -> str:
    if each.low is None or each.high is None:
        return "–"
    return f"{decimal(each.low, language)}–{decimal(each.high, language)}"


_ROOM = 40
_FOUND = Text(
    en="{n} classes explain the answers best, and are found again",
    fr="{n} classes expliquent le mieux les réponses, et on les retrouve",
)
_CHOICE = Text(
    en="{n} classes explain the answers best, yet {n} is a choice: they are found again in part only",
    fr="{n} classes expliquent le mieux les réponses, mais {n} est un choix : on ne les retrouve qu'en partie",
)
_LEAST = Text(en="{n} classes explain the answers best", fr="{n} classes expliquent le mieux les réponses")
_NOTE = Text(
    en="BIC weighs how well classes explain the answers against how many there are: the least is best.",
    fr="Le BIC met en balance ce que les classes expliquent et leur nombre : le plus petit est le meilleur.",
)
_RESAMPLES = Text(
    en="Found again: agreement between the classes of any two of {n} resamples, 1 being the same; the bars are the "
    "least and the greatest.",
    fr="Retrouvées : accord entre les classes de deux rééchantillons, pris parmi {n}, 1 pour les mêmes ; les barres "
    "vont du plus faible au plus fort.",
)
_DESCRIPTION = Text(
    en="Lines over {n} numbers of classes; figures in the table below.",
    fr="Courbes sur {n} nombres de classes ; chiffres dans le tableau ci-dessous.",
)
_BIC = Text(en="BIC (least is best)", fr="BIC (le plus petit est le meilleur)")
_AGAIN = Text(en="Found again (1: the same)", fr="Retrouvées (1 : les mêmes)")
_CLASSES = Text(en="classes", fr="classes")
_CAPTION = Text(en="Numbers of classes that were tried", fr="Nombres de classes essayés")
_HEADS = (
    Text(en="classes", fr="classes"),
    Text(en="BIC", fr="BIC"),
    Text(en="relative entropy", fr="entropie relative"),
    Text(en="smallest class", fr="plus petite classe"),
    Text(en="found again", fr="retrouvées"),
    Text(en="from–to", fr="de–à"),
)
