"""The audit of a workspace: what was tampered with is found, what is right gives nothing, and troubles are named."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyroaring import BitMap

import quartier
from quartier.catalog import Catalog
from quartier.clock import FixedClock
from quartier.config import Config
from quartier.segment.health import Trouble
from quartier.segment.run import subject_key
from quartier.store import catalogs, evaluations, membership, refreshes
from quartier.store.refreshes import Refresh
from quartier.testing.audit import Audit, Checked, Unchecked, audit, draw
from tests.integration.tables import persons

START = dt.datetime(2026, 4, 1, 12, tzinfo=dt.UTC)
PERSONS = 60
SEGMENTS: list[dict[str, Any]] = [
    {"segment": "recent", "where": {"event": "Order Completed", "within": "30 days"}},
    {"segment": "belgian", "where": {"trait": "country", "is": "BE"}},
    {"segment": "three", "where": {"persons": ["C01", "c02@example.com", "C03"]}},
    {"segment": "both", "where": {"all": [{"segment": "recent"}, {"not": {"segment": "belgian"}}]}},
    {"segment": "best", "where": {"event": "Order Completed", "sum": "revenue", "top": "10 %"}},
]


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(START)


@pytest.fixture
def ws(folder: Path, clock: FixedClock) -> Iterator[quartier.Workspace]:
    path = quartier.create(folder / "shop", Config(name="Shop", memory_limit="512MB", threads=1))
    with quartier.open(path, clock=clock) as opened:
        opened.collect(persons(range(PERSONS)))
        opened.collect(orders(range(PERSONS)))
        opened.apply_segments(SEGMENTS)
        opened.refresh()
        yield opened


def orders(numbers: range) -> pa.Table:
    return pa.table({
        "order_id": [f"O{n}" for n in numbers],
        "customer_id": [f"C{n:02}" for n in numbers],
        "order_date": pa.array([START - dt.timedelta(days=n) for n in numbers], pa.timestamp("us", "UTC")),
        "total": [10.0 + n for n in numbers],
    })  # fmt: skip


def found(ws: quartier.Workspace, segment: str, **options: Any) -> Checked:
    return by_name(audit(ws, seed=1, **options))[segment]


def by_name(done: Audit) -> dict[str, Checked]:
    return {each.health.segment: each for each in done.segments}


def forge(ws: quartier.Workspace, segment: str, *, entered: BitMap = BitMap(), left: BitMap = BitMap()) -> None:  # noqa: B008 - never changed
    """A row of the log that no evaluation wrote."""
    with ws.store.begin() as connection:
        members = (membership.members_now(connection)[segment] | entered) - left
        membership.append(connection, segment, 1, members, at=START)


def test_memberships_that_are_right_give_nothing(ws: quartier.Workspace) -> None:
    done = audit(ws, seed=7)
    assert done.is_well
    assert (done.persons, done.sampled) == (PERSONS, PERSONS)
    assert {each.state for each in done.segments} == {"well"}
    compared = {name: (each.compared, each.mismatches) for name, each in by_name(done).items()}
    assert compared == dict.fromkeys(("recent", "belgian", "three", "both"), (PERSONS, 0)) | {"best": (0, 0)}
    assert by_name(done)["best"].unchecked is Unchecked.NEEDS_OTHERS


def test_a_comparison_with_an_earlier_window_is_decided_again_too(ws: quartier.Workspace) -> None:
    more = {
        "event": "Order Completed",
        "within": "30 days",
        "count": {"at_least": {"earlier": {"between": ["30 days", "60 days"]}}},
    }
    ws.apply_segments([{"segment": "as-often", "population": "customers", "where": more}])
    checked = found(ws, "as-often")
    assert checked.unchecked is None
    assert checked.compared > 0
    assert checked.mismatches == 0


def test_forged_rows_of_the_log_are_found_on_both_sides_with_public_ids(ws: quartier.Workspace) -> None:
    french, belgian = (subject_key(ws.engine, ws.catalog, each) for each in ("C01", "C03"))
    ids = {key: ws.persons(BitMap([key]), []).to_pylist()[0]["person_id"] for key in (french, belgian)}
    forge(ws, "belgian", entered=BitMap([french]), left=BitMap([belgian]))
    wrong = found(ws, "belgian")
    assert (wrong.wrongly_in, wrong.wrongly_out) == ((ids[french],), (ids[belgian],))
    assert (wrong.state, wrong.mismatch_rate) == ("wrong", 2 / PERSONS)
    assert found(ws, "recent").state == "well"


def test_a_member_who_is_nobody_is_found_without_a_sample(ws: quartier.Workspace) -> None:
    forge(ws, "best", entered=BitMap([PERSONS + 1_000]))
    assert (found(ws, "best", sample=0).strangers, found(ws, "best").state) == (1, "wrong")


def test_the_sample_holds_members_and_others_of_small_segments(ws: quartier.Workspace) -> None:
    everyone = BitMap(range(10_000))
    members = {"one": BitMap([5]), "all-but-one": everyone - BitMap([77]), "none": BitMap(), "all": everyone}
    drawn = draw(everyone, members, 20, seed=3)
    assert {5, 77} <= set(drawn)
    assert 20 < len(drawn) <= 20 + 2 * 10 * len(members)
    assert draw(everyone, members, 20, seed=3) == drawn != draw(everyone, members, 20, seed=4)
    assert draw(BitMap(), {"one": BitMap([5])}, 20, seed=3) == BitMap()


def test_each_segment_is_compared_at_the_instant_of_its_last_evaluation(
    ws: quartier.Workspace, clock: FixedClock
) -> None:
    clock.advance(dt.timedelta(days=10))
    done = by_name(audit(ws, seed=1, oldest=dt.timedelta(days=30)))
    assert (done["recent"].compared, done["recent"].mismatches) == (PERSONS, 0)
    assert done["recent"].health.lag == dt.timedelta(days=10)
    assert ws.evaluated("recent").size != found(ws, "recent").members  # time has moved who belongs


def test_persons_whose_data_changed_since_are_left_out_and_counted(ws: quartier.Workspace) -> None:
    ws.collect(persons(range(3), country="LU"))
    done = found(ws, "belgian")
    assert (done.compared, done.left_out, done.mismatches) == (PERSONS - 3, 3, 0)
    assert done.health.troubles == (Trouble.WAITING,)
    assert (done.state, done.health.waiting) == ("stuck", 3)
    ws.refresh()
    assert audit(ws, seed=1).is_well


def test_a_segment_that_a_refresh_left_out_is_stuck(ws: quartier.Workspace, clock: FixedClock) -> None:
    with ws.store.begin() as connection:
        before = evaluations.last_of_each(connection)["recent"]
    clock.advance(dt.timedelta(hours=1))
    ws.refresh()
    with ws.store.begin() as connection:
        evaluations.put(connection, [before])
    assert ws.health()["recent"].troubles == (Trouble.MISSED,)
    assert ws.health()["belgian"].state == "well"
    assert found(ws, "recent").unchecked is Unchecked.NOT_EVALUATED


def test_a_segment_is_stuck_when_it_was_not_evaluated_for_too_long_or_never(
    ws: quartier.Workspace, clock: FixedClock
) -> None:
    clock.advance(dt.timedelta(days=2))
    assert ws.health()["recent"].state == "well"
    clock.advance(dt.timedelta(seconds=1))
    assert ws.health()["recent"].troubles == (Trouble.OLD,)
    assert ws.health(oldest=dt.timedelta(days=3))["recent"].state == "well"
    with ws.store.begin() as connection:
        last = evaluations.last_of_each(connection)["recent"]
        evaluations.put(connection, [replace(last, at=None)])
    assert ws.health()["recent"].troubles == (Trouble.NEVER,)
    assert found(ws, "recent").health.lag is None


def test_a_rebuild_leaves_every_segment_stuck_until_a_refresh(ws: quartier.Workspace) -> None:
    ws.rebuild()
    assert {each.troubles for each in ws.health().values()} == {(Trouble.REBUILT,)}
    ws.refresh()
    assert audit(ws, seed=1).is_well


def test_a_refresh_that_failed_leaves_every_segment_stuck(ws: quartier.Workspace) -> None:
    with ws.store.begin() as connection:
        refreshes.record(connection, Refresh(START + dt.timedelta(hours=1), 0, 0, 0.0, error={"en": {}, "fr": {}}))
    assert {each.troubles for each in ws.health().values()} == {(Trouble.MISSED,)}


def test_a_segment_that_the_catalog_no_longer_allows_has_failed_with_its_reason(
    ws: quartier.Workspace, clock: FixedClock
) -> None:
    without = ws.catalog.model_dump() | {"traits": [each for each in ws.catalog.traits if each.name != "country"]}
    with ws.store.begin() as connection:
        catalogs.save(connection, Catalog.model_validate(without), author="somebody", at=START)
    health = ws.health()["belgian"]
    assert (health.state, health.troubles) == ("failed", (Trouble.FAILED,))
    clock.advance(dt.timedelta(hours=1))
    ws.refresh()
    done = audit(ws, seed=1)
    assert not done.is_well
    failed = by_name(done)["belgian"]
    assert (failed.state, failed.unchecked, failed.health.lag) == (
        "failed", Unchecked.NOT_EVALUATED, dt.timedelta(hours=1),
    )  # fmt: skip
    assert failed.health.error is not None
    assert "country" in str(failed.health.error["fr"])
    assert by_name(done)["recent"].state == "well"
