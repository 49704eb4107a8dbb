"""Cut the power of a process that appends, again and again, and count what is lost."""

import random
import sqlite3
from contextlib import closing
from pathlib import Path

from quartier.clock import FixedClock
from quartier.errors import QuartierError
from quartier.store.journal import Journal
from tests.crash.appending import NOW, Orders, append_until_killed, arrivals, submissions_in, told_by, url
from tests.crash.disk import Disk
from tests.crash.kills import Acknowledged, assert_kept
from tests.crash.processes import running


def cut_power(folder: Path, times: int, seed: int) -> Acknowledged:
    """Cut so many times, each time after some receipts; the journal goes on from what the disk held."""
    chance, acknowledged, disk = random.Random(seed), Acknowledged(), Disk.made(folder)
    for _ in range(times):
        disk.take(_cut(disk, Orders(disk.place, acknowledged.last + 1), chance.randint(1, 25), acknowledged))
        with disk.mounted() as place:
            assert_kept(place, acknowledged)
    return acknowledged


def lost_to_cuts(folder: Path, synchronous: str, times: int, seed: int) -> list[int]:
    """How many acknowledged submissions each cut took from a journal that flushes less than ours; each begins anew."""
    chance, lost = random.Random(seed), []
    for _ in range(times):
        disk, acknowledged = Disk.made(folder), Acknowledged(1)
        with disk.mounted() as place, closing(Journal(url(place), FixedClock(NOW))) as journal:
            journal.append(arrivals(1))
        disk.take(_cut(disk, Orders(disk.place, 2, synchronous), chance.randint(25, 50), acknowledged))
        with disk.mounted() as place:
            lost.append(len(acknowledged.submissions - _readable(place)))
    return lost


def _cut(disk: Disk, orders: Orders, receipts: int, acknowledged: Acknowledged) -> Path:
    with disk.mounted(), running(append_until_killed, orders) as (process, told):
        heard = list(told_by(told, receipts))
        assert process.pid is not None
        after = disk.cut(process.pid)
        acknowledged.count(heard + list(told_by(told)))
        return after


def _readable(folder: Path) -> set[int]:
    """What can still be read; nothing of a journal that cannot be opened, or says that it lost something."""
    try:
        return submissions_in(folder)
    except (AssertionError, QuartierError, sqlite3.Error):
        return set()
