"""Overlap and worth of sets, by hand and against plain Python sets."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyroaring import BitMap

from quartier.analyse.overlap import overlap
from quartier.analyse.worth import Spending, worth_of

SETS = st.dictionaries(st.text(max_size=5), st.sets(st.integers(0, 30)), max_size=5)


def test_two_sets_and_an_empty_one_by_hand() -> None:
    found = overlap({"a": BitMap([1, 2, 3, 4]), "b": BitMap([3, 4, 5]), "none": BitMap()})
    assert found.sizes == (4, 3, 0)
    assert found.counts == ((4, 2, 0), (2, 3, 0), (0, 0, 0))
    assert found.jaccard == ((1.0, 0.4, 0.0), (0.4, 1.0, 0.0), (0.0, 0.0, None))
    assert found.shares == ((1.0, 0.5, 0.0), (2 / 3, 1.0, 0.0), (None, None, None))
    assert found.to_arrow().num_rows == 9


@given(SETS)
def test_overlaps_are_those_of_plain_sets(sets: dict[str, set[int]]) -> None:
    found = overlap({name: BitMap(members) for name, members in sets.items()})
    for i, a in enumerate(sets.values()):
        for j, b in enumerate(sets.values()):
            assert found.counts[i][j] == found.counts[j][i] == len(a & b)
            assert found.jaccard[i][j] == (len(a & b) / len(a | b) if a | b else None)
            assert found.shares[i][j] == (len(a & b) / len(a) if a else None)


def test_overlaps_of_large_sets_are_those_of_plain_sets_whatever_their_share_of_all_persons() -> None:
    random, n = np.random.default_rng(3), 150_000
    sets = {f"{share}": np.flatnonzero(random.random(n) < share) for share in (0, 0.0005, 0.01, 0.04, 0.3, 0.97, 1)}
    runs = {"half": np.arange(n // 2), "last": np.array([n + 7])}
    plain = {name: set(keys.tolist()) for name, keys in (sets | runs).items()}
    found = overlap({name: BitMap(keys) for name, keys in plain.items()})
    assert [list(row) for row in found.counts] == [[len(a & b) for b in plain.values()] for a in plain.values()]


CUSTOMERS = pa.table({"person_key": pa.array([2, 5, 9], pa.int32()), "orders": [1, 3, 6], "net": [10.0, 30.0, 160.0]})


def test_the_worth_of_sets_by_hand() -> None:
    small, none = worth_of(
        {"small": BitMap([2, 5, 7, 4_000_000]), "none": BitMap()}, Spending.of(CUSTOMERS), persons=20
    )
    assert (small.persons, small.customers, small.orders, small.revenue) == (4, 2, 4, 40.0)
    assert (small.share_of_persons, small.share_of_orders, small.share_of_revenue) == (0.2, 0.4, pytest.approx(0.2))
    assert (none.persons, none.orders, none.revenue, none.share_of_revenue) == (0, 0, 0.0, 0.0)


def test_without_customers_shares_are_not_known() -> None:
    (found,) = worth_of({"all": BitMap([1])}, Spending.of(CUSTOMERS.slice(0, 0)), persons=0)
    assert (found.share_of_persons, found.share_of_orders, found.share_of_revenue) == (None, None, None)


@given(st.lists(st.frozensets(st.sampled_from([0, 1, 65_535, 65_536, 70_000, 200_001])), min_size=9, max_size=20))
def test_more_sets_than_one_tile_holds_overlap_as_plain_sets(sets: list[frozenset[int]]) -> None:
    found = overlap({str(place): BitMap(members) for place, members in enumerate(sets)})
    assert found.counts == tuple(tuple(len(a & b) for b in sets) for a in sets)


def test_no_sets_have_no_overlap() -> None:
    found = overlap({})
    assert (found.names, found.counts, found.jaccard, found.to_arrow().num_rows) == ((), (), (), 0)
