"""The statistics of a profile, against published values and scipy."""

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from quartier.analyse.compare import Means, Shares, corrected, width

Z = 1.959964


def test_newcombe_gives_the_interval_of_his_paper() -> None:
    # Newcombe (1998), table II, example (a): 56/70 against 48/80, method 10: 0.0524 to 0.3339.
    low, high = Shares(56, 70, 48, 80).difference_interval(Z)
    assert (round(low, 4), round(high, 4)) == (0.0524, 0.3339)


def test_newcombe_stays_within_its_range_when_nobody_has_the_value() -> None:
    # The same table, example (h): 10/10 against 0/10: 0.6075 to 1.
    low, high = Shares(10, 10, 0, 10).difference_interval(Z)
    assert (round(low, 4), round(high, 4)) == (0.6075, 1.0)


def test_lift_and_its_interval_by_hand() -> None:
    shares = Shares(30, 100, 40, 400)
    assert shares.lift() == pytest.approx(3.0)
    low, high = shares.lift_interval(Z) or (0, 0)
    error = math.sqrt(1 / 30 - 1 / 100 + 1 / 40 - 1 / 400)
    assert (low, high) == (pytest.approx(3 * math.exp(-Z * error)), pytest.approx(3 * math.exp(Z * error)))
    assert Shares(5, 10, 0, 10).lift() is None
    assert Shares(0, 10, 5, 10).lift_interval(Z) is None


def test_large_groups_get_the_chi_squared_test_and_small_ones_fishers() -> None:
    table = [[30, 70], [40, 360]]
    assert Shares(30, 100, 40, 400).p_value() == pytest.approx(stats.chi2_contingency(table, correction=False).pvalue)
    assert Shares(3, 4, 1, 6).p_value() == pytest.approx(stats.fisher_exact([[3, 1], [1, 5]]).pvalue)


def test_means_by_hand() -> None:
    means = Means(50, 12.0, 4.0, 200, 10.0, 4.0)
    assert means.strength() == pytest.approx(1.0)
    low, high = means.interval(Z)
    error = math.sqrt(250 / 10_000 + 1 / 500)
    assert (low, high) == (pytest.approx(1 - Z * error), pytest.approx(1 + Z * error))
    assert means.p_value() < 1e-6
    assert not Means(50, 12.0, 0.0, 200, 10.0, 0.0).is_comparable
    assert not Means(1, 12.0, 1.0, 200, 10.0, 1.0).is_comparable


def test_many_comparisons_are_corrected_and_intervals_widened() -> None:
    # Benjamini and Hochberg: p(i)·m/i, made monotone from above.
    assert corrected([0.01, 0.04, 0.03, 0.5]) == pytest.approx([0.04, 0.16 / 3, 0.16 / 3, 0.5])
    assert corrected([]) == []
    assert width(0, 0) == pytest.approx(Z)
    assert width(1, 20) == pytest.approx(stats.norm.isf(0.05 / 20 / 2))


@given(st.integers(0, 50), st.integers(1, 50), st.integers(0, 50), st.integers(1, 50))
def test_intervals_hold_their_estimate_and_p_values_are_between_zero_and_one(a: int, n: int, b: int, m: int) -> None:
    shares = Shares(min(a, n), n, min(b, m), m)
    low, high = shares.difference_interval(Z)
    assert -1 - 1e-9 <= low <= shares.share - shares.rest + 1e-9
    assert shares.share - shares.rest - 1e-9 <= high <= 1 + 1e-9
    assert 0 <= shares.p_value() <= 1 + 1e-9


@given(st.integers(0, 30), st.integers(1, 30), st.integers(0, 900), st.integers(1, 900))
def test_fishers_test_is_that_of_scipy(a: int, n: int, b: int, m: int) -> None:
    inside, outside = min(a, n), min(b, m)
    pooled = (inside + outside) / (n + m)
    assume(min(pooled, 1 - pooled) * min(n, m) < 5)
    expected = stats.fisher_exact([[inside, n - inside], [outside, m - outside]]).pvalue
    assert Shares(inside, n, outside, m).p_value() == pytest.approx(expected, rel=1e-9)


def test_the_test_of_two_means_is_welchs() -> None:
    expected = stats.ttest_ind_from_stats(12.0, 2.0, 5, 10.0, 5.0, 9, equal_var=False).pvalue
    assert Means(5, 12.0, 4.0, 9, 10.0, 25.0).p_value() == pytest.approx(expected, rel=1e-12)
