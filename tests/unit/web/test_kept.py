import threading

import pytest

from quartier.web import kept
from quartier.web.kept import Answers, Kept


class Slow:
    """Something that takes so many seconds of a clock that is moved by hand."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
        self.now, self.seconds, self.times = 100.0, seconds, 0
        monkeypatch.setattr(kept, "monotonic", lambda: self.now)

    def __call__(self) -> int:
        self.now += self.seconds
        self.times += 1
        return self.times


def test_what_is_kept_longest_without_being_asked_for_is_forgotten_first():
    made = Kept(2)
    for each in ("a", "b", "a", "c"):
        made.get(each, lambda each=each: each.upper())
    assert made.get("a", lambda: "anew") == "A"
    assert made.get("b", lambda: "anew") == "anew"


def test_an_answer_is_given_again_while_the_tables_are_as_they_were(monkeypatch: pytest.MonkeyPatch):
    answers, slow = Answers(), Slow(monkeypatch, 0.1)
    assert [answers.get("size", state, slow) for state in (1, 1, 2, 2)] == [1, 1, 2, 2]
    assert answers.get("another", 2, slow) == 3


def test_an_answer_that_took_long_is_given_again_while_it_is_young_for_what_it_took(monkeypatch: pytest.MonkeyPatch):
    answers, slow = Answers(), Slow(monkeypatch, 10.0)
    assert answers.get("size", 1, slow) == 1
    slow.now += 199
    assert answers.get("size", 2, slow) == 1
    slow.now += 2
    assert answers.get("size", 3, slow) == 2


def test_those_who_ask_at_the_same_time_wait_for_one_answer():
    answers, begun, go, made = Answers(), threading.Event(), threading.Event(), []

    def make() -> int:
        begun.set()
        assert go.wait(10)
        made.append(1)
        return len(made)

    found: list[int] = []
    askers = [threading.Thread(target=lambda: found.append(answers.get("size", 1, make))) for _ in range(3)]
    for each in askers:
        each.start()
    assert begun.wait(10)
    go.set()
    for each in askers:
        each.join()
    assert found == [1, 1, 1]


def test_an_answer_that_failed_is_made_again():
    answers = Answers()

    def fail() -> int:
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 - the error is ours, above
        answers.get("size", 1, fail)
    assert answers.get("size", 1, lambda: 2) == 2
