"""Sizes, movements and flows, counted from bitmaps and rows of the log."""

import datetime as dt
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st
from pyroaring import BitMap

from quartier.catalog import Label
from quartier.segment.history import NOWHERE, SEVERAL, Movement, Size, flows, observed, reconstructed
from quartier.store.membership import Change

AT = dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)
PARIS = ZoneInfo("Europe/Paris")
SETS = st.frozensets(st.integers(0, 12))


def days(n: float) -> dt.datetime:
    return AT + dt.timedelta(days=n)


def changes(*rows: tuple[float, list[int], list[int], int]) -> list[Change]:
    return [
        Change(number, "loyal", 1, days(after), BitMap(entered), BitMap(left), size)
        for number, (after, entered, left, size) in enumerate(rows, 1)
    ]


LOG = changes((0, [1, 2], [], 2), (1, [3], [1], 2), (1.25, [4, 5], [], 4), (40, [], [2], 3))


def test_the_observed_sizes_lie_between_two_instants_both_included():
    found = observed("loyal", LOG, days(1), days(1.25))
    assert [(each.at, each.size, each.entered, each.left) for each in found.sizes] == [
        (days(1), 2, 1, 1), (days(1.25), 4, 2, 0),
    ]  # fmt: skip
    assert (found.before, found.is_reconstructed) == (2, False)
    assert observed("loyal", LOG).before is None
    assert len(observed("loyal", LOG).sizes) == 4


def test_a_period_has_its_last_size_and_all_that_moved_in_it():
    found = observed("loyal", LOG).per("month", PARIS)
    assert found.sizes == (Size(days(1.25), 4, 5, 1, 1), Size(days(40), 3, 0, 1, 1))
    assert [each.size for each in observed("loyal", LOG).per("day", PARIS).sizes] == [2, 4, 3]


def test_weeks_begin_on_monday_and_days_at_local_midnight():
    sunday_evening = dt.datetime(2026, 1, 4, 22, 30, tzinfo=dt.UTC)  # 23:30 in Paris
    rows = [Change(n, "x", 1, sunday_evening + dt.timedelta(hours=n), BitMap(), BitMap(), n) for n in range(2)]
    assert [each.size for each in observed("x", rows).per("week", PARIS).sizes] == [0, 1]
    assert [each.size for each in observed("x", rows).per("day", PARIS).sizes] == [0, 1]
    assert [each.size for each in observed("x", rows).per("week", ZoneInfo("UTC")).sizes] == [1]


def test_of_a_computed_past_nothing_is_known_before_its_first_instant():
    past = {days(7): BitMap([2, 3, 4]), days(0): BitMap([1, 2])}
    found = reconstructed("loyal", past, [Label(en="Country is France", fr="Le pays est la France")])
    assert found.sizes == (Size(days(0), 2, None, None), Size(days(7), 3, 2, 1))
    assert found.as_json()["as_today"] == [{"en": "Country is France", "fr": "Le pays est la France"}]
    assert found.is_reconstructed
    assert found.to_arrow()["entered"].to_pylist() == [None, 2]
    assert found.per("month", PARIS).sizes == (Size(days(7), 3, 2, 1),)


def test_a_movement_is_net_in_its_sets_and_gross_in_its_counts():
    moved = Movement("loyal", days(0), days(9), BitMap([1, 2]), BitMap([2, 3]), entries=4, exits=4)
    assert (set(moved.entered), set(moved.left)) == ({3}, {1})
    assert moved.to_arrow().to_pylist() == [
        {"person_key": 1, "was_in": True, "is_in": False},
        {"person_key": 2, "was_in": True, "is_in": True},
        {"person_key": 3, "was_in": False, "is_in": True},
    ]
    counts = {name: moved.as_json()[name] for name in ("before", "after", "entered", "left", "entries", "exits")}
    assert counts == {"before": 2, "after": 2, "entered": 1, "left": 1, "entries": 4, "exits": 4}


def test_each_person_flows_from_one_place_to_one_place():
    before = {"a": BitMap([1, 2, 3]), "b": BitMap([3, 4])}
    after = {"a": BitMap([1, 4]), "b": BitMap([2, 4, 5])}
    found = flows(before, after, BitMap(range(1, 8)), days(0), days(9))
    assert found.places == ("a", "b", SEVERAL, NOWHERE)
    assert found.counts == (
        (1, 1, 0, 0),  # 1 stayed in a, 2 went to b
        (0, 0, 1, 0),  # 4 is in both now
        (0, 0, 0, 1),  # 3 was in both and is in none
        (0, 1, 0, 2),  # 5 came to b; 6 and 7 never were in one
    )
    assert (found.before, found.after, found.shared) == ((3, 2), (2, 3), ((1, 1), (1, 1)))
    assert found.to_arrow().num_rows == 16


@given(st.tuples(SETS, SETS, SETS), st.tuples(SETS, SETS, SETS))
def test_flows_count_everyone_once_and_agree_with_counting_one_by_one(then, now):
    everyone = range(13)
    names = ("a", "b", "c")
    before, after = ({name: BitMap(each) for name, each in zip(names, sets, strict=True)} for sets in (then, now))
    found = flows(before, after, BitMap(everyone), days(0), days(1))

    def place(sets: tuple[frozenset[int], ...], person: int) -> str:
        own = [name for name, each in zip(names, sets, strict=True) if person in each]
        return own[0] if len(own) == 1 else SEVERAL if own else NOWHERE

    for i, row in enumerate(found.places):
        for j, column in enumerate(found.places):
            expected = sum(place(then, person) == row and place(now, person) == column for person in everyone)
            assert found.counts[i][j] == expected
