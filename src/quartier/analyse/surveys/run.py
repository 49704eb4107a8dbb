"""The answers to a survey, read from the engine's tables, and what they say; for everyone and for each segment."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import ibis
import pyarrow as pa
from pyroaring import BitMap

from quartier.analyse.surveys.intervals import Interval, share_interval
from quartier.analyse.surveys.results import FEWEST, QuestionResult, result_of
from quartier.catalog import slug
from quartier.collect.surveys.definition import Survey
from quartier.collect.surveys.messages import Happening
from quartier.engine import KEY, OCCURRED_AT, Engine, Query, naive_utc, parameter, to_sql

PERSON = KEY["person"]


@dataclass(frozen=True)
class Reached:
    """How often a survey was shown, answered and declined: each opened page counts once, each person's link once."""

    shown: int
    answered: int
    declined: int

    @property
    def share(self) -> float | None:
        """Answered, of those shown; None where it was shown to nobody."""
        return self.answered / self.shown if self.shown else None

    @property
    def interval(self) -> Interval | None:
        """Of this share."""
        return share_interval(self.answered, self.shown)

    def as_json(self) -> dict[str, Any]:
        """The plain form, for machines."""
        interval = list(self.interval) if self.interval else None
        return vars(self) | {"share": self.share, "interval": interval}


@dataclass(frozen=True)
class GroupResult:
    """The results of one segment; `answered` is None where too few of it answered to show anything."""

    segment: str
    answered: int | None
    questions: tuple[QuestionResult, ...]

    @property
    def is_shown(self) -> bool:
        """Whether enough persons answered for nobody to be named by the result."""
        return self.answered is not None

    def as_json(self) -> dict[str, Any]:
        """The plain form, for machines."""
        return {
            "segment": self.segment,
            "is_shown": self.is_shown,
            "answered": self.answered,
            "questions": [each.as_json() for each in self.questions],
        }


@dataclass(frozen=True)
class SurveyResults:
    """What a survey found, at an instant; each of the `persons` counts once, by the last answer."""

    survey: Survey
    at: dt.datetime
    persons: int
    reached: Reached
    questions: tuple[QuestionResult, ...]
    groups: tuple[GroupResult, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The plain form, for machines."""
        return {
            "survey": self.survey.survey,
            "at": self.at.isoformat(),
            "persons": self.persons,
            "reached": self.reached.as_json(),
            "questions": [each.as_json() for each in self.questions],
            "segments": [each.as_json() for each in self.groups],
        }


def results(
    engine: Engine, survey: Survey, at: dt.datetime, segments: Mapping[str, BitMap] | None = None
) -> SurveyResults:
    """The results of a survey, and those of its answers that came from members of each segment."""
    answers = _answers(engine, survey, at)
    groups = tuple(_group(name, survey, answers, members) for name, members in (segments or {}).items())
    return SurveyResults(survey, at, len(answers), _reached(engine, survey, at), _questions(survey, answers), groups)


def _group(name: str, survey: Survey, answers: pa.Table, members: BitMap) -> GroupResult:
    theirs = answers.filter(pa.array([key in members for key in answers[PERSON].to_pylist()], pa.bool_()))
    if len(theirs) < FEWEST:
        return GroupResult(name, None, ())
    asked = (
        each if each.answered >= FEWEST else QuestionResult(each.question, 0) for each in _questions(survey, theirs)
    )
    return GroupResult(name, len(theirs), tuple(asked))


def _reached(engine: Engine, survey: Survey, at: dt.datetime) -> Reached:
    """Who answered or declined was shown the survey, even where the news of that was lost."""
    shown, declined, answered = (_visits(engine, survey, each, at) for each in Happening)
    return Reached(len(shown | declined | answered), len(answered), len(declined - answered))


def _questions(survey: Survey, answers: pa.Table) -> tuple[QuestionResult, ...]:
    known = set(answers.column_names)
    found = []
    for question in survey.questions:
        values = answers[question.name].to_pylist() if question.name in known else []
        found.append(result_of(question, [each for each in values if each is not None]))
    return tuple(found)


def _answers(engine: Engine, survey: Survey, at: dt.datetime) -> pa.Table:
    """The last answer of each person to each survey, one row a person."""
    table = _events(engine, Happening.ANSWERED)
    if table is None:
        return pa.table({PERSON: pa.array([], pa.int32())})
    columns = [each.name for each in survey.questions if each.name in table.columns]
    newest = ibis.row_number().over(
        group_by=table[PERSON], order_by=[ibis.desc(table[OCCURRED_AT]), ibis.desc(table["event_id"])]
    )
    placed = _of_survey(table).mutate(newest=newest)
    last = placed.filter(lambda row: row.newest == 0).select(PERSON, *columns).order_by(PERSON)
    return engine.fetch(Query(to_sql(last), _given(survey, at)))


def _visits(engine: Engine, survey: Survey, happening: Happening, at: dt.datetime) -> set[object]:
    table = _events(engine, happening)
    if table is None:
        return set()
    found = _of_survey(table).select("visit").distinct()
    return {visit for (visit,) in engine.rows(Query(to_sql(found), _given(survey, at)))}


def _events(engine: Engine, happening: Happening) -> ibis.Table | None:
    name = f"event_{slug(happening.value)}"
    schema = engine.schema(name)
    return ibis.table(schema, name=name) if schema is not None and {"survey", "visit"} <= set(schema) else None


def _of_survey(table: ibis.Table) -> ibis.Table:
    is_asked = table["survey"] == parameter("survey", "string")
    return table.filter(is_asked & (table[OCCURRED_AT] <= parameter("instant", "timestamp")))


def _given(survey: Survey, at: dt.datetime) -> dict[str, Any]:
    return {"survey": survey.survey, "instant": naive_utc(at)}
