"""The page of drivers: how well the outcome can be told, what weighs, in which direction, what leaks."""

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from quartier.analyse.drivers.asking import AFTER, EVENT, SEGMENT, SILENCE, outcome_of
from quartier.analyse.drivers.effects import Effect
from quartier.analyse.drivers.finding import Drivers, Honesty
from quartier.analyse.learning.judging import Area
from quartier.catalog import Catalog, ValueType
from quartier.language import Language, day, decimal, percent
from quartier.look import whiskers
from quartier.report.figures.figure import ChartFigure
from quartier.report.page import Drawing
from quartier.segment.run import Standing
from quartier.web.analyse.links import editor_for
from quartier.web.analyse.relations import words
from quartier.web.analyse.relations.association_pages import Options, level, options
from quartier.web.kept import DRAWINGS
from quartier.web.visitor import Visitor

SHOWN = 10
DAYS = 90
"""After a cut, unless another number is chosen."""


@dataclass(frozen=True)
class EffectView:
    """One effect as a line of the table; `url` opens the persons of a value as a segment."""

    label: str
    odds: str
    between: str
    persons: int
    share: float
    url: str


@dataclass(frozen=True)
class DriversPage:
    """The page; `found` is None before an outcome was chosen. What comes later ends with `@`, and has `days`."""

    outcome: str
    days: int
    choices: tuple[tuple[str, Options], ...]
    error: str = ""
    found: "FoundView | None" = None


@dataclass(frozen=True)
class FoundView:
    """What was found; `when` says from which cut to when, of an outcome that came later."""

    when: str
    outcomes: int
    drawn: int
    told: tuple[tuple[str, str, str], ...]
    leaks: tuple[tuple[str, bool, tuple[str, ...]], ...]
    is_told: bool
    weights: Drawing | None
    effects: Drawing | None
    table: tuple[EffectView, ...]
    left_out: tuple[tuple[str, str], ...]


def choices(
    catalog: Catalog, values: Sequence[tuple[str, str]], segments: Sequence[Standing], language: Language
) -> tuple[tuple[str, Options], ...]:
    """Outcomes to choose from, by group: values of traits that say yes, or one of few, segments; what comes later."""
    labels = {each.name: each.label.to(language) for each in catalog.traits if each.of == "person"}
    of_traits = tuple(
        (f"{trait}={value}", words.VALUE_OF.to(language, trait=labels[trait], value=level(value, language)))
        for trait, value in values if trait in labels
    )  # fmt: skip
    named = options(segments, language)[1:]
    of_segments = tuple((f"{SEGMENT}{name}", words.MEMBER_OF.to(language, segment=label)) for name, label in named)
    events = [(each.name, each.label.to(language)) for each in catalog.events]
    coming = tuple((f"{EVENT}{name}{AFTER}", words.COMES.to(language, event=label)) for name, label in events)
    silent = tuple((f"{SILENCE}{name}{AFTER}", words.COMES_NOT.to(language, event=label)) for name, label in events)
    becoming = tuple((f"{value}{AFTER}", label) for value, label in of_segments)
    groups = (
        (words.TRAITS_NOW, of_traits), (words.SEGMENTS_NOW, of_segments), (words.EVENTS_LATER, coming + silent),
        (words.SEGMENTS_LATER, becoming),
    )  # fmt: skip
    return tuple((name.to(language), each) for name, each in groups if each)


def parted(outcome: str) -> tuple[str, int]:
    """An outcome as the form has it: what was chosen, and the days after the cut."""
    chosen, sign, days = outcome.rpartition(AFTER)
    if sign and days.isdecimal() and chosen.startswith((EVENT, SILENCE, SEGMENT)):
        return chosen + sign, int(days)
    return outcome, DAYS


def found_view(found: Drivers, outcome: str, catalog: Catalog, visitor: Visitor, zone: ZoneInfo) -> FoundView:
    """What was found, for a reader."""
    language = visitor.language
    clear = [each for each in found.effects if each.is_clear and found.is_told]
    own = outcome_of(outcome).trait
    return FoundView(
        _when(found, zone, language), found.outcomes, found.drawn, _told(found, language),
        tuple(
            (each.label.to(language), each.is_accused, tuple(why.to(language) for why in each.why))
            for each in found.leaks
        ),
        found.is_told,
        DRAWINGS.get(("driver weights", found.weights, language), lambda: _weights(found, language).placed())
        if found.is_told else None,
        DRAWINGS.get(("driver effects", tuple(clear), language), lambda: _effects(clear, language).placed())
        if clear else None,
        tuple(_effect(each, catalog, visitor) for each in clear[:SHOWN]),
        tuple((each.label.to(language), each.reason.to(language)) for each in found.left_out if each.trait != own),
    )  # fmt: skip


def _when(found: Drivers, zone: ZoneInfo, language: Language) -> str:
    if found.cut is None or found.until is None:
        return ""
    cut, until = (day(each.astimezone(zone).date(), language) for each in (found.cut, found.until))
    return words.WHEN.to(language, cut=cut, until=until)


def _told(found: Drivers, language: Language) -> tuple[tuple[str, str, str], ...]:
    """The areas: with all, honest, without doubts."""
    is_accused = found.with_all is not None
    sets: list[tuple[str, Honesty | None]] = [
        ((words.HONEST if is_accused else words.HONEST_ALL).to(language), found.honest),
        (words.WITH_ALL.to(language), found.with_all),
        (words.DOUBTLESS.to(language), found.doubtless),
    ]
    return tuple(
        (name, _area(each.trees, language), _area(each.regression, language)) for name, each in sets if each is not None
    )


def _area(area: Area, language: Language) -> str:
    fields = {
        name: decimal(each, language, 3)
        for name, each in (("area", area.value), ("low", area.low), ("high", area.high))
    }
    return words.NO_LEAK.to(language, **fields)


def _weights(found: Drivers, language: Language) -> ChartFigure:
    shown = found.weights[:SHOWN]
    title = words.WEIGHTS.to(language, clue=shown[0].label.to(language), share=percent(shown[0].share, language, 0))
    rows = [
        {"words": each.label.to(language), "value": each.share, "low": each.low, "high": each.high} for each in shown
    ]
    return ChartFigure(
        key="weights", title=title, description=title, note=words.WEIGHTS_READ.to(language),
        chart=lambda width: whiskers.rows_with_intervals(
            rows, width, format_=".0%", at=0.0, title=words.WEIGHT.to(language)
        ),
        language=language, width=520,
    )  # fmt: skip


def _effects(clear: Sequence[Effect], language: Language) -> ChartFigure:
    shown = clear[:SHOWN]
    first = shown[0]
    title = words.EFFECTS.to(
        language, words=_named(first, language), odds=decimal(first.odds, language, 1 if first.odds >= 1 else 2)
    )
    rows = [{"words": _named(each, language), "value": each.odds, "low": each.low, "high": each.high} for each in shown]
    return ChartFigure(
        key="effects", title=title, description=title, note=words.EFFECTS_READ.to(language),
        chart=lambda width: whiskers.rows_with_intervals(
            rows, width, format_=".2~f", at=1.0, is_logarithm=True, title=words.ODDS.to(language)
        ),
        language=language, width=520,
    )  # fmt: skip


def _named(each: Effect, language: Language) -> str:
    label = each.label.to(language)
    return label if each.level is None else f"{label}, {level(each.level, language)}"


def _effect(each: Effect, catalog: Catalog, visitor: Visitor) -> EffectView:
    language, trait = visitor.language, catalog.trait(each.trait)
    url = ""
    if trait is not None and each.level and each.level != "…":
        value = each.level == "true" if trait.type is ValueType.BOOLEAN else each.level
        label = {one: _named(each, one) for one in ("en", "fr")}
        name = trait.name.replace("_", "-")
        url = editor_for(
            visitor,
            {
                "segment": f"by-{name}",
                "label": label,
                "population": "everyone",
                "where": {"trait": trait.name, "is": value},
            },
        )
    between = words.BETWEEN.to(language, low=each.low, high=each.high)
    return EffectView(_named(each, language), decimal(each.odds, language), between, each.persons, each.share, url)
