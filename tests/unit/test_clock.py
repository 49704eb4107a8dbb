"""Clocks: aware, in UTC, and standing still until told to move."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from quartier.clock import FixedClock, SystemClock


def test_the_machine_tells_an_aware_instant_in_utc():
    now = SystemClock().now()
    assert now.tzinfo is dt.UTC
    assert abs(now - dt.datetime.now(dt.UTC)) < dt.timedelta(seconds=5)


def test_a_fixed_clock_tells_utc_whatever_the_zone_it_was_set_in():
    clock = FixedClock(dt.datetime(2026, 11, 21, 15, 5, tzinfo=ZoneInfo("Europe/Paris")))
    assert clock.now() == dt.datetime(2026, 11, 21, 14, 5, tzinfo=dt.UTC)
    assert clock.now().tzinfo is dt.UTC


def test_a_fixed_clock_moves_only_when_told(clock: FixedClock):
    before = clock.now()
    assert clock.now() == before
    clock.advance(dt.timedelta(days=1))
    assert clock.now() - before == dt.timedelta(days=1)


def test_a_naive_instant_is_refused():
    with pytest.raises(ValueError, match="aware"):
        FixedClock(dt.datetime(2026, 11, 21))  # noqa: DTZ001 - the naive instant is the point
