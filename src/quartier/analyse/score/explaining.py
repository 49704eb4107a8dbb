"""One person's score, point by point: by which criterion, from which value or events, and when they fade."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from quartier.analyse.modelling.reading import Reading
from quartier.analyse.plain import Plain
from quartier.analyse.purchases import PERSON, events_until
from quartier.analyse.score.definition import Criterion, Sort
from quartier.analyse.score.facts import facts_of
from quartier.analyse.score.model import said
from quartier.analyse.score.points import points, scores
from quartier.catalog import Label
from quartier.engine import OCCURRED_AT, subject_table

SHOWN_TIMES = 3
_ROUNDED = 0.05
"""How far the points of a reason may be from what they are, as they are shown."""


@dataclass(frozen=True)
class Reason(Plain):
    """One criterion for one person. `most` is what it can bring; `is_missing` says that the fact is not known."""

    said: Label
    sort: str
    points: float
    most: float
    is_missing: bool
    value: Any
    """of a trait, where it is shown"""
    times: int
    """how often the person did what it counts"""
    last: tuple[dt.datetime, ...]
    """when the newest of them were"""
    half_life: float | None
    in_30_days: float
    """the points that are left then if nothing more happens"""


@dataclass(frozen=True)
class Explained(Plain):
    """One person's score, and between which two it lies."""

    at: dt.datetime
    score: float
    low: float
    high: float
    reasons: tuple[Reason, ...]
    """those that bring or take most first; those of no points last"""
    beyond: float
    """the points that the caps of families, 0 and 100 take off, or give back where it is negative"""


def explained(reading: Reading, criteria: Sequence[Criterion], caps: Mapping[Sort, float], key: int) -> Explained:
    """The score of a person by some criteria, with a reason for each of its points."""
    keys = np.array([key], np.int32)
    facts = facts_of(reading, criteria, keys, reading.as_of)
    later = facts_of(reading, criteria, keys, reading.as_of + dt.timedelta(days=30))
    total = scores(criteria, facts, caps)
    found = [
        _reason(reading, each, key, float(points(each, now)[0]), float(points(each, then)[0]), bool(now.missing[0]))
        for each, now, then in zip(criteria, facts, later, strict=True)
    ]
    ordered = sorted(found, key=lambda each: (-abs(each.points), -each.most))
    score, brought = float(total.score[0]), sum(each.points for each in found)
    beyond = round(brought - score, 1) if abs(brought - score) > _ROUNDED * len(found) else 0.0
    return Explained(
        reading.as_of, score, float(total.low[0]), float(total.high[0]), tuple(ordered), beyond
    )  # fmt: skip


def _reason(reading: Reading, criterion: Criterion, key: int, brought: float, later: float, is_missing: bool) -> Reason:
    when = [at for name in _events(criterion) for at in _times(reading, name, key)]
    when.sort(reverse=True)
    return Reason(
        said=said(reading, criterion), sort=criterion.sort, points=round(brought, 1),
        most=criterion.most if criterion.points > 0 else criterion.points, is_missing=is_missing,
        value=_value(reading, criterion.trait, key) if criterion.trait else None, times=len(when),
        last=tuple(when[:SHOWN_TIMES]), half_life=criterion.half_life, in_30_days=round(later, 1),
    )  # fmt: skip


def _events(criterion: Criterion) -> list[str]:
    """The events that a criterion reads on its own: of a condition made of several, none."""
    named = criterion.event or (criterion.where or {}).get("event") or []
    return [named] if isinstance(named, str) else list(named)


def _times(reading: Reading, event: str, key: int) -> list[dt.datetime]:
    rows = events_until(reading.event(event))
    own = rows.filter(rows[PERSON] == key).select(at=rows[OCCURRED_AT])
    found: pa.Table = reading.fetch(own.order_by(own["at"].desc()))
    return [each.replace(tzinfo=dt.UTC) for each in found["at"].to_pylist()]


def _value(reading: Reading, trait: str, key: int) -> Any:
    """The value of a trait; of one that names or reaches a person only whether it is known."""
    known = reading.trait(trait)
    rows = subject_table(reading.catalog)
    found = reading.ask(rows.filter(rows[PERSON] == key).select(value=rows[trait]))
    value = found[0]["value"] if found else None
    return value if known.sensitivity == "ordinary" or value is None else True
