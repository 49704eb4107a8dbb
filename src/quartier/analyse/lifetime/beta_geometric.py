"""BG/NBD and MBG/NBD: customers buy at rates of their own until, after some purchase, they buy no more.

While alive a customer buys at random (Poisson) at a rate that differs among customers as a Gamma law (r, alpha). After
each repeat purchase they leave for good with a chance that differs as a Beta law (a, b).

**BG/NBD**: Fader, Hardie and Lee, "Counting Your Customers the Easy Way: An Alternative to the Pareto/NBD Model",
Marketing Science 24 (2005), equations 6 (likelihood), 9 and 10 (forecasts); who never bought again counts as alive.
**MBG/NBD**: Batislam, Denizel and Filiztekin, "Empirical Validation and Comparison of Models for Customer Base
Analysis", International Journal of Research in Marketing 24 (2007): customers may also leave after the first purchase.
In the formulas the second is the first with one more chance to leave (`chances`).

Two things keep the figures true where the formulas as printed fail. The likelihood adds two terms of very different
size as logarithms. And the hypergeometric function, which overflows for customers with many purchases, is taken after
Euler's transformation (Abramowitz and Stegun, 15.3.3), where its first two arguments no longer grow with them.
"""

from dataclasses import dataclass

import numpy as np

from quartier.analyse.lifetime.fitting import Fit, maximise
from quartier.analyse.lifetime.histories import Distinct, Histories, Numbers, Whole

NEAR_ONE = 1e-5
"""Forecasts divide by a - 1; nearer to it they are taken this far beside, which changes them by less than as much."""


@dataclass(frozen=True)
class BetaGeometric:
    """BG/NBD, or MBG/NBD with `chances` 1: leaving is possible after the first purchase too."""

    chances: int = 0

    def fit(self, customers: Distinct) -> Fit:
        """The parameters r, alpha (in weeks), a and b. Raises NoAnswer as `maximise` does."""
        scale = float(customers.histories.age.max()) / 10
        prepared = _Likelihood(customers, scale, self.chances)
        return maximise(prepared, {"r": 1.0, "alpha": scale, "a": 1.0, "b": 1.0}, customers.counts.sum())

    def alive(self, fit: Fit, of: Histories) -> Numbers:
        """The probability that each customer has not left."""
        return np.asarray(1 / (1 + self._odds_of_gone(fit, of)))

    def expected(self, fit: Fit, of: Histories, weeks: float) -> Numbers:
        """The purchases to expect of each customer in the `weeks` to come."""
        r, alpha, b, a = fit["r"], fit["alpha"], fit["b"] + self.chances, _beside_one(fit["a"])
        codes = np.column_stack([of.repeats, of.age])
        (x, age), place = _unique_pairs(codes)
        z = weeks / (alpha + age + weeks)
        still = _hypergeometric(a + b - 1 - r, a - 1, a + b + x - 1, z) * (1 - z) ** (a - 1)
        alive_now = (a + b + x - 1) / (a - 1) * (1 - still)
        return np.asarray(np.maximum(alive_now, 0.0)[place] * self.alive(fit, of))

    def typical(self, fit: Fit, weeks: Numbers) -> Numbers:
        """The repeat purchases to expect of a customer of whom nothing is known, so many weeks after the first."""
        r, alpha, b, a = fit["r"], fit["alpha"], fit["b"] + self.chances, _beside_one(fit["a"])
        z = weeks / (alpha + weeks)
        still = _hypergeometric(a + b - 1 - r, a - 1, a + b - 1, z) * (1 - z) ** (a - 1)
        # Who may leave after the first purchase has done so with the chance a / (a + b).
        stayed = fit["b"] / (fit["a"] + fit["b"]) if self.chances else 1.0
        return (a + b - 1) / (a - 1) * (1 - still) * stayed

    def _odds_of_gone(self, fit: Fit, of: Histories) -> Numbers:
        r, alpha, a, b = fit["r"], fit["alpha"], fit["a"], fit["b"] + self.chances
        may_be_gone = (of.repeats > 0) | (self.chances > 0)
        tries = np.where(may_be_gone, b + of.repeats - 1, 1.0)
        log_odds = np.log(a / tries) + (r + of.repeats) * np.log((alpha + of.age) / (alpha + of.last))
        return np.where(may_be_gone, np.exp(np.minimum(log_odds, 700.0)), 0.0)


class _Likelihood:
    """The log-likelihood and its slope, prepared once for many parameters.

    Most of it depends on x, on t_x or on T alone and is added up over their few distinct values; only the weight of
    having left needs every distinct history.
    """

    def __init__(self, customers: Distinct, scale: float, chances: int) -> None:
        of, self.w = customers.histories, customers.counts
        self.chances, self.shift = chances, float((self.w * of.repeats).sum()) * float(np.log(scale))
        self.x, x = np.unique(of.repeats, return_inverse=True)
        ages, age = np.unique(of.age / scale, return_inverse=True)
        self.age, self.per_x, self.per_age = ages, _sums(x, self.w), _sums(age, self.w)
        self.bought_per_age = _sums(age, self.w * of.repeats)
        gone = (of.repeats > 0) | (chances > 0)
        self.last, self.last_of = np.unique(of.last[gone] / scale, return_inverse=True)
        self.x_of, self.age_of, self.gone = x[gone], age[gone], self.w[gone]
        self.bought, self.total = of.repeats[gone], float(self.w.sum())

    def __call__(self, values: Numbers) -> tuple[float, Numbers]:
        from scipy.special import betaln, digamma, gammaln

        r, alpha, a, b = (float(each) for each in values)
        k, x, n = b + self.chances, self.x, self.total
        log_age, log_last = np.log(alpha + self.age), np.log(alpha + self.last)
        powers = r * self.per_age + self.bought_per_age
        with np.errstate(divide="ignore"):
            log_odds = np.log(a) - np.log(np.where((x > 0) | (self.chances > 0), k + x - 1, np.inf))
        apart = log_age[self.age_of] - log_last[self.last_of]
        likely = self.bought + r
        gap = log_odds[self.x_of] + likely * apart
        small = np.exp(-np.abs(gap))
        left = self.gone * np.where(gap > 0, 1.0, small) / (1 + small)
        value = (
            self.per_x @ (gammaln(r + x) - gammaln(r) + betaln(a, k + x) - betaln(a, b))
            + n * r * np.log(alpha) - powers @ log_age - self.shift
            + _dot(self.gone, np.maximum(gap, 0) + np.log1p(small))
        )  # fmt: skip
        left_x, joint = _sums(self.x_of, left, len(x)), digamma(a + b) - digamma(a + k + x)
        tries = np.where((x > 0) | (self.chances > 0), k + x - 1, np.inf)
        nearer = (1 / (alpha + self.age))[self.age_of] - (1 / (alpha + self.last))[self.last_of]
        slope = [
            self.per_x @ digamma(r + x)
            - n * digamma(r)
            + n * np.log(alpha)
            - self.per_age @ log_age
            + _dot(left, apart),
            n * r / alpha - powers @ (1 / (alpha + self.age)) + _dot(left, likely * nearer),
            self.per_x @ joint + left.sum() / a,
            self.per_x @ (digamma(k + x) - digamma(b) + joint) - left_x @ (1 / tries),
        ]
        return float(value), np.array(slope)


def _dot(weights: Numbers, values: Numbers) -> float:
    """A sum of products without BLAS, whose threads wait busily longer than sums of this length take."""
    return float((weights * values).sum())


def _sums(place: Whole, weights: Numbers, length: int = 0) -> Numbers:
    return np.bincount(place, weights, length).astype(np.float64)


def _beside_one(a: float) -> float:
    return a if abs(a - 1) > NEAR_ONE else 1 + NEAR_ONE


def _unique_pairs(codes: Numbers) -> tuple[Numbers, Whole]:
    """The distinct rows of two columns, as columns, and which of them each row is."""
    (first, i), (second, j) = (np.unique(column, return_inverse=True) for column in codes.T)
    found, place = np.unique(i * len(second) + j, return_inverse=True)
    return np.array([first[found // len(second)], second[found % len(second)]]), place


def _hypergeometric(a: float, b: float, c: Numbers | float, z: Numbers) -> Numbers:
    from scipy.special import hyp2f1

    return np.asarray(hyp2f1(a, b, c, z), dtype=np.float64)
