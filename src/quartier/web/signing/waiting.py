"""Those who have shown who they are and owe a code yet: in memory, for a few minutes, each in one browser."""

import datetime as dt
import secrets
import threading
from collections import OrderedDict
from dataclasses import dataclass, field

from quartier.store.sessions import digest

LASTS = dt.timedelta(minutes=5)
_MOST = 1000


@dataclass(frozen=True)
class Waiting:
    """Who waits, where they wanted to go, and by what they were known."""

    user: int
    following: str
    by: str
    at: dt.datetime


@dataclass
class WaitingRoom:
    """Who waits, by the digest of what their browser keeps."""

    _inside: OrderedDict[str, Waiting] = field(default_factory=OrderedDict, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def enter(self, waiting: Waiting) -> str:
        """What the browser keeps; those who came first leave when there are too many."""
        token = secrets.token_urlsafe(32)
        with self._lock:
            self._inside[digest(token)] = waiting
            while len(self._inside) > _MOST:
                self._inside.popitem(last=False)
        return token

    def find(self, token: str, now: dt.datetime) -> Waiting | None:
        """Who waits in this browser; None where nobody does, or for too long."""
        with self._lock:
            found = self._inside.get(digest(token))
        return found if found and now - found.at < LASTS else None

    def leave(self, token: str) -> bool:
        """Let somebody go in or away; whether they were there."""
        with self._lock:
            return self._inside.pop(digest(token), None) is not None
