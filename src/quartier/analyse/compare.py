"""Two groups compared: shares, means, their intervals, and the correction for many comparisons.

Sources: Wilson, JASA 22 (1927), and Newcombe, Statistics in Medicine 17 (1998), method 10, for the difference of two
shares; Katz et al., Biometrics 34 (1978), for their ratio; Fisher's exact test where an expected count is under five;
Welch, Biometrika 34 (1947), for two means; Cohen, *Statistical Power Analysis* (1988), for h and d; Hedges and Olkin,
*Statistical Methods for Meta-Analysis* (1985), for the interval of d; Benjamini and Hochberg, JRSS B 57 (1995), for
many comparisons, and Benjamini and Yekutieli, JASA 100 (2005), for intervals of those that were picked.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

LEVEL = 0.05
"""Share of false findings that is accepted among those shown as distinct."""


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
        from scipy.stats import fisher_exact, norm

        pooled = (self.inside + self.outside) / (self.persons + self.others)
        if min(pooled, 1 - pooled) * min(self.persons, self.others) < 5:
            table = [[self.inside, self.persons - self.inside], [self.outside, self.others - self.outside]]
            return float(fisher_exact(table).pvalue)
        error = math.sqrt(pooled * (1 - pooled) * (1 / self.persons + 1 / self.others))
        return float(2 * norm.sf(abs(self.share - self.rest) / error))

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
        from scipy.stats import ttest_ind_from_stats

        deviations = math.sqrt(self.variance), math.sqrt(self.rest_variance)
        found = ttest_ind_from_stats(
            self.mean, deviations[0], self.persons, self.rest, deviations[1], self.others, equal_var=False
        )
        return float(found.pvalue)

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
    from scipy.stats import false_discovery_control

    return [float(each) for each in false_discovery_control(p_values)] if p_values else []


def width(picked: int, of: int) -> float:
    """The z of a 95 % interval, wider for values that were picked among many (Benjamini and Yekutieli)."""
    from scipy.stats import norm

    share = picked / of if picked else 1.0
    return float(norm.isf(LEVEL * share / 2))


def wilson(count: int, of: int, z: float) -> tuple[float, float]:
    """The interval of one share (Wilson 1927)."""
    share, squared = count / of, z * z
    centre = (share + squared / (2 * of)) / (1 + squared / of)
    half = z / (1 + squared / of) * math.sqrt(share * (1 - share) / of + squared / (4 * of * of))
    return max(0.0, centre - half), min(1.0, centre + half)
