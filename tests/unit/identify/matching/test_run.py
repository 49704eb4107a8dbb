"""Matching whole tables: duplicates are found, and no table is so poor or so odd that it fails."""

import json
from math import log2

import pyarrow as pa
import pytest

from benchmarks.matching_people import people, person_of
from benchmarks.matching_sites import sites
from quartier.errors import InvalidRequest
from quartier.identify.matching.evidence import reasons
from quartier.identify.matching.kept import nothing_kept
from quartier.identify.matching.measures import PairScores, pair_scores, true_pairs
from quartier.identify.matching.model import Model
from quartier.identify.matching.run import Matched, match, match_new
from tests.needs import requires_module


@pytest.fixture(scope="module", autouse=True)
def _splink() -> None:
    requires_module("splink")


@pytest.fixture(scope="module")
def customers() -> pa.Table:
    requires_module("splink")
    return people(600, 0.2, seed=3)


@pytest.fixture(scope="module")
def matched(customers: pa.Table) -> Matched:
    return match(customers, record="id", least=0.2)


def scores(pairs: pa.Table, ids: list[str], least: float = 0.5) -> PairScores:
    found = [(row["a"], row["b"]) for row in pairs.select(["a", "b", "probability"]).to_pylist()
             if row["probability"] >= least]  # fmt: skip
    return pair_scores(found, true_pairs({each: person_of(each) for each in ids}))


def test_duplicates_are_found_and_families_are_not(customers: pa.Table, matched: Matched):
    found = scores(matched.pairs, customers["id"].to_pylist())
    assert found.precision > 0.9
    assert found.recall > 0.9


def test_the_weights_of_the_fields_add_up_to_the_weight_of_the_pair(matched: Matched):
    parameters = matched.model.parameters
    prior = log2(parameters.prior / (1 - parameters.prior))
    for row in matched.pairs.slice(0, 50).to_pylist():
        parts = sum(row[name] for name in row if name.startswith("weight_"))
        assert row["match_weight"] == pytest.approx(prior + parts, abs=1e-6)
        assert row["probability"] == pytest.approx(1 / (1 + 2 ** -row["match_weight"]))


def test_pairs_come_the_likeliest_first_and_none_below_the_least(matched: Matched):
    probabilities = matched.pairs["probability"].to_pylist()
    assert probabilities == sorted(probabilities, reverse=True)
    assert min(probabilities) >= 0.2


def test_the_same_records_give_the_same_pairs(customers: pa.Table, matched: Matched):
    assert match(customers, record="id", least=0.2).pairs.equals(matched.pairs)


def test_a_kept_model_finds_the_new_records_among_the_known(customers: pa.Table, matched: Matched):
    model = Model.from_json(json.loads(json.dumps(matched.model.as_json())))
    assert model.as_json() == matched.model.as_json()
    known, new = customers.slice(0, 560), customers.slice(560)
    kept = nothing_kept(known, model, record="id").with_records(known)
    found = match_new(new, kept)
    names = set(new["id"].to_pylist())
    assert found.pairs.num_rows > 20
    assert all({row["a"], row["b"]} & names for row in found.pairs.select(["a", "b"]).to_pylist())
    whole = {frozenset(each) for each in zip(*(matched.pairs[name].to_pylist() for name in "ab"), strict=True)}
    likely = [frozenset((row["a"], row["b"])) for row in found.pairs.to_pylist() if row["probability"] > 0.9]
    assert sum(each in whole for each in likely) == len(likely)


def test_new_records_need_not_know_anybody(customers: pa.Table, matched: Matched):
    new = customers.slice(400)
    found = match_new(new, nothing_kept(customers, matched.model, record="id")).pairs
    assert found.num_rows > 0
    assert set(found["a"].to_pylist()) | set(found["b"].to_pylist()) <= set(new["id"].to_pylist())


def test_two_tables_are_linked_to_one_another_and_not_within(customers: pa.Table):
    one, other = customers.slice(0, 480), customers.slice(480)
    found = match(one, record="id", other=other).pairs
    here, there = set(one["id"].to_pylist()), set(other["id"].to_pylist())
    assert found.num_rows > 70
    assert set(found["a"].to_pylist()) <= here
    assert set(found["b"].to_pylist()) <= there


NOTHING = {
    "no record": {"id": pa.array([], pa.int64()), "name": pa.array([], pa.string())},
    "one record": {"id": [1], "name": ["Anna"]},
    "all values missing": {"id": [1, 2, 3], "name": pa.nulls(3, pa.string()), "x": pa.nulls(3)},
    "one value": {"id": [1, 2, 3], "name": ["Anna"] * 3, "email": ["a@b.fr"] * 3},
    "no column but the name": {"id": [1, 2, 3]},
    "numbers that never come twice": {
        "id": list(range(2_000)),
        "siret": [str(10**13 + n * 7919) for n in range(2_000)],
    },
}


@pytest.mark.parametrize("case", NOTHING)
def test_a_table_that_tells_nobody_apart_gives_no_pairs(case: str):
    found = match(pa.table(NOTHING[case]), record="id")
    assert found.pairs.num_rows == 0
    assert {"a", "b", "probability", "match_weight"} <= set(found.pairs.column_names)


def test_columns_of_any_type_and_name_do_no_harm():
    odd = pa.table(
        {
            "id": ["a", "b", "c", "d"],
            'Prénom "x"; drop': ["Anna", "Anna", "Bob", "Chloé"],
            "select": ["Petit", "Petit", "Leroy", "Durand"],
            "tags": [["x"], ["x"], None, []],
            "raw": pa.array([b"a", b"a", None, b"c"]),
            "score": [1.5, 1.5, None, 3.0],
        }
    )
    found = match(odd, record="id", least=0.01)
    assert [(row["a"], row["b"]) for row in found.pairs.to_pylist()][:1] == [("a", "b")]


def test_a_value_that_thousands_share_links_nobody():
    n = 3_000
    emails = ["test@test.fr" if number % 2 else f"u{number}@x.fr" for number in range(n)]
    names = [f"nom{'abcdefghij'[number % 10]}{'klmnopqrst'[number // 10 % 10]}" for number in range(n)]
    found = match(pa.table({"id": list(range(n)), "email": emails, "nom": names}), record="id")
    assert found.compared < 100_000
    assert found.pairs.num_rows < n


def test_a_column_that_is_not_there_is_told():
    with pytest.raises(InvalidRequest, match="numero"):
        match(pa.table({"id": [1]}), record="numero")


def test_sites_of_one_organisation_under_one_telephone_stay_apart():
    table = sites(300, seed=4)
    found = match(table, record="id")
    assert found.configuration.is_of_organisations
    scored = scores(found.pairs, table["id"].to_pylist())
    assert scored.precision > 0.9
    assert scored.recall > 0.9
    near = [each for row in found.pairs.to_pylist() for each in reasons(row, found.model) if each.field is None]
    assert "sites" in {word for each in near for word in each.what.to("en").split()}
