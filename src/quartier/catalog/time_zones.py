"""Time zones by the names that the IANA gives them: `Europe/Paris`, `Pacific/Auckland`, `UTC`."""

from functools import cache
from zoneinfo import ZoneInfo, available_timezones

_OF_NO_PLACE = frozenset({"localtime"})
"""Stands for whatever the machine is set to."""


def time_zone(name: str | None) -> ZoneInfo | None:
    """The zone of a name, as it is written in the IANA's database; None for what is no zone."""
    return ZoneInfo(name) if name in _names() else None


def is_time_zone(name: str) -> bool:
    """Whether this is the name of a time zone."""
    return name in _names()


@cache
def _names() -> frozenset[str]:
    return frozenset(available_timezones()) - _OF_NO_PLACE
