"""What one commit writes: submissions that waited together, decided message by message, as rows to insert."""

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from quartier.store.journal.entry import DIGEST_BYTES, LOST, MESSAGES, START, Arrival, Refusal, chained, id_digest


@dataclass(frozen=True, slots=True)
class Submission:
    """What is submitted at once: kept all together, or not at all.

    Attributes:
        settled: refusals by number, and what became of each.
        skip_to: a number that the journal must reach: the numbers up to there are recorded as lost.
    """

    arrivals: tuple[Arrival, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    settled: tuple[tuple[int, str], ...] = ()
    skip_to: int = 0

    @property
    def size(self) -> int:
        """How many things it asks to write."""
        return len(self.arrivals) + len(self.refusals) + len(self.settled)

    @property
    def bytes(self) -> int:
        """How many bytes it brings."""
        return sum(len(each.line) for each in self.arrivals) + sum(len(each.raw) for each in self.refusals)


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the journal: the number of its last message and the digest of its last entry."""

    end: int = 0
    digest: bytes = START


@dataclass(frozen=True, slots=True)
class Row:
    """One entry as it is kept.

    Attributes:
        at: when it was written, as ISO 8601 text in UTC.
        kind: of messages, or lost.
        before: the digest of the entry before it.
        digest: over all that the entry holds.
        ids: the digests of its message ids, in order.
    """

    first: int
    count: int
    at: str
    kind: str
    before: bytes
    digest: bytes
    ids: bytes
    body: bytes

    @property
    def is_sound(self) -> bool:
        """Whether it is what its digest was made of."""
        texts, bodies = (self.at, self.kind), (self.before, self.digest, self.ids, self.body)
        if not all(isinstance(each, str) for each in texts) or not all(isinstance(each, bytes) for each in bodies):
            return False  # a byte that rotted in the head of a row changes the types of its columns
        has_its_ids = len(self.ids) == (self.count * DIGEST_BYTES if self.kind == MESSAGES else 0)
        return has_its_ids and self.digest == chained(
            self.before, self.first, self.count, self.at, self.kind, self.ids, self.body
        )

    @property
    def head(self) -> Head:
        """The end of a journal whose last entry it is."""
        return Head(self.first + self.count - 1, self.digest)

    @property
    def link(self) -> "Link":
        """What the next entry is held against."""
        return Link(self.first, self.count, self.kind, self.digest)


@dataclass(frozen=True, slots=True)
class Link:
    """What an entry is to the one after it: its numbers, its kind and its digest."""

    first: int
    count: int
    kind: str
    digest: bytes

    @property
    def end(self) -> int:
        """The number of its last message."""
        return self.first + self.count - 1


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of one commit, and for each submission which of its arrivals are new."""

    rows: tuple[Row, ...]
    is_new: tuple[tuple[bool, ...], ...]


def digests_of(submissions: Sequence[Submission]) -> list[bytes]:
    """The digests of all message ids, in order."""
    return [id_digest(arrival.message_id) for submission in submissions for arrival in submission.arrivals]


def grouped(
    head: Head, submissions: Sequence[Submission], digests: Sequence[bytes], known: Collection[bytes], at: dt.datetime
) -> Group:
    """Decide what is new (neither known nor earlier in the group) and chain the new messages after the head."""
    seen, each = set(known), iter(digests)
    lines, ids = list[bytes](), list[bytes]()
    is_new = [tuple(_news(submission, each, seen, lines, ids)) for submission in submissions]
    rows = []
    if ids:
        rows.append(_row(head, len(ids), at, MESSAGES, b"".join(ids), b"\n".join(lines)))
        head = rows[-1].head
    reached = max((submission.skip_to for submission in submissions), default=0)
    if reached > head.end:
        rows.append(lost_row(head, reached, at))
    return Group(tuple(rows), tuple(is_new))


def _news(
    submission: Submission, digests: Iterator[bytes], seen: set[bytes], lines: list[bytes], ids: list[bytes]
) -> Iterator[bool]:
    """Whether each arrival is new; the lines and ids of those that are get added."""
    for arrival in submission.arrivals:
        digest = next(digests)
        if digest in seen:
            yield False
            continue
        seen.add(digest)
        ids.append(digest)
        lines.append(arrival.line)
        yield True


def lost_row(head: Head, last: int, at: dt.datetime) -> Row:
    """An entry that stands for the messages after the head up to a number, which are gone."""
    return _row(head, last - head.end, at, LOST, b"", b"")


def _row(head: Head, count: int, at: dt.datetime, kind: str, ids: bytes, body: bytes) -> Row:
    instant, first = written(at), head.end + 1
    digest = chained(head.digest, first, count, instant, kind, ids, body)
    return Row(first, count, instant, kind, head.digest, digest, ids, body)


def written(at: dt.datetime) -> str:
    """An instant as the journal writes it."""
    return at.astimezone(dt.UTC).isoformat(timespec="microseconds")
