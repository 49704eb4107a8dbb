"""Where the purchases do not say enough, a sentence says why and what would help."""

import numpy as np
import pytest

from quartier.analyse.lifetime.forecast import LEAST_RETURNED, fit_purchases
from quartier.analyse.lifetime.histories import Histories
from quartier.analyse.lifetime.laws import LAWS
from quartier.analyse.lifetime.spend import expected_spend, fit_spend, spends
from quartier.errors import NoAnswer

BG = LAWS["bg-nbd"]


def refused(work) -> str:
    with pytest.raises(NoAnswer) as caught:
        work()
    assert caught.value.remedy is not None
    return str(caught.value)


def of(repeats, last, age) -> Histories:
    return Histories(*(np.asarray(each, dtype=float) for each in (repeats, last, age)))


def test_too_few_who_came_back_are_refused():
    few = np.r_[np.ones(LEAST_RETURNED - 1), np.zeros(500)]
    assert "only 29 customers bought on a second day" in refused(lambda: fit_purchases(BG, of(few, few, few + 9)))


def test_customers_who_are_all_alike_are_refused():
    alike = np.ones(100)
    assert "exactly the same history" in refused(lambda: fit_purchases(BG, of(alike, alike, 9 * alike)))


def test_a_parameter_that_runs_away_is_named():
    regular = np.full(200, 20.0)
    said = refused(lambda: fit_purchases(BG, of(regular, regular, 21 + np.arange(200) % 2)))
    assert "do not settle the parameter" in said


def test_equal_amounts_have_no_law():
    assert "the same per purchase" in refused(lambda: fit_spend(np.ones(50), np.full(50, 20.0)))


def test_amounts_without_a_mean_are_refused():
    heavy = np.exp(np.random.default_rng(3).standard_cauchy(400).clip(-12, 12) * 1.5)
    assert "no mean can be told" in refused(lambda: fit_spend(np.full(400, 30.0), heavy))


def test_who_bought_once_or_was_given_everything_back_gets_the_mean_of_all():
    rng = np.random.default_rng(3)
    repeats, amounts = rng.integers(1, 9, 500).astype(float), rng.gamma(6, 1 / rng.gamma(4, 1 / 60, 500))
    found = fit_spend(repeats, amounts)
    odd = (np.array([0.0, 2.0, 2.0]), np.array([np.nan, -5.0, 0.0]))
    assert not spends(*odd).any()
    assert expected_spend(found, *odd) == pytest.approx([found.mean] * 3)
    assert expected_spend(found, np.array([1e6]), np.array([33.0]))[0] == pytest.approx(33, rel=1e-4)
