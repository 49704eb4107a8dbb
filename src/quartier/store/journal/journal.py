"""The journal of arrivals, as the rest of Quartier uses it."""

from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from pathlib import Path

from quartier.clock import Clock
from quartier.errors import UnknownName
from quartier.language import Text
from quartier.store.journal.book import Book
from quartier.store.journal.entry import Arrival, Entry, KeptRefusal, Lost, Receipt, Refusal
from quartier.store.journal.group import Submission
from quartier.store.journal.reading import verified
from quartier.store.journal.writer import Writer

QUEUE, QUEUE_BYTES = 20_000, 32_000_000
"""How many messages may wait, and how many bytes, unless told otherwise."""

FILE = "journal.sqlite"
"""The journal of a workspace that has no database server."""

_NO_REFUSAL = Text(en="there is no refused message {number}", fr="il n'y a pas de message refusé {number}")


class Journal:
    """What arrived: numbered 1, 2, 3, without gaps in order of commit, each message id once for ever.

    `url` is a SQLAlchemy URL: `sqlite:///folder/journal.sqlite`, or one of PostgreSQL, where several nodes write to one
    journal. A journal that ends before a number that it acknowledged records at once that the messages are lost.
    """

    def __init__(self, url: str, clock: Clock, *, queue: int = QUEUE, queue_bytes: int = QUEUE_BYTES) -> None:
        self._book = _book(url)
        self._writer = Writer(self._book, clock, queue, queue_bytes)
        self.found_lost = check_end(self, self._book.mark())
        """What was missing at the end when it was opened, None when nothing was."""
        if self.found_lost is not None:
            self.skip_to(self.found_lost.last)

    @property
    def is_writable(self) -> bool:
        """Whether it takes messages: False for good after a failed commit. A full disk is told by `failure`."""
        return self._writer.is_writable

    @property
    def failure(self) -> BaseException | None:
        """Why the last commit failed or was refused; None when it was not. A server is ready while this is None."""
        return self._writer.failure or self._writer.last_refusal

    def submit(self, arrivals: Sequence[Arrival], refusals: Sequence[Refusal] = ()) -> "Future[Receipt]":
        """Queue messages to be kept together; the receipt comes once they are durable.

        Raises:
            JournalFull: too much waits; nothing of this was taken. The future raises it when the disk is full.
            JournalStopped: it is closed, or a commit failed. The future raises it when that commit fails.
            ValueError: a line has a line break in it, which would make two messages of one.
        """
        if any(b"\n" in arrival.line for arrival in arrivals):
            raise ValueError("a message is one line")
        return self._writer.submit(Submission(tuple(arrivals), tuple(refusals)))

    def append(self, arrivals: Sequence[Arrival], refusals: Sequence[Refusal] = ()) -> Receipt:
        """Submit and wait for the receipt."""
        return self.submit(arrivals, refusals).result()

    def replay(self, number: int, arrival: Arrival) -> Receipt:
        """Keep a refused message that was mended, and settle its refusal by the same commit."""
        self.refusal(number)  # raises where there is none
        return self._writer.submit(Submission((arrival,), settled=((number, "replayed"),))).result()

    def drop(self, numbers: Sequence[int]) -> None:
        """Give refused messages up; those that are settled already stay as they are."""
        self._writer.submit(Submission(settled=tuple((number, "dropped") for number in numbers))).result()

    def entries(self, after: int, until: int | None = None) -> Iterator[Entry]:
        """The entries that hold messages after a number (up to another), each verified as it is read.

        Raises JournalDamaged, which names messages `first` to `last`; reading can go on after that last one.
        """
        with self._book.reader() as reader:
            yield from verified(reader, after, until)

    def end(self) -> int:
        """The number of the last message, 0 when there is none."""
        return self._book.head().end

    def skip_to(self, number: int) -> None:
        """Record as lost the messages after the end up to a number, so that their numbers are never used again."""
        self._writer.submit(Submission(skip_to=number)).result()

    def refusals(self, state: str | None = "open", *, after: int = 0, limit: int = 100) -> list[KeptRefusal]:
        """A page of refused messages after a number, in order; of any state where None is asked."""
        with self._book.reader() as reader:
            return reader.refusals(state, after, limit)

    def refusal(self, number: int) -> KeptRefusal:
        """One refused message. Raises UnknownName."""
        with self._book.reader() as reader:
            found = reader.refusal(number)
        if found is None:
            raise UnknownName(_NO_REFUSAL.with_(number=number))
        return found

    def close(self) -> None:
        """Write what waits, then close."""
        self._writer.close()
        self._book.close()


def check_end(journal: Journal, mark: int) -> Lost | None:
    """What is missing when a journal ends before a number that it is known to have reached."""
    end = journal.end()
    return Lost(end + 1, mark) if end < mark else None


def _book(url: str) -> Book:
    if url.startswith("sqlite:///"):
        from quartier.store.journal.sqlite import SqliteBook

        return SqliteBook(Path(url.removeprefix("sqlite:///")))
    from quartier.store.journal.postgres import PostgresBook

    return PostgresBook(url)
