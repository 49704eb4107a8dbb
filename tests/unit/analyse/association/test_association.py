"""Associations over mixed types, against scipy and by their own promises."""

import datetime as dt

import numpy as np
import pytest
from scipy.stats import spearmanr

from quartier.analyse.association.detail import detail_of
from quartier.analyse.association.matrix import matrix_of
from quartier.analyse.association.measures import measured
from quartier.analyse.learning.clues import UNKNOWN, Clue
from quartier.catalog import Label
from quartier.errors import NoAnswer

N = 2_000
AT = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)


def clue(name: str, values: np.ndarray, *levels: str) -> Clue:
    return Clue(name, Label(en=name, fr=name), values.astype(np.int32 if levels else float), levels)


@pytest.fixture(scope="module")
def clues() -> dict[str, Clue]:
    """Age and tenure go together, plan follows tenure, colour follows nothing, note is rarely known."""
    rng = np.random.default_rng(3)
    age = rng.normal(size=N)
    tenure = age + rng.normal(size=N)
    note = np.where(np.arange(N) < 20, 1.0, np.nan)
    return {
        "age": clue("age", age),
        "tenure": clue("tenure", np.exp(tenure)),
        "plan": clue("plan", (tenure > 0).astype(int) + (tenure > 1), "a", "b", "c"),
        "colour": clue("colour", rng.integers(0, 4, N), "r", "g", "b", "y"),
        "note": clue("note", note),
    }


def test_two_numbers_have_the_correlation_of_their_ranks(clues):
    found = measured(clues["age"], clues["tenure"])
    assert found.measure == "spearman"
    assert found.value == pytest.approx(spearmanr(clues["age"].values, clues["tenure"].values).statistic)


def test_a_long_tail_does_not_change_a_measure(clues):
    flat = clue("tenure", np.log(clues["tenure"].values))
    assert measured(flat, clues["plan"]).value == pytest.approx(measured(clues["tenure"], clues["plan"]).value)


def test_a_category_made_of_a_number_goes_with_it_either_way_round(clues):
    one, other = measured(clues["tenure"], clues["plan"]), measured(clues["plan"], clues["tenure"])
    assert one.measure == "correlation_ratio"
    assert one.value == other.value > 0.85


def test_measures_of_nothing_are_near_zero_on_average():
    values = []
    for seed in range(60):
        rng = np.random.default_rng(seed)
        a, b = clue("a", rng.integers(0, 6, 150), *"abcdef"), clue("b", rng.integers(0, 5, 150), *"abcde")
        values.append(measured(a, b).value or 0)
    assert np.mean(values) < 0.06, "without the correction for bias it would be 0.18"


def test_the_same_category_twice_is_complete(clues):
    assert measured(clues["plan"], clues["plan"]).value == pytest.approx(1)


def test_few_known_or_no_spread_is_told_by_none(clues):
    assert measured(clues["note"], clues["age"]).value is None
    assert measured(clues["note"], clues["age"]).persons == 20


def test_the_matrix_puts_together_what_goes_together(clues):
    found = matrix_of(list(clues.values()), AT)
    order = [each.trait for each in found.members]
    assert abs(order.index("tenure") - order.index("plan")) == 1
    assert {found.pairs[0].first, found.pairs[0].second} == {"tenure", "plan"}
    assert found.pair("plan", "tenure") is found.pairs[0]
    assert not found.pair("age", "colour").is_clear
    assert len(found.pairs) == 10


def test_one_trait_alone_has_no_matrix(clues):
    with pytest.raises(NoAnswer, match="two traits"):
        matrix_of([clues["age"]], AT)


def test_the_detail_tells_shares_and_quartiles_of_those_known(clues):
    shares = detail_of(clues["age"], clues["plan"])
    assert sum(each.persons for each in shares.rows) == shares.persons == N
    assert all(sum(one.share for one in row.shares) == pytest.approx(1) for row in shares.rows)
    assert shares.rows[0].shares[0].share > shares.rows[-1].shares[0].share
    spread = detail_of(clues["plan"], clues["age"]).rows
    assert [each.level for each in spread] == ["a", "b", "c"]
    assert spread[0].spread.middle < spread[2].spread.middle


def test_the_detail_hides_rows_of_too_few():
    few = clue("few", np.array([0] * 96 + [1] * 4), "many", "rare")
    assert [each.level for each in detail_of(few, clue("x", np.arange(100))).rows] == ["many"]


def test_unknown_categories_are_left_out(clues):
    codes = clues["plan"].values.copy()
    codes[:100] = UNKNOWN
    assert measured(clue("plan", codes, "a", "b", "c"), clues["age"]).persons == N - 100
