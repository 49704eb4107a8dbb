"""What is written in the journal, and what is told to who submitted it."""

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

DIGEST_BYTES = 16
START = bytes(DIGEST_BYTES)
"""The digest before the first entry."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A message that is to be kept.

    Attributes:
        message_id: 1 to 100 characters, unique in the workspace.
        line: the kept message: one JSON object in UTF-8 without a line break.
    """

    message_id: str
    line: bytes


@dataclass(frozen=True, slots=True)
class Refusal:
    """A message that cannot be kept as it is; its bytes stay until it is mended or given up.

    Attributes:
        raw: the bytes as they came.
        reason: the code of the reason.
        field: the field at fault, if one is.
        source: the name of the source it came by.
        message_id: its id, where one could be read.
    """

    raw: bytes
    reason: str
    field: str | None
    source: str
    message_id: str | None = None


@dataclass(frozen=True, slots=True)
class Submission:
    """What is submitted at once: kept all together, or not at all."""

    arrivals: tuple[Arrival, ...]
    refusals: tuple[Refusal, ...] = ()


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a submission; it is given only once that is durable.

    Attributes:
        at: the instant of the commit.
        is_new: for each arrival, whether it was not there yet.
        refused: the numbers of the refusals.
    """

    at: dt.datetime
    is_new: tuple[bool, ...]
    refused: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """Messages `first` to `last`, written by one commit; `body` is one line per message."""

    first: int
    count: int
    at: dt.datetime
    body: bytes

    @property
    def last(self) -> int:
        """The number of its last message."""
        return self.first + self.count - 1


def id_digest(message_id: str) -> bytes:
    """Sixteen bytes that stand for a message id: two ids of 10^12 share one with a probability below 10^-14."""
    return hashlib.blake2b(message_id.encode("utf-8", "surrogatepass"), digest_size=DIGEST_BYTES).digest()


def chained(before: bytes, first: int, count: int, at: str, ids: Sequence[bytes], body: bytes) -> bytes:
    """The digest of an entry: over the digest of the entry before it and all that the entry holds."""
    digest = hashlib.blake2b(before, digest_size=DIGEST_BYTES)
    digest.update(f"{first} {count} {at}\n".encode())
    digest.update(b"".join(ids))
    digest.update(body)
    return digest.digest()
