"""The pages of surveys: what was asked, how many answered, and what they answered, with intervals."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from quartier.analyse.surveys.wording import written
from quartier.collect.surveys.run import Standing
from quartier.language import Language
from quartier.report.page import Drawing
from quartier.segment.run import Standing as SegmentStanding
from quartier.web.analyse.survey_figures import by_segment

if TYPE_CHECKING:
    from quartier.analyse.surveys.results import QuestionResult
    from quartier.analyse.surveys.results import Share as AnswerShare
    from quartier.analyse.surveys.run import GroupResult, SurveyResults

EACH = "*"
"""Asks for every segment beside the others; no segment can be called so."""


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
    url = f"/analyse/surveys/{quote(each.survey.survey)}"
    return SurveyView(
        each.survey.title.to(language), url, len(each.survey.questions), each.asked, each.answered, share, each.at
    )


@dataclass(frozen=True)
class AnswerView:
    """One answer: how many gave it, their share, its interval."""

    label: str
    count: int
    share: float
    low: float
    high: float


@dataclass(frozen=True)
class QuestionView:
    """One question as it was answered; texts are counted, never shown."""

    text: str
    answered: int
    estimates: tuple[str, ...]
    answers: tuple[AnswerView, ...]


@dataclass(frozen=True)
class ComparedSegment:
    """One segment beside the others: who answered, and what sums up each question, empty where too few answered it."""

    label: str
    url: str
    answered: int
    estimates: tuple[str, ...]


@dataclass(frozen=True)
class Comparison:
    """The segments side by side, the first question's best first; `withheld` are those of which too few answered.

    `everybody` are the persons who answered, whichever segment they are in.
    """

    questions: tuple[str, ...]
    everybody: ComparedSegment
    segments: tuple[ComparedSegment, ...]
    withheld: int
    drawings: tuple[Drawing, ...]


@dataclass(frozen=True)
class SurveyPage:
    """What a survey found, among everybody or among the members of one segment, or segment by segment (`compared`).

    `questions` is None where too few members answered for nobody to be named by the result.
    """

    name: str
    title: str
    url: str
    shown: int
    answered: int
    declined: int
    share: float | None
    low: float | None
    high: float | None
    segments: tuple[tuple[str, str], ...]
    by: str
    persons: int | None
    questions: tuple[QuestionView, ...] | None
    compared: Comparison | None


def survey_page(
    found: "SurveyResults", segments: Sequence[SegmentStanding], by: str, language: Language
) -> SurveyPage:  # fmt: skip
    """The page from the results; `by` names the one segment that they were asked for, all by `EACH`, or none."""
    reached, group = found.reached, found.groups[0] if found.groups and by != EACH else None
    low, high = reached.interval or (None, None)
    asked = found.questions if group is None else group.questions if group.is_shown else None
    named = named_for(segments, language)
    return SurveyPage(
        found.survey.survey, found.survey.title.to(language), f"/analyse/surveys/{quote(found.survey.survey)}",
        reached.shown, reached.answered, reached.declined, reached.share, low, high,
        named, by,
        found.persons if group is None else group.answered,
        None if asked is None else tuple(_question(each, language) for each in asked),
        _comparison(found, dict(named), language) if by == EACH else None,
    )  # fmt: skip


def named_for(segments: Sequence[SegmentStanding], language: Language) -> tuple[tuple[str, str], ...]:
    """The segments of persons with what readers call them."""
    named = [each.definition for each in segments if each.definition.subject == "person"]
    return tuple((each.name, each.label.to(language) if each.label else each.name) for each in named)


def _comparison(found: "SurveyResults", labels: Mapping[str, str], language: Language) -> Comparison:
    """Every segment with what sums up each question that has such a number: NPS, the satisfied, a mean."""
    asked = [place for place, each in enumerate(found.questions) if each.estimates]
    shown = [each for each in found.groups if each.is_shown]
    ordered = sorted(shown, key=lambda each: (-_first(each, asked), labels[each.segment]))
    url = f"/analyse/surveys/{quote(found.survey.survey)}"
    rows = tuple(
        ComparedSegment(
            labels[each.segment], f"{url}?by={quote(each.segment)}", each.answered or 0,
            tuple(_summed(each.questions[place], language) for place in asked),
        )
        for each in ordered
    )  # fmt: skip
    all_ = tuple(_summed(found.questions[place], language) for place in asked)
    heads = tuple(found.questions[place].question.text.to(language) for place in asked)
    drawn = (_drawn(found, place, shown, labels, language) for place in asked)
    return Comparison(
        heads, ComparedSegment("", url, found.persons, all_), rows, len(found.groups) - len(shown),
        tuple(each for each in drawn if each is not None),
    )  # fmt: skip


def _drawn(
    found: "SurveyResults", place: int, shown: Sequence["GroupResult"], labels: Mapping[str, str], language: Language
) -> Drawing | None:
    answered = [each for each in shown if each.questions[place].answered and each.questions[place].estimates]
    segments = [(labels[each.segment], each.questions[place].estimates[0]) for each in answered]
    return by_segment(found.questions[place], segments, language)


def _first(group: "GroupResult", asked: Sequence[int]) -> float:
    found = group.questions[asked[0]].estimates if asked else ()
    return found[0].value if found else float("-inf")


def _summed(result: "QuestionResult", language: Language) -> str:
    return written(result.estimates[0], language) if result.answered and result.estimates else ""


def _question(each: "QuestionResult", language: Language) -> QuestionView:
    return QuestionView(
        each.question.text.to(language), each.answered, tuple(written(one, language) for one in each.estimates),
        tuple(_answer(share, language) for share in each.shares) if each.answered else (),
    )  # fmt: skip


def _answer(each: "AnswerShare", language: Language) -> AnswerView:
    low, high = each.interval or (0.0, 1.0)
    label = each.label.to(language) if each.label else str(each.value)
    return AnswerView(label, each.count, each.share, low, high)
