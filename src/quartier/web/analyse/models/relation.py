"""The view of the stages of the relation: the pipeline, what each means, where they went, how long they stayed."""

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from quartier.analyse.journeys.written import elapsed
from quartier.analyse.relation.definition import LABELS, Moved, RelationFigures, StageFigures, Staying
from quartier.language import LANGUAGES, Text, percent, whole
from quartier.web.analyse.links import editor_for
from quartier.web.analyse.models import pipeline_picture
from quartier.web.analyse.models.relation_words import FINDING, LAPSE, LAPSE_STATED, PICTURE, RETURNED, WORDS
from quartier.web.analyse.models.views import Looking, View
from quartier.web.visitor import Visitor


@dataclass(frozen=True)
class StageView:
    """One stage: its meaning, its persons now, its last year, what moved, and where it leads."""

    label: str
    said: str
    meaning_url: str
    persons: int
    share: float
    entered: int
    left: int
    history: tuple[int, ...]
    url: str


@dataclass(frozen=True)
class MovedView:
    """Where the persons of a stage are a while later, as shares; the interval is of those who are further."""

    label: str
    persons: int
    further: float
    low: float | None
    high: float | None
    still: float
    back: float
    lasts: str


@dataclass(frozen=True)
class RelationView:
    """What the template shows."""

    title: str
    picture: Markup
    narrow: Markup
    step_days: int
    moved_days: int
    stages: tuple[StageView, ...]
    moved: tuple[MovedView, ...]
    without: int
    lapse: str


def build(figures: RelationFigures, at: Looking) -> RelationView:
    """The figures of a run, for a visitor."""
    language = at.visitor.language
    total = sum(each.persons for each in figures.stages) + figures.without
    size = {each.stage: each for each in figures.stages}
    title = FINDING.to(
        language, customers=whole(size["customer"].persons, language), of=whole(total, language),
        came=whole(size["customer"].entered, language), lost=whole(_lost(figures), language), days=figures.step_days,
    )  # fmt: skip
    names: dict[str, str] = {stage: label.to(language) for stage, label in LABELS.items()}
    picture, narrow = (
        pipeline_picture.drawn(
            figures.stages, figures.flows, names, lambda n: whole(n, language), PICTURE.to(language, title=title),
            layout,
        )
        for layout in (pipeline_picture.WIDE, pipeline_picture.NARROW)
    )  # fmt: skip
    trait = str(at.run.summary["traits"][0])
    stays = {each.stage: each for each in figures.staying}
    return RelationView(
        title, picture, narrow, figures.step_days, figures.moved_days,
        tuple(_stage(each, figures, trait, total, at.visitor) for each in figures.stages),
        tuple(_moved(each, stays[each.stage], at.visitor) for each in figures.moved if each.persons),
        figures.without, _lapse(figures, at.visitor),
    )  # fmt: skip


def _lost(figures: RelationFigures) -> int:
    return sum(n for one, two, n in figures.flows if (one, two) == ("customer", "lapsed"))


def _stage(each: StageFigures, figures: RelationFigures, trait: str, total: int, visitor: Visitor) -> StageView:
    label, name = LABELS[each.stage], each.stage.replace("_", "-")
    own = _document(f"stage-{name}", label, {"trait": trait, "is": each.stage})
    meaning = editor_for(visitor, _document(f"{name}-by-its-condition", label, each.where)) if each.where else ""
    return StageView(
        label.to(visitor.language), each.said.to(visitor.language) if each.said else "", meaning, each.persons,
        each.persons / (total or 1), each.entered, each.left, tuple(sizes[each.stage] for _, sizes in figures.months),
        editor_for(visitor, own) if each.persons else "",
    )  # fmt: skip


def _moved(each: Moved, stay: Staying, visitor: Visitor) -> MovedView:
    lasts = elapsed(stay.half, visitor.language)
    return MovedView(
        LABELS[each.stage].to(visitor.language), each.persons, each.further / each.persons, each.low, each.high,
        each.still / each.persons, each.back / each.persons, lasts,
    )  # fmt: skip


def _lapse(figures: RelationFigures, visitor: Visitor) -> str:
    found, language = figures.lapse, visitor.language
    if found is None:
        return ""
    said = (LAPSE if found.is_proposed else LAPSE_STATED).to(language, days=found.days)
    if found.returned_after is None:
        return said
    return f"{said} {RETURNED.to(language, share=percent(found.returned_after, language))}"


def _document(name: str, label: Text, where: dict[str, Any]) -> dict[str, Any]:
    return {"segment": name, "label": {language: label.to(language) for language in LANGUAGES}, "where": where}


VIEW = View("analyse/models/relation.html", WORDS, build)
