"""Pages of the application over many persons: how long each takes against its queries alone.

python -m benchmarks.pages            a shop of 1,000,000 persons, kept in a folder of its own
python -m benchmarks.pages 100000     another size

The queries are those of engine and store while the page is made; the rest is binding, drawing and writing HTML. Each
page is asked for seven times in one process, the first two do not count, the medians are printed.
"""

import datetime as dt
import gzip
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import sqlalchemy as sa
from starlette.testclient import TestClient

import quartier
from quartier.clock import FixedClock
from quartier.config import Config
from quartier.engine.watch import Watch
from quartier.serve.app import assembled
from quartier.workspace.work import Work

NOW = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
TIMES, WARM = 7, 2
PATHS = (
    "/", "/segments", "/segments/loyal", "/segments/loyal/members", "/segments/loyal/edit", "/persons",
    "/persons?query=ana",    "/analyse", "/data", "/data/catalog", "/data/quality", "/target", "/evaluate", "/settings",
)  # fmt: skip
SEGMENTS = (
    {"segment": "loyal", "label": {"fr": "Fidèles", "en": "Loyal"}, "population": "customers",
     "where": {"all": [{"trait": "country", "in": ["FR", "BE"]},
                       {"event": "Order Completed", "within": "365 days", "count": {"at_least": 2}}]}},
    {"segment": "young", "label": {"fr": "Jeunes", "en": "Young"}, "population": "identified",
     "where": {"trait": "birth_date", "age": {"at_most": 30}}},
    {"segment": "asleep", "label": {"fr": "Endormis", "en": "Asleep"}, "population": "customers",
     "where": {"none": [{"event": "Order Completed", "within": "365 days"}]}},
)  # fmt: skip
_CUSTOMERS = """copy (select 'c' || i as customer_id, 'ana' || i || '@example.org' as email, 'Ana' as first_name,
    ['Dupont','Martin','Bernard'][1 + i % 3] || i as last_name, ['FR','BE','DE','ES'][1 + i % 4] as country,
    date '1950-01-01' + (hash(i) % 20000)::int as birth_date from range({n}) t(i)) to '{path}'"""
_ORDERS = """copy (select 'o' || i as order_id, 'c' || (hash(i, 1) % {n}) as customer_id,
    timestamp '2024-11-01' + to_seconds((hash(i, 2) % 63072000)::int) as order_date,
    10 + (hash(i, 3) % 20000) / 100 as total from range({orders}) t(i)) to '{path}'"""


def main(persons: int) -> None:
    folder = Path(tempfile.gettempdir()) / f"quartier-pages-{persons}"
    if not (folder / "quartier.toml").exists():
        _make(folder, persons)
    with quartier.open(folder, clock=FixedClock(NOW)) as ws:
        print(f"## Pages over {ws.count_everyone():,} persons\n")
        print("| page | queries | page | ratio | bytes, gzipped |\n|---|---|---|---|---|")
        client = _client(ws)
        for path in PATHS:
            print(_row(client, path), flush=True)


def _make(folder: Path, persons: int) -> None:
    with tempfile.TemporaryDirectory() as files, quartier.open(_created(folder), clock=FixedClock(NOW)) as ws:
        customers, orders = Path(files) / "customers.parquet", Path(files) / "orders.parquet"
        duckdb.sql(_CUSTOMERS.format(n=persons, path=customers))
        duckdb.sql(_ORDERS.format(n=persons, orders=2 * persons, path=orders))
        for each in (customers, orders):
            ws.collect(each)
        ws.run_model()
        ws.apply_segments(SEGMENTS)


def _created(folder: Path) -> Path:
    return quartier.create(folder, Config(name="Many persons"), clock=FixedClock(NOW))


def _client(ws: quartier.Workspace) -> TestClient:
    work = Work(ws.clock)
    work.on_asked = lambda: work.do_next(ws)
    known = ws.users.all()
    user = known[0] if known else ws.users.add(email="owner@example.org", name="Owner", role="owner", author="bench")
    token = ws.users.begin(user, "bench")
    return TestClient(assembled(ws, tasks=dict, work=work), cookies={"quartier": token}, follow_redirects=False)


def _row(client: TestClient, path: str) -> str:
    pages, queries, size, status = [], [], 0, 0
    for _ in range(TIMES):
        with counted() as spent:
            begun = time.perf_counter()
            answer = client.get(path)
            pages.append(time.perf_counter() - begun)
        queries.append(sum(spent))
        size, status = len(gzip.compress(answer.content)), answer.status_code
    page, asked = statistics.median(pages[WARM:]), statistics.median(queries[WARM:])
    said = f"{page / asked:.2f}" if asked else "–"
    shown = path if status == 200 else f"{path} ({status})"
    return f"| {shown} | {asked * 1000:.0f} ms | {page * 1000:.0f} ms | {said} | {size:,} |"


@contextmanager
def counted() -> Iterator[list[float]]:
    """The seconds of every query of the engine and of the store inside the block."""
    spent: list[float] = []
    limited = Watch.limited

    @contextmanager
    def timed(self: Watch) -> Iterator[None]:
        begun = time.perf_counter()
        with limited(self):
            yield
        spent.append(time.perf_counter() - begun)

    def before(_connection, _cursor, _statement, _parameters, context, _many) -> None:
        context.begun = time.perf_counter()

    def after(_connection, _cursor, _statement, _parameters, context, _many) -> None:
        spent.append(time.perf_counter() - context.begun)

    Watch.limited = timed  # type: ignore[method-assign]  # for the length of the block
    sa.event.listen(sa.Engine, "before_cursor_execute", before)
    sa.event.listen(sa.Engine, "after_cursor_execute", after)
    try:
        yield spent
    finally:
        Watch.limited = limited  # type: ignore[method-assign]
        sa.event.remove(sa.Engine, "before_cursor_execute", before)
        sa.event.remove(sa.Engine, "after_cursor_execute", after)


if __name__ == "__main__":
    main(int(re.sub(r"\D", "", sys.argv[1])) if len(sys.argv) > 1 else 1_000_000)
