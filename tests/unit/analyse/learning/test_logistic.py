"""The regression: fits to persons drawn again."""

import numpy as np

from quartier.analyse.learning.logistic import fitted, redrawn


def test_a_fit_to_persons_drawn_again_is_that_of_who_learns_them_anew():
    rng = np.random.default_rng(3)
    values = rng.normal(size=(600, 4))
    outcome = rng.random(600) < 1 / (1 + np.exp(1 - values[:, 0]))
    point, drawn = redrawn(values, outcome, 5, np.random.default_rng(1))
    assert np.allclose(point, fitted(values, outcome).coef_[0])
    again = np.random.default_rng(1)
    for each in drawn:
        rows = again.integers(0, 600, 600)
        assert np.allclose(each, fitted(values[rows], outcome[rows]).coef_[0], atol=0.01)


def test_a_draw_with_one_kind_of_persons_is_left_out():
    values, outcome = np.array([[0.0], [1.0], [2.0]]), np.array([True, False, False])
    _, drawn = redrawn(values, outcome, 40, np.random.default_rng(1))
    assert 0 < len(drawn) < 40
