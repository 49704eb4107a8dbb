"""What is kept on the disk is not kept in memory."""

import os
from contextlib import closing
from pathlib import Path

import pytest

from quartier.clock import FixedClock
from quartier.store.journal import Arrival, Journal
from tests.crash.appending import NOW, url

LINE = b'{"pad":"' + b"x" * 340 + b'"}'
MEGABYTES = 64


@pytest.mark.slow
def test_a_journal_of_a_million_messages_needs_no_more_memory_than_one_of_three_hundred_thousand(folder: Path) -> None:
    with closing(Journal(url(folder), FixedClock(NOW))) as journal:
        append(journal, 0, 300_000)
        before = resident()
        append(journal, 300_000, 1_000_000)
        assert journal.end() == 1_000_000
        assert resident() - before < MEGABYTES << 20


def append(journal: Journal, start: int, end: int) -> None:
    for first in range(start, end, 1_000):
        journal.append([Arrival(str(number), LINE) for number in range(first, first + 1_000)])


def resident() -> int:
    """The memory of this process, in bytes."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")
