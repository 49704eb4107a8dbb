"""The page of a propensity: how far to trust it, what weighs, the card, and the tenths, which open as segments."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from quartier.analyse.propensity.card import NOT_FOR, PropensityFigures, TenthNow, Warned
from quartier.analyse.propensity.groups import Group
from quartier.language import LANGUAGES, Language, Text, day, decimal, percent, whole
from quartier.look import whiskers
from quartier.report.figures.figure import ChartFigure
from quartier.report.page import Drawing
from quartier.web.analyse.links import editor_for
from quartier.web.analyse.models import propensity_words as words
from quartier.web.analyse.models.views import Looking, View
from quartier.web.kept import DRAWINGS
from quartier.web.visitor import Visitor


@dataclass(frozen=True)
class TenthView:
    """One tenth now; `url` opens its persons as a segment, `up_to` all from the first one down to it."""

    tenth: int
    persons: int
    mean: float
    low: float
    high: float
    url: str
    up_to: str


@dataclass(frozen=True)
class PropensityPage:
    """What the template shows; sentences are in the reader's language."""

    outcome: str
    glance: tuple[tuple[str, str, str], ...]
    warned: tuple[tuple[str, bool, tuple[str, ...]], ...]
    lift: Drawing
    calibration: Drawing
    weights: Drawing | None
    tenths: tuple[TenthView, ...]
    card: tuple[tuple[str, str], ...]
    weaker: tuple[str, ...]
    not_for: tuple[str, ...]
    not_read: tuple[tuple[str, str], ...]


def page(figures: PropensityFigures, looking: Looking) -> PropensityPage:
    """The page from the figures of a run."""
    language = looking.visitor.language
    return PropensityPage(
        figures.outcome.to(language), _glance(figures, language),
        tuple(_warned(each, language) for each in figures.warned),
        _drawn("lift", figures, language), _drawn("calibration", figures, language),
        _drawn("weights", figures, language) if figures.clues else None,
        tuple(_tenth(each, figures, looking.visitor) for each in figures.tenths),
        _card(figures, looking), tuple(_group(each, language) for each in figures.weaker),
        tuple(each.to(language) for each in NOT_FOR),
        tuple((each.label.to(language), each.reason.to(language)) for each in figures.not_read),
    )  # fmt: skip


def _glance(figures: PropensityFigures, language: Language) -> tuple[tuple[str, str, str], ...]:
    judged = figures.judgement
    area = judged.area
    between = words.BETWEEN.to(language, low=decimal(area.low, language), high=decimal(area.high, language))
    of = words.OF.to(language, n=judged.outcomes, persons=judged.persons)
    return (
        (words.AREA.to(language), decimal(area.value, language), between),
        (words.HAPPENED.to(language), percent(judged.share, language), of),
        (words.OFF.to(language), percent(judged.calibration_error, language), words.OFF_HELP.to(language)),
    )


def _warned(each: Warned, language: Language) -> tuple[str, bool, tuple[str, ...]]:
    return each.label.to(language), each.is_accused, tuple(why.to(language) for why in each.why)


def _drawn(which: str, figures: PropensityFigures, language: Language) -> Drawing:
    make = {"lift": _lift, "calibration": _calibration, "weights": _weights}[which]
    kept = (which, figures.judgement, figures.clues, language)
    return DRAWINGS.get(kept, lambda: make(figures, language).placed())


def _lift(figures: PropensityFigures, language: Language) -> ChartFigure:
    judged = figures.judgement
    first = judged.tenths[0]
    title = words.LIFT.to(language, reached=percent(first.reached, language, 0), times=decimal(first.lift, language, 1))
    rows = [
        {"tenth": place, "seen": each.seen, "low": each.low, "high": each.high}
        for place, each in enumerate(judged.tenths, start=1)
    ]
    said = words.MEAN.to(language, share=percent(judged.share, language))
    return ChartFigure(
        key="lift", title=title, description=words.LIFT_READ.to(language), note=words.LIFT_READ.to(language),
        chart=lambda width: whiskers.bars_by_tenth(
            rows, judged.share, width, x=words.TENTH.to(language), y=words.SEEN.to(language), mean_said=said
        ),
        language=language, width=640,
    )  # fmt: skip


def _calibration(figures: PropensityFigures, language: Language) -> ChartFigure:
    judged = figures.judgement
    rows = [{"said": each.said, "seen": each.seen, "low": each.low, "high": each.high} for each in judged.tenths]
    inside = sum(each.low <= each.said <= each.high for each in judged.tenths)
    title = words.CALIBRATION.to(language, n=inside, of=len(judged.tenths))
    return ChartFigure(
        key="calibration", title=title, description=title, note=words.CALIBRATION_READ.to(language),
        chart=lambda width: whiskers.said_and_seen(
            rows, width, x=words.SAID.to(language), y=words.SEEN.to(language), diagonal=words.SAME.to(language)
        ),
        language=language, width=520,
    )  # fmt: skip


def _weights(figures: PropensityFigures, language: Language) -> ChartFigure:
    shown = figures.clues[:8]
    title = words.WEIGHTS.to(language, clue=shown[0].label.to(language), share=percent(shown[0].share, language, 0))
    rows = [
        {
            "words": each.label.to(language) + _way(each.direction, language),
            "value": each.share, "low": each.low, "high": each.high,
        }
        for each in shown
    ]  # fmt: skip
    return ChartFigure(
        key="weights", title=title, description=title, note=words.WEIGHTS_READ.to(language),
        chart=lambda width: whiskers.rows_with_intervals(
            rows, width, format_=".0%", at=0.0, title=words.WEIGHT.to(language)
        ),
        language=language, width=520,
    )  # fmt: skip


def _way(direction: int, language: Language) -> str:
    return words.DIRECTIONS[direction].to(language) if direction else ""


def _tenth(each: TenthNow, figures: PropensityFigures, visitor: Visitor) -> TenthView:
    return TenthView(
        each.tenth, each.persons, each.mean, each.low, each.high,
        editor_for(visitor, of_tenths(figures, each.tenth, each.tenth)),
        editor_for(visitor, of_tenths(figures, 1, each.tenth)) if each.tenth > 1 else "",
    )  # fmt: skip


def of_tenths(figures: PropensityFigures, first: int, last: int) -> dict[str, Any]:
    """The segment of some tenths, from the most likely down."""
    trait, name = f"{figures.name}_tenth", figures.name.replace("_", "-")
    where = {"trait": trait, "is": first} if first == last else {"trait": trait, "between": [first, last]}
    label = {
        each: words.ONE_TENTH.to(each, n=first, outcome=figures.outcome.to(each)) if first == last
        else words.SOME_TENTHS.to(each, first=first, last=last, outcome=figures.outcome.to(each))
        for each in LANGUAGES
    }  # fmt: skip
    suffix = str(first) if first == last else f"{first}-{last}"
    return {"segment": f"{name}-tenth-{suffix}", "label": label, "population": "everyone", "where": where}


def _card(figures: PropensityFigures, looking: Looking) -> tuple[tuple[str, str], ...]:
    language, zone = looking.visitor.language, looking.workspace.config.zone
    cuts = [
        day(each.astimezone(zone).date(), language) for each in (figures.taught_at, figures.judged_at, figures.until)
    ]
    when = (
        words.IN_TIME.to(language, taught=cuts[0], judged=cuts[1], until=cuts[2])
        if figures.split == "time"
        else words.AT_ONCE.to(language, at=cuts[2])
    )
    judged = figures.judgement
    return (
        (words.WHAT.to(language), figures.outcome.to(language)),
        (words.WHEN.to(language), when),
        (words.WHO.to(language), words.PERSONS.to(
            language, learned=figures.learned, calibrated=figures.calibrated, judged=judged.persons,
            outcomes=judged.outcomes,
        )),
        (words.HOW.to(language), words.METHOD.to(
            language, trees=figures.trees, clues=len(figures.clues), method=words.METHODS[figures.method],
        )),
        (words.WELL.to(language), words.HOW_WELL.to(
            language, area=judged.area.value, low=judged.area.low, high=judged.area.high,
            brier=decimal(judged.brier, language, 3), base=decimal(judged.brier_of_base, language, 3),
            error=percent(judged.calibration_error, language),
        )),
    )  # fmt: skip


def _group(each: Group, language: Language) -> str:
    who = each.level if each.level is not None else words.THIRDS[each.part or "lower"].to(language)
    parts: Sequence[Text] = [
        text for text, holds in ((words.RANKS_WORSE, each.is_ranked_worse), (words.IS_OFF, each.is_off)) if holds
    ]
    why = ", ".join(
        text.to(
            language, area=each.area.value, said=percent(each.said, language), seen=percent(each.seen, language)
        )
        for text in parts
    )  # fmt: skip
    return words.GROUP.to(
        language, trait=each.label.to(language), who=who, n=whole(each.persons, language), why=why
    )  # fmt: skip


VIEW = View("analyse/models/propensity.html", words.WORDS, page)
