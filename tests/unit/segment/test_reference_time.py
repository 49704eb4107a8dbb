"""The instant of the definition of truth: durations of minutes to weeks are elapsed time, wherever it was written."""

import datetime as dt
from zoneinfo import ZoneInfo

from quartier.segment.windows import Duration
from quartier.testing.reference_values import Now, instant_after, instant_before

PARIS, MINUTE = ZoneInfo("Europe/Paris"), Duration(1, "minute")


def test_a_minute_over_the_change_of_clocks_is_a_minute():
    spring = dt.datetime(2026, 3, 29, 1, 0, 30, tzinfo=dt.UTC)  # 3:00:30 in Paris; a minute before it was 1:59:30
    now = Now(spring.astimezone(PARIS), PARIS)
    assert instant_before(now, MINUTE) == dt.datetime(2026, 3, 29, 0, 59, 30, tzinfo=dt.UTC)
    assert instant_after(Now(instant_before(now, MINUTE).astimezone(PARIS), PARIS), MINUTE) == spring
