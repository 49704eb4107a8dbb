"""The worker: each task when it is due, none stopped by the failure of another, the last things at the end."""

import datetime as dt
import itertools
import logging
import threading
from time import monotonic, sleep

import pytest

from quartier.clock import FixedClock
from quartier.errors import InvalidRequest
from quartier.language import Text
from quartier.serve.worker import Task, Worker
from tests.serving import until

NOW = dt.datetime(2026, 11, 22, 10, tzinfo=dt.UTC)


class Room:
    """Stands for a workspace: knows by which thread it was opened and closed."""

    def __init__(self) -> None:
        self.opened_by, self.closed_by = threading.current_thread().name, ""
        self.done: list[str] = []

    def close(self) -> None:
        self.closed_by = threading.current_thread().name


def worker(*tasks: Task) -> Worker:
    return Worker(Room, tasks, FixedClock(NOW))


def doing(name: str):
    return lambda room: room.done.append(name)


def test_tasks_are_done_again_and_again_by_the_thread_that_opened_the_workspace():
    made = worker(Task("often", 0.01, doing("often")), Task("rarely", 1000, doing("rarely")))
    room = made.start()
    until(lambda: room.done.count("often") >= 3)
    made.stop()
    assert room.done.count("rarely") == 1
    assert (room.opened_by, room.closed_by) == ("worker", "worker")


def test_a_task_that_fails_is_told_without_data_and_stops_no_other(caplog: pytest.LogCaptureFixture):
    def fail(_room: Room) -> None:
        raise ValueError("ana@example.com")

    made = worker(Task("bad", 0.01, fail), Task("good", 0.01, doing("good")))
    with caplog.at_level(logging.ERROR):
        room = made.start()
        until(lambda: room.done.count("good") >= 2 and made.standings["bad"].failures >= 2)
        made.stop()
    assert "ana@example.com" not in caplog.text
    assert "ValueError" in caplog.text
    told = made.as_json()
    assert (told["bad"]["ok"], told["bad"]["error"], told["good"]["ok"]) == (False, "ValueError", True)


def test_a_task_that_recovers_is_well_again():
    def sometimes(room: Room) -> None:
        room.done.append("tried")
        if len(room.done) == 1:
            raise InvalidRequest(Text(en="not now", fr="pas maintenant"))

    made = worker(Task("sometimes", 0.01, sometimes))
    room = made.start()
    until(lambda: len(room.done) >= 2 and made.standings["sometimes"].failures == 0)
    made.stop()
    assert made.standings["sometimes"].failed_at == NOW


def test_an_urgent_task_is_done_between_any_two_others():
    urgent = Task("urgent", 0.0, doing("urgent"), is_urgent=True)
    made = worker(urgent, Task("one", 0.0, doing("one")), Task("two", 0.0, doing("two")))
    room = made.start()
    until(lambda: room.done.count("two") >= 3)
    made.stop()
    slow = [place for place, name in enumerate(room.done) if name != "urgent"]
    assert all(room.done[place - 1] == "urgent" for place in slow)


def test_a_task_comes_as_often_however_long_it_takes():
    began: list[float] = []

    def take_long(_room: Room) -> None:
        began.append(monotonic())
        sleep(0.15)

    made = worker(Task("long", 0.2, take_long))
    made.start()
    until(lambda: len(began) >= 6)
    made.stop()
    assert min(later - earlier for earlier, later in itertools.pairwise(began)) < 0.3


def test_the_last_thing_is_done_at_the_end():
    made = worker(Task("last", 1000, doing("last"), is_last_thing=True), Task("other", 1000, doing("other")))
    room = made.start()
    until(lambda: len(room.done) == 2)
    made.stop()
    assert room.done == ["last", "other", "last"]


def test_a_workspace_that_cannot_be_opened_is_told_at_once():
    def refuse() -> Room:
        raise InvalidRequest(Text(en="no", fr="non"))

    with pytest.raises(InvalidRequest):
        Worker(refuse, [], FixedClock(NOW)).start()
