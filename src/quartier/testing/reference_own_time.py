"""The definition of truth for a person's own clock."""

from dataclasses import replace
from zoneinfo import ZoneInfo, available_timezones

from quartier.testing.reference_values import Now
from quartier.testing.worlds import Plain


def on_own_clock(now: Now, zone: Plain) -> Now:
    """The same instant in the zone that a person's trait names; as it is where that names none."""
    is_known = isinstance(zone, str) and zone in available_timezones() and zone != "localtime"
    return replace(now, zone=ZoneInfo(str(zone))) if is_known else now
