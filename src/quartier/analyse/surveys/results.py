"""From answers to results: pure, one result per question."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from quartier.analyse.surveys.intervals import (
    Interval,
    difference_interval,
    mean_interval,
    median_interval,
    share_interval,
)
from quartier.catalog import Label
from quartier.collect.surveys.questions import OTHER, Choice, Csat, Likert, Nps, Number, Question, Scale

PROMOTERS, DETRACTORS = range(9, 11), range(7)
SATISFIED = (4, 5)
FEWEST = 5
"""Answers under which a segment's result is not shown: it could name someone."""

_OTHER = Label(en="Other", fr="Autre")
Values = Sequence[Any]
"""The answers to one question, one per person who gave one."""


@dataclass(frozen=True)
class Share:
    """How many gave one answer, of those who answered the question."""

    value: str | int
    label: Label | None
    count: int
    of: int

    @property
    def share(self) -> float:
        """Between 0 and 1."""
        return self.count / self.of if self.of else 0.0

    @property
    def interval(self) -> Interval | None:
        """Of the share."""
        return share_interval(self.count, self.of)

    def as_json(self) -> dict[str, Any]:
        """The plain form, for machines."""
        label = self.label.model_dump() if self.label else None
        return {
            "value": self.value, "label": label, "count": self.count, "of": self.of, "share": self.share,
            "interval": _listed(self.interval),
        }  # fmt: skip


@dataclass(frozen=True)
class Estimate:
    """One number that sums up the answers, with its interval: a mean, an NPS, a share of satisfied, a median."""

    kind: str
    value: float
    interval: Interval | None

    def as_json(self) -> dict[str, Any]:
        """The plain form, for machines."""
        return {"kind": self.kind, "value": self.value, "interval": _listed(self.interval)}


@dataclass(frozen=True)
class QuestionResult:
    """How one question was answered."""

    question: Question
    answered: int
    shares: tuple[Share, ...] = ()
    estimates: tuple[Estimate, ...] = ()
    quartiles: tuple[float, float] | None = None

    def as_json(self) -> dict[str, Any]:
        """The plain form, for machines."""
        return {
            "question": self.question.name,
            "type": self.question.type,
            "text": self.question.text.model_dump(),
            "answered": self.answered,
            "shares": [each.as_json() for each in self.shares],
            "estimates": [each.as_json() for each in self.estimates],
            "quartiles": _listed(self.quartiles),
        }


def result_of(question: Question, values: Values) -> QuestionResult:
    """The result of one question from the answers given to it."""
    match question:
        case Scale():
            return _of_scale(question, [int(each) for each in values])
        case Choice():
            return _of_choice(question, values)
        case Number():
            return _of_number(question, [float(each) for each in values])
        case _:
            return QuestionResult(question, len(values))


def nps(values: Sequence[int]) -> tuple[float, Interval | None]:
    """The Net Promoter Score in points, from -100 to 100, with its interval."""
    promoters, detractors = (sum(each in part for each in values) for part in (PROMOTERS, DETRACTORS))
    found = difference_interval(promoters, detractors, len(values))
    return _points((promoters - detractors) / len(values)), found and (_points(found[0]), _points(found[1]))


def _of_scale(question: Likert | Nps | Csat, values: list[int]) -> QuestionResult:
    labels = question.point_labels if len(question.point_labels) == len(question.points) else ()
    words: Mapping[int, Label] = dict(zip(question.points, labels, strict=True)) if labels else {}
    shares = tuple(Share(each, words.get(each), values.count(each), len(values)) for each in question.points)
    return QuestionResult(question, len(values), shares, tuple(_estimates(question, values)) if values else ())


def _estimates(question: Likert | Nps | Csat, values: list[int]) -> list[Estimate]:
    if isinstance(question, Nps):
        return [Estimate("nps", *nps(values))]
    scored = [question.scored(each) for each in values]
    low, high = question.points[0], question.points[-1]
    mean = Estimate("mean", math.fsum(scored) / len(scored), mean_interval(scored, low, high))
    if isinstance(question, Likert):
        return [mean]
    satisfied = sum(each in SATISFIED for each in values)
    return [Estimate("satisfied", satisfied / len(values), share_interval(satisfied, len(values))), mean]


def _of_choice(question: Choice, values: Values) -> QuestionResult:
    """Of several answers each is counted: shares are of persons, and may come to more than one together."""
    chosen = [tuple(each) if question.several else (each,) for each in values]
    labels = {each.value: each.label for each in question.options} | ({OTHER: _OTHER} if question.other else {})
    shares = [
        Share(value, label, sum(value in each for each in chosen), len(chosen)) for value, label in labels.items()
    ]
    shares.sort(key=lambda each: -each.count)
    return QuestionResult(question, len(chosen), tuple(shares))


def _of_number(question: Number, values: list[float]) -> QuestionResult:
    if not values:
        return QuestionResult(question, 0)
    low, median, high = (float(each) for each in np.quantile(values, (0.25, 0.5, 0.75)))
    estimate = Estimate("median", median, median_interval(values))
    return QuestionResult(question, len(values), (), (estimate,), (low, high))


def _points(share: float) -> float:
    return round(share * 100, 10)


def _listed(pair: tuple[float, float] | None) -> list[float] | None:
    return list(pair) if pair else None
