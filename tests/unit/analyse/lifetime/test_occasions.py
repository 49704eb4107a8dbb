"""BG/BB: purchases at occasions, held against the donors of the paper."""

import numpy as np
import pytest

from quartier.analyse.lifetime import beta_bernoulli
from quartier.analyse.lifetime.beta_bernoulli import BetaBernoulli, at_occasions
from quartier.analyse.lifetime.histories import Distinct, Histories

YEARLY = BetaBernoulli(length=7)
"""One occasion a unit of time, which for others is a week."""

# Donors of 1995 by gifts and the year of the last one in the six years after: Fader, Hardie and Shang (2010), table 2.
DONORS = {
    (0, 0): 3464, (1, 1): 1091, (1, 2): 277, (1, 3): 129, (1, 4): 78, (1, 5): 119, (1, 6): 129, (2, 2): 613,
    (2, 3): 255, (2, 4): 155, (2, 5): 173, (2, 6): 234, (3, 3): 322, (3, 4): 181, (3, 5): 225, (3, 6): 357,
    (4, 4): 240, (4, 5): 284, (4, 6): 512, (5, 5): 335, (5, 6): 728, (6, 6): 1203,
}  # fmt: skip


@pytest.fixture(scope="module")
def donors() -> Histories:
    gifts, last = np.repeat(np.array(list(DONORS), dtype=float), list(DONORS.values()), axis=0).T
    return Histories(gifts, last, np.full(len(gifts), 6.0))


def test_the_published_parameters_and_likelihood_are_found(donors):
    fit = YEARLY.fit(Distinct.of(donors))
    assert list(fit.values.values()) == pytest.approx([1.204, 0.750, 0.657, 2.783], abs=0.001)
    assert fit.log_likelihood == pytest.approx(-33_225.6, abs=0.05)
    assert YEARLY.typical(fit, np.array([6.0]))[0] == pytest.approx(donors.repeats.mean(), rel=0.01)


def test_the_slope_is_that_of_the_likelihood(donors):
    rows = Distinct.of(donors).histories
    at, steps = np.array([0.7, 1.9, 1.3, 2.2]), 1e-6 * np.eye(4)

    def total(values):
        return np.logaddexp.reduce(beta_bernoulli._cases(values, rows)[0], axis=0).sum()

    cases, ends = beta_bernoulli._cases(at, rows)
    share = np.exp(cases - np.logaddexp.reduce(cases, axis=0))
    slope = [(share * each).sum() for each in beta_bernoulli._slopes(at, rows, ends)]
    assert slope == pytest.approx([(total(at + step) - total(at - step)) / 2e-6 for step in steps], rel=1e-6)


def test_forecasts_are_those_of_two_kinds_of_chances_drawn_at_random(donors):
    fit = YEARLY.fit(Distinct.of(donors))
    rng, draws = np.random.default_rng(3), 400_000
    alpha, beta, gamma, delta = fit.values.values()
    buys, leaves = rng.beta(alpha, beta, draws), rng.beta(gamma, delta, draws)
    years = rng.geometric(np.maximum(leaves, 1e-12)) - 1
    bought = rng.random((draws, 11)) < buys[:, None]
    bought &= np.arange(11)[None, :] < years[:, None]
    alike = (bought[:, :6].sum(axis=1) == 2) & bought[:, 3] & ~bought[:, 4:6].any(axis=1)
    one = Histories(np.array([2.0]), np.array([4.0]), np.array([6.0]))
    assert YEARLY.expected(fit, one, 5.0)[0] == pytest.approx(bought[alike, 6:].sum(axis=1).mean(), rel=0.06)
    assert YEARLY.alive(fit, one)[0] == pytest.approx((years[alike] >= 6).mean(), rel=0.04)


def test_purchases_move_to_the_end_of_their_occasion_and_those_of_one_are_one():
    keys, days = np.array([1, 1, 1, 1, 2, 2]), np.array([10, 11, 40, 41, 7, 99])
    amounts = np.array([5.0, 1.0, 2.0, 4.0, 8.0, 9.0])
    moved = at_occasions(keys, days, amounts, 30, 100)
    assert [each.tolist() for each in moved] == [[1, 1, 1, 2], [10, 40, 70, 7], [5.0, 3.0, 4.0, 8.0]]
