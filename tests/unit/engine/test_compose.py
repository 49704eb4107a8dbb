"""Several queries as one statement: names of parameters kept apart, truth combined."""

import itertools

import pytest

from quartier.engine import DuckDBEngine, Every, KeySet, Member, Negation, Query, Some, combined
from quartier.engine.compose import prefixed

EVERYONE = Query("SELECT unnest(range(6)) AS k")
SETS = [
    KeySet(Query("SELECT k FROM (SELECT unnest(range(6)) AS k) AS t WHERE k < $bound", {"bound": 3}), is_distinct=True),
    KeySet(Query("SELECT unnest([1, 1, 4]) AS k")),
    KeySet(Query("SELECT k FROM (SELECT unnest(range(6)) AS k) AS t WHERE k > $bound", {"bound": 1}), True, True),
]
TRUTH = [{0, 1, 2}, {1, 4}, {0, 1}]
A, B, C = Member(0), Member(1), Member(2)


@pytest.mark.parametrize(
    ("formula", "members"),
    [
        (Every(), set(range(6))),
        (A, TRUTH[0]),
        (C, TRUTH[2]),
        (Every((A, B)), {1}),
        (Some(1, (B, C)), {0, 1, 4}),
        (Some(2, (A, B, C)), {0, 1}),
        (Some(3, (A, B, C)), {1}),
        (Negation(Some(1, (A, B))), {3, 5}),
        (Every((Negation(A), Some(1, (B, Every((C, Negation(Every()))))))), {4}),
    ],
)
def test_a_formula_over_sets_chooses_keys_each_once(formula, members: set[int]) -> None:
    engine = DuckDBEngine(threads=1)
    found = engine.keys(combined(EVERYONE, SETS, formula, "k", "duckdb")).tolist()
    engine.close()
    assert sorted(found) == sorted(members)


@pytest.mark.parametrize(
    ("dialect", "sql", "expected"),
    [
        ("duckdb", "a > $v0 AND b > $v01 AND c < $v0", "a > $p_v0 AND b > $p_v01 AND c < $p_v0"),
        ("postgres", "a %% 2 > %(v0)s AND b = %(v01)s", "a %% 2 > %(p_v0)s AND b = %(p_v01)s"),
        ("pyspark", "a > :v0 AND b = :v01 AND c::int = '12:v0'", "a > :p_v0 AND b = :p_v01 AND c::int = '12:v0'"),
    ],
)
def test_every_parameter_gets_the_prefix_and_nothing_else_does(dialect, sql: str, expected: str) -> None:
    found = prefixed(Query(sql, {"v0": 1, "v01": 2}), "p_", dialect)
    assert found == Query(expected, {"p_v0": 1, "p_v01": 2})


def test_two_parts_with_parameters_of_one_name_keep_their_own_values() -> None:
    given = combined(EVERYONE, SETS, Every((A, C)), "k", "duckdb").parameters
    assert given == {"s0_bound": 3, "s2_bound": 1}


def test_sets_and_groups_agree_with_python_for_every_pair() -> None:
    engine = DuckDBEngine(threads=1)
    for first, second in itertools.product(range(3), repeat=2):
        pair = (Member(first), Member(second))
        both = set(engine.keys(combined(EVERYONE, SETS, Every(pair), "k", "duckdb")).tolist())
        any_ = set(engine.keys(combined(EVERYONE, SETS, Some(1, pair), "k", "duckdb")).tolist())
        assert (both, any_) == (TRUTH[first] & TRUTH[second], TRUTH[first] | TRUTH[second])
    engine.close()
