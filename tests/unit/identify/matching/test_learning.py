"""What is learnt from how pairs agree, on pairs of which the truth is drawn."""

import numpy as np
import pytest

from quartier.identify.matching.learning import Patterns, by_chance, classes, learn, usual_m, without_matches

POSSIBLE, RECORDS = 61_000.0, 2_000
M, U = (0.9, 0.8, 0.85, 0.9), (0.01, 0.02, 0.005, 0.001)
FAMILY = (0.01, 0.95, 0.9, 0.001)
OWN = (True, False, False, True)


def drawn(n: int, rates: tuple[float, ...], rng: np.random.Generator) -> np.ndarray:
    return np.where(rng.random((n, len(rates))) < np.array(rates), 0, 1)


def patterns(*kinds: np.ndarray) -> Patterns:
    levels, counts = np.unique(np.concatenate(kinds), axis=0, return_counts=True)
    return Patterns(levels, counts.astype(float))


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(1)


@pytest.fixture
def chance(rng: np.random.Generator) -> tuple[np.ndarray, ...]:
    rates = [m / 61 + u * 60 / 61 for m, u in zip(M, U, strict=True)]
    return by_chance(patterns(drawn(100_000, tuple(rates), rng)), [2] * 4, rates)


def test_the_number_of_matches_and_their_agreements_are_found_without_labels(rng, chance):
    pairs = patterns(drawn(1_000, M, rng), drawn(60_000, U, rng))
    learnt = learn(pairs, chance, OWN, POSSIBLE, RECORDS)
    assert learnt.prior * POSSIBLE == pytest.approx(1_000, rel=0.05)
    assert [float(each[0]) for each in learnt.m] == pytest.approx(M, abs=0.04)


def test_families_that_outnumber_the_duplicates_are_not_taken_for_them(rng, chance):
    pairs = patterns(drawn(1_000, M, rng), drawn(4_000, FAMILY, rng), drawn(60_000, U, rng))
    learnt = learn(pairs, chance, OWN, POSSIBLE, RECORDS)
    assert learnt.prior * POSSIBLE == pytest.approx(1_000, rel=0.1)
    assert learnt.near * POSSIBLE == pytest.approx(4_000, rel=0.2)
    one, beside = classes(np.array([[1, 0, 0, 1], [0, 0, 0, 0]]), learnt)
    assert one[0] < 0.05 < 0.9 < beside[0]
    assert one[1] > 0.99


def test_without_what_is_ones_own_there_is_no_third_class(rng, chance):
    learnt = learn(patterns(drawn(1_000, M, rng), drawn(60_000, U, rng)), chance, (False,) * 4, POSSIBLE, RECORDS)
    assert learnt.near == 0
    assert learnt.prior * POSSIBLE == pytest.approx(1_000, rel=0.05)


def test_with_two_fields_nothing_is_learnt_and_few_matches_are_expected(rng, chance):
    levels = drawn(60_000, U, rng)[:, :2]
    learnt = learn(patterns(levels), chance[:2], OWN[:2], POSSIBLE, RECORDS)
    assert learnt.steps == 0
    assert learnt.prior * POSSIBLE == RECORDS / 4


def test_a_field_that_is_always_missing_keeps_its_usual_weights(rng, chance):
    pairs = np.concatenate([drawn(1_000, M, rng), drawn(60_000, U, rng)])
    pairs[:, 2] = -1
    learnt = learn(patterns(pairs), chance, OWN, POSSIBLE, RECORDS)
    assert learnt.m[2] == pytest.approx(usual_m(2))


def test_pairs_of_which_none_is_a_match_give_finite_weights(rng, chance):
    learnt = learn(patterns(drawn(60_000, U, rng)), chance, OWN, POSSIBLE, RECORDS)
    assert all(np.isfinite(learnt.weights(place)).all() for place in range(4))
    assert learnt.prior * POSSIBLE < 500


def test_matches_among_random_pairs_are_taken_out_of_what_agrees_by_chance():
    u = without_matches(
        np.array([0.01 * 0.9 + 0.99 * 0.002, 1 - 0.01 * 0.9 - 0.99 * 0.002]), np.array([0.9, 0.1]), 0.01
    )
    assert u == pytest.approx([0.002, 0.998])


def test_the_same_pairs_give_the_same_parameters(rng, chance):
    pairs = patterns(drawn(1_000, M, rng), drawn(60_000, U, rng))
    one, again = (learn(pairs, chance, OWN, POSSIBLE, RECORDS) for _ in range(2))
    assert one.prior == again.prior
    assert all(np.array_equal(here, there) for here, there in zip(one.m, again.m, strict=True))
