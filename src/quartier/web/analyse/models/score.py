"""The view of a score: its criteria with what the data propose, who has how many points, what happened at how many."""

from dataclasses import dataclass
from typing import Any

from quartier.analyse.score.definition import SORTS, Band, Calibration, CriterionFigures, ScoreFigures
from quartier.language import LANGUAGES, Language, decimal, percent, whole
from quartier.look.colours import BRICK, SOFT_INK
from quartier.look.drawing import Chart, built
from quartier.report.figures.figure import ChartFigure
from quartier.report.page import Drawing
from quartier.web.analyse.links import editor_for
from quartier.web.analyse.models.score_words import (
    AGAINST_PAST,
    AGAINST_TODAY,
    AXIS_SCORE,
    AXIS_SHARE,
    BAND,
    CAPPED,
    DESCRIPTION,
    FADES,
    HELD_OUT,
    LEARNT,
    OUTCOME,
    RISES,
    RISES_NOT,
    SEGMENT,
    WORDS,
)
from quartier.web.analyse.models.views import Looking, View
from quartier.web.visitor import Visitor

_ENOUGH = 30
"""Persons in a band that the title may speak of."""


@dataclass(frozen=True)
class CriterionView:
    """One criterion: in words, of which sort, how it counts, who has it, what the data propose."""

    said: str
    sort: str
    most: float
    how: str
    persons: int
    missing: int
    proposed: float | None


@dataclass(frozen=True)
class BandView:
    """One band of ten points: who is in it now, and what became of those who were in it then."""

    name: str
    persons: int
    share: float
    url: str
    then: Band | None


@dataclass(frozen=True)
class ScoreView:
    """What the template shows; without a drawing the score is held against nothing."""

    criteria: tuple[CriterionView, ...]
    bands: tuple[BandView, ...]
    ranged: int
    drawing: Drawing | None
    against: str
    learnt: str


def build(figures: ScoreFigures, at: Looking) -> ScoreView:
    """The figures of a run, for a visitor."""
    language, total = at.visitor.language, sum(figures.distribution) or 1
    held = figures.calibration
    trait = str(at.run.summary["traits"][0])
    return ScoreView(
        tuple(_criterion(each, language) for each in figures.criteria),
        tuple(_band(n, persons, total, held, trait, at.visitor) for n, persons in enumerate(figures.distribution)),
        figures.ranged,
        _figure(held, at, language).placed() if held else None,
        _against(held, language) if held else "",
        _learnt(figures, language),
    )  # fmt: skip


def _criterion(each: CriterionFigures, language: Language) -> CriterionView:
    written, parts = each.criterion, []
    if "at_most" in written:
        parts.append(CAPPED.to(language, points=decimal(written["points"], language, 1)))
    if "half_life" in written:
        parts.append(FADES.to(language, days=whole(round(written["half_life"]), language)))
    return CriterionView(
        each.said.to(language), SORTS[each.sort].to(language), each.most, ", ".join(parts), each.persons,
        each.missing, each.proposed,
    )  # fmt: skip


def _band(
    number: int, persons: int, total: int, held: Calibration | None, trait: str, visitor: Visitor
) -> BandView:  # fmt: skip
    low, high = number * 10, number * 10 + 10
    tests = [{"trait": trait, "at_least": low}, *([{"trait": trait, "less_than": high}] if high < 100 else [])]
    where: dict[str, Any] = {"all": tests} if len(tests) > 1 else tests[0]
    label = {language: SEGMENT.to(language, low=low, high=high) for language in LANGUAGES}
    document = {"segment": f"{trait.replace('_', '-')}-{low}-{high}", "label": label, "where": where}
    name = BAND.to(visitor.language, low=low, high=high)
    then = held.bands[number] if held else None
    return BandView(name, persons, persons / total, editor_for(visitor, document) if persons else "", then)


def _against(held: Calibration, language: Language) -> str:
    said = AGAINST_PAST if held.days else AGAINST_TODAY
    found = said.to(
        language, days=held.days, n=whole(held.persons, language), converted=whole(held.converted, language),
        auc=decimal(held.auc, language, 3), low=decimal(held.auc_low, language, 3),
        high=decimal(held.auc_high, language, 3),
    )  # fmt: skip
    return f"{found} {HELD_OUT.to(language)}" if held.is_held_out else found


def _learnt(figures: ScoreFigures, language: Language) -> str:
    found = figures.learnt
    if found is None:
        return ""
    return LEARNT.to(
        language, learnt=whole(found.learnt_on, language), tested=whole(found.tested_on, language),
        auc=decimal(found.auc, language, 3), stated=decimal(found.auc_stated, language, 3),
    )  # fmt: skip


def _figure(held: Calibration, at: Looking, language: Language) -> ChartFigure:
    event = at.workspace.catalog.event(str(at.run.parameters["outcome"]))
    outcome = event.label.to(language) if event and held.days else OUTCOME.to(language)
    seen = [each for each in held.bands if each.persons >= _ENOUGH and each.share is not None]
    title = _title(seen, outcome, language)
    return ChartFigure(
        key="calibration",
        title=title,
        description=DESCRIPTION.to(language, title=title),
        chart=lambda width: _chart(held, language, width),
        language=language,
        width=720,
    )


def _title(seen: list[Band], outcome: str, language: Language) -> str:
    if len(seen) < 2:
        return RISES_NOT.to(language)
    first, last = seen[0], seen[-1]
    return RISES.to(
        language, outcome=outcome, low=BAND.to(language, low=first.low, high=first.high),
        high=BAND.to(language, low=last.low, high=last.high), less=percent(first.share or 0, language),
        more=percent(last.share or 0, language),
    )  # fmt: skip


def _chart(held: Calibration, language: Language, width: int) -> Chart:
    rows = [
        {
            "at": (each.low + each.high) / 2, "share": each.share, "low": each.share_low, "high": each.share_high,
            "words": whole(each.persons, language),
        }
        for each in held.bands if each.persons
    ]  # fmt: skip
    names = {"x": AXIS_SCORE.to(language), "y": AXIS_SHARE.to(language)}
    return built(lambda alt: _layers(alt, names, width), rows=rows)


def _layers(alt: Any, names: dict[str, str], width: int) -> Any:
    x = alt.X("at:Q", title=names["x"], scale=alt.Scale(domain=[0, 100]), axis=alt.Axis(tickCount=6))
    y = {"title": names["y"], "scale": alt.Scale(domain=[0, 1]), "axis": alt.Axis(format=".0%", tickCount=5)}
    base = alt.Chart(alt.Data(name="rows")).encode(x=x)
    count = base.mark_text(color=SOFT_INK.light, dy=-8, fontSize=11)
    return alt.layer(
        base.mark_rule(color=BRICK.light, strokeWidth=3).encode(y=alt.Y("low:Q", **y), y2=alt.Y2("high:Q")),
        base.mark_point(color=BRICK.light, filled=True, size=75, opacity=1).encode(y=alt.Y("share:Q", **y)),
        count.encode(y=alt.Y("high:Q", **y), text=alt.Text("words:N")),
    ).properties(width=width - 70, height=240)


VIEW = View("analyse/models/score.html", WORDS, build)
