"""From facts to points: caps, decay, and the range where a fact is not known. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from quartier.analyse.score.definition import FULL, SORTS, Criterion, Sort

Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Facts:
    """What is known for one criterion, per person: 0 or 1, or events of which each counts as much as is left of it."""

    amount: Numbers
    missing: Flags


@dataclass(frozen=True)
class Scores:
    """The score by facts alone, and between which two it lies when what is not known is counted either way."""

    score: Numbers
    low: Numbers
    high: Numbers


def points(criterion: Criterion, facts: Facts) -> Numbers:
    """The points of each person by one criterion; an event's never exceed the cap."""
    found = criterion.points * facts.amount
    if criterion.at_most is None:
        return found
    return np.clip(found, -criterion.at_most, criterion.at_most)


def scores(criteria: Sequence[Criterion], facts: Sequence[Facts], caps: Mapping[Sort, float]) -> Scores:
    """The sum of all points, of each family no more than its cap, between 0 and 100."""
    persons = len(facts[0].amount) if facts else 0
    total, low, high = np.zeros(persons), np.zeros(persons), np.zeros(persons)
    for sort in SORTS:
        own = [each for each in zip(criteria, facts, strict=True) if each[0].sort == sort]
        found, less, more = np.zeros(persons), np.zeros(persons), np.zeros(persons)
        for criterion, each in own:
            found += points(criterion, each)
            less += np.where(each.missing, min(0.0, criterion.points), 0.0)
            more += np.where(each.missing, max(0.0, criterion.points), 0.0)
        cap = caps.get(sort, np.inf)
        total += np.minimum(found, cap)
        low += np.minimum(found + less, cap)
        high += np.minimum(found + more, cap)
    return Scores(_within(total), _within(low), _within(high))


def _within(total: Numbers) -> Numbers:
    return np.asarray(np.round(np.clip(total, 0.0, FULL), 1), np.float64)


def left_after(days: Numbers, half_life: float | None) -> Numbers:
    """What is left of an event after some days: all without a half-life."""
    return np.ones_like(days) if half_life is None else np.exp2(-days / half_life)


def fraction(criterion: Criterion, facts: Facts) -> Numbers:
    """How much of what a criterion can bring (or take) each person has, 0 to 1: what weights are learnt from."""
    if criterion.event is None:
        return facts.amount
    if criterion.at_most is None:
        return np.minimum(facts.amount, 1.0)
    return np.abs(points(criterion, facts)) / criterion.at_most
