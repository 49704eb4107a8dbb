"""When something happened by our clock, though the sender's clock may be wrong.

The Segment specification says how: `timestamp = receivedAt - (sentAt - originalTimestamp)`. Sender and event share one
clock, so that its error cancels out. What would lie in the future is set to the instant of arrival, and flagged.
"""

import datetime as dt
from dataclasses import dataclass

from quartier.collect.tracking.reasons import Flaw

FUTURE = "future"
UNREADABLE_SENT_AT = "unreadable_sent_at"
NO_TIMESTAMP = "no_timestamp"
_UTC = dt.UTC


@dataclass(frozen=True, slots=True)
class Sending:
    """When messages were sent and received.

    Attributes:
        received_at: by our clock.
        sent_at: by the sender's clock, None where that is not told.
        is_unreadable: whether it was told, but not as an instant.
    """

    received_at: dt.datetime
    sent_at: dt.datetime | None = None
    is_unreadable: bool = False

    @classmethod
    def of(cls, received_at: dt.datetime, sent_at: object) -> "Sending":
        """From `sentAt` as it was written; one that cannot be read is passed over, and flagged."""
        if sent_at is None:
            return cls(received_at)
        instant = read_instant(sent_at)
        return cls(received_at, instant, instant is None)


def read_instant(written: object) -> dt.datetime | None:
    """An aware instant in UTC from ISO 8601, UTC where no zone is written; None for anything else."""
    if not isinstance(written, str):
        return None
    try:
        instant = dt.datetime.fromisoformat(written)
        return instant.astimezone(_UTC) if instant.tzinfo else instant.replace(tzinfo=_UTC)
    except (ValueError, OverflowError):
        return None


def corrected(original: dt.datetime | None, sending: Sending) -> tuple[dt.datetime, tuple[str, ...]] | Flaw:
    """When it happened by our clock, never after it was received; with the flags that tell what was done to it."""
    flags = (UNREADABLE_SENT_AT,) if sending.is_unreadable else ()
    if original is None:
        return sending.received_at, (*flags, NO_TIMESTAMP)
    if sending.sent_at is not None:
        try:
            original = sending.received_at - (sending.sent_at - original)
        except OverflowError:
            return Flaw("time_out_of_range", "timestamp")
    if original > sending.received_at:
        return sending.received_at, (*flags, FUTURE)
    return original, flags


def written(instant: dt.datetime) -> str:
    """An instant in UTC as the journal writes it: `2026-11-22T10:00:00.123456Z`."""
    return f"{instant.replace(tzinfo=None).isoformat(timespec='microseconds')}Z"
