"""What is written in the journal, what is told to who submitted it, and how an entry is held against its digest."""

import datetime as dt
import hashlib
from dataclasses import dataclass

DIGEST_BYTES = 16
START = bytes(DIGEST_BYTES)
"""The digest before the first entry."""

MESSAGES, LOST = "messages", "lost"
"""The kinds of entries."""


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
class KeptRefusal:
    """A refusal as it is kept: its number, when it came, and what became of it (`open`, `replayed` or `dropped`)."""

    number: int
    refusal: Refusal
    received_at: dt.datetime
    state: str
    settled_at: dt.datetime | None = None

    @classmethod
    def of(
        cls, number: int, raw: bytes, reason: str, field: str | None, source: str, message_id: str | None,
        received_at: str, state: str, settled_at: str | None,
    ) -> "KeptRefusal":  # fmt: skip
        """Read a row as it is kept, its instants as text."""
        settled = dt.datetime.fromisoformat(settled_at) if settled_at else None
        refusal = Refusal(raw, reason, field, source, message_id)
        return cls(number, refusal, dt.datetime.fromisoformat(received_at), state, settled)


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
    """Messages `first` to `last`, written by one commit; `body` is one line per message.

    A lost entry stands for messages that were acknowledged and are gone: it has their numbers and no body.
    """

    first: int
    count: int
    at: dt.datetime
    body: bytes
    is_lost: bool = False

    @property
    def last(self) -> int:
        """The number of its last message."""
        return self.first + self.count - 1

    @property
    def lines(self) -> list[bytes]:
        """The messages, in order; none when they are lost."""
        return [] if self.is_lost else self.body.split(b"\n")


@dataclass(frozen=True, slots=True)
class Lost:
    """Messages that were acknowledged and that the journal no longer has, from one number to another."""

    first: int
    last: int


def id_digest(message_id: str) -> bytes:
    """Sixteen bytes that stand for a message id: among 10^12 ids, two share them with a probability below 10^-14."""
    return hashlib.blake2b(message_id.encode("utf-8", "surrogatepass"), digest_size=DIGEST_BYTES).digest()


def chained(before: bytes, first: int, count: int, at: str, kind: str, ids: bytes, body: bytes) -> bytes:
    """The digest of an entry: over the digest of the entry before it and all that the entry holds."""
    digest = hashlib.blake2b(before, digest_size=DIGEST_BYTES)
    digest.update(f"{first} {count} {at} {kind}\n".encode())
    digest.update(ids)
    digest.update(body)
    return digest.digest()
