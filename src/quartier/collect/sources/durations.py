"""Durations as documents write them: `30 minutes`, `1 hour`, `2 days`."""

import datetime as dt
import re

from quartier.errors import Unusable
from quartier.language import Text

_DURATION = re.compile(r"^([1-9]\d{0,3}) (minute|hour|day|week)s?$")
_LONGEST = dt.timedelta(days=366)


def duration(written: str) -> dt.timedelta:
    """The length of time that a text says. Raises Unusable for another text, and for more than a year."""
    found = _DURATION.match(written)
    length = dt.timedelta(**{f"{found[2]}s": int(found[1])}) if found else None
    if length is None or length > _LONGEST:
        raise Unusable(_NO_DURATION.with_(value=written), _WRITE)
    return length


def checked_duration(written: str) -> str:
    """The same text. Raises Unusable when it is no duration."""
    duration(written)
    return written


_NO_DURATION = Text(en="“{value}” is not a duration", fr="« {value} » n'est pas une durée")
_WRITE = Text(
    en="write a number and minutes, hours, days or weeks: `1 hour`",
    fr="écrivez un nombre suivi de minutes, hours, days ou weeks : `1 hour`",
)
