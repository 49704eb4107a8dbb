"""How good rankings and probabilities are, against scikit-learn and by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quartier.analyse.learning.calibrating import calibrated
from quartier.analyse.learning.folds import folds, parted
from quartier.analyse.learning.judging import area, area_alone, judged, tenths


def drawn(n: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Outcomes that follow their probabilities."""
    rng = np.random.default_rng(seed)
    said = rng.beta(1, 3, n)
    return rng.random(n) < said, said


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 5)), min_size=4, max_size=60))
def test_the_area_is_that_of_scikit_learn(rows):
    from sklearn.metrics import roc_auc_score

    outcome, figure = np.array([each for each, _ in rows]), np.array([each for _, each in rows], dtype=float)
    if outcome.any() and not outcome.all():
        assert area_alone(outcome, figure) == pytest.approx(roc_auc_score(outcome, figure))


def test_the_interval_of_the_area_holds_what_it_says():
    true = area_alone(*drawn(200_000, 1))
    inside = 0
    for seed in range(200):
        found = area(*drawn(300, 100 + seed))
        inside += found.low <= true <= found.high
    assert 182 <= inside <= 198


def test_a_ranking_without_a_fault_is_not_certain():
    found = area(np.arange(40) >= 20, np.arange(40.0))
    assert found.value == 1
    assert found.low < 0.9


def test_true_probabilities_are_judged_calibrated_and_tenths_add_up():
    found = judged(*drawn(20_000, 2))
    assert found.calibration_error < 0.015
    assert found.brier < found.brier_of_base
    assert sum(each.persons for each in found.tenths) == found.persons
    assert found.tenths[-1].reached == pytest.approx(1)
    assert found.tenths[0].lift > 2


@pytest.mark.parametrize(("n", "method"), [(400, "sigmoid"), (8_000, "isotonic")])
def test_scores_that_say_too_much_are_brought_back(n, method):
    outcome, said = drawn(n, 3)
    loud = 3 * np.log(said / (1 - said)) + 1
    calibration = calibrated(loud, outcome)
    fresh, true = drawn(20_000, 4)
    again = calibration(3 * np.log(true / (1 - true)) + 1)
    assert calibration.method == method
    assert float(np.abs(again - true).mean()) < 0.05
    assert judged(fresh, again).calibration_error < 0.05


def test_who_scores_higher_never_gets_the_lower_probability():
    outcome, said = drawn(6_000, 5)
    calibration = calibrated(said, outcome)
    rising = calibration(np.linspace(-1, 2, 500))
    assert (np.diff(rising) >= 0).all()
    assert 0 < rising.min() < rising.max() < 1


def test_tenths_begin_with_the_most_likely_and_equals_stay_together():
    found = tenths(np.array([0.9, 0.1, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.2, 0.05]))
    assert found[0] == 1
    assert found[9] == 10
    assert set(found[2:8]) == {2}


def test_folds_and_parts_hold_both_kinds():
    outcome = np.arange(100) < 7
    fold = folds(outcome, 5, 1)
    assert all(outcome[fold == each].any() for each in range(5))
    first, second = parted(outcome, 0.25, 1)
    assert (first ^ second).all()
    assert outcome[second].sum() == 2
