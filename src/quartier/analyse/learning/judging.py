"""How good a ranking of persons is, and how true its probabilities are.

Sources: DeLong, DeLong and Clarke-Pearson, Biometrics 44 (1988), for the variance of the area under the ROC curve, by
the midranks of Sun and Xu, IEEE Signal Processing Letters 21 (2014); the interval on the logit scale, as Pepe, *The
Statistical Evaluation of Medical Tests* (2003), advises, so that it stays between 0 and 1. Brier, Monthly Weather
Review 78 (1950). Calibration error: the mean distance between said and seen over tenths, weighted by persons (Naeini
et al., AAAI 2015). Wilson, JASA 22 (1927), for the interval of a share.
"""

import math

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ConfigDict

from quartier.analyse.compare import wilson
from quartier.analyse.learning.clues import Flags, Numbers

Z = 1.959963984540054
CHANCE = 0.5
"""The area under the curve of who ranks by chance."""
TENTHS = 10


class _Figure(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Area(_Figure):
    """How well a figure ranks persons: the chance that one with the outcome ranks above one without, 0.5 for none."""

    value: float
    low: float
    high: float


class Tenth(_Figure):
    """One tenth of persons by their probability, the highest first: what was said of them, what was seen."""

    persons: int
    outcomes: int
    said: float
    """mean probability"""
    seen: float
    """share with the outcome"""
    low: float
    high: float
    lift: float
    """`seen` divided by the share among everybody"""
    reached: float
    """share of all outcomes that lie in this tenth and those above"""


class Judgement(_Figure):
    """How a model does on persons that it did not learn from."""

    persons: int
    outcomes: int
    area: Area
    brier: float
    """mean squared distance between probability and outcome"""
    brier_of_base: float
    """the same for who says the same share of everybody"""
    calibration_error: float
    """mean distance between said and seen over tenths"""
    tenths: tuple[Tenth, ...]

    @property
    def share(self) -> float:
        """Share of persons with the outcome."""
        return self.outcomes / self.persons


def judged(outcome: Flags, probability: Numbers) -> Judgement:
    """How probabilities do against what happened; both classes must be there."""
    share = float(outcome.mean())
    tenths = _tenths(outcome, probability)
    n = len(outcome)
    return Judgement(
        persons=n,
        outcomes=int(outcome.sum()),
        area=area(outcome, probability),
        brier=float(np.mean((probability - outcome) ** 2)),
        brier_of_base=share * (1 - share),
        calibration_error=sum(each.persons / n * abs(each.said - each.seen) for each in tenths),
        tenths=tenths,
    )


def area(outcome: Flags, figure: Numbers, z: float = Z) -> Area:
    """The area under the ROC curve with its interval (DeLong, on the logit scale)."""
    inside, outside = figure[outcome], figure[~outcome]
    m, n = len(inside), len(outside)
    value, placed_in, placed_out = _placements(inside, outside)
    if m < 2 or n < 2:
        return Area(value=value, low=0.0, high=1.0)
    error = math.sqrt(float(np.var(placed_in, ddof=1)) / m + float(np.var(placed_out, ddof=1)) / n)
    if not 0 < value < 1 or error == 0:
        # All in one order: Hanley and McNeil's rule of three for an event that was not seen.
        reach = min(1.0, 3 / min(m, n))
        return Area(value=value, low=max(0.0, value - reach), high=min(1.0, value + reach))
    logit, spread = math.log(value / (1 - value)), z * error / (value * (1 - value))
    return Area(value=value, low=_expit(logit - spread), high=_expit(logit + spread))


def area_alone(outcome: Flags, figure: Numbers) -> float:
    """The area under the ROC curve."""
    return _placements(figure[outcome], figure[~outcome])[0]


def _placements(inside: Numbers, outside: Numbers) -> tuple[float, Numbers, Numbers]:
    """The area, and for each person the share of the other side that ranks on the right side of them."""
    from scipy.stats import rankdata

    m, n = len(inside), len(outside)
    both = rankdata(np.concatenate([inside, outside]))
    placed_in = (both[:m] - rankdata(inside)) / n
    placed_out = 1 - (both[m:] - rankdata(outside)) / m
    return float(placed_in.mean()), placed_in, placed_out


def _tenths(outcome: Flags, probability: Numbers) -> tuple[Tenth, ...]:
    order = np.argsort(-probability, kind="stable")
    share, total, reached = float(outcome.mean()), int(outcome.sum()), 0
    found = []
    for rows in np.array_split(order, min(TENTHS, len(order))):
        hit, size = int(outcome[rows].sum()), len(rows)
        reached += hit
        low, high = wilson(hit, size, Z)
        seen = hit / size
        found.append(
            Tenth(
                persons=size, outcomes=hit, said=float(probability[rows].mean()), seen=seen, low=low, high=high,
                lift=seen / share, reached=reached / total,
            )
        )  # fmt: skip
    return tuple(found)


def tenths(probability: Numbers) -> npt.NDArray[np.int64]:
    """The tenth of each person, 1 for the highest probabilities; equal probabilities share the higher tenth."""
    from scipy.stats import rankdata

    above = rankdata(-probability, method="min") - 1
    found: npt.NDArray[np.int64] = (above * TENTHS // len(probability)).astype(np.int64) + 1
    return found


def _expit(value: float) -> float:
    return 1 / (1 + math.exp(-value))
