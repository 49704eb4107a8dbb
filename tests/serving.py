"""The API on a free port of this machine, in a thread of the test, over a journal of its own."""

import datetime as dt
import json
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Self

import uvicorn

from quartier.api.app import api
from quartier.clock import Clock, SystemClock
from quartier.store import Store
from quartier.store.journal import Journal
from quartier.store.journal.journal import QUEUE
from quartier.workspace.keys import Keys

PATIENCE = 30


class Live:
    """A server that takes messages for as long as the block lasts."""

    def __init__(self, folder: Path, *, journal_clock: Clock | None = None, queue: int = QUEUE) -> None:
        self.clock = SystemClock()
        self.store = Store(f"sqlite:///{folder / 'store.sqlite'}", self.clock.now())
        self.journal = Journal(f"sqlite:///{folder / 'journal.sqlite'}", journal_clock or self.clock, queue=queue)
        self.keys = Keys(self.store, self.clock)
        self.key = self.keys.create("web").key
        self.app = api(self.store, self.journal, self.clock)
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        config = uvicorn.Config(self.app, log_config=None, access_log=False, lifespan="off")
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, args=([self._socket],))

    def __enter__(self) -> Self:
        self._thread.start()
        until(lambda: self._server.started)
        return self

    def __exit__(self, *_error: object) -> None:
        self._server.should_exit = True
        self._thread.join()
        self._socket.close()
        self.journal.close()
        self.store.close()

    def kept(self) -> list[dict]:
        """Every message of the journal, in order."""
        return [json.loads(line) for entry in self.journal.entries(0) for line in entry.body.splitlines()]


class Gate:
    """A clock for the journal that stops its writer while it is shut, as a disk that hangs does."""

    def __init__(self) -> None:
        self._is_open = threading.Event()
        self._is_open.set()

    def shut(self) -> None:
        """Let nothing more be written."""
        self._is_open.clear()

    def open(self) -> None:
        """Let all that waits be written."""
        self._is_open.set()

    def now(self) -> dt.datetime:
        """The present instant, once the gate is open."""
        assert self._is_open.wait(PATIENCE)
        return dt.datetime.now(dt.UTC)


def until(is_so: Callable[[], object], patience: float = PATIENCE) -> None:
    """Wait until something is so; fails when it is not in time."""
    deadline = time.monotonic() + patience
    while not is_so():
        assert time.monotonic() < deadline, "not in time"
        time.sleep(0.01)
