"""The API on a free port of this machine, in a thread of the test, over a journal of its own."""

import json
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Self

import uvicorn

from quartier.api.app import api
from quartier.clock import SystemClock
from quartier.store import Store
from quartier.store.journal import Journal
from quartier.workspace.keys import Keys

PATIENCE = 30


class Live:
    """A server that takes messages for as long as the block lasts."""

    def __init__(self, folder: Path) -> None:
        self.clock = SystemClock()
        self.store = Store(f"sqlite:///{folder / 'store.sqlite'}", self.clock.now())
        self.journal = Journal(f"sqlite:///{folder / 'journal.sqlite'}", self.clock)
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


def until(is_so: Callable[[], object], patience: float = PATIENCE) -> None:
    """Wait until something is so; fails when it is not in time."""
    deadline = time.monotonic() + patience
    while not is_so():
        assert time.monotonic() < deadline, "not in time"
        time.sleep(0.01)
