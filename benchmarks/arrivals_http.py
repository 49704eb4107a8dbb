"""How many events a second one server process acknowledges over HTTP, in batches of 100, durably.

Three servers, one after the other and round after round, asked by the same client: ours; the same application whose
handler only parses the body; a plain FastAPI application that inserts each event by SQLAlchemy and commits per request.
The client sends prepared bytes over four connections that stay open, so that it is not what is measured.

python -m benchmarks.arrivals_http
"""

import base64
import json
import multiprocessing
import socket
import statistics
import tempfile
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.serving import cpu_of, read_answer

CONNECTIONS, REQUESTS, MESSAGES, ROUNDS = 4, 25, 100, 3
KEY = "wk_benchmark"
PATIENCE = 60


@dataclass(frozen=True)
class Served:
    """What one server did: events a second by the clock, and seconds of its processor for a thousand events."""

    name: str
    per_second: float
    cpu_per_thousand: float


@dataclass(frozen=True)
class Arrivals:
    """Our server beside the two others."""

    ours: Served
    parsing: Served
    plain: Served

    def as_markdown(self) -> str:
        """A table, and the two ratios."""
        rows = [
            f"| {each.name} | {each.per_second:,.0f} | {each.cpu_per_thousand * 1000:.1f} ms |"
            for each in (self.ours, self.parsing, self.plain)
        ]
        heads = "| one server process, batches of 100 | events a second | processor for 1,000 events |\n|---|---|---|"
        return "\n".join([heads, *rows, "", self._ratios(), ""])

    def _ratios(self) -> str:
        ours, parsing, plain = self.ours, self.parsing, self.plain
        return (
            f"Of a handler that only parses: {ours.per_second / parsing.per_second:.2f} "
            f"({parsing.cpu_per_thousand / ours.cpu_per_thousand:.2f} by processor). "
            f"Of an insert per event: {ours.per_second / plain.per_second:.1f} "
            f"({plain.cpu_per_thousand / ours.cpu_per_thousand:.1f} by processor)."
        )


def measure(rounds: int = ROUNDS) -> Arrivals:
    """The three servers, in turn; medians over the rounds, the first of which only warms up."""
    found: dict[str, list[Served]] = {name: [] for name in SERVERS}
    with tempfile.TemporaryDirectory() as folder:
        for number in range(rounds + 1):
            for name in SERVERS:
                place = Path(folder) / f"{number}-{name}"
                place.mkdir()
                found[name].append(_measured(name, place))
    medians = [_median(name, each[1:]) for name, each in found.items()]
    return Arrivals(*medians)


def _median(name: str, found: list[Served]) -> Served:
    return Served(
        name,
        statistics.median(each.per_second for each in found),
        statistics.median(each.cpu_per_thousand for each in found),
    )


def _measured(name: str, folder: Path) -> Served:
    requests = [[_request() for _ in range(REQUESTS)] for _ in range(CONNECTIONS)]
    with _served(name, folder) as (port, pid):
        before, start = cpu_of(pid), time.perf_counter()
        threads = [threading.Thread(target=_send, args=(port, each)) for each in requests]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        seconds, cpu = time.perf_counter() - start, cpu_of(pid) - before
    events = CONNECTIONS * REQUESTS * MESSAGES
    return Served(name, events / seconds, cpu / events * 1000)


def _request() -> bytes:
    batch = [_event(number) for number in range(MESSAGES)]
    body = json.dumps({"batch": batch, "sentAt": "2026-11-22T10:00:00.000Z"}, separators=(",", ":")).encode()
    key = base64.b64encode(f"{KEY}:".encode()).decode()
    head = (
        f"POST /v1/batch HTTP/1.1\r\nhost: localhost\r\nauthorization: Basic {key}\r\n"
        f"content-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def _event(number: int) -> dict[str, object]:
    """An order as a shop sends it: about 360 bytes."""
    products = [{"product_id": f"P-{number % 50}", "price": 24.95, "quantity": 2}]
    return {
        "type": "track", "event": "Order Completed", "userId": f"C-{number}", "messageId": str(uuid.uuid4()),
        "timestamp": "2026-11-22T09:59:58.123Z",
        "properties": {"order_id": str(number), "revenue": 49.9, "currency": "EUR", "products": products},
        "context": {"library": {"name": "benchmark", "version": "1.0"}, "locale": "fr-FR"},
    }  # fmt: skip


def _send(port: int, requests: list[bytes]) -> None:
    """One after the other, over one connection."""
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as connection:
        for each in requests:
            connection.sendall(each)
            read_answer(connection)


@contextmanager
def _served(name: str, folder: Path) -> Iterator[tuple[int, int]]:
    """A server in a process of its own: its port and its process."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=64)
    process = multiprocessing.get_context("fork").Process(target=_serve, args=(name, folder, listener))
    process.start()
    port = listener.getsockname()[1]
    listener.close()
    try:
        _send(port, [_request()])  # it is up, and has loaded what it needs
        assert process.pid is not None
        yield port, process.pid
    finally:
        process.terminate()
        process.join()


def _serve(name: str, folder: Path, listener: socket.socket) -> None:
    import uvicorn

    app = SERVERS[name](folder)
    config = uvicorn.Config(app, log_config=None, access_log=False, lifespan="off")
    uvicorn.Server(config).run(sockets=[listener])


def _ours(folder: Path) -> object:
    import datetime as dt

    from quartier.api.app import api
    from quartier.clock import SystemClock
    from quartier.store import Store, write_keys
    from quartier.store.journal import Journal

    clock = SystemClock()
    store = Store(f"sqlite:///{folder / 'store.sqlite'}", clock.now())
    with store.begin() as connection:
        write_keys.add(connection, write_keys.WriteKey(KEY, "web", (), dt.datetime.now(dt.UTC)))
    return api(store, Journal(f"sqlite:///{folder / 'journal.sqlite'}", clock), clock)


def _parsing(folder: Path) -> object:
    """The same application; its handler reads the body, parses it, and answers as much as ours does."""
    import orjson
    from starlette.requests import Request
    from starlette.responses import Response

    from quartier.api.answers import json_answer
    from quartier.api.intake import Intake

    async def take(_intake: Intake, request: Request, _address: object) -> Response:
        count = len(orjson.loads(await request.body())["batch"])
        counts = {"stored": count, "duplicates": 0, "rejected": 0, "rejections": []}
        return json_answer({"success": True, "accepted": count, **counts})

    Intake.take = take  # type: ignore[method-assign]  # in a process of its own
    return _ours(folder)


def _plain(folder: Path) -> object:
    """What a shop would write in an afternoon: a table, an insert per event, a commit per request."""
    import sqlalchemy as sa
    from fastapi import FastAPI

    engine = sa.create_engine(f"sqlite:///{folder / 'plain.sqlite'}", connect_args={"timeout": PATIENCE})
    metadata = sa.MetaData()
    columns = [sa.Column(name, sa.String) for name in ("type", "event", "userId", "timestamp")]
    events = sa.Table(
        "events", metadata, sa.Column("messageId", sa.String, primary_key=True), *columns,
        sa.Column("properties", sa.JSON), sa.Column("context", sa.JSON),
    )  # fmt: skip
    with engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA journal_mode=WAL")
        metadata.create_all(connection)
    app = FastAPI()

    @app.post("/v1/batch")
    def take(body: dict) -> dict[str, int]:
        with engine.begin() as connection:
            for event in body["batch"]:
                connection.execute(sa.insert(events).values(**event))
        return {"stored": len(body["batch"])}

    return app


SERVERS: dict[str, Callable[[Path], object]] = {
    "Quartier, durable": _ours,
    "the body parsed and no more": _parsing,
    "FastAPI and SQLAlchemy, an insert per event": _plain,
}

if __name__ == "__main__":
    print(measure().as_markdown())
