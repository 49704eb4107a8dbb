"""Figures that are made once: drawings by what they show, and long answers by what was read for them.

A drawing is a function of its content and of the language, so that one which is kept cannot be stale.
"""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, TypeVar

Made = TypeVar("Made")
MOST = 300
"""So many are remembered; what was asked for longest ago is forgotten first."""


class Kept:
    """What was made, by what it was made of."""

    def __init__(self, most: int = MOST) -> None:
        self._most, self._made, self._lock = most, OrderedDict[str, Any](), threading.Lock()

    def get(self, of: object, make: Callable[[], Made]) -> Made:
        """What is kept for `of`, a frozen value whose `repr` tells all of it; made now where nothing is."""
        key = hashlib.sha256(repr(of).encode()).hexdigest()
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


DRAWINGS = Kept()
ANSWERS = Kept(50)
