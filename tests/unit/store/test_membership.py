"""The log of bitmaps: who was in, at any position, by replaying what entered and what left."""

import datetime as dt

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from pyroaring import BitMap

from quartier.store import Store, membership
from quartier.store.membership import ROWS_BETWEEN, Evaluated
from quartier.store.tables import membership_log, membership_snapshots

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


def test_an_evaluation_without_change_writes_no_row(connection):
    first = log(connection, "loyal", {1})
    change = log(connection, "loyal", {1}, at=AT + dt.timedelta(minutes=10))
    assert (change.position, len(change.entered), len(change.left), change.size) == (first.position, 0, 0, 1)
    assert change.at == AT + dt.timedelta(minutes=10)
    assert membership.changes(connection, "loyal") == [first]


def test_a_new_version_and_an_empty_new_segment_are_rows_though_nobody_moves(connection):
    log(connection, "loyal", set())
    log(connection, "loyal", set(), version=2)
    assert [(each.version, each.size) for each in membership.changes(connection, "loyal")] == [(1, 0), (2, 0)]


def test_many_segments_are_logged_in_the_order_given(connection):
    log(connection, "b", {1})
    given = [Evaluated("b", 1, BitMap([1, 2])), Evaluated("a", 1, BitMap([3])), Evaluated("c", 4, BitMap())]
    found = membership.append_all(connection, given, at=AT)
    assert [(each.segment, each.position, each.version, set(each.entered)) for each in found] == [
        ("b", 2, 1, {2}), ("a", 3, 1, {3}), ("c", 4, 4, set()),
    ]  # fmt: skip
    assert membership.append_all(connection, [], at=AT) == []


def test_the_members_of_all_segments_are_read_with_two_queries(connection):
    for number in range(20):
        for round_ in range(5):
            log(connection, f"segment-{number}", {number, round_})
    seen = []
    sa.event.listen(connection, "before_cursor_execute", lambda *given: seen.append(given[2]))
    found = membership.members_now(connection)
    assert len(seen) == 2
    assert found == {f"segment-{number}": BitMap({number, 4}) for number in range(20)}


def test_reading_the_members_replays_no_more_rows_than_lie_between_two_snapshots(connection):
    for number in range(500):
        log(connection, "loyal", set(range(1000)) | {number * 7 + 1000})
    head = membership._heads(connection)["loyal"]
    assert head.rows < ROWS_BETWEEN
    assert set(head.members) == set(range(1000)) | {499 * 7 + 1000}


def test_snapshots_weigh_no_more_than_about_twice_the_log(connection):
    members = set(range(0, 30_000, 3))
    for number in range(800):
        log(connection, "loyal", members | {40_000 + number})
    log_weight = sa.func.sum(sa.func.length(membership_log.c.entered) + sa.func.length(membership_log.c.left))
    rows = connection.execute(sa.select(log_weight)).scalar()
    kept = connection.execute(sa.select(sa.func.sum(sa.func.length(membership_snapshots.c.members)))).scalar()
    assert kept < 2 * rows + 2 * len(BitMap(members).serialize())


def test_who_was_in_at_an_instant_is_what_the_log_knew_then(connection):
    for day, members in enumerate([{1}, {1, 2}, {2}]):
        log(connection, "loyal", members, at=AT + dt.timedelta(days=day))
    at = [AT - dt.timedelta(seconds=1), AT, AT + dt.timedelta(hours=30), AT + dt.timedelta(days=400)]
    assert [set(membership.members_as_of(connection, "loyal", each)) for each in at] == [set(), {1}, {1, 2}, {2}]


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


@given(history=HISTORIES, rows_between=st.sampled_from([1, 2, 3, 1000]))
def test_a_replay_to_any_position_or_instant_gives_who_was_in_then(kept, history, rows_between):
    with kept.begin() as connection, pytest.MonkeyPatch.context() as patch:
        patch.setattr(membership, "ROWS_BETWEEN", rows_between)
        for table in (membership_log, membership_snapshots):
            connection.execute(sa.delete(table))
        now = {"loyal": frozenset(), "new": frozenset()}
        then = {(membership.position(connection), AT): dict(now)}
        for step, (segment, members) in enumerate(history, 1):
            at = AT + dt.timedelta(minutes=step)
            change = log(connection, segment, members, at=at)
            assert (change.size, change.entered - change.left) == (len(members), BitMap(members - now[segment]))
            now[segment] = members
            then[membership.position(connection), at] = dict(now)
        for (position, at), expected in then.items():
            for segment, members in expected.items():
                assert set(membership.members_at(connection, segment, position)) == members
                assert set(membership.members_as_of(connection, segment, at)) == members
        assert {name: set(each) for name, each in membership.members_now(connection).items() if each} == {
            name: set(each) for name, each in now.items() if each
        }


def test_the_first_instant_of_each_segment_is_that_of_its_first_row(connection):
    log(connection, "loyal", {1})
    log(connection, "loyal", {1, 2}, at=AT + dt.timedelta(days=1))
    log(connection, "new", {3}, at=AT + dt.timedelta(days=2))
    assert membership.first_instants(connection) == {"loyal": AT, "new": AT + dt.timedelta(days=2)}
