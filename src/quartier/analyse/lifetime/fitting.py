"""Maximum likelihood for a few positive parameters: the best values, their standard errors, and refusals.

Parameters are searched as their logarithms, which keeps them positive. Standard errors come from the observed
information (Efron and Hinkley, "Assessing the Accuracy of the Maximum Likelihood Estimator", Biometrika 65, 1978): the
second derivatives of the log-likelihood at its greatest value, carried over to the parameters by the delta method.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from quartier.analyse.lifetime.histories import Numbers
from quartier.errors import NoAnswer
from quartier.language import Text

LogLikelihood = Callable[[Numbers], tuple[float, Numbers]]
"""The log-likelihood at some parameters, and its derivatives by them."""

LEAST, MOST = -12.0, 12.0
"""How far a search goes, in logarithms: from 0.000006 to 160,000, in the scaled unit of time."""
STEP = 1e-4
"""The step of the second derivatives, in logarithms of parameters."""
MOST_STEPS = 500


@dataclass(frozen=True)
class Parameter:
    """One parameter that was found. `low` and `high` bound it with 95 %, and are positive as it is."""

    name: str
    value: float
    error: float
    """the standard error"""

    @property
    def low(self) -> float:
        """The lower end of the 95 % interval, symmetric in the logarithm."""
        return self.value * math.exp(-_WIDE * self.error / self.value)

    @property
    def high(self) -> float:
        """The upper end."""
        return self.value * math.exp(_WIDE * self.error / self.value)


@dataclass(frozen=True)
class Fit:
    """The parameters of greatest likelihood."""

    parameters: tuple[Parameter, ...]
    log_likelihood: float

    def __getitem__(self, name: str) -> float:
        return self.values[name]

    @property
    def values(self) -> Mapping[str, float]:
        """Each parameter by its name."""
        return {each.name: each.value for each in self.parameters}


def maximise(likelihood: LogLikelihood, scales: Mapping[str, float], weight: float) -> Fit:
    """The parameters at which a log-likelihood is greatest.

    `scales` names the parameters and says by what each is multiplied afterwards, where time was scaled; `weight` is the
    number of customers that the likelihood speaks of. The log-likelihood must be that of the unscaled data. Raises
    NoAnswer when the search does not end, runs to a bound, or ends where the data do not settle the parameters.
    """
    from scipy.optimize import minimize

    def loss(theta: Numbers) -> tuple[float, Numbers]:
        values = np.exp(theta)
        value, slope = likelihood(values)
        return -value / weight, -slope * values / weight

    found = minimize(
        loss, np.zeros(len(scales)), jac=True, method="L-BFGS-B", bounds=[(LEAST, MOST)] * len(scales),
        options={"maxiter": MOST_STEPS, "ftol": 1e-13, "gtol": 1e-8},
    )  # fmt: skip
    if not math.isfinite(found.fun) or found.nit >= MOST_STEPS:
        raise NoAnswer(_NO_END, remedy=_MORE_DATA)
    if np.any(found.x < LEAST + 0.1) or np.any(found.x > MOST - 0.1):
        raise NoAnswer(_AT_BOUND.with_(name=_furthest(found.x, scales)), remedy=_MORE_DATA)
    errors = _errors(lambda theta: weight * loss(theta)[1], found.x)
    return Fit(
        tuple(
            Parameter(name, float(np.exp(theta)) * scale, float(np.exp(theta)) * scale * error)
            for (name, scale), theta, error in zip(scales.items(), found.x, errors, strict=True)
        ),
        float(-found.fun * weight),
    )


def _errors(slope: Callable[[Numbers], Numbers], theta: Numbers) -> list[float]:
    """The standard error of each logarithm. Raises NoAnswer where the likelihood is flat in some direction."""
    steps = STEP * np.eye(len(theta))
    curved = np.array([(slope(theta + step) - slope(theta - step)) / (2 * STEP) for step in steps])
    widths, turns = np.linalg.eigh((curved + curved.T) / 2)
    if widths[0] <= 0 or not np.all(np.isfinite(widths)) or 1 / math.sqrt(widths[0]) > _TOO_WIDE:
        raise NoAnswer(_FLAT, remedy=_MORE_DATA)
    return [float(each) for each in np.sqrt((turns**2 / widths).sum(axis=1))]


def _furthest(theta: Numbers, scales: Mapping[str, float]) -> str:
    return list(scales)[int(np.argmax(np.abs(theta)))]


_WIDE = 1.959964
_TOO_WIDE = 10.0
"""A standard error beyond this, of a logarithm: the parameter could be a hundred million times less or more."""
_NO_END = Text(
    en="the search for the parameters came to no end",
    fr="la recherche des paramètres n'aboutit pas",
)
_AT_BOUND = Text(
    en="these purchases do not settle the parameter {name}: it runs towards zero or without end",
    fr="ces achats ne fixent pas le paramètre {name} : il tend vers zéro ou croît sans fin",
)
_FLAT = Text(
    en="these purchases do not settle the parameters: very different ones explain them equally well",
    fr="ces achats ne fixent pas les paramètres : de très différents les expliquent aussi bien",
)
_MORE_DATA = Text(
    en="a longer history or more customers who bought again would help; or try another method",
    fr="un historique plus long ou davantage de clients revenus aideraient ; ou essayez une autre méthode",
)
