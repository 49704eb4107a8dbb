"""The laws of purchases: their derivatives, what they recover, and forecasts that stay true at the edges."""

import numpy as np
import pytest
from scipy import integrate, stats

from benchmarks.lifetime_customers import TRUE, customers
from quartier.analyse.lifetime import beta_geometric, pareto, spend
from quartier.analyse.lifetime.beta_geometric import BetaGeometric
from quartier.analyse.lifetime.fitting import Fit, Parameter
from quartier.analyse.lifetime.forecast import Fitted
from quartier.analyse.lifetime.histories import Distinct, Histories
from quartier.analyse.lifetime.laws import LAWS

SEED = 3
BG = LAWS["bg-nbd"]


def fit_of(**values: float) -> Fit:
    return Fit(tuple(Parameter(name, value, 0.1) for name, value in values.items()), 0.0)


CDNOW = fit_of(r=0.243, alpha=4.414, a=0.793, b=2.426)
PARETO = fit_of(r=0.553, alpha=10.578, s=0.606, beta=11.669)
FITS = {"bg-nbd": CDNOW, "mbg-nbd": CDNOW, "pareto-nbd": PARETO}


@pytest.fixture(scope="module")
def few() -> Distinct:
    return Distinct.of(customers(300, SEED))


def likelihoods(few: Distinct) -> dict:
    return {
        "bg-nbd": beta_geometric._Likelihood(few, 10.0, 0),
        "mbg-nbd": beta_geometric._Likelihood(few, 10.0, 1),
        "pareto-nbd": lambda values: pareto._likelihood(values, few.histories, few.counts),
        "gamma-gamma": lambda values: spend._likelihood(values, np.repeat([1.0, 4.0], 50), np.linspace(3, 90, 100)),
    }


@pytest.mark.parametrize("name", ["bg-nbd", "mbg-nbd", "pareto-nbd", "gamma-gamma"])
def test_the_slope_is_that_of_the_likelihood(name, few):
    likelihood = likelihoods(few)[name]
    at = np.array([0.7, 1.9, 1.3, 2.2])[: 3 if name == "gamma-gamma" else 4]
    step = 1e-6 * np.eye(len(at))
    by_steps = [(likelihood(at + each)[0] - likelihood(at - each)[0]) / 2e-6 for each in step]
    assert likelihood(at)[1] == pytest.approx(by_steps, rel=1e-5, abs=1e-4)


def test_the_parameters_of_generated_customers_lie_within_their_errors():
    fit = BG.fit(Distinct.of(customers(4_000, SEED, in_days=False)))
    for each in fit.parameters:
        assert abs(each.value - TRUE[each.name]) < 3 * each.error
        assert each.low < each.value < each.high


@pytest.mark.slow
def test_standard_errors_are_the_spread_of_estimates_over_samples():
    fits = [BG.fit(Distinct.of(customers(3_000, seed, in_days=False))) for seed in range(24)]
    spread = np.std([np.log(fit["r"]) for fit in fits], ddof=1)
    told = np.mean([fit.parameters[0].error / fit["r"] for fit in fits])
    assert told == pytest.approx(spread, rel=0.4)


@pytest.mark.parametrize("name", list(LAWS))
def test_forecasts_of_eager_customers_stay_finite(name):
    eager = Histories(np.array([0.0, 3.0, 500.0, 20_000.0]), np.array([0.0, 99.0, 99.9, 100.0]), np.full(4, 100.0))
    expected = LAWS[name].expected(FITS[name], eager, 52.0)
    assert np.all(np.isfinite(expected))
    assert np.all(np.diff(expected) > 0)


@pytest.mark.parametrize(("x", "last", "age", "weeks"), [(0, 0, 10, 30), (4, 20, 38, 200), (150, 90, 92, 5000)])
def test_the_forecast_is_the_mean_over_all_rates_and_chances_of_leaving(x, last, age, weeks):
    r, alpha, a, b = (CDNOW[name] for name in ("r", "alpha", "a", "b"))

    def still(p):  # (1 - exp(-rate p t)) / p, with the rate drawn from its Gamma law
        return (1 - (1 + p * weeks / (alpha + age)) ** -(r + x)) / p * stats.beta.pdf(p, a, b + x)

    of_living = integrate.quad(still, 0, 1, points=[1e-4, 1e-3, 1e-2, 0.1], limit=400)[0]
    one = Histories(np.array([float(x)]), np.array([float(last)]), np.array([float(age)]))
    assert BG.expected(CDNOW, one, weeks)[0] / BG.alive(CDNOW, one)[0] == pytest.approx(of_living, rel=1e-6)


@pytest.mark.parametrize("chances", [0, 1])
def test_forecasts_pass_evenly_through_the_place_where_the_formula_divides_by_zero(chances):
    one = Histories(np.array([4.0]), np.array([20.0]), np.array([38.0]))
    law = BetaGeometric(chances)
    near = [
        law.expected(fit_of(r=0.243, alpha=4.414, a=a, b=2.426), one, 39.0)[0] for a in (0.999, 1.0, 1.0 + 1e-9, 1.001)
    ]
    assert near[1] == pytest.approx(near[2], rel=1e-9)
    assert near[1] == pytest.approx((near[0] + near[3]) / 2, rel=1e-4)


@pytest.mark.parametrize("name", list(LAWS))
def test_the_longer_the_silence_the_less_likely_a_return(name):
    silent = Histories(np.full(4, 6.0), np.array([50.0, 40.0, 25.0, 5.0]), np.full(4, 52.0))
    alive = LAWS[name].alive(FITS[name], silent)
    assert np.all(np.diff(alive) < 0)
    assert np.all((alive > 0) & (alive < 1))


def test_who_never_bought_again_cannot_have_left_after_a_repeat_purchase():
    once = Histories(np.zeros(2), np.zeros(2), np.array([1.0, 99.0]))
    assert BG.alive(CDNOW, once).tolist() == [1.0, 1.0]
    assert np.all(LAWS["mbg-nbd"].alive(CDNOW, once) < 1)


@pytest.mark.parametrize(("x", "last", "age"), [(0, 0, 39), (2, 3, 39), (60, 30, 31), (60, 3, 39)])
def test_the_likelihood_of_pareto_is_its_integral(x, last, age):
    r, alpha, s, beta = values = [PARETO[name] for name in ("r", "alpha", "s", "beta")]

    def left(y):
        return ((alpha + last) / (alpha + y)) ** (r + x) * s * beta**s * (beta + y) ** -(s + 1)

    stay = ((alpha + last) / (alpha + age)) ** (r + x) * (beta / (beta + age)) ** s
    gone = integrate.quad(left, last, age, limit=400)[0]
    one = Histories(*(np.array([float(each)]) for each in (x, last, age)))
    assert np.exp(pareto._alive(np.array(values), one)[1])[0] == pytest.approx(stay / (stay + gone), rel=1e-9)


@pytest.mark.parametrize("name", list(LAWS))
def test_what_is_expected_of_newcomers_is_expected_of_somebody_unknown(name):
    newcomer = Histories(np.zeros(1), np.zeros(1), np.zeros(1))
    assert LAWS[name].expected(FITS[name], newcomer, 39.0)[0] == pytest.approx(
        LAWS[name].typical(FITS[name], np.array([39.0]))[0], rel=1e-9
    )


def test_discounting_counts_purchases_far_away_for_less():
    fitted = Fitted(BG, CDNOW, Distinct.of(customers(50, SEED)))
    plain, discounted = fitted.discounted(104, 0.0), fitted.discounted(104, 0.10)
    ratio = discounted / plain
    assert np.all((ratio > 1.1**-2) & (ratio < 1))
    assert fitted.discounted(104, 1e-12) == pytest.approx(plain, rel=1e-9)
