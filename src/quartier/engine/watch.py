"""The limit of time of a query: a thread that looks at the clock and interrupts what has run for too long."""

import threading
import time
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Watch:
    """Interrupts a query that lasts longer than some seconds; one query at a time."""

    def __init__(self, interrupt: Callable[[], None], seconds: float) -> None:
        self.interrupt, self.seconds = interrupt, seconds
        self.has_expired = False
        self._deadline: float | None = None
        self._thread: threading.Thread | None = None

    @contextmanager
    def limited(self) -> Iterator[None]:
        """Interrupt what runs inside the block once the limit is reached."""
        if self._thread is None:
            self._thread = threading.Thread(target=_look, args=(weakref.ref(self),), daemon=True, name="quartier-watch")
            self._thread.start()
        self.has_expired, self._deadline = False, time.monotonic() + self.seconds
        try:
            yield
        finally:
            self._deadline = None

    def look(self) -> None:
        """Interrupt if the limit is reached."""
        if self._deadline is not None and time.monotonic() > self._deadline:
            self.has_expired, self._deadline = True, None
            self.interrupt()


def _look(watched: "weakref.ref[Watch]") -> None:
    """Look from time to time, as long as there is something to watch."""
    while (watch := watched()) is not None:
        watch.look()
        pause = min(1.0, watch.seconds / 4)
        del watch
        time.sleep(pause)
