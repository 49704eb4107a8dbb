"""Messages that are sent one to five times, in any order, by processes that are killed and whose clocks jump."""

import datetime as dt
import random
from contextlib import closing
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from quartier.clock import FixedClock
from quartier.store.journal import Arrival, Journal
from tests.crash.appending import NOW, ids_in, told_by, url
from tests.crash.processes import running


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


def send_again(folder: Path, messages: int) -> int:
    """How many times the messages were sent; each of them is kept once."""
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
    return len(sent)
