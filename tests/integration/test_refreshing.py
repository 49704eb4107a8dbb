"""Refreshes of a workspace: at the cost of the change, the same as for everyone, and never half done."""

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest
from pyroaring import BitMap

import quartier
from quartier.catalog import Catalog
from quartier.clock import FixedClock
from quartier.config import Config
from quartier.segment import refreshing
from quartier.store import catalogs, evaluations, membership, refreshes
from quartier.store.refreshes import Refresh
from tests.integration.tables import persons

START = dt.datetime(2026, 4, 1, 12, tzinfo=dt.UTC)
PERSONS = 60
SEGMENTS: list[dict[str, Any]] = [
    {"segment": "recent", "where": {"event": "Order Completed", "within": "30 days"}},
    {"segment": "belgian", "where": {"trait": "country", "is": "BE"}},
    {"segment": "recent-belgian", "where": {"all": [{"segment": "recent"}, {"segment": "belgian"}]}},
    {"segment": "large-orders", "where": {"event": "Order Completed", "where": {"revenue": {"at_least": 50}}}},
    {"segment": "best", "where": {"event": "Order Completed", "sum": "revenue", "top": "10 %"}},
]


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(START)


@pytest.fixture
def ws(made: Path, folder: Path, clock: FixedClock) -> Iterator[quartier.Workspace]:
    """A copy of the shop that was made, open."""
    with quartier.open(shutil.copytree(made, folder / "shop"), clock=clock) as opened:
        yield opened


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixty customers with an order each, and the segments refreshed."""
    folder = tmp_path_factory.mktemp("made") / "shop"
    path = quartier.create(folder, Config(name="Shop", memory_limit="512MB", threads=1))
    with quartier.open(path, clock=FixedClock(START)) as opened:
        opened.collect(persons(range(PERSONS)))
        opened.collect(orders(range(PERSONS), START - dt.timedelta(days=60)))
        opened.apply_segments(SEGMENTS)
        opened.refresh()
    return path


def orders(numbers: range, first: dt.datetime, prefix: str = "O", total: float = 10.0) -> pa.Table:
    return pa.table({
        "order_id": [f"{prefix}{n}" for n in numbers],
        "customer_id": [f"C{n:02}" for n in numbers],
        "order_date": pa.array([first + n * dt.timedelta(days=1) for n in numbers], pa.timestamp("us", "UTC")),
        "total": [total + n for n in numbers],
    })  # fmt: skip


def logged(ws: quartier.Workspace) -> dict[str, BitMap]:
    with ws.store.begin() as connection:
        return membership.members_now(connection)


def last(ws: quartier.Workspace) -> Refresh:
    with ws.store.begin() as connection:
        found = refreshes.last(connection)
    assert found is not None
    return found


def assert_exact(ws: quartier.Workspace) -> None:
    """What is logged is what evaluating everyone finds."""
    assert logged(ws) == {name: ws.evaluated(name).members for name in logged(ws)}


def test_nothing_happened_touches_nobody(ws: quartier.Workspace) -> None:
    ws.refresh()
    assert last(ws).touched == 0


def test_what_was_just_put_in_force_is_not_evaluated_again(ws: quartier.Workspace) -> None:
    written = {"all": [{"trait": "country", "in": ["BE", "FR"]}, {"event": "Order Completed", "within": "60 days"}]}
    ws.apply_segments([{"segment": "fresh", "where": written}])
    ws.refresh()
    assert last(ws).touched == 0


def test_time_alone_touches_those_whose_orders_cross_the_edge(ws: quartier.Workspace, clock: FixedClock) -> None:
    clock.advance(dt.timedelta(days=2))
    ws.refresh()
    assert last(ws).touched in (2, 3)  # who stood on the edge already is looked at again
    assert_exact(ws)


def test_a_new_file_touches_the_persons_in_it(ws: quartier.Workspace, clock: FixedClock) -> None:
    clock.advance(dt.timedelta(minutes=10))
    ws.collect(orders(range(3, 6), START - dt.timedelta(days=10), prefix="N", total=1_000))
    ws.collect(persons(range(10, 12), country="BE"))
    ws.refresh()
    touched = last(ws).touched
    assert touched is not None
    assert 5 <= touched < 15  # the three best of before are no longer the best
    assert_exact(ws)


def test_new_persons_and_a_late_order_are_found(ws: quartier.Workspace, clock: FixedClock) -> None:
    ws.collect(persons(range(PERSONS, PERSONS + 2), country="BE"))
    ws.collect(orders(range(1), START - dt.timedelta(days=400), prefix="L", total=5_000))
    ws.refresh()
    assert last(ws).touched is not None
    assert_exact(ws)


def test_looking_at_everyone_gives_the_same(ws: quartier.Workspace, clock: FixedClock) -> None:
    clock.advance(dt.timedelta(days=3))
    ws.refresh()
    before = logged(ws)
    ws.refresh(whole=True)
    assert last(ws).touched is None
    assert logged(ws) == before


def test_a_changed_segment_moves_those_that_refer_to_it_at_once(ws: quartier.Workspace) -> None:
    ws.apply_segments([{"segment": "belgian", "where": {"trait": "country", "is": "FR"}}])
    assert_exact(ws)
    ws.refresh()
    assert_exact(ws)


def test_the_traits_of_a_model_touch_whom_they_changed(ws: quartier.Workspace, clock: FixedClock) -> None:
    ws.run_model()
    ws.apply_segments([{"segment": "frequent", "where": {"trait": "rfm_frequency", "at_least": 2}}])
    ws.collect(orders(range(2), START - dt.timedelta(days=5), prefix="M"))
    clock.advance(dt.timedelta(hours=1))
    ws.run_model()
    ws.refresh()
    assert_exact(ws)


def test_a_rebuild_makes_everyone_be_looked_at_again(ws: quartier.Workspace) -> None:
    ws.rebuild()
    ws.refresh()
    assert last(ws).touched is None
    assert_exact(ws)


def test_a_crash_in_the_middle_leaves_the_last_complete_refresh(
    ws: quartier.Workspace, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, refreshed = logged(ws), last(ws)
    clock.advance(dt.timedelta(days=5))
    with monkeypatch.context() as patched:
        patched.setattr(evaluations, "put", _fail)
        with pytest.raises(ZeroDivisionError):
            ws.refresh()
    assert logged(ws) == before
    assert last(ws) == refreshed
    ws.refresh()
    assert_exact(ws)


def test_a_segment_that_the_catalog_no_longer_allows_does_not_stop_the_others(
    ws: quartier.Workspace, clock: FixedClock
) -> None:
    catalog = ws.catalog
    _put(ws, catalog.model_copy(update={"traits": tuple(t for t in catalog.traits if t.name != "country")}))
    before = logged(ws)
    clock.advance(dt.timedelta(days=5))
    ws.refresh()
    with ws.store.begin() as connection:
        found = evaluations.last_of_each(connection)
    assert {name for name, each in found.items() if each.error} == {"belgian", "recent-belgian"}
    assert logged(ws)["belgian"] == before["belgian"]
    assert logged(ws)["recent"] == ws.evaluated("recent").members != before["recent"]
    _put(ws, catalog)
    ws.refresh()
    assert_exact(ws)


def test_segments_put_in_force_one_by_one_do_not_hide_what_a_rank_was_for_the_others(
    ws: quartier.Workspace, clock: FixedClock
) -> None:
    written = {"segment": "french-best", "where": {"all": [{"segment": "best"}, {"trait": "country", "is": "FR"}]}}
    ws.collect(orders(range(3, 9), START - dt.timedelta(days=10), prefix="N", total=1_000))
    clock.advance(dt.timedelta(minutes=10))
    ws.apply_segments([written])
    ws.apply_segments([{**written, "segment": "best-again"}])
    ws.refresh()
    assert_exact(ws)


def test_a_segment_is_known_by_its_condition_and_the_zone_of_its_calendar(ws: quartier.Workspace) -> None:
    tree = ws.preview([SEGMENTS[0]])[0].segment
    zones = {refreshing.digest_of(tree, ZoneInfo(name)) for name in ("Europe/Paris", "UTC")}
    assert len(zones) == 2


def _put(ws: quartier.Workspace, catalog: Catalog) -> None:
    """As a migration or a later version might: nobody can take a trait out that is in the data."""
    with ws.store.begin() as connection:
        catalogs.save(connection, catalog, author="test", at=ws.clock.now())


def _fail(*_: object) -> None:
    raise ZeroDivisionError
