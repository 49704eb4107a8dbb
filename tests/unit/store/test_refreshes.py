"""What is kept of every refresh, and the sets kept from one to the next."""

import datetime as dt

import pytest
from pyroaring import BitMap

from quartier.store import Store, kept_sets, refreshes
from quartier.store.refreshes import Refresh

AT = dt.datetime(2026, 11, 21, 14, 5, tzinfo=dt.UTC)


@pytest.fixture
def connection():
    store = Store("sqlite://", AT)
    with store.begin() as opened:
        yield opened
    store.close()


def test_a_refresh_reads_back_as_it_was_recorded(connection):
    given = Refresh(AT, 7, 200, 0.25, generation="abc", mark=2**40, catalog_digest="d" * 64, touched=3000)
    kept = refreshes.record(connection, given)
    assert kept.id == 1
    assert refreshes.last(connection) == kept
    assert refreshes.record(connection, given).id == 2


def test_the_last_refresh_is_the_last_complete_one(connection):
    assert refreshes.last(connection) is None
    complete = refreshes.record(connection, Refresh(AT, 7, 200, 0.25))
    failed = refreshes.record(connection, Refresh(AT, 7, 200, 0.25, error={"segment": "loyal", "what": "no memory"}))
    assert refreshes.last(connection) == complete
    assert refreshes.all_since(connection, AT) == [complete, failed]


def test_refreshes_since_an_instant_come_in_the_order_in_which_they_ran(connection):
    kept = [refreshes.record(connection, Refresh(AT + dt.timedelta(minutes=10 * n), n, 1, 0.1)) for n in range(4)]
    assert refreshes.all_since(connection, AT + dt.timedelta(minutes=20)) == kept[2:]
    assert refreshes.all_since(connection, AT + dt.timedelta(minutes=31)) == []


def test_kept_sets_replace_those_before(connection):
    assert kept_sets.kept(connection) == {}
    kept_sets.keep(connection, {"a": BitMap([1, 2]), "b": BitMap()})
    kept_sets.keep(connection, {"a": BitMap([3]), "c": BitMap([2**31 - 1])})
    assert kept_sets.kept(connection) == {"a": BitMap([3]), "c": BitMap([2**31 - 1])}
    kept_sets.keep(connection, {})
    assert kept_sets.kept(connection) == {}
