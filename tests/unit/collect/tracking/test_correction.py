"""When something happened by our clock: never in the future, never moved by an error of the sender's clock."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quartier.collect.tracking.correction import (
    FUTURE,
    NO_TIMESTAMP,
    UNREADABLE_SENT_AT,
    Sending,
    corrected,
    read_instant,
    written,
)
from quartier.collect.tracking.reasons import Flaw

NOW = dt.datetime(2026, 11, 22, 10, tzinfo=dt.UTC)
INSTANTS = st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(2060, 1, 1), timezones=st.just(dt.UTC))  # noqa: DTZ001 - the zone is beside
SKEWS = st.timedeltas(dt.timedelta(days=-40 * 365), dt.timedelta(days=40 * 365))


def check_correction(original: dt.datetime, sent: dt.datetime, received: dt.datetime, skew: dt.timedelta) -> None:
    right = corrected(original, Sending.of(received, sent.isoformat()))
    wrong = corrected(original + skew, Sending.of(received, (sent + skew).isoformat()))
    assert right == wrong
    assert not isinstance(right, Flaw)
    instant, flags = right
    assert instant <= received
    assert (FUTURE in flags) == (original > sent)
    assert instant == min(received, received - (sent - original))


@given(INSTANTS, INSTANTS, INSTANTS, SKEWS)
def test_an_instant_is_never_after_its_arrival_and_no_constant_error_of_a_clock_moves_it(
    original, sent, received, skew
):
    check_correction(original, sent, received, skew)


@pytest.mark.slow
@settings(max_examples=50_000)
@given(INSTANTS, INSTANTS, INSTANTS, SKEWS)
def test_fifty_thousand_clocks_that_are_wrong_move_nothing(original, sent, received, skew):
    check_correction(original, sent, received, skew)


@given(INSTANTS, INSTANTS)
def test_without_the_instant_of_sending_an_instant_stands_as_it_was_written(original, received):
    found = corrected(original, Sending.of(received, None))
    assert found == ((original, ()) if original <= received else (received, (FUTURE,)))


def test_a_message_without_an_instant_happened_when_it_was_received():
    assert corrected(None, Sending.of(NOW, NOW.isoformat())) == (NOW, (NO_TIMESTAMP,))


@pytest.mark.parametrize("sent_at", ["yesterday", 5, "", "2026-13-01"])
def test_an_instant_of_sending_that_cannot_be_read_is_passed_over_and_flagged(sent_at):
    hour = dt.timedelta(hours=1)
    assert corrected(NOW - hour, Sending.of(NOW, sent_at)) == (NOW - hour, (UNREADABLE_SENT_AT,))


def test_an_instant_beyond_the_calendar_is_a_flaw():
    sending = Sending.of(NOW, "9999-12-31T23:59:59Z")
    assert corrected(dt.datetime(1, 1, 1, tzinfo=dt.UTC), sending) == Flaw("time_out_of_range", "timestamp")


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("2026-11-22T10:00:00Z", "2026-11-22T10:00:00.000000Z"),
        ("2026-11-22T11:00:00.5+01:00", "2026-11-22T10:00:00.500000Z"),
        ("2026-11-22T10:00:00.123456789Z", "2026-11-22T10:00:00.123456Z"),
        ("2026-11-22 10:00", "2026-11-22T10:00:00.000000Z"),
        ("2026-11-22", "2026-11-22T00:00:00.000000Z"),
    ],
)
def test_instants_are_read_in_every_way_that_sdks_write_them(text, same):
    assert written(read_instant(text)) == same


@pytest.mark.parametrize("text", ["", "now", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", None, 3])
def test_what_is_no_instant_is_none(text):
    assert read_instant(text) is None
