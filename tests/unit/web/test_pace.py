"""How often one address may ask, and that nobody can tell afterwards which it was."""

import datetime as dt

from quartier.web import pace
from quartier.web.pace import Pace

NOW = dt.datetime(2026, 11, 22, 10, tzinfo=dt.UTC)


def test_an_address_may_ask_so_often_and_again_as_time_goes_by():
    made = Pace(b"salt", most=3, per_second=0.1)
    assert [made.allows("192.0.2.1", NOW) for _ in range(4)] == [True, True, True, False]
    assert made.allows("192.0.2.2", NOW)
    later = NOW + dt.timedelta(seconds=10)
    assert [made.allows("192.0.2.1", later) for _ in range(2)] == [True, False]
    assert not made.allows("192.0.2.1", NOW)  # a clock that is set back gives nothing


def test_one_connection_has_many_addresses_of_ipv6_and_counts_once():
    made = Pace(b"salt", most=1)
    assert made.allows("2001:db8:1:2::1", NOW)
    assert not made.allows("2001:db8:1:2:ffff::9", NOW)
    assert made.allows("2001:db8:1:3::1", NOW)
    assert made.allows("192.0.2.1", NOW)
    assert not made.allows("::ffff:192.0.2.1", NOW)


def test_no_address_is_remembered_as_it_is_and_no_more_than_so_many(monkeypatch):
    monkeypatch.setattr(pace, "MOST_ADDRESSES", 2)
    made = Pace(b"salt", most=1)
    assert all(made.allows(f"192.0.2.{n}", NOW) for n in range(3))
    assert made.allows("192.0.2.0", NOW)  # forgotten
    assert "192.0.2" not in repr(vars(made))
