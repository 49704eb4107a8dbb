"""Concentration of revenue: hand-computed and its laws."""

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quartier.analyse.concentration import Concentration, concentration_of

AT = dt.datetime(2026, 11, 21, tzinfo=dt.UTC)
AMOUNTS = st.lists(st.floats(0, 1e6), min_size=1, max_size=80)


def test_four_customers_by_hand() -> None:
    # 1, 2, 3, 4: Gini = 2·(1 + 4 + 9 + 16) / (4·10) - 5/4 = 0.25; the poorer half make 3 of 10.
    found = concentration_of(np.array([4.0, 1.0, 3.0, 2.0]), AT)
    assert found.gini == pytest.approx(0.25)
    assert found.lorenz[50].revenue == pytest.approx(0.3)
    assert (found.lorenz[0].revenue, found.lorenz[100].revenue) == (0.0, 1.0)
    assert [(each.share, each.persons, each.share_of_revenue) for each in found.top] == [
        (0.01, 1, 0.4), (0.05, 1, 0.4), (0.10, 1, 0.4), (0.20, 1, 0.4),
    ]  # fmt: skip
    assert found.to_arrow().num_rows == 101


def test_the_best_twenty_percent_are_whole_customers() -> None:
    found = concentration_of(np.arange(1.0, 101.0), AT)
    assert [each.persons for each in found.top] == [1, 5, 10, 20]
    assert found.top[3].revenue == sum(range(81, 101))


def test_who_was_refunded_more_than_paid_counts_as_zero_and_is_said() -> None:
    found = concentration_of(np.array([-50.0, 0.0, 100.0]), AT)
    assert (found.counted_as_zero, found.revenue) == (1, 100.0)
    assert found.gini == pytest.approx(2 / 3)


@pytest.mark.parametrize("amounts", [[], [0.0, 0.0], [-3.0]])
def test_without_revenue_there_is_no_curve_and_no_coefficient(amounts: list[float]) -> None:
    found = concentration_of(np.array(amounts, dtype=np.float64), AT)
    assert (found.gini, found.lorenz, found.top) == (None, (), ())
    assert found.as_json()["customers"] == len(amounts)


@given(AMOUNTS)
def test_the_curve_lies_under_the_diagonal_and_gini_between_zero_and_one(amounts: list[float]) -> None:
    found: Concentration = concentration_of(np.array(amounts), AT)
    if found.gini is None:
        return
    assert 0 <= found.gini <= 1 - 1 / len(amounts) + 1e-9
    heights = [each.revenue for each in found.lorenz]
    assert all(height <= each.customers + 1e-9 for height, each in zip(heights, found.lorenz, strict=True))
    assert heights == sorted(heights)


@given(AMOUNTS)
def test_gini_is_half_the_relative_mean_difference(amounts: list[float]) -> None:
    found = concentration_of(np.array(amounts), AT)
    if found.gini is None or sum(amounts) < 1e-3:
        return
    values = np.array(amounts)
    mean_difference = np.abs(values[:, None] - values[None, :]).mean()
    assert found.gini == pytest.approx(mean_difference / (2 * values.mean()), abs=1e-7)
