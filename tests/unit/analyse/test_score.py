"""Points out of 100: caps, decay, ranges, bands and weights, by hand and against scikit-learn."""

import numpy as np
import pytest
from pydantic import ValidationError

from quartier.analyse.score import calibration, weights
from quartier.analyse.score.definition import Criterion, Score
from quartier.analyse.score.points import Facts, fraction, left_after, points, scores
from quartier.analyse.score.proposing import scaled

COUNTRY = Criterion(trait="country", test={"is": "FR"}, points=30)
VISITS = Criterion(event="Page Viewed", points=4, at_most=20, half_life=30)
OPTED_OUT = Criterion(trait="opted_out", test={"is": True}, points=-10)


def _facts(amount: list[float], missing: list[bool] | None = None) -> Facts:
    return Facts(np.array(amount), np.array(missing or [False] * len(amount)))


def test_an_event_counts_by_half_after_its_half_life_and_never_beyond_the_cap() -> None:
    assert left_after(np.array([0.0, 30.0, 60.0]), 30).tolist() == [1.0, 0.5, 0.25]
    assert points(VISITS, _facts([0, 1, 2.5, 100])).tolist() == [0, 4, 10, 20]


def test_a_fact_that_is_not_known_makes_a_range() -> None:
    found = scores([COUNTRY, VISITS, OPTED_OUT], [
        _facts([1, 0, 0], [False, True, False]), _facts([1, 1, 1]), _facts([0, 0, 1], [True, False, False]),
    ], {})  # fmt: skip
    assert found.score.tolist() == [34, 4, 0]
    assert found.low.tolist() == [24, 4, 0]
    assert found.high.tolist() == [34, 34, 0]


def test_all_criteria_of_a_family_bring_no_more_than_its_cap() -> None:
    found = scores([COUNTRY, OPTED_OUT, VISITS], [
        _facts([1, 1, 0], [False, False, True]), _facts([0, 1, 0]), _facts([5, 0, 0]),
    ], {"explicit": 25})  # fmt: skip
    assert found.score.tolist() == [45, 20, 0]
    assert found.high.tolist() == [45, 20, 25]
    Score(criteria=(COUNTRY.model_copy(update={"points": 100.0}), VISITS), caps={"explicit": 80})


def test_criteria_that_bring_more_than_100_together_are_refused() -> None:
    with pytest.raises(ValidationError, match="120"):
        Score(criteria=(COUNTRY.model_copy(update={"points": 100.0}), VISITS))


@pytest.mark.parametrize(
    "written",
    [
        {"points": 5}, {"trait": "country", "points": 5}, {"event": "Page Viewed", "points": 5},
        {"trait": "country", "test": {"is": "FR"}, "points": 0},
        {"trait": "c", "test": {"is": 1}, "event": "e", "points": 1},
    ],
)  # fmt: skip
def test_a_criterion_that_says_too_little_or_too_much_is_refused(written: dict) -> None:
    with pytest.raises(ValidationError):
        Criterion.model_validate(written)


def test_proposed_points_are_in_proportion_and_make_100() -> None:
    found = scaled([COUNTRY, VISITS, OPTED_OUT])
    assert [each.most for each in found] == [60.0, 40.0, 0.0]
    assert found[1].points == 8.0


def test_the_area_under_the_curve_is_that_of_scikit_learn_and_its_interval_holds_it() -> None:
    from sklearn.metrics import roc_auc_score

    draw = np.random.default_rng(5)
    converted = draw.random(500) < 0.3
    score = np.round(np.clip(40 + 15 * converted + draw.normal(0, 20, 500), 0, 100))
    area, low, high = calibration.auc(score, converted)
    assert area == pytest.approx(roc_auc_score(converted, score))
    assert 0.5 < low < area < high < 1


def test_every_person_is_in_one_band_and_100_is_in_the_last() -> None:
    found = calibration.bands(np.array([0, 9.9, 10, 95, 100]), np.array([False, True, True, False, True]))
    assert [(each.low, each.persons, each.converted) for each in found if each.persons] == [
        (0, 2, 1),
        (10, 1, 1),
        (90, 2, 1),
    ]
    assert found[-1].share == 0.5
    assert found[1].share_low is not None
    assert found[5].share is None


def test_points_are_learnt_from_what_counts_and_not_from_what_everybody_has() -> None:
    draw = np.random.default_rng(3)
    has = draw.random((4000, 3)) < 0.4
    fractions = np.column_stack([has, np.ones(4000)]).astype(float)
    chance = 1 / (1 + np.exp(2 - 2 * has[:, 0] - 1 * has[:, 1]))
    found = weights.learnt(fractions, draw.random(4000) < chance, seed=1)
    assert found is not None
    strong, half, noise, constant = found.points
    assert strong == pytest.approx(2 * half, rel=0.35)
    assert abs(noise) < 8
    assert constant == 0
    assert found.tested.mean() == pytest.approx(0.3, abs=0.03)
    assert weights.learnt(fractions[:50], np.arange(50) < 5, seed=1) is None


def test_new_points_keep_how_many_events_fill_the_cap() -> None:
    (country, visits) = weights.with_points([COUNTRY, VISITS, OPTED_OUT], np.array([40.0, 60.0, 0.0]))
    assert (country.points, visits.points, visits.at_most, visits.half_life) == (40, 12, 60, 30)
    assert fraction(visits, _facts([5])).tolist() == [1.0]
