"""What requests ask for is done in order by one thread, and each is told what became of it."""

import datetime as dt

import pytest

from quartier.clock import FixedClock
from quartier.errors import InvalidRequest
from quartier.language import Text
from quartier.serve.worker import Worker
from quartier.workspace import work
from quartier.workspace.work import Work
from tests.unit.serve.test_worker import Room

CLOCK = FixedClock(dt.datetime(2026, 11, 22, 10, tzinfo=dt.UTC))
TITLE = Text(en="A job", fr="Un travail")


def test_the_workers_thread_does_what_is_asked_and_whoever_asked_is_told():
    worker = Worker(Room, (), CLOCK)
    room = worker.start()
    first = worker.work.ask(TITLE, lambda made, _job: made.done.append("first") or "done first", by="ana")
    second = worker.work.ask(TITLE, lambda made, _job: made.done.append("second"), by="ana")
    assert first.wait(30)
    assert second.wait(30)
    worker.stop()
    assert room.done == ["first", "second"]
    assert (first.state, first.result) == ("done", "done first")


def test_what_fails_is_told_with_its_reason_and_stops_nothing():
    worker = Worker(Room, (), CLOCK)
    worker.start()

    def refuse(_room, _job):
        raise InvalidRequest(Text(en="no", fr="non"))

    refused = worker.work.ask(TITLE, refuse, by="ana")
    broken = worker.work.ask(TITLE, lambda _room, _job: 1 / 0, by="ana")
    after = worker.work.ask(TITLE, lambda _room, _job: "still here", by="ana")
    assert after.wait(30)
    worker.stop()
    assert (refused.state, str(refused.error)) == ("failed", "no")
    assert (broken.state, broken.error) == ("failed", None)
    assert after.result == "still here"


def test_what_was_not_begun_when_the_server_stops_says_so():
    asked = Work(CLOCK)
    job = asked.ask(TITLE, lambda _room, _job: None, by="ana")
    asked.close()
    assert job.has_ended
    assert isinstance(job.error, InvalidRequest)
    with pytest.raises(InvalidRequest):
        asked.ask(TITLE, lambda _room, _job: None, by="ana")


def test_more_than_can_be_done_is_not_taken():
    asked = Work(CLOCK)
    for _ in range(work.MOST_WAITING):
        asked.ask(TITLE, lambda _room, _job: None, by="ana")
    with pytest.raises(InvalidRequest):
        asked.ask(TITLE, lambda _room, _job: None, by="ana")


def test_how_far_a_job_is_stays_between_nothing_and_all():
    asked = Work(CLOCK)
    shares = []

    def do(_room, job):
        for share in (-1.0, 0.5, 7.0):
            job.tell(share)
            shares.append(job.share)

    asked.ask(TITLE, do, by="ana")
    asked.do_next(Room())
    assert shares == [0.0, 0.5, 1.0]
