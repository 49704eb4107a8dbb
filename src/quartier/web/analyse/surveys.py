"""The page of surveys: what was asked, of how many, and how many answered."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from quartier.collect.surveys.run import Standing
from quartier.language import Language


@dataclass(frozen=True)
class SurveyView:
    """One survey in force; `share` is None while nobody was asked."""

    title: str
    url: str
    questions: int
    asked: int
    answered: int
    share: float | None
    at: dt.datetime


@dataclass(frozen=True)
class SurveysPage:
    """Every survey in force, by name."""

    surveys: tuple[SurveyView, ...]


def surveys_page(standings: Sequence[Standing], language: Language) -> SurveysPage:
    """The page from the standings."""
    return SurveysPage(tuple(_survey(each, language) for each in standings))


def _survey(each: Standing, language: Language) -> SurveyView:
    share = each.answered / each.asked if each.asked else None
    url = f"/analyse/surveys/{each.survey.survey}"
    return SurveyView(
        each.survey.title.to(language), url, len(each.survey.questions), each.asked, each.answered, share, each.at
    )
