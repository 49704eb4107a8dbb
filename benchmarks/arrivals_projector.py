"""How long a rebuild of the journal takes, against DuckDB's own reading of the same messages.

DuckDB alone reads the lines with given columns, then puts each kind of message into a table of its own: no identities,
no types found out, no history, no order of time, nothing that a crash could not tear apart. Run it with
`python -m benchmarks.arrivals_projector [messages]`.
"""

import datetime as dt
import json
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import duckdb

import quartier
from quartier.clock import FixedClock
from quartier.config import Config
from quartier.store.journal import Arrival

MESSAGES, AT_ONCE, ROUNDS = 400_000, 5_000, 2
ALONE, LIVE, REBUILT = "DuckDB alone", "projected when it is opened", "rebuilt"
AT = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
COLUMNS = {
    "messageId": "VARCHAR", "type": "VARCHAR", "userId": "VARCHAR", "anonymousId": "VARCHAR", "event": "VARCHAR",
    "name": "VARCHAR", "timestamp": "TIMESTAMP", "receivedAt": "TIMESTAMP", "source": "VARCHAR",
    "properties": "STRUCT(product_id VARCHAR, price DOUBLE, category VARCHAR, quantity BIGINT, url VARCHAR, "
    "path VARCHAR, title VARCHAR, order_id VARCHAR, revenue DOUBLE, products STRUCT(product_id VARCHAR, price DOUBLE, "
    "quantity BIGINT)[])",
    "traits": "STRUCT(email VARCHAR, country VARCHAR, age BIGINT)", "context": "JSON",
}  # fmt: skip
TABLES = {
    "viewed": (
        "event = 'Product Viewed'",
        "properties.product_id, properties.price, properties.category, properties.quantity",
    ),
    "added": ("event = 'Product Added'", "properties.product_id, properties.price, properties.quantity"),
    "ordered": ("event = 'Order Completed'", "properties.order_id, properties.revenue, properties.products"),
    "paged": ("type = 'page'", "name, properties.url, properties.path, properties.title"),
    "identified": ("type = 'identify'", "traits.email, traits.country, traits.age"),
}  # fmt: skip


def messages(n: int) -> Iterator[dict[str, Any]]:
    """Messages of a shop, about 380 bytes each; one visitor in two is known by a user id."""
    draw = random.Random(1)
    for number in range(n):
        user, share = f"u{draw.randrange(n // 10 + 1)}", draw.random()
        at = (AT + dt.timedelta(milliseconds=100 * number)).isoformat(timespec="microseconds").replace("+00:00", "Z")
        message: dict[str, Any] = {
            "messageId": f"m-{draw.getrandbits(128):032x}", "anonymousId": f"a-{user}", "timestamp": at,
            "receivedAt": at, "source": "web", "context": {
                "library": {"name": "analytics.js", "version": "1.2"}, "page": {"path": f"/p/{draw.randrange(1000)}"}
            },
        }  # fmt: skip
        if draw.random() < 0.5:
            message["userId"] = user
        yield message | _told(draw, user, share, number)


def _told(draw: random.Random, user: str, share: float, number: int) -> dict[str, Any]:
    product = {"product_id": f"p{draw.randrange(500)}", "price": round(draw.random() * 100, 2)}
    quantity = {"quantity": draw.randrange(1, 5)}
    if share < 0.1:
        traits = {"email": f"{user}@example.com", "country": draw.choice(("FR", "BE")), "age": draw.randrange(18, 80)}
        return {"type": "identify", "userId": user, "traits": traits}
    if share < 0.5:
        page = {"url": f"https://example.com/p/{draw.randrange(1000)}", "path": "/p", "title": "Hello"}
        return {"type": "page", "name": "Home", "properties": page}
    if share < 0.8:
        return _track("Product Viewed", product | quantity | {"category": draw.choice(("shoes", "hats"))})
    if share < 0.9:
        return _track("Product Added", product | quantity)
    lines = [product | quantity]
    return _track("Order Completed", {"order_id": f"o{number}", "revenue": product["price"], "products": lines})


def _track(event: str, properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "track", "event": event, "properties": properties}


@dataclass(frozen=True)
class Taken:
    """Seconds by the clock, seconds of both processors, and the most memory in MB that some work took."""

    clock: float
    cpu: float
    megabytes: float


@dataclass(frozen=True)
class Projected:
    """DuckDB alone, and our tables as they were made first and again; the medians of some rounds."""

    messages: int
    bytes: float
    sides: dict[str, Taken]

    def as_markdown(self) -> str:
        """A table; speeds are those of the processors."""
        alone = self.sides[ALONE].cpu
        rows = [
            f"| {name} | {each.clock:.1f} s | {each.cpu:.1f} s | {alone / each.cpu:.2f} | {each.megabytes:,.0f} MB |"
            for name, each in self.sides.items()
        ]
        told = f"{self.messages:,} messages of {self.bytes:.0f} bytes"
        heads = f"| {told} | clock | processors | of DuckDB's speed | memory |\n|---|---|---|---|---|"
        return "\n".join([heads, *rows, ""])


def measure(n: int = MESSAGES, rounds: int = ROUNDS) -> Projected:
    """All sides in turn, as often as there are rounds."""
    found: dict[str, list[Taken]] = {ALONE: [], LIVE: [], REBUILT: []}
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        _apart(_prepare, folder, n)
        size = (folder / "messages.ndjson").stat().st_size
        found[LIVE].append(_apart(_live, folder))
        for _ in range(rounds):
            (folder / "alone.duckdb").unlink(missing_ok=True)
            found[ALONE].append(_apart(_alone, folder))
            found[REBUILT].append(_apart(_rebuild, folder))
    return Projected(n, size / n, {name: _median(each) for name, each in found.items()})


def _median(found: list[Taken]) -> Taken:
    return Taken(*(statistics.median(each) for each in zip(*(vars(one).values() for one in found), strict=True)))


def _prepare(folder: Path, n: int) -> None:
    quartier.create(folder / "shop", Config(name="Shop"))
    with quartier.open(folder / "shop") as ws, (folder / "messages.ndjson").open("wb") as lines:
        waiting: list[Arrival] = []
        for message in messages(n):
            line = json.dumps(message, separators=(",", ":")).encode()
            lines.write(line + b"\n")
            waiting.append(Arrival(message["messageId"], line))
            if len(waiting) == AT_ONCE:
                ws.journal.append(waiting)
                waiting = []
        if waiting:
            ws.journal.append(waiting)


def _alone(folder: Path) -> None:
    with duckdb.connect(str(folder / "alone.duckdb")) as connection:
        connection.execute("set enable_progress_bar = false")
        columns = ", ".join(f"{name}: '{type_}'" for name, type_ in COLUMNS.items())
        read = f"read_json('{folder / 'messages.ndjson'}', format = 'newline_delimited', columns = {{{columns}}})"
        connection.execute(f"create temp table messages as select * from {read}")
        for name, (which, what) in TABLES.items():
            own = f"select messageId, userId, anonymousId, timestamp, {what} from messages where {which}"
            connection.execute(f"create table {name} as {own}")


def _live(folder: Path) -> None:
    with quartier.open(folder / "shop", clock=FixedClock(AT)):
        """Opening projects what arrived."""


def _rebuild(folder: Path) -> None:
    from quartier.workspace import open_to_rebuild

    with open_to_rebuild(folder / "shop", clock=FixedClock(AT)) as ws:
        ws.rebuild()


def _apart(work: Callable[..., object], *arguments: object) -> Taken:
    """What some work takes in a process of its own."""
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(measured, (work, *arguments))


def measured(work: Callable[..., object], *arguments: object) -> Taken:
    """What some work takes in this process."""
    start, begun = time.process_time(), time.perf_counter()
    work(*arguments)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Taken(time.perf_counter() - begun, time.process_time() - start, memory)


if __name__ == "__main__":
    print(measure(*(int(each) for each in sys.argv[1:])).as_markdown())
