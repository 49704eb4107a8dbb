"""Figures that are made once: drawings by what they show, and long answers by what was read for them.

A drawing is a function of its content and of the language, so that one which is kept cannot be stale. A long answer
says as of when it is.
"""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic
from typing import Any, TypeVar

Made = TypeVar("Made")
MOST = 300
"""So many are remembered; what was asked for longest ago is forgotten first."""
LONG, PATIENCE = 2.0, 20.0
"""An answer that took more seconds than this is given again for so many times as long."""


class Kept:
    """What was made, by what it was made of."""

    def __init__(self, most: int = MOST) -> None:
        self._most, self._made, self._lock = most, OrderedDict[str, Any](), threading.Lock()

    def get(self, of: object, make: Callable[[], Made]) -> Made:
        """What is kept for `of`, a frozen value whose `repr` tells all of it; made now where nothing is."""
        key = _digest(of)
        with self._lock:
            if key in self._made:
                self._made.move_to_end(key)
                known: Made = self._made[key]
                return known
        made = make()
        with self._lock:
            self._made[key] = made
            while len(self._made) > self._most:
                self._made.popitem(last=False)
        return made


@dataclass
class _Answer:
    """An answer, the state of the tables it was read from, when it was there and how many seconds it took."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    state: object = None
    at: float = 0.0
    took: float = 0.0
    made: Any = None

    def holds(self, state: object) -> bool:
        if self.made is None:
            return False
        return self.state == state or (self.took > LONG and monotonic() - self.at < PATIENCE * self.took)


class Answers:
    """Long answers about tables that change; whoever asks for the same at the same time waits for one making of it.

    One is given again while the tables are as they were. One that took long is given again while it is young for what
    it took, too: where messages arrive all the time, looking at a page would otherwise keep the machine busy.
    """

    def __init__(self, most: int = 50) -> None:
        self._most, self._known, self._lock = most, OrderedDict[str, _Answer](), threading.Lock()

    def get(self, of: object, state: object, make: Callable[[], Made]) -> Made:
        """The answer to `of`, a frozen value whose `repr` tells all of it, in a state of the tables."""
        answer = self._of(of)
        with answer.lock:
            if not answer.holds(state):
                begun = monotonic()
                answer.made = make()
                answer.state, answer.at, answer.took = state, monotonic(), monotonic() - begun
            made: Made = answer.made
            return made

    def _of(self, of: object) -> _Answer:
        with self._lock:
            answer = self._known.setdefault(_digest(of), _Answer())
            self._known.move_to_end(_digest(of))
            while len(self._known) > self._most:
                self._known.popitem(last=False)
            return answer


def _digest(of: object) -> str:
    return hashlib.sha256(repr(of).encode()).hexdigest()


DRAWINGS = Kept()
ANSWERS = Answers()
