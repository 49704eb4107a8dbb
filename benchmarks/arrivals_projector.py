"""How long a rebuild of the journal takes, against DuckDB's own reading of the same messages.

DuckDB alone reads the lines with given columns, then puts each kind of message into a table of its own: no identities,
no types found out, no history, no order of time, nothing that a crash could not tear apart. Run it with
`python -m benchmarks.arrivals_projector [messages]`.
"""

import datetime as dt
import json
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeVar

import duckdb

import quartier
from quartier.clock import FixedClock
from quartier.config import Config
from quartier.store.journal import Arrival

Result = TypeVar("Result")
MESSAGES, AT_ONCE = 1_000_000, 5_000
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


def main(n: int) -> None:
    """Print seconds of processor time, their ratio and the peak of memory."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        _apart(_prepare, folder, n)
        size = (folder / "messages.ndjson").stat().st_size
        alone, alone_memory = _apart(_alone, folder)
        live, live_memory = _apart(_live, folder)
        again, again_memory = _apart(_rebuild, folder)
    print(f"{n:,} messages of {size / n:.0f} bytes; processor seconds, both cores")
    print(f"DuckDB alone     {alone:6.1f} s  {alone_memory:5.0f} MB")
    print(f"projected        {live:6.1f} s  {live_memory:5.0f} MB  {alone / live:.2f} of its speed")
    print(f"rebuilt          {again:6.1f} s  {again_memory:5.0f} MB  {alone / again:.2f} of its speed")


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


def _apart(work: Callable[..., object], *arguments: object) -> tuple[float, float]:
    """Processor seconds and the peak of memory in MB of some work in a process of its own."""
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(_measured, (work, *arguments))


def _measured(work: Callable[..., object], *arguments: object) -> tuple[float, float]:
    start = time.process_time()
    work(*arguments)
    return time.process_time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else MESSAGES)
