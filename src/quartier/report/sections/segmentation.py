"""The set of segments as a whole: how much it covers, what it is worth, what to look at, and how many are enough."""

from collections.abc import Callable

from quartier.evaluate.segmentation import SegmentationQuality, SegmentQuality
from quartier.language import Language, Plural, Text, decimal, percent, whole
from quartier.report.content import ReportContent
from quartier.report.figures import separation
from quartier.report.figures.figure import ChartFigure
from quartier.report.page import Column, Drawing, KeyFigure, SegmentationView, Table
from quartier.report.written import DASH, NB, between, share


def view(
    content: ReportContent, language: Language, draw: Callable[[ChartFigure], Drawing] = ChartFigure.placed
) -> SegmentationView | None:
    """The section, its figure drawn by `draw`; None without segments."""
    found = content.segmentation
    if found is None or not found.segments:
        return None
    figure = separation.figure(content, language)
    return SegmentationView(
        advice=found.advice.said.to(language),
        keys=_keys(found, language),
        findings=tuple(each.said.to(language) for each in found.findings),
        table=_table(found, language),
        drawing=draw(figure) if figure else None,
    )


def _keys(found: SegmentationQuality, language: Language) -> tuple[KeyFigure, ...]:
    coverage, advice = found.coverage, found.advice
    of = _OF.to(language, n=coverage.persons)
    covered = [
        KeyFigure(share(part, language), words.to(language), of)
        for part, words in (
            (coverage.share_in_none, _IN_NONE),
            (coverage.share_in_one, _IN_ONE),
            (coverage.share_in_several, _IN_SEVERAL),
        )
    ]
    enough = _ENOUGH.to(language, enough=advice.enough)
    return (*covered, KeyFigure(whole(advice.measurable, language), _MEASURABLE.to(language), enough))


def _table(found: SegmentationQuality, language: Language) -> Table:
    rows = tuple(_row(each, language) for each in sorted(found.segments, key=lambda each: -each.persons))
    columns = tuple(Column(head.to(language), place > 0) for place, head in enumerate(_HEADS))
    return Table(_CAPTION.to(language), columns, rows)


def _row(each: SegmentQuality, language: Language) -> tuple[str, ...]:
    low, high = whole(each.size_range.low, language), whole(each.size_range.high, language)
    return (
        each.label.to(language),
        whole(each.persons, language),
        between(low, high, language) if each.size_range.low < each.size_range.high else DASH,
        percent(each.alone / each.persons, language) if each.persons else DASH,
        share(each.reachable, language),
        share(each.drift.kept if each.drift else None, language),
        DASH if each.steadiness is None else decimal(each.steadiness, language),
    )


_OF = Plural(Text(en="of {n} person", fr="de {n} personne"), Text(en="of {n} persons", fr="de {n} personnes"))
_IN_NONE = Text(en="in no segment", fr="dans aucun segment")
_IN_ONE = Text(en="in exactly one", fr="dans un seul")
_IN_SEVERAL = Text(en="in several", fr="dans plusieurs")
_MEASURABLE = Text(en="segments to learn from", fr="segments où mesurer un effet")
_ENOUGH = Text(en="with at least {enough} persons", fr="d'au moins {enough} personnes")
_CAPTION = Text(en="Each segment in the set", fr="Chaque segment dans l'ensemble")
_HEADS = (
    Text(en="segment", fr="segment"),
    Text(en="persons", fr="personnes"),
    Text(en="95% range", fr=f"plage à 95{NB}%"),
    Text(en="in no other", fr="dans aucun autre"),
    Text(en="reachable", fr="joignables"),
    Text(en="kept", fr="restés"),
    Text(en="steadiness", fr="constance"),
)
