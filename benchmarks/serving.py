"""`quartier serve` in a process of its own for the benchmarks, and a client that sends batches at a pace, or at none.

The server is the whole one: it takes messages, projects them, refreshes segments and looks after sources. What its
worker did and when is told when it ends; the monotonic clock is one for all processes of a machine.
"""

import base64
import functools
import json
import multiprocessing
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import quartier
from quartier.config import Config

CONNECTIONS, MESSAGES, PATIENCE = 4, 100, 60
KEY = "wk_benchmark"
SEGMENTS = 20
CUSTOMERS, _STRIDE = 200_000, 7919
"""Orders come from so many customers, one after the other in an order that looks like none."""

_GAP = "@gap@"


@dataclass(frozen=True)
class Done:
    """One task that the worker did: its name, when it began and ended, and how far the tables had come then.

    `waited` are the seconds in which its thread could have run and other processes had the processors.
    """

    name: str
    began: float
    ended: float
    until: int
    waited: float


@dataclass
class Serving:
    """A server that runs: where it listens, its process, and, once it has ended, what its worker did."""

    port: int
    pid: int
    done: list[Done] = field(default_factory=list)

    def memory(self, of: str = "VmRSS") -> float:
        """MB that the process holds now, or held at most (`VmHWM`)."""
        lines = Path(f"/proc/{self.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(f"{of}:"))

    def cpu(self) -> float:
        """Seconds of processor that the process has used."""
        return cpu_of(self.pid)


@dataclass(frozen=True)
class Acknowledged:
    """A request that was answered: the id of its last message, and when its answer was read."""

    last_id: str
    at: float


def prepare(folder: Path) -> None:
    """A shop with customers who have bought before, a write key, and segments in force."""
    from quartier.store import write_keys

    quartier.create(folder, Config(name="Shop"))
    with quartier.open(folder) as ws:
        ws.arrivals.take([_event(f"before-{n}", f"C-{n}") for n in range(1_000)], source="web")
        ws.arrivals.project()
        ws.apply_segments([_segment(n) for n in range(SEGMENTS)])
        with ws.store.begin() as connection:
            write_keys.add(connection, write_keys.WriteKey(KEY, "web", (), ws.clock.now()))


@contextmanager
def served(folder: Path) -> Iterator[Serving]:
    """Serve a workspace for as long as the block lasts."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(folder, theirs))
    process.start()
    assert process.pid is not None
    assert ours.poll(PATIENCE), "the server did not begin"
    serving = Serving(ours.recv(), process.pid)
    try:
        yield serving
    finally:
        process.terminate()
        if ours.poll(PATIENCE):
            serving.done += [Done(*each) for each in ours.recv()]
        process.join()
    assert process.exitcode in (0, -signal.SIGTERM), process.exitcode


def _serve(folder: Path, told: Connection) -> None:
    import quartier.serve.run as serving
    from quartier.serve.worker import Task

    done: list[tuple[Any, ...]] = []

    def noting(task: Task) -> Task:
        def do(workspace: quartier.Workspace) -> None:
            began, waited = time.monotonic(), _waited()
            task.do(workspace)
            done.append((task.name, began, time.monotonic(), workspace.arrivals.mark.until, _waited() - waited))

        return Task(task.name, task.seconds, do, task.is_urgent, task.is_last_thing)

    tasks = serving.tasks
    serving.tasks = lambda period: [noting(each) for each in tasks(period)]
    serving.serve(folder, port=0, announce=lambda where: told.send(where.port))
    told.send(done)


def _waited() -> float:
    """Seconds that this thread has waited for a processor."""
    return int(Path(f"/proc/self/task/{threading.get_native_id()}/schedstat").read_text().split()[1]) / 1e9


def send(port: int, requests: int, *, per_second: float | None = None, name: str = "r") -> list[Acknowledged]:
    """Send so many requests over connections that stay open, at a pace of messages a second or as fast as they go."""
    found: list[Acknowledged] = []
    begin = time.monotonic() + 0.1
    gap = MESSAGES / per_second if per_second else 0.0

    def work(place: int) -> None:
        with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as connection:
            for number in range(place, requests, CONNECTIONS):
                time.sleep(max(0.0, begin + number * gap - time.monotonic()))
                connection.sendall(_request(name, number))
                read_answer(connection)
                found.append(Acknowledged(_id(name, number, MESSAGES - 1), time.monotonic()))

    _all_at_once(work)
    assert len(found) == requests
    return found


def cpu_of(pid: int) -> float:
    """Seconds of processor that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _all_at_once(work: Callable[[int], None]) -> None:
    threads = [threading.Thread(target=work, args=(place,)) for place in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def read_answer(connection: socket.socket) -> None:
    """Read one whole answer; it must say 200."""
    answer = b""
    while (end := answer.find(b"\r\n\r\n")) < 0:
        answer += connection.recv(65_536)
    assert answer.startswith(b"HTTP/1.1 200"), answer[:200]
    length = int(answer[:end].lower().partition(b"content-length:")[2].partition(b"\r\n")[0])
    while len(answer) < end + 4 + length:
        answer += connection.recv(65_536)


def _request(name: str, number: int) -> bytes:
    parts = iter(_parts())
    said = [next(parts)]
    for n in range(MESSAGES):
        who = (number * MESSAGES + n) * _STRIDE % CUSTOMERS
        said += [f"C-{who}".encode(), next(parts), _id(name, number, n).encode(), next(parts)]
    body = b"".join(said)
    return _head(len(body)) + body


def _id(name: str, number: int, n: int) -> str:
    return f"{name}-{number}-{n}"


def _head(length: int) -> bytes:
    key = base64.b64encode(f"{KEY}:".encode()).decode()
    return (
        f"POST /v1/batch HTTP/1.1\r\nhost: localhost\r\nauthorization: Basic {key}\r\n"
        f"content-type: application/json\r\ncontent-length: {length}\r\n\r\n"
    ).encode()


@functools.cache
def _parts() -> tuple[bytes, ...]:
    """A body with gaps for persons and ids of messages: making bodies must not be what is measured."""
    batch = [_event(_GAP, _GAP) for _ in range(MESSAGES)]
    return tuple(json.dumps({"batch": batch}, separators=(",", ":")).encode().split(_GAP.encode()))


def _event(message_id: str, person: str) -> dict[str, Any]:
    """An order as a shop sends it: about 360 bytes."""
    products = [{"product_id": "P-17", "price": 24.95, "quantity": 2}]
    return {
        "type": "track", "event": "Order Completed", "userId": person, "messageId": message_id,
        "timestamp": time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime()),
        "properties": {"order_id": "12345", "revenue": 49.9, "currency": "EUR", "products": products},
        "context": {"library": {"name": "benchmark", "version": "1.0"}, "locale": "fr-FR"},
    }  # fmt: skip


def _segment(number: int) -> dict[str, Any]:
    """Customers with so many orders lately."""
    where = {"event": "Order Completed", "count": {"at_least": number + 1}, "within": "30 days"}
    return {"segment": f"bought-{number}", "population": "everyone", "where": where}
