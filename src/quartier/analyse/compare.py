"""Two groups compared: shares, means, their intervals, and the correction for many comparisons.

Sources: Wilson, JASA 22 (1927), and Newcombe, Statistics in Medicine 17 (1998), method 10, for the difference of two
shares; Katz et al., Biometrics 34 (1978), for their ratio; Fisher's exact test where an expected count is under five;
Welch, Biometrika 34 (1947), for two means; Cohen, *Statistical Power Analysis* (1988), for h and d; Hedges and Olkin,
*Statistical Methods for Meta-Analysis* (1985), for the interval of d; Benjamini and Hochberg, JRSS B 57 (1995), for
many comparisons, and Benjamini and Yekutieli, JASA 100 (2005), for intervals of those that were picked.

Distributions are those of `scipy.special`: `scipy.stats` takes seconds to load, and pages would wait for it.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

LEVEL = 0.05
"""Share of false findings that is accepted among those shown as distinct."""
_EQUAL = 1e-7
"""Two tables are as likely as each other when the logarithms of what they weigh are this close: rounding is."""


@dataclass(frozen=True)
class Shares:
    """`inside` of `persons` in the set have the value, `outside` of `others` in the rest."""

    inside: int
    persons: int
    outside: int
    others: int

    @property
    def share(self) -> float:
        """In the set."""
        return self.inside / self.persons

    @property
    def rest(self) -> float:
        """In the rest."""
        return self.outside / self.others

    def p_value(self) -> float:
        """Of no difference: pooled z-test, Fisher's exact test where an expected count is under five."""
        from scipy.special import ndtr

        pooled = (self.inside + self.outside) / (self.persons + self.others)
        if min(pooled, 1 - pooled) * min(self.persons, self.others) < 5:
            return self._exact()
        error = math.sqrt(pooled * (1 - pooled) * (1 / self.persons + 1 / self.others))
        return float(2 * ndtr(-abs(self.share - self.rest) / error))

    def strength(self) -> float:
        """Cohen's h, with its sign."""
        return 2 * math.asin(math.sqrt(self.share)) - 2 * math.asin(math.sqrt(self.rest))

    def difference_interval(self, z: float) -> tuple[float, float]:
        """Of the difference of shares (Newcombe)."""
        low, high = wilson(self.inside, self.persons, z)
        rest_low, rest_high = wilson(self.outside, self.others, z)
        difference = self.share - self.rest
        below = math.hypot(self.share - low, rest_high - self.rest)
        above = math.hypot(high - self.share, self.rest - rest_low)
        return difference - below, difference + above

    def lift(self) -> float | None:
        """The ratio of shares; None when the rest has none."""
        return self.share / self.rest if self.outside else None

    def lift_interval(self, z: float) -> tuple[float, float] | None:
        """Of the ratio (Katz); None when either share is zero."""
        if not self.inside or not self.outside:
            return None
        error = math.sqrt(1 / self.inside - 1 / self.persons + 1 / self.outside - 1 / self.others)
        ratio = self.share / self.rest
        return ratio * math.exp(-z * error), ratio * math.exp(z * error)

    def _exact(self) -> float:
        """Of no difference, by Fisher's exact test: what all tables with these margins weigh that are no likelier."""
        from scipy.special import gammaln, logsumexp

        having = self.inside + self.outside
        possible = np.arange(max(0, having - self.others), min(having, self.persons) + 1)
        cells = (possible, self.persons - possible, having - possible, self.others - having + possible)
        weights = -sum(gammaln(each + 1.0) for each in cells)  # of each table, in logarithms
        mine = weights[self.inside - possible[0]]
        return min(1.0, float(np.exp(logsumexp(weights[weights <= mine + _EQUAL]) - logsumexp(weights))))


@dataclass(frozen=True)
class Means:
    """Number, mean and variance (n - 1) in the set and in the rest; at least two persons in each."""

    persons: int
    mean: float
    variance: float
    others: int
    rest: float
    rest_variance: float

    @property
    def is_comparable(self) -> bool:
        """Whether there is any spread to measure by."""
        return self.persons > 1 and self.others > 1 and self.variance + self.rest_variance > 0

    def p_value(self) -> float:
        """Of no difference (Welch)."""
        from scipy.special import stdtr

        own, other = self.variance / self.persons, self.rest_variance / self.others
        freedom = (own + other) ** 2 / (own**2 / (self.persons - 1) + other**2 / (self.others - 1))
        return float(2 * stdtr(freedom, -abs(self.mean - self.rest) / math.sqrt(own + other)))

    def strength(self) -> float:
        """The difference of means by the root mean square of both deviations, with its sign."""
        return (self.mean - self.rest) / math.sqrt((self.variance + self.rest_variance) / 2)

    def interval(self, z: float) -> tuple[float, float]:
        """Of the standardised difference (Hedges and Olkin, large samples)."""
        d, n = self.strength(), self.persons + self.others
        error = math.sqrt(n / (self.persons * self.others) + d * d / (2 * n))
        return d - z * error, d + z * error


def corrected(p_values: Sequence[float]) -> list[float]:
    """Benjamini and Hochberg's adjusted p-values."""
    n, ascending = len(p_values), np.argsort(p_values)
    scaled = np.array(p_values, dtype=float)[ascending] * n / np.arange(1, n + 1)
    found = np.empty(n)
    found[ascending] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return [float(each) for each in found]


def width(picked: int, of: int) -> float:
    """The z of a 95 % interval, wider for values that were picked among many (Benjamini and Yekutieli)."""
    from scipy.special import ndtri

    share = picked / of if picked else 1.0
    return float(-ndtri(LEVEL * share / 2))


def wilson(count: int, of: int, z: float) -> tuple[float, float]:
    """The interval of one share (Wilson 1927)."""
    share, squared = count / of, z * z
    centre = (share + squared / (2 * of)) / (1 + squared / of)
    half = z / (1 + squared / of) * math.sqrt(share * (1 - share) / of + squared / (4 * of * of))
    return max(0.0, centre - half), min(1.0, centre + half)
