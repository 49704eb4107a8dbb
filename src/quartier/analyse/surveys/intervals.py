"""Intervals at 95 % for what surveys estimate.

Sources: Wilson, JASA 22 (1927), for a share; Student, Biometrika 6 (1908), for a mean; Bonett and Price, Journal of
Educational and Behavioral Statistics 37 (2012), for the difference of two shares of the same persons, which the Net
Promoter Score is (promoters less detractors); order statistics for a median, without any assumption on the distribution
(Conover, *Practical Nonparametric Statistics*, 3rd ed., 1999, section 3.2).

They hold for answers that are a random draw of those whom the survey is about. Who chooses to answer is no random draw,
and no interval tells how far off that leads: the share of those asked who answered stands beside every result.
"""

import math
from collections.abc import Sequence

import numpy as np

from quartier.analyse.compare import wilson

CONFIDENCE = 0.95
Z = 1.959963984540054
"""The standard normal's 97.5 % point."""

Interval = tuple[float, float]


def share_interval(count: int, of: int) -> Interval | None:
    """Of a share; None where there is nobody."""
    return wilson(count, of, Z) if of else None


def mean_interval(values: Sequence[float], low: float, high: float) -> Interval | None:
    """Of a mean on a scale from `low` to `high`; None under two answers, or where all are the same."""
    from scipy.special import stdtrit

    n = len(values)
    mean = math.fsum(values) / n if n else 0.0
    spread = math.fsum((each - mean) ** 2 for each in values)
    if n < 2 or spread == 0:
        return None
    half = float(stdtrit(n - 1, (1 + CONFIDENCE) / 2)) * math.sqrt(spread / (n - 1) / n)
    return max(low, mean - half), min(high, mean + half)


def difference_interval(first: int, second: int, of: int) -> Interval | None:
    """Of the difference of two shares that exclude each other, among the same persons (adjusted Wald); None of nobody.

    One is added to each of the two counts and two to the persons, which keeps the promise for small numbers too.
    """
    if not of:
        return None
    one, other, n = (first + 1) / (of + 2), (second + 1) / (of + 2), of + 2
    half = Z * math.sqrt((one + other - (one - other) ** 2) / n)
    return max(-1.0, one - other - half), min(1.0, one - other + half)


def median_interval(values: Sequence[float]) -> Interval | None:
    """Of a median: the two answers between which it lies with at least 95 %; None under six answers."""
    from scipy.special import bdtr

    # From the r-th answer to the r-th last it holds with 1 - 2 P(B < r): this is the largest r that keeps 95 %.
    below = bdtr(np.arange(len(values) + 1.0), len(values), 0.5)
    rank = int(np.searchsorted(below, (1 - CONFIDENCE) / 2)) if values else 0
    if rank < 1:
        return None
    ordered, n = sorted(values), len(values)
    return ordered[rank - 1], ordered[n - rank]
