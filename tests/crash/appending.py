"""A process that appends to a journal and tells each receipt. It is made to be killed, at any moment or at a point."""

import datetime as dt
import json
import os
import signal
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import closing
from dataclasses import dataclass
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from quartier.clock import FixedClock
from quartier.store.journal import Arrival, Journal, Receipt, known, mark, sqlite, writer

EACH = 5
"""Messages of one submission: they are kept together or not at all."""

AT_ONCE = 8
"""Submissions that wait at the same time, so that one commit holds several."""

NOW = dt.datetime(2026, 11, 21, 14, 5, tzinfo=dt.UTC)
POINTS: dict[str, tuple[type, str, bool]] = {
    "before the transaction": (sqlite.SqliteBook, "write", False),
    "written, not committed": (sqlite.SqliteBook, "_kept", True),
    "committed, not marked": (mark.Mark, "put", False),
    "marked, not told": (mark.Mark, "put", True),
    "told, not tidied": (sqlite.SqliteBook, "tidy", False),
    "tidied": (sqlite.SqliteBook, "tidy", True),
    "before ids are settled": (known.KnownIds, "settle", False),
    "ids settled, not committed": (known.KnownIds, "settle", True),
    "before a group is written": (writer.Writer, "_write", False),
}
"""Every durable step, before and after: the class, the method, and whether the process dies after it."""


@dataclass(frozen=True)
class Orders:
    """What the process does: append submission after submission from a number on, until it is killed."""

    folder: Path
    start: int = 1
    synchronous: str = "FULL"
    point: str | None = None
    passes: int = 3
    now: dt.datetime = NOW


def append_until_killed(orders: Orders, told: Connection) -> None:
    """Tell the number of each submission once its receipt is there."""
    _tidy_often()
    _loosen(orders.synchronous)
    if orders.point:
        _die_at(*POINTS[orders.point], orders.passes)
    journal, waiting = Journal(url(orders.folder), FixedClock(orders.now)), deque[tuple[int, Future[Receipt]]]()
    for number in count(orders.start):
        waiting.append((number, journal.submit(arrivals(number))))
        if len(waiting) == AT_ONCE:
            first, receipt = waiting.popleft()
            receipt.result()
            told.send(first)


def arrivals(number: int) -> list[Arrival]:
    """The messages of a submission, of different lengths."""
    ids = [f"{number}-{place}" for place in range(EACH)]
    return [Arrival(each, json.dumps({"messageId": each, "pad": "x" * (number % 97)}).encode()) for each in ids]


def url(folder: Path) -> str:
    """The journal of a folder."""
    return f"sqlite:///{folder / 'journal.sqlite'}"


def ids_in(folder: Path) -> list[str]:
    """The ids of all messages in order; their numbers have no gap, each is there once, nothing was found lost."""
    with closing(Journal(url(folder), FixedClock(NOW))) as journal:
        assert journal.found_lost is None
        entries = list(journal.entries(0))
    assert [entry.first for entry in entries] == [1, *(entry.last + 1 for entry in entries)][: len(entries)]
    ids = [json.loads(line)["messageId"] for entry in entries for line in entry.body.split(b"\n")]
    assert len(ids) == len(set(ids)) == sum(entry.count for entry in entries)
    return ids


def submissions_in(folder: Path) -> set[int]:
    """The numbers of the submissions that are there, each of them whole."""
    found = Counter(int(each.partition("-")[0]) for each in ids_in(folder))
    assert set(found.values()) <= {EACH}, "a part of a submission was kept"
    return set(found)


def told_by(receiver: Connection, wanted: int | None = None) -> Iterator[int]:
    """What a process tells: so many numbers, or all until it is dead."""
    try:
        for _ in range(wanted) if wanted is not None else count():
            yield receiver.recv()
    except EOFError:
        return


def _tidy_often() -> None:
    """The steps that come once in many thousand messages come every few."""
    sqlite._CHECKPOINT_BYTES = 20_000
    known.NEWEST = 64


def _loosen(synchronous: str) -> None:
    sqlite._PRAGMAS = tuple(each.replace("FULL", synchronous) for each in sqlite._PRAGMAS)


def _die_at(owner: type, name: str, is_after: bool, passes: int) -> None:
    method: Callable[..., Any] = getattr(owner, name)
    left = iter(range(passes))

    def deadly(*args: Any, **kwargs: Any) -> Any:
        is_last = next(left, None) is None
        if is_last and not is_after:
            os.kill(os.getpid(), signal.SIGKILL)
        done = method(*args, **kwargs)
        if is_last:
            os.kill(os.getpid(), signal.SIGKILL)
        return done

    setattr(owner, name, deadly)


__all__: Sequence[str] = ["POINTS", "Orders", "append_until_killed", "arrivals", "ids_in", "submissions_in", "url"]
