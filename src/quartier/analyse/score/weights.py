"""Points that the data propose: a logistic regression with a penalty, its coefficients written as whole points.

The regression is learnt on 70 % of the persons and says nothing of itself: its points are measured on the other 30 %,
beside the stated ones on the same persons. The penalty (ridge; Hoerl and Kennard, Technometrics 12, 1970) keeps
criteria that say the same thing from sharing large points of opposite sign. Points are the coefficients in the
proportion in which the positive ones make 100 together, as scorecards of credit do (Siddiqi, *Credit Risk Scorecards*,
2006); what rounds to 0 proposes to leave the criterion out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from quartier.analyse.score.definition import FULL, Criterion

Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
LEARNT_ON, FEWEST, PENALTY = 0.7, 30, 1.0


@dataclass(frozen=True)
class Proposed:
    """Whole points per criterion, and who was kept apart to test them."""

    points: Numbers
    tested: Flags


def parted(persons: int, seed: int) -> Flags:
    """Who is kept apart for testing: 30 %, drawn with a seed."""
    return np.random.default_rng(seed).random(persons) >= LEARNT_ON


def learnt(fractions: Numbers, converted: Flags, seed: int) -> Proposed | None:
    """Points from what each person has of each criterion (persons x criteria); None where an outcome is too rare."""
    from sklearn.linear_model import LogisticRegression

    tested = parted(len(converted), seed)
    for part in (converted[~tested], converted[tested]):
        if min(part.sum(), (~part).sum()) < FEWEST:
            return None
    # Centred, so that what nearly everybody has is told by the constant, which bears no penalty.
    centred = fractions[~tested] - fractions[~tested].mean(axis=0)
    model = LogisticRegression(C=PENALTY, max_iter=1000).fit(centred, converted[~tested])
    return Proposed(whole_points(model.coef_[0]), tested)


def whole_points(coefficients: Numbers) -> Numbers:
    """Coefficients in the proportion in which the positive ones make 100, cut to whole points that never exceed it."""
    total = float(coefficients[coefficients > 0].sum())
    points: Numbers = np.trunc(coefficients * FULL / total) if total else np.zeros_like(coefficients)
    return points + 0.0  # no minus before nothing


def with_points(criteria: Sequence[Criterion], points: Iterable[float]) -> tuple[Criterion, ...]:
    """The criteria with other points; those of no points are left out. An event keeps how many times fill its cap."""
    found = []
    for each, n in zip(criteria, points, strict=True):
        if not n:
            continue
        if each.event is None or each.at_most is None:
            found.append(each.model_copy(update={"points": float(n)}))
        else:
            share = abs(each.points) / each.at_most
            found.append(each.model_copy(update={"points": float(n) * share, "at_most": abs(float(n))}))
    return tuple(found)
