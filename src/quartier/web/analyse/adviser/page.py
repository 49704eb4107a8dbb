"""The page of the adviser: the nine families side by side, and how many segments the base bears."""

from collections.abc import Collection
from dataclasses import dataclass

import yaml

from quartier.analyse.adviser.advice import FamilyAdvice, Verdict
from quartier.analyse.adviser.bears import Bears, Sizing
from quartier.analyse.adviser.held import Column
from quartier.analyse.adviser.questions import survey_for
from quartier.analyse.adviser.run import Advised
from quartier.catalog import Family
from quartier.language import Language, percent, whole
from quartier.web.addresses import address
from quartier.web.analyse.links import NEW
from quartier.web.analyse.models.pages import url_of

TONES = {Verdict.FEASIBLE: "good", Verdict.PARTLY: "attention", Verdict.NOT_YET: "calm"}
_SHOWN = 5
"""Columns of a family that are shown; more would push the next family off the page."""


@dataclass(frozen=True)
class ColumnView:
    """One trait: its label, the share of those of whom it is known, how many of how many."""

    label: str
    fill: float
    known: int
    rows: int


@dataclass(frozen=True)
class FamilyView:
    """One family; `methods` are triples (name, what it gives, address), `survey` the document that would fill it.

    `results_url` leads to what the survey of this name found, empty while none is in force.
    """

    family: str
    label: str
    tone: str
    verdict: str
    said: str
    columns: tuple[ColumnView, ...]
    more: int
    methods: tuple[tuple[str, str, str], ...]
    missing: tuple[str, ...]
    survey: str
    questions: tuple[str, ...]
    name: str
    file_url: str
    results_url: str


@dataclass(frozen=True)
class SizeView:
    """One effect: from which share to which, the smallest segment (empty where none would do), how many of them."""

    change: str
    smallest: str
    segments: int


@dataclass(frozen=True)
class AdviserPage:
    """The page."""

    families: tuple[FamilyView, ...]
    finding: str
    sizes: tuple[SizeView, ...]
    persons: int
    usual: str
    is_assumed: bool
    held_out: str


def adviser_page(found: Advised, in_force: Collection[str], language: Language) -> AdviserPage:
    """The page in the reader's language; `in_force` names the surveys that are."""
    sizing = found.sizing
    return AdviserPage(
        families=tuple(_family(each, in_force, language) for each in found.families),
        finding=sizing.said.to(language),
        sizes=tuple(_size(each, language) for each in sizing.rows),
        persons=found.persons,
        usual=percent(sizing.usual, language),
        is_assumed=sizing.is_assumed,
        held_out=_percent(sizing, language),
    )


def survey_text(family: Family) -> str:
    """The survey that would fill a family, as a file to put in force."""
    return yaml.safe_dump(survey_for(family).as_json(), allow_unicode=True, sort_keys=False, width=110)


def _family(advice: FamilyAdvice, in_force: Collection[str], language: Language) -> FamilyView:
    survey = survey_for(advice.family)
    return FamilyView(
        family=advice.family.value,
        label=advice.family.label.to(language),
        tone=TONES[advice.verdict],
        verdict=advice.verdict.label.to(language),
        said=advice.said.to(language),
        columns=tuple(_column(each, language) for each in advice.columns[:_SHOWN]),
        more=max(0, len(advice.columns) - _SHOWN),
        methods=tuple((each.label.to(language), each.gives.to(language), _url(each.place)) for each in advice.methods),
        missing=tuple(each.to(language) for each in advice.missing),
        survey=survey_text(advice.family),
        questions=tuple(each.text.to(language) for each in survey.questions),
        name=survey.survey,
        file_url=f"/analyse/adviser/{advice.family.value}/survey.yaml",
        results_url=address("analyse", "surveys", survey.survey) if survey.survey in in_force else "",
    )


def _column(column: Column, language: Language) -> ColumnView:
    return ColumnView(column.label.to(language), column.fill, column.known, column.rows)


def _url(place: str) -> str:
    where, _, name = place.partition(":")
    if where == "editor":
        return NEW
    return url_of(name) if where == "model" else f"/analyse/{name}"


def _size(row: Bears, language: Language) -> SizeView:
    change = f"{percent(row.usual, language)} → {percent(row.usual + row.difference, language)}"
    return SizeView(change, whole(row.smallest, language) if row.smallest else "", row.segments)


def _percent(sizing: Sizing, language: Language) -> str:
    return percent(sizing.held_out, language, places=0)
