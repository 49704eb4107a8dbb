"""The log of bitmaps: who was in, at any position, by replaying what entered and what left."""

import datetime as dt

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from pyroaring import BitMap

from quartier.store import Store, membership
from quartier.store.tables import membership_log

AT = dt.datetime(2026, 11, 21, 14, 5, tzinfo=dt.UTC)
HISTORIES = st.lists(st.tuples(st.sampled_from(["loyal", "new"]), st.frozensets(st.integers(0, 40))), max_size=12)


@pytest.fixture
def connection():
    store = Store("sqlite://", AT)
    with store.begin() as opened:
        yield opened
    store.close()


def log(connection, segment, members, *, version=1, at=AT):
    return membership.append(connection, segment, version, BitMap(members), at=at)


def test_what_entered_and_what_left_are_the_difference_from_the_last_time(connection):
    log(connection, "loyal", {1, 2, 3})
    change = log(connection, "loyal", {2, 3, 4}, version=2, at=AT + dt.timedelta(days=1))
    assert (set(change.entered), set(change.left), change.size) == ({4}, {1}, 3)
    assert membership.changes(connection, "loyal")[1] == change


def test_an_evaluation_without_change_is_logged_too(connection):
    log(connection, "loyal", {1})
    change = log(connection, "loyal", {1})
    assert (change.position, len(change.entered), len(change.left), change.size) == (2, 0, 0, 1)


def test_before_the_first_position_nobody_was_in(connection):
    log(connection, "loyal", {1, 2})
    assert membership.members_at(connection, "loyal", 0) == BitMap()
    assert membership.members_at(connection, "unknown") == BitMap()


def test_the_position_moves_with_every_segment_and_starts_at_nothing(connection):
    assert membership.position(connection) == 0
    log(connection, "loyal", {1})
    log(connection, "new", {2})
    assert membership.position(connection) == 2


def test_the_last_change_of_each_segment_is_found_by_name(connection):
    log(connection, "loyal", {1})
    log(connection, "new", {2})
    last = log(connection, "loyal", {1, 5})
    assert membership.last_changes(connection)["loyal"] == last
    assert set(membership.last_changes(connection)) == {"loyal", "new"}


def test_the_largest_key_there_can_be_is_kept(connection):
    log(connection, "loyal", {0, 2**31 - 1})
    assert set(membership.members_at(connection, "loyal")) == {0, 2**31 - 1}


@pytest.fixture(scope="module")
def kept():
    store = Store("sqlite://", AT)
    yield store
    store.close()


@given(history=HISTORIES)
def test_a_replay_up_to_any_position_gives_who_was_in_then(kept, history):
    with kept.begin() as connection:
        connection.execute(sa.delete(membership_log))
        expected = {"loyal": frozenset(), "new": frozenset()}
        at_position = {0: dict(expected)}
        for segment, members in history:
            change = log(connection, segment, members)
            expected[segment] = members
            at_position[change.position] = dict(expected)
            assert change.size == len(members)
        for position, then in at_position.items():
            for segment, members in then.items():
                assert set(membership.members_at(connection, segment, position)) == members
