"""Hierarchies of accounts, whatever was said: circles, unknown parents, depth."""

from hypothesis import given
from hypothesis import strategies as st

from quartier.identify.accounts import Hierarchy

SAID = st.dictionaries(st.integers(0, 12), st.none() | st.integers(0, 12), max_size=13)


def test_a_chain_has_its_levels_and_its_top() -> None:
    found = Hierarchy.of({2: 1, 3: 2, 4: 2, 5: 5, 6: None})
    assert found.parent == {2: 1, 3: 2, 4: 2}
    assert (found.level[3], found.ultimate[3], found.above(3), found.below(1)) == (2, 1, [2, 1], [2, 3, 4])
    assert (found.in_cycle, found.unknown) == (frozenset(), frozenset({6}))


def test_a_circle_is_cut_and_what_hangs_on_it_stays() -> None:
    found = Hierarchy.of({1: 2, 2: 3, 3: 1, 4: 1, 5: 4})
    assert found.in_cycle == {1, 2, 3}
    assert found.parent == {4: 1, 5: 4}
    assert found.ultimate[5] == 1


def test_sums_are_those_of_an_account_and_all_under_it() -> None:
    found = Hierarchy.of({2: 1, 3: 2, 4: 2})
    assert found.rolled_up({1: 1, 2: 10, 3: 100, 4: 1000, 5: 7}) == {1: 1111, 2: 1110, 3: 100, 4: 1000, 5: 7}


@given(SAID)
def test_nobody_is_above_itself_and_every_way_up_ends_at_the_top(said: dict[int, int | None]) -> None:
    found = Hierarchy.of(said)
    for key in found.level:
        above = found.above(key)
        assert key not in above
        assert len(above) == found.level[key]
        assert found.ultimate[key] == (above[-1] if above else key)
    assert all(found.parent[key] == said[key] for key in found.parent)


@given(SAID)
def test_a_parent_is_left_out_only_in_a_circle(said: dict[int, int | None]) -> None:
    found = Hierarchy.of(said)
    told = {key: parent for key, parent in said.items() if parent is not None and parent != key}
    assert told.keys() == found.parent.keys() | found.in_cycle


def test_a_long_chain_needs_no_deep_recursion() -> None:
    found = Hierarchy.of({key: key - 1 for key in range(1, 50_000)})
    assert found.level[49_999] == 49_999
