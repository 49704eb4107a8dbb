"""Gamma-Gamma: what a purchase of each customer brings on average, drawn towards the mean the less they bought.

Fader and Hardie, "The Gamma-Gamma Model of Monetary Value" (2013), after Colombo and Jiang, "A Stochastic RFM Model",
Journal of Interactive Marketing 13 (1999). Amounts of one customer follow a Gamma law of shape p; its scale differs
among customers as a Gamma law (q, v). The model takes what someone spends for independent of how often they buy: the
correlation is measured and said.
"""

from dataclasses import dataclass

import numpy as np

from quartier.analyse.lifetime.fitting import Fit, maximise
from quartier.analyse.lifetime.histories import Flags, Numbers
from quartier.errors import NoAnswer
from quartier.language import Text


@dataclass(frozen=True)
class Spend:
    """The law of amounts that was found, and what must be known of it."""

    fit: Fit
    customers: int
    correlation: float
    """between the number of repeat purchases and what one of them brought on average (Pearson's)"""

    @property
    def mean(self) -> float:
        """What a purchase brings on average over all customers."""
        return self.fit["p"] * self.fit["v"] / (self.fit["q"] - 1)


def fit_spend(repeats: Numbers, spend: Numbers) -> Spend:
    """The law of amounts from customers who bought again and paid something; columns of equal length.

    Raises NoAnswer as `maximise` does, when all pay the same, and when the law that fits has no mean (q of 1 or less).
    """
    used = spends(repeats, spend)
    x, z = repeats[used], spend[used]
    if len(z) < 2 or np.ptp(z) <= 1e-9 * np.max(z):
        raise NoAnswer(_ALL_SAME, remedy=_NO_VALUE_NEEDED)
    scale = float(z.mean())
    shift = len(z) * np.log(scale)

    def likelihood(values: Numbers) -> tuple[float, Numbers]:
        value, slope = _likelihood(values, x, z / scale)
        return value - shift, slope

    fit = maximise(likelihood, {"p": 1.0, "q": 1.0, "v": scale}, float(len(z)))
    if fit["q"] <= 1:
        raise NoAnswer(_NO_MEAN, remedy=_LOOK_AT_AMOUNTS)
    correlation = float(np.corrcoef(x, z)[0, 1]) if np.ptp(x) > 0 else 0.0
    return Spend(fit, len(z), correlation)


def spends(repeats: Numbers, spend: Numbers) -> Flags:
    """Who can be asked what a purchase brings: bought again, and paid more than was given back."""
    return (repeats > 0) & (np.nan_to_num(spend) > 0)


def expected_spend(found: Spend, repeats: Numbers, spend: Numbers) -> Numbers:
    """What a purchase of each customer is expected to bring; the mean of all for who never bought again."""
    p, q, v = (found.fit[name] for name in ("p", "q", "v"))
    used = spends(repeats, spend)
    x, z = np.where(used, repeats, 0.0), np.where(used, spend, 0.0)
    return np.asarray(p * (v + x * z) / (p * x + q - 1))


def _likelihood(values: Numbers, x: Numbers, z: Numbers) -> tuple[float, Numbers]:
    from scipy.special import digamma, gammaln

    p, q, v = (float(each) for each in values)
    px, reached = p * x, np.log(v + x * z)
    value = (
        gammaln(px + q) - gammaln(px) - gammaln(q) + q * np.log(v) + (px - 1) * np.log(z) + px * np.log(x)
        - (px + q) * reached
    ).sum()  # fmt: skip
    joint = digamma(px + q)
    slope = [
        (x * (joint - digamma(px) + np.log(z) + np.log(x) - reached)).sum(),
        (joint - digamma(q) + np.log(v) - reached).sum(),
        (q / v - (px + q) / (v + x * z)).sum(),
    ]
    return float(value), np.array(slope)


_ALL_SAME = Text(
    en="all customers pay the same per purchase: there is no law of amounts to be found",
    fr="tous les clients paient la même somme par achat : il n'y a pas de loi des montants à trouver",
)
_NO_VALUE_NEEDED = Text(
    en="expected purchases times that amount is the value",
    fr="les achats attendus multipliés par cette somme donnent la valeur",
)
_NO_MEAN = Text(
    en="a few amounts are so large that no mean can be told (q is 1 or less)",
    fr="quelques montants sont si grands qu'aucune moyenne ne peut être donnée (q vaut 1 ou moins)",
)
_LOOK_AT_AMOUNTS = Text(
    en="look at the largest amounts under data quality, or model companies apart from consumers",
    fr="regardez les plus grands montants dans la qualité des données, ou modélisez les entreprises à part",
)
