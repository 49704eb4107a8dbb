"""Kill a process that appends, again and again, and look each time at what it left behind."""

import datetime as dt
import random
from dataclasses import dataclass
from pathlib import Path

from tests.crash.appending import (
    AT_ONCE,
    EACH,
    NOW,
    POINTS,
    Orders,
    append_until_killed,
    ids_in,
    submissions_in,
    told_by,
)
from tests.crash.processes import running


@dataclass
class Acknowledged:
    """The submissions of which a process told the receipt."""

    last: int = 0

    @property
    def submissions(self) -> set[int]:
        """Their numbers: a process tells them in order."""
        return set(range(1, self.last + 1))

    def count(self, told: list[int]) -> None:
        """What one process told: each number after the one before."""
        assert told == list(range(self.last + 1, self.last + 1 + len(told)))
        self.last += len(told)


def kill_at_random(folder: Path, times: int, seed: int) -> Acknowledged:
    """Kill it so many times, each time after some receipts; a new one begins with what was not acknowledged."""
    chance, acknowledged = random.Random(seed), Acknowledged()
    for _ in range(times):
        with running(append_until_killed, Orders(folder, acknowledged.last + 1)) as (process, told):
            receipts = list(told_by(told, chance.randint(1, 25)))
            process.kill()
            receipts += told_by(told)
        acknowledged.count(receipts)
        assert_kept(folder, acknowledged)
    return acknowledged


def kill_at_point(folder: Path, point: str, passes: int, acknowledged: Acknowledged) -> None:
    """Let it kill itself when it passes a point for the n-th time."""
    orders = Orders(folder, acknowledged.last + 1, point=point, passes=passes, now=NOW + dt.timedelta(days=passes))
    with running(append_until_killed, orders) as (process, told):
        acknowledged.count(list(told_by(told)))
        process.join()
        assert process.exitcode == -9, f"it passed no {point!r}"
    assert_kept(folder, acknowledged)


def kill_at_points(folder: Path, passes: list[int]) -> Acknowledged:
    """Every point in turn, so many passes into it."""
    acknowledged = Acknowledged()
    for each in passes:
        for point in POINTS:
            kill_at_point(folder, point, each, acknowledged)
    return acknowledged


def assert_kept(folder: Path, acknowledged: Acknowledged) -> None:
    """All that was acknowledged is there once; beside it, at most what was on its way."""
    found = submissions_in(folder)
    lost = acknowledged.submissions - found
    assert not lost, f"{len(lost)} acknowledged submissions are lost"
    assert max(found - acknowledged.submissions, default=0) <= acknowledged.last + AT_ONCE + 1


def messages_in(folder: Path) -> int:
    """How many messages a journal holds."""
    found = len(ids_in(folder))
    assert found % EACH == 0
    return found
