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
_WITHOUT_ZONE = len("2026-11-22T10:00:00.123456")


@dataclass(frozen=True, slots=True)
class Sending:
    """When messages were sent and received.

    Attributes:
        received_at: by our clock, in UTC.
        shift: what is to be added to an instant of the sender's clock; None where it is not known, or no instant.
        flags: what is to be told of each of the messages.
    """

    received_at: dt.datetime
    shift: dt.timedelta | None = None
    flags: tuple[str, ...] = ()

    @classmethod
    def of(cls, received_at: dt.datetime, sent_at: object) -> "Sending":
        """From `sentAt` as it was written; one that cannot be read is passed over, and flagged."""
        if sent_at is None:
            return cls(received_at)
        instant = read_instant(sent_at)
        return (
            cls(received_at, flags=(UNREADABLE_SENT_AT,))
            if instant is None
            else cls(received_at, received_at - instant)
        )


def read_instant(written: object) -> dt.datetime | None:
    """An aware instant in UTC from ISO 8601, UTC where no zone is written; None for anything else."""
    if not isinstance(written, str):
        return None
    try:
        instant = dt.datetime.fromisoformat(written)
        if instant.tzinfo is _UTC:
            return instant
        return instant.astimezone(_UTC) if instant.tzinfo else instant.replace(tzinfo=_UTC)
    except (ValueError, OverflowError):
        return None


def corrected(original: dt.datetime | None, sending: Sending) -> tuple[dt.datetime, tuple[str, ...]] | Flaw:
    """When it happened by our clock, never after it was received; with the flags that tell what was done to it."""
    if original is None:
        return sending.received_at, (*sending.flags, NO_TIMESTAMP)
    if sending.shift is not None:
        try:
            original += sending.shift
        except OverflowError:
            return Flaw("time_out_of_range", "timestamp")
    if original > sending.received_at:
        return sending.received_at, (*sending.flags, FUTURE)
    return original, sending.flags


def written(instant: dt.datetime) -> str:
    """An instant in UTC as the journal writes it: `2026-11-22T10:00:00.123456Z`."""
    return instant.isoformat(timespec="microseconds")[:_WITHOUT_ZONE] + "Z"
