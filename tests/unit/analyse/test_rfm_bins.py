"""Quantile bins: hand-computed, and their laws on generated values."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quartier.analyse.rfm import findings, quantile_bins, score
from quartier.language import LANGUAGES

BINS = st.sampled_from([3, 4, 5])
# Few distinct numbers, so that ties are the rule and not the exception.
VALUES = st.lists(st.integers(-3, 12) | st.integers(-1000, 1000), min_size=1, max_size=60)


def test_without_ties_each_bin_is_a_quantile() -> None:
    assert quantile_bins(np.array([30, 10, 20, 60, 50, 40, 90, 70, 80, 100]), 5).tolist() == [
        2, 1, 1, 3, 3, 2, 5, 4, 4, 5,
    ]  # fmt: skip


def test_customers_who_all_bought_once_but_few_are_in_the_lowest_bin() -> None:
    # Six of ten bought once. Mean ranks 3.5, 7.5, 9, 10; stretched to 0, 4/6.5, 5.5/6.5, 1; fifths 1, 4, 5, 5.
    assert quantile_bins(np.array([1, 1, 1, 1, 1, 1, 2, 2, 3, 9]), 5).tolist() == [1, 1, 1, 1, 1, 1, 4, 4, 5, 5]


def test_when_all_but_one_are_equal_the_one_stands_apart() -> None:
    assert quantile_bins(np.array([7] * 9 + [1]), 5).tolist() == [5] * 9 + [1]
    assert quantile_bins(np.array([1] * 9 + [7]), 5).tolist() == [1] * 9 + [5]


@pytest.mark.parametrize(("bins", "middle"), [(3, 2), (4, 3), (5, 3)])
def test_when_all_are_equal_all_are_in_the_middle_bin(bins: int, middle: int) -> None:
    assert quantile_bins(np.full(8, 2.5), bins).tolist() == [middle] * 8
    assert quantile_bins(np.array([2.5]), bins).tolist() == [middle]


def test_fewer_customers_than_bins_are_spread_from_the_lowest_to_the_highest() -> None:
    assert quantile_bins(np.array([5, 9]), 5).tolist() == [1, 5]
    assert quantile_bins(np.array([9, 5, 7]), 5).tolist() == [5, 1, 3]


def test_nobody_has_no_bins() -> None:
    assert quantile_bins(np.array([], dtype=np.int64), 5).tolist() == []


@given(VALUES, BINS)
def test_bins_are_within_range_and_never_fall_when_values_rise(values: list[int], bins: int) -> None:
    found = quantile_bins(np.array(values), bins)
    assert 1 <= found.min() <= found.max() <= bins
    assert np.all(np.diff(found[np.argsort(values, kind="stable")]) >= 0)


@given(VALUES, BINS)
def test_equal_values_have_equal_bins(values: list[int], bins: int) -> None:
    found: dict[int, int] = {}
    for value, own in zip(values, quantile_bins(np.array(values), bins).tolist(), strict=True):
        assert found.setdefault(value, own) == own


@given(VALUES, BINS)
def test_the_least_value_is_in_the_first_bin_and_the_greatest_in_the_last(values: list[int], bins: int) -> None:
    found = quantile_bins(np.array(values), bins)
    if len(set(values)) > 1:
        assert found[np.argmin(values)] == 1
        assert found[np.argmax(values)] == bins


@given(VALUES, BINS, st.randoms(use_true_random=False))
def test_the_order_of_customers_does_not_matter(values: list[int], bins: int, random: object) -> None:
    order = list(range(len(values)))
    random.shuffle(order)  # type: ignore[attr-defined]
    shuffled = np.array(values)[order]
    assert quantile_bins(shuffled, bins).tolist() == quantile_bins(np.array(values), bins)[order].tolist()


@given(VALUES, BINS)
def test_only_the_order_of_values_counts_and_not_their_size(values: list[int], bins: int) -> None:
    stretched = np.array(values, dtype=np.float64) ** 3 + 5
    assert quantile_bins(stretched, bins).tolist() == quantile_bins(np.array(values), bins).tolist()


@given(st.integers(5, 400), BINS)
def test_without_ties_bins_differ_by_at_most_two_customers(customers: int, bins: int) -> None:
    counts = np.bincount(quantile_bins(np.arange(customers), bins), minlength=bins + 1)[1:]
    assert counts.max() - counts.min() <= 2


def test_more_recent_means_a_higher_recency_bin() -> None:
    scored = score(np.array([1, 2, 3]), np.array([0, 10, 400]), np.array([9, 4, 1]), np.array([900.0, 50.0, 1.0]), 5)
    assert scored.r.tolist() == [5, 3, 1]
    assert scored.scores.tolist() == ["555", "333", "111"]
    assert scored.classes.tolist() == ["champions", "needs_attention", "lost"]
    assert scored.class_counts()["champions"] == 1
    assert scored.class_counts()["loyal"] == 0


def test_the_score_is_made_of_the_three_bins() -> None:
    generator = np.random.default_rng(7)
    days, orders = generator.integers(0, 90, 300), generator.integers(1, 5, 300)
    scored = score(np.arange(300), days, orders, generator.normal(50, 40, 300).round(2), 4)
    made = [f"{r}{f}{m}" for r, f, m in zip(scored.r, scored.f, scored.m, strict=True)]
    assert scored.scores.tolist() == made


def test_ties_are_said_with_the_bins_that_stay_empty() -> None:
    orders = np.array([1] * 6 + [2, 2, 3, 9])
    said = findings({"recency": np.arange(10), "frequency": orders, "monetary": np.arange(10.0)}, 5)
    assert [each.to("en") for each in said] == [
        "frequency: only 3 of 5 bins are filled, since equal values stay together; customers with the value 1: 6 of 10"
    ]
    assert [each.to("fr") for each in said] == [
        "fréquence\N{NO-BREAK SPACE}: seules 3 tranches sur 5 sont occupées, car les valeurs égales restent "
        "ensemble\N{NO-BREAK SPACE}; clients à la valeur 1\N{NO-BREAK SPACE}: 6 sur 10"
    ]


def test_nothing_is_said_when_every_bin_is_filled() -> None:
    even = np.arange(50)
    assert findings({"recency": even, "frequency": even, "monetary": even.astype(float)}, 5) == ()


def test_nobody_few_customers_all_equal_and_negative_amounts_are_said() -> None:
    nobody = np.array([], dtype=np.int64)
    assert "nobody has bought" in str(findings({"recency": nobody, "frequency": nobody, "monetary": nobody}, 5)[0])
    two = findings({"recency": np.array([3, 3]), "frequency": np.array([1, 2]), "monetary": np.array([-4.5, 2.0])}, 5)
    said = " | ".join(each.to("en") for each in two)
    assert "2 customers for 5 bins" in said
    assert "recency: all customers have the same value (3) and share the middle bin, 3" in said
    assert "1 customer was given back more than was paid" in said
    assert all(each.to(language) for each in two for language in LANGUAGES)
