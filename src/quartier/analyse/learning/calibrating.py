"""From scores to probabilities: calibration on persons of their own, who were not learned from.

Sources: Platt (1999) for the sigmoid, with his targets that keep away from 0 and 1; Zadrozny and Elkan, KDD 2002, for
isotonic regression, here drawn through the centres of its blocks (Oron and Flournoy, Statistics in Biopharmaceutical
Research 9, 2017) so that who scores higher keeps the higher probability; Niculescu-Mizil and Caruana, ICML 2005, for
when which: isotonic needs about a thousand persons of the smaller class.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from quartier.analyse.learning.clues import Flags, Numbers

ENOUGH_FOR_ISOTONIC = 1000
Method = Literal["isotonic", "sigmoid"]


@dataclass(frozen=True, eq=False)
class Calibration:
    """How scores become probabilities."""

    method: Method
    slope: float = 1.0
    offset: float = 0.0
    scores: Numbers | None = None
    shares: Numbers | None = None

    def __call__(self, log_odds: Numbers) -> Numbers:
        """The probability of each score."""
        if self.scores is None or self.shares is None:
            return _expit(self.slope * log_odds + self.offset)
        return np.interp(log_odds, self.scores, self.shares)


def calibrated(log_odds: Numbers, outcome: Flags) -> Calibration:
    """The calibration that these persons teach: isotonic where there are enough of them, else a sigmoid."""
    if min(int(outcome.sum()), int((~outcome).sum())) >= ENOUGH_FOR_ISOTONIC:
        return _isotonic(log_odds, outcome)
    return _sigmoid(log_odds, outcome)


def _isotonic(log_odds: Numbers, outcome: Flags) -> Calibration:
    from sklearn.isotonic import IsotonicRegression

    shares = IsotonicRegression(out_of_bounds="clip").fit_transform(log_odds, outcome.astype(np.float64))
    levels, block = np.unique(shares, return_inverse=True)
    sizes = np.bincount(block)
    centres = np.bincount(block, weights=log_odds) / sizes
    # A block without outcomes, or of outcomes alone, is no proof of never or always (Laplace).
    kept = np.clip(levels, 1 / (sizes[0] + 2), 1 - 1 / (sizes[-1] + 2))
    return Calibration("isotonic", scores=centres, shares=kept)


def _sigmoid(log_odds: Numbers, outcome: Flags) -> Calibration:
    from scipy.optimize import minimize

    n, rest = int(outcome.sum()), int((~outcome).sum())
    target = np.where(outcome, (n + 1) / (n + 2), 1 / (rest + 2))

    def loss(told: Numbers) -> tuple[float, Numbers]:
        said = told[0] * log_odds + told[1]
        value = float(np.mean(np.logaddexp(0, said) - target * said))
        wrong = _expit(said) - target
        return value, np.array([np.mean(wrong * log_odds), np.mean(wrong)])

    start = np.array([1.0, 0.0])
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=[(1e-6, None), (None, None)])
    return Calibration("sigmoid", float(found.x[0]), float(found.x[1]))


def _expit(value: Numbers) -> Numbers:
    found: Numbers = 1 / (1 + np.exp(-np.clip(value, -700, 700)))
    return found
