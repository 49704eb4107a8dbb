"""A survey's answers by segment as a picture: one estimate per segment with its interval, against that of everybody."""

from typing import TYPE_CHECKING

from quartier.analyse.surveys.wording import shaped, written
from quartier.language import Language, Text
from quartier.look import whiskers
from quartier.report.figures.figure import NARROW, ChartFigure
from quartier.report.page import Drawing
from quartier.web.kept import DRAWINGS

if TYPE_CHECKING:
    from quartier.analyse.surveys.results import Estimate, QuestionResult

MOST = 20
"""So many segments are drawn, those with the highest and the lowest first; all are in the table."""
_AXES = {"nps": "d", "satisfied": ".0%", "mean": ".1f", "median": ".1f"}
Segments = list[tuple[str, "Estimate"]]
"""Segments with their estimates, by label."""


def by_segment(everybody: "QuestionResult", segments: Segments, language: Language) -> Drawing | None:
    """One question over the segments, the highest first; None for one segment, with nothing to hold it against."""
    known = sorted((each for each in segments if each[1].interval), key=lambda each: (-each[1].value, each[0]))
    if len(known) < 2:
        return None
    name, all_ = everybody.question.name, everybody.estimates[0]
    asked = ("survey by segment", name, all_, known, language)
    return DRAWINGS.get(asked, lambda: _figure(everybody, known, language).placed())


def _figure(everybody: "QuestionResult", known: Segments, language: Language) -> ChartFigure:
    all_ = everybody.estimates[0]
    drawn = known if len(known) <= MOST else [*known[: MOST // 2], *known[-MOST // 2 :]]
    return ChartFigure(
        key=f"by-segment-{everybody.question.name}",
        title=_finding(known, language),
        description=_DESCRIPTION.to(language, n=len(drawn)),
        chart=lambda width: whiskers.rows_with_intervals(
            _rows(drawn, language, is_narrow=width <= NARROW), width, format_=_AXES[all_.kind], at=all_.value
        ),
        language=language,
        note=_NOTE.to(language, question=everybody.question.text.to(language), all=written(all_, language)),
        width=620,
    )


def _rows(drawn: Segments, language: Language, *, is_narrow: bool) -> list[dict[str, object]]:
    """A row per segment; on a phone without the interval in words, which the whisker and the table say."""
    rows: list[dict[str, object]] = []
    for label, each in drawn:
        low, high = each.interval or (each.value, each.value)
        said = shaped(each.kind, language)(each.value) if is_narrow else written(each, language)
        rows.append({"words": f"{label} · {said}", "value": each.value, "low": low, "high": high})
    return rows


def _finding(known: Segments, language: Language) -> str:
    """The highest against the lowest where their intervals lie apart, which says it of any two that are farther off."""
    (first, high), (last, low) = known[0], known[-1]
    if high.interval is None or low.interval is None or high.interval[0] <= low.interval[1]:
        return _ALIKE.to(language)
    form = shaped(high.kind, language)
    fields = {"first": first, "high": form(high.value), "last": last, "low": form(low.value)}
    return _APART[high.kind].to(language, **fields)


_APART = {
    "nps": Text(
        en="“{first}” would recommend most (NPS {high}), “{last}” least ({low})",
        fr="« {first} » recommande le plus (NPS {high}), « {last} » le moins ({low})",
    ),
    "satisfied": Text(
        en="“{first}” is satisfied most often ({high}), “{last}” least ({low})",
        fr="« {first} » est le plus souvent satisfait ({high}), « {last} » le moins ({low})",
    ),
    "mean": Text(
        en="“{first}” has the highest mean ({high}), “{last}” the lowest ({low})",
        fr="« {first} » a la moyenne la plus haute ({high}), « {last} » la plus basse ({low})",
    ),
    "median": Text(
        en="“{first}” has the highest median ({high}), “{last}” the lowest ({low})",
        fr="« {first} » a la médiane la plus haute ({high}), « {last} » la plus basse ({low})",
    ),
}
_ALIKE = Text(
    en="No segment is told apart from another: their intervals overlap",
    fr="Aucun segment ne se distingue d'un autre : leurs intervalles se recouvrent",
)
_NOTE = Text(
    en="{question} Lines are 95% intervals; the grey tick is everybody: {all}.",
    fr="{question} Les traits sont des intervalles à 95 % ; le repère gris est tout le monde : {all}.",
)
_DESCRIPTION = Text(
    en="One estimate with its interval for each of {n} segments; figures in the table.",
    fr="Une estimation avec son intervalle pour chacun des {n} segments ; chiffres dans le tableau.",
)
