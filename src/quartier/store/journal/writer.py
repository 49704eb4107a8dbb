"""The one thread that writes: it takes all that waits, writes it by one commit, then gives the receipts."""

import threading
from collections import deque
from concurrent.futures import Future
from contextlib import suppress

from quartier.clock import Clock
from quartier.errors import JournalFull, JournalStopped
from quartier.language import Text
from quartier.store.journal.book import Book
from quartier.store.journal.entry import Receipt
from quartier.store.journal.group import Submission

AT_ONCE = 10_000
"""One commit takes submissions until it has so many messages."""

LOOK_AGAIN_SECONDS = 1.0
"""How often a full disk is looked at again while nothing is submitted."""

AT_ONCE_BYTES = 8_000_000
"""One commit takes submissions until it has so many bytes."""

_QUEUE_FULL = Text(en="too many messages wait to be written", fr="trop de messages attendent d'être écrits")
_LATER = Text(en="send them again a little later", fr="renvoyez-les un peu plus tard")
_CLOSED = Text(en="the journal is closed", fr="le journal est fermé")
_STOPPED = Text(
    en="a commit of the journal failed ({why}), and it takes nothing more",
    fr="une écriture du journal a échoué ({why}) et il ne prend plus rien",
)
_AGAIN = Text(
    en="see to the disk, then start Quartier again: what was acknowledged is read back from it",
    fr="examinez le disque, puis relancez Quartier : ce qui a été confirmé y sera relu",
)

_Waiting = tuple[Submission, "Future[Receipt]"]


class Writer:
    """A bounded queue of submissions and the thread that writes them into a book.

    An error of the book ends it for good: after a failed flush nobody knows what is on the disk, and only a new start
    reads it back. A full disk (JournalFull) passes: those who wait are told, and the next ones are tried.
    """

    def __init__(self, book: Book, clock: Clock, queue: int, queue_bytes: int) -> None:
        self._book, self._clock, self._queue, self._queue_bytes = book, clock, queue, queue_bytes
        self._waiting: deque[_Waiting] = deque()
        self._messages = self._bytes = 0
        self._changed = threading.Condition()
        self._is_closed = False
        self.failure: BaseException | None = None
        """Why it ended, if it did."""
        self.last_refusal: JournalFull | None = None
        """Why the last commit was refused; None when it was not."""
        self._thread = threading.Thread(target=self._run, name="journal", daemon=True)
        self._thread.start()

    @property
    def is_writable(self) -> bool:
        """Whether it takes submissions; False for good once a commit failed."""
        return self.failure is None and not self._is_closed

    def submit(self, submission: Submission) -> "Future[Receipt]":
        """Queue it. Raises JournalFull or JournalStopped at once; nothing was taken then."""
        receipt: Future[Receipt] = Future()
        with self._changed:
            if not self.is_writable:
                raise self._stopped()
            if self._waiting and (
                self._messages + submission.size > self._queue or self._bytes + submission.bytes > self._queue_bytes
            ):
                raise JournalFull(_QUEUE_FULL, remedy=_LATER)
            self._count(submission, 1)
            self._waiting.append((submission, receipt))
            self._changed.notify()
        return receipt

    def close(self) -> None:
        """Write what waits, then end."""
        with self._changed:
            self._is_closed = True
            self._changed.notify()
        self._thread.join()

    def _run(self) -> None:
        while (group := self._next_group()) is not None:
            try:
                self._write(group)
            except BaseException as error:
                self._stop(error, group)
                return

    def _next_group(self) -> list[_Waiting] | None:
        """Wait; then as many as one commit takes. None once it is closed and all is written.

        While the disk is full it is looked at now and then, though nothing is submitted: the list is empty then.
        """
        with self._changed:
            while not self._waiting:
                if self._is_closed:
                    return None
                if not self._changed.wait(LOOK_AGAIN_SECONDS if self.last_refusal else None):
                    return []
            group: list[_Waiting] = []
            messages = size = 0
            while self._waiting and messages < AT_ONCE and size < AT_ONCE_BYTES:
                group.append(self._waiting.popleft())
                self._count(group[-1][0], -1)
                messages, size = messages + group[-1][0].size, size + group[-1][0].bytes
            return group

    def _write(self, group: list[_Waiting]) -> None:
        try:
            receipts = self._written([submission for submission, _ in group])
        except JournalFull as full:
            self.last_refusal = full
            _fail(group, full)
            return
        self.last_refusal = None
        for (_, future), receipt in zip(group, receipts, strict=True):
            if future.set_running_or_notify_cancel():
                future.set_result(receipt)
        with suppress(JournalFull):  # what was written is durable; what was to be tidied waits for the next time
            self._book.tidy()

    def _written(self, submissions: list[Submission]) -> list[Receipt]:
        if not submissions:
            self._book.probe()
            return []
        return self._book.write(submissions, self._clock.now())

    def _stop(self, error: BaseException, group: list[_Waiting]) -> None:
        with self._changed:
            self.failure = error
            group = [*group, *self._waiting]
            self._waiting.clear()
        _fail(group, self._stopped())

    def _stopped(self) -> JournalStopped:
        if self.failure is None:
            return JournalStopped(_CLOSED)
        stopped = JournalStopped(_STOPPED.with_(why=type(self.failure).__name__), remedy=_AGAIN)
        stopped.__cause__ = self.failure
        return stopped

    def _count(self, submission: Submission, sign: int) -> None:
        self._messages += sign * submission.size
        self._bytes += sign * submission.bytes


def _fail(group: list[_Waiting], error: Exception) -> None:
    for _, future in group:
        if not future.done() and future.set_running_or_notify_cancel():
            future.set_exception(error)
