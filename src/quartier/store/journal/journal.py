"""The journal: submissions wait in a bounded queue, one thread writes what waits as one entry, then gives receipts."""

import threading
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from pathlib import Path

from quartier.clock import Clock
from quartier.errors import JournalFull, JournalStopped
from quartier.language import Text
from quartier.store.journal.entry import Arrival, Entry, Receipt, Refusal, Submission
from quartier.store.journal.sqlite import SqliteBook

QUEUE = 20_000
"""How many messages may wait, unless told otherwise."""

AT_ONCE = 10_000
"""About how many messages one entry takes."""

FILE = "journal.sqlite"

_FULL = Text(en="too many messages wait to be written", fr="trop de messages attendent d'être écrits")
_LATER = Text(en="send them again a little later", fr="renvoyez-les un peu plus tard")
_STOPPED = Text(en="the journal takes nothing more: {why}", fr="le journal ne prend plus rien : {why}")
_CLOSED = Text(en="it is closed", fr="il est fermé")
_AGAIN = Text(en="start Quartier again once the disk is sound", fr="relancez Quartier quand le disque est en état")

_Waiting = tuple[Submission, "Future[Receipt]"]


class Journal:
    """What arrived, in order: numbers 1, 2, 3, without gaps in order of commit, each message id once for ever.

    `url` is a SQLAlchemy URL: `sqlite:///folder/journal.sqlite`, or PostgreSQL. `queue` is how many messages may wait.
    """

    def __init__(self, url: str, clock: Clock, *, queue: int = QUEUE) -> None:
        self._clock, self._queue = clock, queue
        self._book = SqliteBook(Path(url.removeprefix("sqlite:///")))
        self._waiting: deque[_Waiting] = deque()
        self._messages = 0
        self._changed = threading.Condition()
        self._is_closed = False
        self._failure: BaseException | None = None
        self._writer = threading.Thread(target=self._write_all, name="journal", daemon=True)
        self._writer.start()

    @property
    def is_writable(self) -> bool:
        """Whether it still takes messages; False for good after a failed commit."""
        return self._failure is None and not self._is_closed

    @property
    def failure(self) -> BaseException | None:
        """Why it stopped, if it did."""
        return self._failure

    def submit(self, arrivals: Sequence[Arrival], refusals: Sequence[Refusal] = ()) -> "Future[Receipt]":
        """Queue messages to be kept together; the receipt comes once they are durable.

        Raises:
            JournalFull: the queue is full; nothing of this was taken.
            JournalStopped: it was closed, or a commit failed.
        """
        submission, receipt = Submission(tuple(arrivals), tuple(refusals)), Future[Receipt]()
        size = len(submission.arrivals) + len(submission.refusals)
        with self._changed:
            if not self.is_writable:
                raise self._stopped()
            if self._messages and self._messages + size > self._queue:
                raise JournalFull(_FULL, remedy=_LATER)
            self._messages += size
            self._waiting.append((submission, receipt))
            self._changed.notify()
        return receipt

    def append(self, arrivals: Sequence[Arrival], refusals: Sequence[Refusal] = ()) -> Receipt:
        """Submit and wait for the receipt."""
        return self.submit(arrivals, refusals).result()

    def entries(self, after: int, until: int | None = None) -> Iterator[Entry]:
        """The entries that hold messages after a number (up to another), verified.

        Raises JournalDamaged, which names the messages, where one differs from its digest.
        """
        return self._book.entries(after, until)

    def end(self) -> int:
        """The number of the last message, 0 when there is none."""
        return self._book.end

    def close(self) -> None:
        """Write what waits, then close."""
        with self._changed:
            self._is_closed = True
            self._changed.notify()
        self._writer.join()
        self._book.close()

    def _write_all(self) -> None:
        while group := self._group():
            try:
                receipts = self._book.write([submission for submission, _ in group], self._clock.now())
            except BaseException as error:
                self._stop(error, group)
                return
            for (_, future), receipt in zip(group, receipts, strict=True):
                future.set_result(receipt)

    def _group(self) -> list[_Waiting]:
        """All that waits, up to the size of an entry; nothing once the journal is closed and all is written."""
        with self._changed:
            while not self._waiting and not self._is_closed:
                self._changed.wait()
            group: list[_Waiting] = []
            taken = 0
            while self._waiting and taken < AT_ONCE:
                group.append(self._waiting.popleft())
                taken += len(group[-1][0].arrivals) + len(group[-1][0].refusals)
            self._messages -= taken
            return group

    def _stop(self, error: BaseException, group: list[_Waiting]) -> None:
        with self._changed:
            self._failure = error
            group = group + list(self._waiting)
            self._waiting.clear()
        for _, future in group:
            future.set_exception(self._stopped())

    def _stopped(self) -> JournalStopped:
        why = type(self._failure).__name__ if self._failure else _CLOSED
        stopped = JournalStopped(_STOPPED.with_(why=why), remedy=_AGAIN)
        stopped.__cause__ = self._failure
        return stopped
