"""Pages of the application over many persons: how long each takes against its queries alone.

python -m benchmarks.pages            a shop of 1,000,000 persons, kept in a folder of its own
python -m benchmarks.pages 100000     another size

The queries are those of engine and store while the page is made; the rest is binding, drawing and writing HTML. Each
page is asked for four times in one process: the first time is shown for itself, the medians are of the last three. Long
figures are made once for a state of the tables, so that they are in the first time alone.
"""

import datetime as dt
import gzip
import json
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

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
CAMPAIGN_AT = dt.datetime(2026, 10, 1, tzinfo=dt.UTC)
TIMES, WARM = 4, 1
_NEW: dict[str, Any] = {
    "segment": "new",
    "where": {"event": "Order Completed", "within": "365 days", "sum": "revenue", "at_least": 0},
}
PATHS = (
    "/", "/?points=all", "/segments", "/segments?view=set", "/segments/loyal", "/segments/loyal/movement",
    "/segments/loyal/members", "/segments/loyal/members?after={middle}", "/segments/loyal/why?person=c4",
    "/segments/loyal/overlap", "/segments/loyal/quality", "/segments/loyal/versions", "/segments/loyal/edit",
    "/segments/new?definition={new}", "/persons", "/persons?query=ana", "/persons?query=ana500000@example.org",
    "/persons/{person}", "/persons/{person}/why?segment=loyal", "/persons/review", "/analyse", "/analyse/revenue",
    "/analyse/cohorts", "/analyse/journeys", "/analyse/journeys/paths", "/analyse/journeys/retention",
    "/analyse/journeys/sequences", "/analyse/models", "/target", "/target/new?segment=loyal&holdout=10%25",
    "/target/autumn", "/evaluate", "/evaluate/autumn?measure=any&event=Order+Completed&within=14", "/evaluate/quality",
    "/data", "/data/catalog", "/data/catalog/traits/person/country", "/data/catalog/events/order_completed",
    "/data/quality", "/data/live", "/settings",
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
        print("| page | at first | queries | page | ratio | beside the queries | bytes, gzipped |")
        print("|---|---|---|---|---|---|---|")
        client = _client(ws)
        places = _places(ws, client)
        for path in PATHS:
            print(_row(client, path, places), flush=True)


def _make(folder: Path, persons: int) -> None:
    quartier.create(folder, Config(name="Many persons"), clock=FixedClock(CAMPAIGN_AT))
    with tempfile.TemporaryDirectory() as files, quartier.open(folder, clock=FixedClock(CAMPAIGN_AT)) as ws:
        customers, orders = Path(files) / "customers.parquet", Path(files) / "orders.parquet"
        duckdb.sql(_CUSTOMERS.format(n=persons, path=customers))
        duckdb.sql(_ORDERS.format(n=persons, orders=2 * persons, path=orders))
        for each in (customers, orders):
            ws.collect(each)
        ws.apply_segments(SEGMENTS)
        ws.freeze({"name": "autumn", "segment": "loyal", "holdout": "20%"})
    with quartier.open(folder, clock=FixedClock(NOW)) as ws:
        ws.run_model()
        ws.refresh()


def _places(ws: quartier.Workspace, client: TestClient) -> dict[str, str]:
    """What stands in addresses: a person, and the key in the middle of a long list."""
    person = re.search(r'href="/persons/(?!review)([^"?/]+)"', client.get("/persons?query=ana4@example.org").text)
    assert person
    return {"person": person[1], "middle": str(ws.count_everyone() // 2)}


def _client(ws: quartier.Workspace) -> TestClient:
    work = Work(ws.clock)
    work.on_asked = lambda: work.do_next(ws)
    known = ws.users.all()
    user = known[0] if known else ws.users.add(email="owner@example.org", name="Owner", role="owner", author="bench")
    token = ws.users.begin(user, "bench")
    return TestClient(assembled(ws, tasks=dict, work=work), cookies={"quartier": token}, follow_redirects=False)


def _row(client: TestClient, path: str, places: dict[str, str]) -> str:
    pages, queries, size, status = [], [], 0, 0
    for k in range(TIMES):
        # Each time another condition: what somebody types was never asked before.
        new = quote(json.dumps({**_NEW, "where": {**_NEW["where"], "at_least": 100 + k}}))
        with counted() as spent:
            begun = time.perf_counter()
            answer = client.get(path.replace("{new}", new).format(**places))
            pages.append(time.perf_counter() - begun)
        queries.append(sum(spent))
        size, status = len(gzip.compress(answer.content)), answer.status_code
    page, asked = statistics.median(pages[WARM:]), statistics.median(queries[WARM:])
    said = f"{page / asked:.2f}" if asked else "–"
    shown = path if status == 200 else f"{path} ({status})"
    seconds = (pages[0], asked, page)
    told = " | ".join(f"{each * 1000:.0f} ms" for each in seconds)
    return f"| {shown} | {told} | {said} | {(page - asked) * 1000:.0f} ms | {size:,} |"


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
