"""What was acknowledged is kept once, wherever the process is killed."""

import datetime as dt
import random
from contextlib import closing
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from quartier.clock import FixedClock
from quartier.store.journal import Arrival, Journal
from tests.crash.appending import NOW, ids_in, told_by, url
from tests.crash.kills import kill_at_points, kill_at_random, messages_in
from tests.crash.processes import running


@pytest.mark.parametrize("times", [21, pytest.param(300, marks=pytest.mark.slow)])
def test_no_kill_at_a_random_moment_loses_or_doubles_what_was_acknowledged(folder: Path, times: int) -> None:
    acknowledged = kill_at_random(folder, times, seed=times)
    assert acknowledged.last >= times
    assert messages_in(folder) >= 5 * acknowledged.last


@pytest.mark.parametrize("passes", [[3], pytest.param([0, 1, 2, 5, 9, 14, 20, 33], marks=pytest.mark.slow)])
def test_no_kill_at_a_step_that_makes_messages_durable_loses_or_doubles_them(folder: Path, passes: list[int]) -> None:
    assert kill_at_points(folder, passes).last > 3


@dataclass(frozen=True)
class Sending:
    """Batches of ids, sent by a process whose clock shows a time."""

    folder: Path
    batches: list[list[str]]
    now: dt.datetime


def send(sending: Sending, told: Connection) -> None:
    """Send every batch, and tell its place once it is durable."""
    with closing(Journal(url(sending.folder), FixedClock(sending.now))) as journal:
        for place, batch in enumerate(sending.batches):
            journal.append([Arrival(each, b'{"messageId":"%s"}' % each.encode()) for each in batch])
            told.send(place)


@pytest.mark.parametrize("messages", [10_000, pytest.param(100_000, marks=pytest.mark.slow)])
def test_messages_that_are_sent_again_across_kills_and_a_clock_that_jumps_are_kept_once(
    folder: Path, messages: int
) -> None:
    chance = random.Random(messages)
    sent = [str(each) for each in range(messages) for _ in range(chance.randint(1, 5))]
    chance.shuffle(sent)
    batches = [sent[at : at + 100] for at in range(0, len(sent), 100)]
    done = 0
    for jump in (dt.timedelta(), dt.timedelta(hours=-3), dt.timedelta(days=40)):
        with running(send, Sending(folder, batches[done:], NOW + jump)) as (process, told):
            heard = list(told_by(told, len(batches) // 4))
            process.kill()
            done += len(heard) + len(list(told_by(told)))
        again = max(0, done - 20)  # the sender is unsure of its last ones
        done = again
    with running(send, Sending(folder, batches[done:], NOW)) as (process, told):
        assert len(list(told_by(told))) == len(batches) - done
    assert sorted(ids_in(folder), key=int) == [str(each) for each in range(messages)]


def test_two_workspaces_have_ids_of_their_own(folder: Path) -> None:
    for name in ("ours", "theirs"):
        (folder / name).mkdir()
        with closing(Journal(url(folder / name), FixedClock(NOW))) as journal:
            assert journal.append([Arrival("1", b"{}")]).is_new == (True,)
