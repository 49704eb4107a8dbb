"""Results of surveys: figures that can be recomputed by hand, and intervals that hold what they promise."""

import math

import numpy as np
import pytest
from scipy.stats import binom, multinomial, t

from quartier.analyse.surveys.intervals import (
    difference_interval,
    mean_interval,
    median_interval,
    share_interval,
)
from quartier.analyse.surveys.results import nps, result_of
from quartier.collect.surveys import shipped
from quartier.collect.surveys.definition import Survey


def question(survey: str, name: str):
    found = shipped.read_template(survey).question(name)
    assert found is not None
    return found


def test_a_share_has_the_interval_of_wilson():
    assert share_interval(1, 10) == pytest.approx((0.01787621, 0.40415002))  # as statsmodels gives it
    assert share_interval(0, 0) is None


def test_a_mean_has_the_interval_of_student():
    values = [1, 2, 4, 5]
    half = t.ppf(0.975, 3) * math.sqrt(np.var(values, ddof=1) / 4)
    low, high = mean_interval(values, -9, 99) or (0, 0)
    assert (low, high) == pytest.approx((3 - half, 3 + half))
    assert mean_interval(values, 1, 5) == (1, 5)
    assert mean_interval([4], 1, 5) is None
    assert mean_interval([4, 4, 4], 1, 5) is None


def test_the_score_of_recommendation_is_promoters_less_detractors():
    value, interval = nps([10, 9, 9, 8, 7, 6, 0, 10, 10, 5])
    assert value == 20.0
    one, other = 6 / 12, 4 / 12
    half = 1.959964 * math.sqrt((one + other - (one - other) ** 2) / 12)
    assert interval == pytest.approx((100 * (one - other - half), 100 * (one - other + half)), abs=1e-3)


@pytest.mark.parametrize("shares", [(0.5, 0.3, 0.2), (0.1, 0.2, 0.7), (0.9, 0.08, 0.02)])
def test_the_interval_of_the_score_holds_the_truth_about_as_often_as_it_says(shares: tuple[float, float, float]):
    persons, held = 30, 0.0
    for promoters in range(persons + 1):
        for detractors in range(persons + 1 - promoters):
            low, high = difference_interval(promoters, detractors, persons) or (1, -1)
            if low <= shares[0] - shares[2] <= high:
                counts = (promoters, persons - promoters - detractors, detractors)
                held += multinomial.pmf(counts, persons, shares)
    assert 0.93 < held <= 1


@pytest.mark.parametrize("persons", range(1, 40))
def test_the_interval_of_a_median_is_the_narrowest_between_answers_that_keeps_its_promise(persons: int):
    found = median_interval([float(n) for n in range(1, persons + 1)])
    if found is None:
        assert 2 * 0.5**persons > 0.05
        return
    rank = int(found[0])
    assert found[1] == persons + 1 - rank
    assert 1 - 2 * binom.cdf(rank - 1, persons, 0.5) >= 0.95
    assert 1 - 2 * binom.cdf(rank, persons, 0.5) < 0.95


def test_a_statement_that_speaks_against_is_turned_round_in_the_mean_and_not_in_the_shares():
    found = result_of(question("satisfaction", "doubts"), [5, 5, 4])
    assert found.estimates[0].value == pytest.approx(4 / 3)
    assert [each.count for each in found.shares] == [0, 0, 0, 1, 2]


def test_satisfaction_is_the_share_of_the_two_best_points():
    found = result_of(question("satisfaction", "overall"), [5, 4, 3, 1])
    satisfied, mean = found.estimates
    assert (satisfied.kind, satisfied.value, satisfied.interval) == ("satisfied", 0.5, share_interval(2, 4))
    assert (mean.kind, mean.value) == ("mean", 3.25)


def test_of_several_answers_each_is_counted_of_those_who_answered():
    found = result_of(question("satisfaction", "disappointment"), [["price", "other"], ["price"]])
    assert [(each.value, each.count, each.of) for each in found.shares][:2] == [("price", 2, 2), ("other", 1, 2)]
    assert found.shares[1].label is not None
    assert found.shares[1].label.fr == "Autre"


def test_numbers_have_a_median_and_quartiles():
    found = result_of(question("needs", "budget"), [10, 20, 30, 40, 50, 60, 70])
    assert found.estimates[0].value == 40
    assert found.estimates[0].interval == (10, 70)
    assert found.quartiles == (25, 55)


@pytest.mark.parametrize("name", ["overall", "ease", "disappointment", "comment"])
def test_a_question_that_nobody_answered_has_no_estimate(name: str):
    found = result_of(question("satisfaction", name), [])
    assert (found.answered, found.estimates) == (0, ())
    assert found.as_json()["answered"] == 0


def test_own_words_are_counted_and_never_shown():
    found = result_of(question("satisfaction", "comment"), ["a secret", "another"])
    assert found.answered == 2
    assert "secret" not in str(found.as_json())


def test_every_ready_made_question_has_a_result():
    for name in shipped.TEMPLATES:
        survey: Survey = shipped.read_template(name)
        assert all(result_of(each, []).question is each for each in survey.questions)
