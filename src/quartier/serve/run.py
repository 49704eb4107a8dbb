"""`quartier serve`: one process that takes messages over HTTP and keeps tables and segments up to date."""

import contextlib
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import uvicorn
from fastapi import FastAPI

from quartier.clock import Clock, SystemClock
from quartier.collect.readers.apart import Apart
from quartier.errors import InvalidRequest
from quartier.language import Text
from quartier.look.drawing import warm_up
from quartier.serve.app import assembled
from quartier.serve.tasks import tasks
from quartier.serve.worker import Worker
from quartier.workspace import open as open_workspace

HOST, PORT, PERIOD = "127.0.0.1", 8080, 1.0
BACKLOG = 1024
WARM_UP = 1.0
"""Seconds after which charts are made ready: whoever waits for the server to begin comes first."""


@dataclass(frozen=True)
class Listening:
    """Where the server listens; `setup` is what the first owner comes in with, None once there is a user."""

    host: str
    port: int
    setup: str | None = None

    @property
    def url(self) -> str:
        """The address to give to an SDK as its host."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"

    @property
    def setup_url(self) -> str | None:
        """The link that works once, by which the first owner comes in."""
        return f"{self.url}/welcome/{self.setup}" if self.setup else None


def serve(
    folder: Path,
    *,
    host: str = HOST,
    port: int = PORT,
    period: float = PERIOD,
    clock: Clock | None = None,
    announce: Callable[[Listening], object] = lambda _where: None,
) -> None:
    """Serve the workspace in `folder` until SIGTERM or SIGINT; `announce` is called once it listens.

    At the end: no new connection is taken, requests at hand are answered, what the journal holds is projected, all
    files are closed. Port 0 takes one that is free;
    `period` is how many seconds pass between two projections.
    """
    time = clock or SystemClock()
    with _listening(host, port) as listener:
        worker = Worker(lambda: open_workspace(folder, clock=time), tasks(period), time)
        workspace = worker.start()
        workspace.opener = apart = Apart(seconds=workspace.config.query_seconds)
        try:
            app = assembled(workspace, tasks=worker.as_json, work=worker.work)
            with _quiet_signals(), _warming_up():
                listener.listen(BACKLOG)  # who is told may connect at once, and waits for an answer
                announce(Listening(host, listener.getsockname()[1], workspace.users.set_up()))
                _run(app, listener)
                apart.stop()
                worker.stop()
        finally:
            apart.stop()
            worker.stop()


@contextlib.contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    """A socket that is bound before the workspace is opened: a port that is taken is told at once."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
        except OSError as error:
            raise InvalidRequest(_TAKEN.with_(address=f"{host}:{port}"), remedy=_OTHER_PORT) from error
        yield listener


@contextlib.contextmanager
def _quiet_signals() -> Iterator[None]:
    """SIGTERM and SIGINT end the server and nothing else: uvicorn raises them once more when it has ended."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {each: signal.signal(each, _unheard) for each in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


@contextlib.contextmanager
def _warming_up() -> Iterator[None]:
    """What draws charts is loaded beside the first requests, and not by the first page that shows one."""
    timer = threading.Timer(WARM_UP, warm_up)
    timer.name = "charts"
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()


def _unheard(_signal: int, _frame: FrameType | None) -> None:
    """The server has heard it already."""


def _run(app: FastAPI, listener: socket.socket) -> None:
    config = uvicorn.Config(
        app, log_config=None, access_log=False, lifespan="off", server_header=False, date_header=False, backlog=BACKLOG,
        timeout_graceful_shutdown=10,
    )  # fmt: skip
    uvicorn.Server(config).run(sockets=[listener])


_TAKEN = Text(en="{address} cannot be listened on", fr="impossible d'écouter sur {address}")
_OTHER_PORT = Text(
    en="choose another address with `--host` and `--port`; port 0 takes one that is free",
    fr="choisissez une autre adresse avec `--host` et `--port` ; le port 0 en prend un de libre",
)
