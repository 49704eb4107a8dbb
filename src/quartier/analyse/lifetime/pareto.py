"""Pareto/NBD: customers buy at rates of their own, and may leave at any moment, not only after a purchase.

Schmittlein, Morrison and Colombo, "Counting Your Customers: Who Are They and What Will They Do Next?", Management
Science 33 (1987). While alive a customer buys at random at a rate that differs as a Gamma law (r, alpha), and leaves
at a rate that differs as a Gamma law (s, beta).

The likelihood adds two cases (Fader and Hardie, "A Note on Deriving the Pareto/NBD Model", 2005): still alive at T, and
left at a moment y between the last purchase and T, over which is integrated. That integral is usually written with
hypergeometric functions, which need two forms (alpha above or below beta) and have no plain derivatives. Here it is
taken by Gauss-Legendre quadrature after a change of variable, v = ((alpha + y) / (alpha + t_x)) ** -(r + s + x),
under which what remains to integrate is the smooth ((alpha + y) / (beta + y)) ** (s + 1). The nodes are laid on the
root of v, which tames the logarithms of the derivatives where v nears 0; these come from the same nodes.
"""

from dataclasses import dataclass

import numpy as np

from quartier.analyse.lifetime.fitting import Fit, maximise
from quartier.analyse.lifetime.histories import Distinct, Histories, Numbers

NODES = 32
ROWS = 8_192
"""Histories that are integrated at once: two megabytes a table."""


@dataclass(frozen=True)
class Pareto:
    """Pareto/NBD, as `BetaGeometric` is used."""

    def fit(self, customers: Distinct) -> Fit:
        """The parameters r, alpha, s and beta (alpha and beta in weeks). Raises NoAnswer as `maximise` does."""
        of, counts = customers.histories, customers.counts
        scale = float(of.age.max()) / 10
        scaled = Histories(of.repeats, of.last / scale, of.age / scale)
        shift = float((counts * of.repeats).sum() * np.log(scale))

        def likelihood(values: Numbers) -> tuple[float, Numbers]:
            value, slope = _likelihood(values, scaled, counts)
            return value - shift, slope

        return maximise(likelihood, {"r": 1.0, "alpha": scale, "s": 1.0, "beta": scale}, counts.sum())

    def alive(self, fit: Fit, of: Histories) -> Numbers:
        """The probability that each customer has not left."""
        values = np.array([fit[name] for name in ("r", "alpha", "s", "beta")])
        return np.concatenate([np.exp(_alive(values, part)[1]) for part, _ in _parts(of)] or [np.zeros(0)])

    def expected(self, fit: Fit, of: Histories, weeks: float) -> Numbers:
        """The purchases to expect of each customer in the `weeks` to come."""
        rate = (fit["r"] + of.repeats) / (fit["alpha"] + of.age)
        return rate * _time_alive(fit["s"], fit["beta"] + of.age, weeks) * self.alive(fit, of)

    def typical(self, fit: Fit, weeks: Numbers) -> Numbers:
        """The repeat purchases to expect of a customer of whom nothing is known, so many weeks after the first."""
        return fit["r"] / fit["alpha"] * _time_alive(fit["s"], np.full(len(weeks), fit["beta"]), weeks)


def _time_alive(s: float, beta: Numbers, weeks: Numbers | float) -> Numbers:
    """How much of the next `weeks` comes before leaving: beta / (s - 1) * (1 - (beta / (beta + t)) ** (s - 1))."""
    spread = np.log1p(weeks / beta)
    return beta * spread if abs(s - 1) < 1e-9 else -beta * np.expm1((1 - s) * spread) / (s - 1)


def _likelihood(values: Numbers, of: Histories, counts: Numbers) -> tuple[float, Numbers]:
    from scipy.special import digamma, gammaln

    r, alpha, s, beta = (float(each) for each in values)
    total, slope = 0.0, np.zeros(4)
    for part, place in _parts(of):
        weight, likely = counts[place], r + part.repeats
        stay, log_alive, nodes, share = _alive(values, part)
        alive = np.exp(log_alive)
        total += float(weight @ (
            gammaln(likely) - gammaln(r) + r * np.log(alpha) + s * np.log(beta) + stay - log_alive
        ))  # fmt: skip
        left = 1 - alive
        kept = [
            (-np.log(alpha + part.age), -np.log(alpha + nodes)),
            (-likely / (alpha + part.age), -likely[:, None] / (alpha + nodes)),
            (-np.log(beta + part.age), 1 / s - np.log(beta + nodes)),
            (-s / (beta + part.age), -(s + 1) / (beta + nodes)),
        ]
        own = [digamma(likely) - digamma(r) + np.log(alpha), r / alpha, np.log(beta), s / beta]
        slope += [
            float(weight @ (first + alive * at_end + left * (share * before).sum(axis=1)))
            for first, (at_end, before) in zip(own, kept, strict=True)
        ]
    return total, slope


def _alive(values: Numbers, of: Histories) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """Living on or having left, for each history.

    Returns the log-likelihood of living on, the log-probability of it, and for the other case the moments of leaving
    with the share that each has.
    """
    r, alpha, s, beta = (float(each) for each in values)
    stay = -(r + of.repeats) * np.log(alpha + of.age) - s * np.log(beta + of.age)
    power = r + s + of.repeats
    span = np.log((alpha + of.age) / (alpha + of.last))
    at, width = np.polynomial.legendre.leggauss(NODES)
    reach = -np.expm1(-power * span / 2)
    root = 1 - reach[:, None] * (1 - at) / 2
    nodes = (alpha + of.last)[:, None] * np.exp(-2 * np.log(root) / power[:, None]) - alpha
    pieces = width * root * ((alpha + nodes) / (beta + nodes)) ** (s + 1)
    whole = pieces.sum(axis=1)
    with np.errstate(divide="ignore"):
        leave = np.log(s / power * reach * whole) - power * np.log(alpha + of.last)
    return stay, -np.logaddexp(0.0, leave - stay), nodes, pieces / whole[:, None]


def _parts(of: Histories) -> list[tuple[Histories, slice]]:
    places = [slice(start, start + ROWS) for start in range(0, len(of), ROWS)]
    return [(Histories(of.repeats[each], of.last[each], of.age[each]), each) for each in places]
