"""BG/BB: purchases at given occasions, a season or a newsletter, of which a customer takes each or lets it pass.

Fader, Hardie and Shang, "Customer-Base Analysis in a Discrete-Time Noncontractual Setting", Marketing Science 29
(2010). While alive a customer buys at each occasion with a chance that differs as a Beta law (alpha, beta), and leaves
at the start of each with a chance that differs as a Beta law (gamma, delta). Occasions are stretches of equal length,
counted from each customer's first purchase; time within one means nothing.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from quartier.analyse.lifetime.fitting import Fit, maximise
from quartier.analyse.lifetime.histories import DAYS, Distinct, Histories, Numbers, Whole

ROWS = 4_096
"""Histories that are added up at once."""
NEAR_ONE = 1e-5
"""Forecasts divide by gamma - 1; nearer to it they are taken this far beside."""


def at_occasions(keys: Whole, days: Whole, amounts: Numbers, length: int, end: int) -> tuple[Whole, Whole, Numbers]:
    """Purchases moved to the last day of their occasion, of `length` days, those of one occasion together.

    The first purchase stays on its day; an occasion that is not over on the day `end` is left out. Columns of equal
    length, one row per person and day, before and after.
    """
    order = np.lexsort((days, keys))
    keys, days, amounts = keys[order], days[order], amounts[order]
    _, starts, place = np.unique(keys, return_index=True, return_inverse=True)
    first = days[starts][place]
    moved = first + -(-(days - first) // length) * length
    over = moved <= end
    keys, moved, amounts = keys[over], moved[over], amounts[over]
    if not len(keys):
        return keys, moved, amounts
    begins = np.flatnonzero(np.r_[True, (np.diff(keys) != 0) | (np.diff(moved) != 0)])
    return keys[begins], moved[begins], np.add.reduceat(amounts, begins)


@dataclass(frozen=True)
class BetaBernoulli:
    """BG/BB, as `BetaGeometric` is used; histories of purchases that were moved by `at_occasions`."""

    length: int
    """days of an occasion"""

    def fit(self, customers: Distinct) -> Fit:
        """The parameters alpha, beta, gamma and delta. Raises NoAnswer as `maximise` does."""
        occasions = Distinct.of(self._counted(customers.histories))
        weights = np.bincount(occasions.place, customers.counts, len(occasions.histories))

        def likelihood(values: Numbers) -> tuple[float, Numbers]:
            value, slope = 0.0, np.zeros(4)
            for rows, place in _parts(occasions.histories):
                cases, at = _cases(values, rows)
                each = np.logaddexp.reduce(cases, axis=0)
                value += float((weights[place] * each).sum())
                shares = weights[place] * np.exp(cases - each)
                slope += [float((shares * of).sum()) for of in _slopes(values, rows, at)]
            return value, slope

        names = dict.fromkeys(("alpha", "beta", "gamma", "delta"), 1.0)
        return maximise(likelihood, names, float(weights.sum()))

    def alive(self, fit: Fit, of: Histories) -> Numbers:
        """The probability that each customer has not left by the end of the last whole occasion."""
        return self._by_distinct(of, lambda rows: _alive(_values(fit), rows))

    def expected(self, fit: Fit, of: Histories, weeks: float) -> Numbers:
        """The purchases to expect of each customer in the `weeks` to come, one an occasion at most."""
        alpha, beta, _, _ = values = _values(fit)
        ahead = weeks * DAYS / self.length

        def forecast(rows: Histories) -> Numbers:
            chance = (alpha + rows.repeats) / (alpha + beta + rows.age)
            return np.asarray(chance * _alive(values, rows) * _stays(values, rows.age, ahead))

        return self._by_distinct(of, forecast)

    def typical(self, fit: Fit, weeks: Numbers) -> Numbers:
        """The repeat purchases to expect of a customer of whom nothing is known, so many weeks after the first."""
        alpha, beta, _, _ = values = _values(fit)
        whole = np.floor(weeks * DAYS / self.length + 1e-9)
        return np.asarray(alpha / (alpha + beta) * _stays(values, np.zeros(len(whole)), whole))

    def _counted(self, of: Histories) -> Histories:
        """Times as numbers of whole occasions."""
        last, age = (np.floor(each * DAYS / self.length + 1e-9) for each in (of.last, of.age))
        return Histories(of.repeats, last, age)

    def _by_distinct(self, of: Histories, make: Callable[[Histories], Numbers]) -> Numbers:
        distinct = Distinct.of(self._counted(of))
        return make(distinct.histories)[distinct.place]


def _values(fit: Fit) -> Numbers:
    return np.array([fit[name] for name in ("alpha", "beta", "gamma", "delta")])


def _parts(of: Histories) -> Iterator[tuple[Histories, slice]]:
    for start in range(0, len(of), ROWS):
        place = slice(start, start + ROWS)
        yield Histories(of.repeats[place], of.last[place], of.age[place]), place


def _cases(values: Numbers, of: Histories) -> tuple[Numbers, Numbers]:
    """The log-likelihood of each way in which each history can have come about, and after how many occasions it ends.

    The first row is of those who have not left; the others of who left after the last purchase, one occasion later,
    and so on (equation 6).
    """
    from scipy.special import betaln

    alpha, beta, gamma, delta = (float(each) for each in values)
    later = np.arange(int((of.age - of.last).max(initial=0)))[:, None]
    at = np.vstack([of.age, np.minimum(of.last + later, of.age)])
    left = np.r_[0.0, np.ones(len(later))][:, None]
    cases = betaln(alpha + of.repeats, beta + at - of.repeats) - betaln(alpha, beta)
    cases += betaln(gamma + left, delta + at) - betaln(gamma, delta)
    cases[1:][of.last + later >= of.age] = -np.inf
    return cases, at


def _slopes(values: Numbers, of: Histories, at: Numbers) -> Iterator[Numbers]:
    """The derivatives of the cases by each parameter."""
    from scipy.special import digamma

    alpha, beta, gamma, delta = (float(each) for each in values)
    left = np.r_[0.0, np.ones(len(at) - 1)][:, None]
    bought, gone = digamma(alpha + beta + at) - digamma(alpha + beta), digamma(gamma + left + delta + at)
    yield digamma(alpha + of.repeats) - digamma(alpha) - bought
    yield digamma(beta + at - of.repeats) - digamma(beta) - bought
    yield digamma(gamma + left) - digamma(gamma) - gone + digamma(gamma + delta)
    yield digamma(delta + at) - digamma(delta) - gone + digamma(gamma + delta)


def _alive(values: Numbers, of: Histories) -> Numbers:
    parts = [np.zeros(0)]
    for rows, _ in _parts(of):
        cases, _ = _cases(values, rows)
        parts.append(np.exp(cases[0] - np.logaddexp.reduce(cases, axis=0)))
    return np.concatenate(parts)


def _stays(values: Numbers, since: Numbers, ahead: Numbers | float) -> Numbers:
    """How many of the next occasions are to be expected before leaving, after `since` of them (from equation 13)."""
    from scipy.special import gammaln

    gamma, delta = float(values[2]), float(values[3])
    gamma = gamma if abs(gamma - 1) > NEAR_ONE else 1 + NEAR_ONE
    at, end = delta + since, delta + since + ahead
    ratio = gammaln(gamma + at) - gammaln(1 + at) + gammaln(1 + end) - gammaln(gamma + end)
    return np.asarray(-np.expm1(ratio) * at / (gamma - 1))
