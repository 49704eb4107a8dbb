"""A past that was computed afterwards is kept beside the log."""

import datetime as dt

from pyroaring import BitMap

from quartier.store import Store, membership, pasts

AT = dt.datetime(2026, 11, 21, 14, 5, tzinfo=dt.UTC)
WEEK = dt.timedelta(weeks=1)


def test_a_past_is_kept_by_version_and_instant_and_the_last_answer_counts():
    store = Store("sqlite://", AT)
    with store.begin() as connection:
        pasts.keep(connection, "loyal", 1, {AT - WEEK: BitMap([1]), AT: BitMap([1, 2])}, at=AT)
        pasts.keep(connection, "loyal", 1, {AT - WEEK: BitMap([3]), AT - 2 * WEEK: BitMap()}, at=AT + WEEK)
        pasts.keep(connection, "loyal", 2, {AT: BitMap([9])}, at=AT)
        pasts.keep(connection, "loyal", 3, {}, at=AT)
        assert list(pasts.kept(connection, "loyal", 1).items()) == [
            (AT - 2 * WEEK, BitMap()), (AT - WEEK, BitMap([3])), (AT, BitMap([1, 2])),
        ]  # fmt: skip
        assert pasts.kept(connection, "loyal", 2) == {AT: BitMap([9])}
        assert pasts.kept(connection, "loyal", 3) == {}
        assert membership.changes(connection, "loyal") == []
    store.close()
