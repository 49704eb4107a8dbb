"""What is known of an arm: sufficient statistics, from which every effect is computed."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.float64]


@dataclass(frozen=True)
class ArmStatistics:
    """One side of a comparison: how many persons, their mean outcome and its variance (of the sample, n - 1).

    `mean` is None for an empty arm and `variance` for fewer than two persons. `responders` are the persons whose
    outcome is not zero.
    """

    persons: int
    mean: float | None
    variance: float | None
    responders: int

    def as_json(self) -> dict[str, object]:
        """The plain form, for machines."""
        return dict(vars(self))


def arm_of(values: Values, base: Values | None = None) -> ArmStatistics:
    """The statistics of an arm from one value per person, or from a ratio of sums when a `base` is given.

    A mean per event (the average order) is such a ratio: persons are drawn, not events, so its variance comes from
    the delta method (Deng, Knoblich & Lu, "Applying the Delta Method in Metric Analytics", KDD 2018), by replacing each
    value with its distance to the ratio.
    """
    values = np.asarray(values, dtype=np.float64)
    if not np.isfinite(values).all():
        raise ValueError("every person of an arm needs a finite outcome")
    persons, responders = len(values), int(np.count_nonzero(values if base is None else base))
    if persons == 0 or (base is not None and not base.any()):
        return ArmStatistics(persons, None, None, responders)
    mean = float(values.mean()) if base is None else float(values.sum() / base.sum())
    spread = values if base is None else (values - mean * base) / base.mean()
    # A constant has no variance; the mean of it, rounded, would leave a little.
    variance = None if persons < 2 else float(spread.var(ddof=1)) if np.ptp(spread) else 0.0
    return ArmStatistics(persons, mean, variance, responders)


def pooled_variance(one: ArmStatistics, other: ArmStatistics) -> float | None:
    """The common variance within both arms, None when one of them has none."""
    if one.variance is None or other.variance is None:
        return None
    weighted = one.variance * (one.persons - 1) + other.variance * (other.persons - 1)
    return weighted / (one.persons + other.persons - 2)


@dataclass(frozen=True)
class SampleRatio:
    """Whether the arms have the sizes that were drawn: a mismatch means that something took persons away.

    An exact binomial test under 1,000 persons and its normal form above, by tea-tasting; a mismatch is a p-value under
    0.001 (Fabijan and others, "Diagnosing Sample Ratio Mismatch in Online Controlled Experiments", KDD 2019).
    """

    expected: float
    held_out: int
    targeted: int
    pvalue: float

    THRESHOLD = 0.001

    @property
    def observed(self) -> float:
        """The share of the persons who are held out."""
        return self.held_out / (self.held_out + self.targeted)

    @property
    def is_mismatch(self) -> bool:
        """Whether chance alone would hardly give these sizes."""
        return self.pvalue < self.THRESHOLD

    def as_json(self) -> Mapping[str, object]:
        """The plain form, for machines."""
        return vars(self) | {"observed": self.observed, "is_mismatch": self.is_mismatch}


def sample_ratio(*, targeted: int, held_out: int, expected: float) -> SampleRatio | None:
    """The check of the sizes against the share that was to be held out; None when nobody was to be."""
    if not 0 < expected < 1 or targeted + held_out == 0:
        return None
    # Imported here: it takes seconds and most commands never measure an effect.
    from tea_tasting.aggr import Aggregates
    from tea_tasting.metrics import SampleRatio as Check

    counts = {0: Aggregates(held_out), 1: Aggregates(targeted)}
    pvalue = Check((1 - expected) / expected, correction=True).analyze(counts, 0, 1).pvalue
    return SampleRatio(expected, held_out, targeted, pvalue if math.isfinite(pvalue) else 1.0)
