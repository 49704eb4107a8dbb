"""Measures against figures worked out by hand, and clusters that stay within their cap."""

import pyarrow as pa
import pytest

from quartier.identify.matching.clusters import clusters
from quartier.identify.matching.measures import cluster_scores, pair_scores, true_pairs

PERSONS = {1: "x", 2: "x", 3: "x", 4: "y", 5: "y", 6: "z"}


def pairs(*rows: tuple[int, int, float]) -> pa.Table:
    a, b, p = zip(*rows, strict=True) if rows else ((), (), ())
    return pa.table(
        {"a": pa.array(a, pa.int64()), "b": pa.array(b, pa.int64()), "probability": pa.array(p, pa.float64())}
    )


def test_pairs_are_scored_whatever_their_order():
    scores = pair_scores([(2, 1), (1, 4)], true_pairs(PERSONS))
    assert (scores.found, scores.true, scores.both) == (2, 4, 1)
    assert (scores.precision, scores.recall) == (0.5, 0.25)
    assert scores.f1 == pytest.approx(1 / 3)


def test_nothing_found_where_nothing_is_true_is_perfect():
    assert pair_scores([], []).f1 == pair_scores([], []).precision == pair_scores([], []).recall == 1


def test_clusters_as_the_truth_are_perfect():
    scores = cluster_scores(PERSONS, PERSONS)
    assert (scores.precision, scores.recall, scores.adjusted_rand, scores.impure, scores.split) == (1, 1, 1, 0, 0)


def test_b_cubed_and_adjusted_rand_by_hand():
    scores = cluster_scores({1: "a", 2: "a", 3: "b", 4: "b", 5: "b", 6: "c"}, PERSONS)
    assert scores.precision == pytest.approx((2 / 2 * 2 + 1 / 3 + 2 / 3 * 2 + 1) / 6)
    assert scores.recall == pytest.approx((2 / 3 * 2 + 1 / 3 + 1 * 2 + 1) / 6)
    assert scores.adjusted_rand == pytest.approx((2 - 16 / 15) / (4 - 16 / 15))
    assert (scores.clusters, scores.impure, scores.split) == (3, 1, 1)


def test_everyone_alone_has_perfect_precision_and_no_agreement_beyond_chance():
    scores = cluster_scores({record: record for record in PERSONS}, PERSONS)
    assert (scores.precision, scores.adjusted_rand) == (1, 0)


def test_clusters_are_the_connected_records_by_their_first():
    found = clusters([1, 2, 3, 4], pairs((2, 3, 0.9), (1, 2, 0.8), (3, 4, 0.3)))
    assert found.cluster == {1: 1, 2: 1, 3: 1, 4: 4}
    assert found.too_large == ()


def test_a_chain_that_is_too_long_is_cut_at_its_weakest_pairs_and_put_aside():
    chain = [(n, n + 1, 0.99 if n != 5 else 0.6) for n in range(1, 10)]
    found = clusters(range(1, 11), pairs(*chain), cap=5)
    assert set(found.cluster.values()) == {1, 6}
    assert found.too_large == (tuple(range(1, 11)),)


def test_no_pairs_make_no_clusters():
    assert clusters(["a", "b"], pairs()).cluster == {"a": "a", "b": "b"}
