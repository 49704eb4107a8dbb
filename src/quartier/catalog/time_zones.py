"""Time zones by the names that the IANA gives them: `Europe/Paris`, `Pacific/Auckland`, `UTC`."""

from zoneinfo import ZoneInfo

from quartier.config import zone_names

_OF_NO_PLACE = "localtime"
"""Stands for whatever the machine is set to."""


def time_zone(name: str | None) -> ZoneInfo | None:
    """The zone of a name, as it is written in the IANA's database; None for what is no zone."""
    return ZoneInfo(name) if name is not None and is_time_zone(name) else None


def is_time_zone(name: str) -> bool:
    """Whether this is the name of a time zone."""
    return name in zone_names() and name != _OF_NO_PLACE
