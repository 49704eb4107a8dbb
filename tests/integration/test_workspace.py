"""One workspace down the whole road, under a clock that moves when told; and what survives the loss of the engine."""

import datetime as dt
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import quartier
from quartier.clock import FixedClock
from quartier.config import Config
from quartier.errors import InvalidRequest
from quartier.language import Text
from quartier.store import membership

START = dt.datetime(2026, 4, 1, 12, tzinfo=dt.UTC)
PERSONS = 60
RECENT = {
    "segment": "recent-buyers",
    "where": {"event": "Order Completed", "within": "30 days", "count": {"at_least": 1}},
}
OUTCOME = "sum of revenue of Order Completed within 14 days"


def customers() -> pa.Table:
    names = [f"C{n:02}" for n in range(PERSONS)]
    return pa.table({
        "customer_id": names,
        "email": [f"{name.lower()}@example.com" for name in names],
        "country": ["FR" if n % 3 else "BE" for n in range(PERSONS)],
    })  # fmt: skip


def orders(first: dt.datetime, *, every: dt.timedelta, prefix: str = "O") -> pa.Table:
    """An order of each customer, one after the other."""
    return pa.table({
        "order_id": [f"{prefix}{n}" for n in range(PERSONS)],
        "customer_id": [f"C{n:02}" for n in range(PERSONS)],
        "order_date": pa.array([first + n * every for n in range(PERSONS)], pa.timestamp("us", "UTC")),
        "total": [10.0 + n for n in range(PERSONS)],
    })  # fmt: skip


@pytest.fixture
def path(folder: Path) -> Path:
    return quartier.create(folder / "shop", Config(name="Shop", memory_limit="512MB", threads=1))


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(START)


def filled(ws: quartier.Workspace) -> None:
    ws.collect(customers())
    ws.collect(orders(START - dt.timedelta(days=60, hours=-1), every=dt.timedelta(days=1)))


def contents(ws: quartier.Workspace) -> dict[str, str]:
    """A digest of the rows of every table that a query may read; the order of rows and columns does not count."""
    found = {}
    for name in ws.engine.tables():
        if name.startswith(("person", "event", "account")):
            rows = ws.engine._connection.sql(f'from "{name}"').to_arrow_table()
            lines = sorted(map(repr, rows.select(sorted(rows.column_names)).to_pylist()))
            found[name] = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    return found


def test_the_whole_road_under_a_clock(path: Path, clock: FixedClock, folder: Path) -> None:
    with quartier.open(path, clock=clock) as ws:
        filled(ws)
        run = ws.run_model()
        assert (run.scored, run.persons) == (PERSONS, PERSONS)
        (standing,) = ws.apply_segments([RECENT])
        assert (standing.size, standing.entered, standing.left) == (30, 30, 0)
        first = set(ws.members("recent-buyers")["person_id"].to_pylist())

        clock.advance(dt.timedelta(days=10))
        (moved,) = [each for each in ws.refresh() if each.definition.name == "recent-buyers"]
        assert (moved.size, moved.entered, moved.left) == (20, 0, 10)

        audience, done = ws.freeze_and_export(
            {"name": "spring", "segment": "recent-buyers", "holdout": "30%"}, folder / "list.csv"
        )
        assert len(audience.targeted) + len(audience.held_out) == 20
        assert done.persons == len(audience.targeted)

        clock.advance(dt.timedelta(days=15))
        ws.collect(orders(clock.now() - dt.timedelta(days=14), every=dt.timedelta(hours=1), prefix="N"))
        (grown,) = [each for each in ws.refresh() if each.definition.name == "recent-buyers"]
        assert grown.size == PERSONS
        with ws.store.begin() as connection:
            then = membership.members_at(connection, "recent-buyers", audience.position)
        assert then == audience.targeted | audience.held_out
        assert set(ws.persons(then)["person_id"].to_pylist()) < first

        found = ws.evaluate("spring", OUTCOME)
        assert not found.is_partial
        assert (found.overall.targeted.persons, found.overall.held_out.persons) == (
            len(audience.targeted), len(audience.held_out),
        )  # fmt: skip


@pytest.mark.parametrize("is_lost", [False, True], ids=["rebuild", "engine file deleted"])
def test_the_engine_can_be_made_again(path: Path, clock: FixedClock, is_lost: bool) -> None:
    with quartier.open(path, clock=clock) as ws:
        filled(ws)
        ws.run_model()
        ws.apply_segments([RECENT, {"segment": "champions", "where": {"trait": "rfm_class", "is": "champions"}}])
        clock.advance(dt.timedelta(days=10))
        ws.collect(orders(clock.now(), every=dt.timedelta(minutes=1), prefix="N"))
        before, catalog = contents(ws), ws.catalog
        members = {each.definition.name: ws.members(each.definition.name) for each in ws.segments()}
        if not is_lost:
            ws.rebuild()
            assert contents(ws) == before
    if is_lost:
        (path / "engine.duckdb").unlink()
    with quartier.open(path, clock=clock) as ws:
        if is_lost:
            ws.rebuild()
        assert contents(ws) == before
        assert ws.catalog == catalog
        for name, rows in members.items():
            assert ws.members(name).select(rows.column_names).sort_by("person_id") == rows.sort_by("person_id"), name


def test_tables_of_an_earlier_version_are_made_again_by_themselves(path: Path, clock: FixedClock) -> None:
    with quartier.open(path, clock=clock) as ws:
        filled(ws)
        before = contents(ws)
        for name in ("person_said", "person_said_known", "person_said_change"):
            ws.engine.drop(name)
    with quartier.open(path, clock=clock) as ws:
        assert contents(ws) == before


def test_what_was_decided_stays_when_the_engine_is_lost(path: Path, clock: FixedClock, folder: Path) -> None:
    with quartier.open(path, clock=clock) as ws:
        filled(ws)
        ws.apply_segments([RECENT])
        audience, _ = ws.freeze_and_export({"name": "spring", "segment": "recent-buyers"}, folder / "list.csv")
    (path / "engine.duckdb").unlink()
    with quartier.open(path, clock=clock) as ws:
        assert ws.audience("spring") == audience
        assert [each.size for each in ws.segments()] == [30]
        assert ws.count_everyone() == PERSONS


@pytest.mark.parametrize(
    "frame",
    [pa.Table.to_pandas, pl.from_arrow, lambda table: table],
    ids=["pandas", "Polars", "Arrow"],
)
def test_frames_go_in_and_come_out(path: Path, clock: FixedClock, frame: Callable[[pa.Table], Any]) -> None:
    with quartier.open(path, clock=clock) as ws:
        summary = ws.collect(frame(customers()))
        assert (summary.rows_in, summary.stored) == (PERSONS, PERSONS)
        ws.apply_segments([{"segment": "belgians", "where": {"trait": "country", "is": "BE"}}])
        members = ws.members("belgians", traits=["user_id", "country"])
        assert isinstance(members, pa.Table)
        assert members.to_pandas()["country"].eq("BE").sum() == len(pl.from_arrow(members)) == PERSONS // 3
        assert isinstance(members.to_pandas(), pd.DataFrame)


def test_a_refused_campaign_leaves_no_trace_in_the_log(path: Path, clock: FixedClock) -> None:
    with quartier.open(path, clock=clock) as ws:
        filled(ws)
        ws.apply_segments([{"segment": "nobody", "where": {"trait": "country", "is": "JP"}}, RECENT])
        clock.advance(dt.timedelta(days=10))
        with ws.store.begin() as connection:
            before = membership.position(connection)
        with pytest.raises(InvalidRequest):
            ws.freeze({"name": "spring", "segment": "nobody"})
        with ws.store.begin() as connection:
            assert membership.position(connection) == before


def test_a_row_that_was_refused_is_no_reason_to_lose_the_next(path: Path, clock: FixedClock, folder: Path) -> None:
    file = folder / "people.csv"
    file.write_text("customer_id,birth_date\nC1,2000-02-31\nC1,\nC2,1990-01-01\n", encoding="utf-8")
    with quartier.open(path, clock=clock) as ws:
        summary = ws.collect(file)
        assert (summary.stored, summary.duplicates, summary.rejected) == (2, 0, 1)
        assert ws.count_everyone() == 2


def test_a_workspace_without_persons_answers(path: Path, clock: FixedClock) -> None:
    with quartier.open(path, clock=clock) as ws:
        assert ws.count_everyone() == 0
        assert ws.refresh() == ws.segments() == ws.apply_ready_made() == []
        ws.rebuild()
        assert ws.count_everyone() == 0


def test_a_workspace_that_cannot_be_brought_up_to_date_leaves_its_files_to_others(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quartier.create(folder / "shop", Config(name="Shop"))

    def damaged(*_given: Any, **_named: Any) -> int:
        raise InvalidRequest(Text(en="not now", fr="pas maintenant"))

    with monkeypatch.context() as patched:
        patched.setattr("quartier.collect.run.catch_up", damaged)
        with pytest.raises(InvalidRequest) as kept:  # holds what was made until then
            quartier.open(folder / "shop")
    duckdb.connect(str(folder / "shop" / "engine.duckdb"), config={"threads": 3}).close()  # refused while it is open
    assert kept.value.to("en").startswith("not now")
