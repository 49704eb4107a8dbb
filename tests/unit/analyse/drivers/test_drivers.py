"""Drivers and leaks, on persons made so that the truth is known."""

import math

import numpy as np
import pytest

from quartier.analyse.drivers.asking import Outcome, outcome_of
from quartier.analyse.drivers.effects import effects
from quartier.analyse.drivers.finding import Drivers, check_outcome, drivers_of
from quartier.analyse.drivers.leakage import Sign, leaks
from quartier.analyse.learning.clues import UNKNOWN, Clue
from quartier.catalog import Label
from quartier.errors import InvalidRequest, NoAnswer

N = 2_000


def number(name: str, values: np.ndarray) -> Clue:
    return Clue(name, Label(en=name, fr=name), values.astype(float))


def category(name: str, codes: np.ndarray, *levels: str) -> Clue:
    return Clue(name, Label(en=name, fr=name), codes.astype(np.int32), levels)


@pytest.fixture(scope="module")
def persons() -> tuple[dict[str, np.ndarray], np.ndarray]:
    """Visits raise the odds by e per deviation, a plan doubles them, noise does nothing."""
    rng = np.random.default_rng(7)
    visits, plan, noise = rng.normal(size=N), rng.integers(0, 2, N), rng.normal(size=N)
    odds = np.exp(-1 + visits + math.log(2) * plan)
    return {"visits": visits, "plan": plan, "noise": noise}, rng.random(N) < odds / (1 + odds)


def clues(of: dict[str, np.ndarray]) -> list[Clue]:
    return [number("visits", of["visits"]), category("plan", of["plan"], "free", "paid"), number("noise", of["noise"])]


def test_effects_hold_the_true_ones_and_leave_noise_in_doubt(persons):
    of, outcome = persons
    found = {(each.trait, each.level): each for each in effects(clues(of), outcome, 1)}
    visits, paid, noise = found["visits", None], found["plan", "paid"], found["noise", None]
    assert visits.low < math.e < visits.high
    assert paid.low < math.sqrt(2) < paid.high, "against the average person, half of whom have it"
    assert visits.is_clear
    assert not noise.is_clear


@pytest.fixture(scope="module")
def found(persons) -> Drivers:
    """The drivers, with a field among the traits that somebody fills in once the outcome is there."""
    of, outcome = persons
    rng = np.random.default_rng(8)
    is_filled = rng.random(N) < np.where(outcome, 0.8, 0.3)
    verdict = np.where(is_filled, np.where(rng.random(N) < np.where(outcome, 0.8, 0.2), 1, 0), UNKNOWN)
    return drivers_of([*clues(of), category("sales_note", verdict, "cold", "warm")], outcome)


def test_drivers_rank_what_counts_first_and_say_its_direction(found):
    assert [each.trait for each in found.weights] == ["visits", "plan", "noise"]
    assert [each.direction for each in found.weights][:2] == [1, 0]


def test_a_field_filled_after_the_outcome_is_accused_and_left_out_and_both_figures_are_told(found):
    (leak,) = found.leaks
    assert (leak.trait, leak.is_accused) == ("sales_note", True)
    assert found.with_all is not None
    assert found.with_all.trees.value > found.honest.trees.high
    assert found.doubtless is None


def test_filled_apart_alone_is_a_doubt_and_no_accusation(persons):
    of, outcome = persons
    rng = np.random.default_rng(9)
    is_filled = rng.random(N) < np.where(outcome, 0.8, 0.5)
    (leak,) = leaks([*clues(of), number("form", np.where(is_filled, rng.normal(size=N), np.nan))], outcome, 1)
    assert (leak.trait, leak.is_accused, leak.signs) == ("form", False, (Sign.FILLED,))
    assert "%" in leak.why[0].to("fr")


def test_what_tells_the_outcome_alone_is_too_good(persons):
    of, outcome = persons
    copied = category("closed", (outcome ^ (np.arange(N) % 50 == 0)).astype(int), "no", "yes")
    assert [each.signs for each in leaks([*clues(of), copied], outcome, 1)] == [(Sign.TELLING,)]


def test_what_was_first_seen_after_the_outcome_is_accused(persons):
    of, outcome = persons
    (leak,) = leaks(clues(of), outcome, 1, {"noise": 0.9, "visits": 0.1})
    assert (leak.trait, leak.is_accused, leak.signs) == ("noise", True, (Sign.LATER,))


def test_a_latest_state_that_matters_is_accused_and_a_last_name_is_not(persons):
    of, outcome = persons
    state = Clue("last_activity", Label(en="Last activity", fr="Dernière activité"), of["visits"])
    nothing = Clue("last_number", Label(en="Last number", fr="Dernier numéro"), of["noise"])
    found = leaks([state, nothing], outcome, 1)
    assert [(each.trait, each.signs) for each in found] == [("last_activity", (Sign.LATEST,))]


def test_no_honest_trait_is_accused(persons):
    of, outcome = persons
    assert leaks(clues(of), outcome, 1) == ()


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        (np.zeros(200, bool), "nobody of 200"),
        (np.ones(200, bool), "all of 200"),
        (np.arange(200) < 9, "with the outcome: 9;"),
    ],
)
def test_an_outcome_of_one_kind_or_of_too_few_has_no_answer(outcome, said):
    with pytest.raises(NoAnswer, match=said):
        check_outcome(outcome)


def test_traits_that_are_all_constant_have_no_answer(persons):
    _, outcome = persons
    with pytest.raises(NoAnswer, match="no trait is left"):
        drivers_of([number("same", np.ones(N))], outcome)


def test_an_outcome_is_a_value_of_a_trait_or_a_segment():
    assert outcome_of("churned=true").trait == "churned"
    assert outcome_of("segment:loyal").segment == "loyal"
    with pytest.raises(InvalidRequest, match="no outcome"):
        outcome_of("churned")


def test_what_was_read_as_of_a_cut_is_no_leak_and_what_was_filled_in_since_is(persons):
    of, outcome = persons
    filled = np.where(outcome, np.random.default_rng(8).integers(0, 2, N), UNKNOWN)
    since = Clue("order__since_last", Label(en="Days since the last", fr="x"), of["visits"], is_computed=True)
    found = drivers_of([since, category("sales_note", filled, "cold", "warm")], outcome, before=[since.name])
    assert [each.trait for each in found.leaks if each.is_accused] == ["sales_note"]
    assert found.weights[0].trait == "order__since_last"


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("churned=true", Outcome(trait="churned", value="true")),
        ("plan=a@90", Outcome(trait="plan", value="a@90")),
        ("segment:loyal", Outcome(segment="loyal")),
        ("segment:loyal@90", Outcome(segment="loyal", days=90)),
        ("event:Order Completed@30", Outcome(event="Order Completed", days=30)),
        ("silence:mail@home@7", Outcome(event="mail@home", is_silence=True, days=7)),
    ],
)
def test_an_outcome_is_of_now_or_comes_after_a_cut(written, told):
    assert outcome_of(written) == told
