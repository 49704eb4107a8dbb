"""The journal: durable messages a second at 100 for each submission, and whether memory and speed hold as ids grow."""

import argparse
import random
import resource
import tempfile
import time
import uuid
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

from quartier.clock import SystemClock
from quartier.errors import JournalFull
from quartier.store.journal import Arrival, Journal, Receipt

LINE_BYTES, AT_ONCE = 360, 100


def main() -> None:
    """Append messages with ids that nobody has, then read them all; print a line for each million."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--messages", type=int, default=1_000_000)
    options.add_argument("--folder", type=Path)
    options.add_argument("--url")
    given = options.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        journal = Journal(given.url or f"sqlite:///{folder}/journal.sqlite", SystemClock())
        _append(journal, given.messages)
        _read(journal)
        journal.close()


def _append(journal: Journal, messages: int) -> None:
    """The seconds are those of the whole process, making the messages too; the CPU seconds are without it."""
    step = min(1_000_000, messages)
    started, spent = time.perf_counter(), time.process_time()
    waiting: deque[Future[Receipt]] = deque()
    for done, (batch, making) in enumerate(_batches(messages), start=1):
        spent += making
        waiting.append(_submitted(journal, batch, waiting))
        if done * AT_ONCE % step == 0:
            _drain(waiting)
            wall, cpu = time.perf_counter() - started, time.process_time() - spent
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            said = f"{step / wall:>9,.0f}/s, {step / cpu:>9,.0f} per CPU second, {peak:,.0f} MB"
            print(f"{done * AT_ONCE:>11,} messages: {said}", flush=True)
            started, spent = time.perf_counter(), time.process_time()
    _drain(waiting)


def _submitted(journal: Journal, batch: list[Arrival], waiting: deque[Future[Receipt]]) -> Future[Receipt]:
    """Submit as a client does that waits for its turn when it is told that the queue is full."""
    while True:
        try:
            return journal.submit(batch)
        except JournalFull:
            waiting.popleft().result()


def _drain(waiting: deque[Future[Receipt]]) -> None:
    while waiting:
        assert all(waiting.popleft().result().is_new)


def _batches(messages: int) -> Iterator[tuple[list[Arrival], float]]:
    """Batches with random ids, and the CPU seconds that making each took, which are not the journal's."""
    draw = random.Random(5)
    for _ in range(messages // AT_ONCE):
        started = time.thread_time()
        ids = [str(uuid.UUID(int=draw.getrandbits(128))) for _ in range(AT_ONCE)]
        batch = [
            Arrival(each, (f'{{"messageId":"{each}","pad":"' + "x" * 360)[: LINE_BYTES - 2].encode() + b'"}')
            for each in ids
        ]
        yield batch, time.thread_time() - started


def _read(journal: Journal) -> None:
    started = time.perf_counter()
    messages = sum(entry.count for entry in journal.entries(0))
    assert messages == journal.end()
    print(f"{messages:>11,} messages read and verified: {messages / (time.perf_counter() - started):,.0f}/s")


if __name__ == "__main__":
    main()
