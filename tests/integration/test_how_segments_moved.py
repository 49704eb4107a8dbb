"""The log, the past and the versions of segments in an open workspace."""

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest

import quartier
from quartier.clock import FixedClock
from quartier.config import Config
from quartier.errors import InvalidRequest, UnknownName
from quartier.segment.past import instants
from quartier.store import membership, refreshes
from tests.conftest import NOW

DAY = dt.timedelta(days=1)
RECENT = {"segment": "recent", "where": {"event": "Order Completed", "within": "30 days"}}
FRENCH = {"segment": "french", "where": {"trait": "country", "is": "FR"}}
PERSONS = 8


@pytest.fixture
def shop(made: Path, folder: Path, clock: FixedClock) -> Iterator[quartier.Workspace]:
    """A copy of the shop that was made, open."""
    with quartier.open(shutil.copytree(made, folder / "shop"), clock=clock) as opened:
        yield opened


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eight customers who ordered 0, 10, ... 70 days ago; the first four are French."""
    folder = tmp_path_factory.mktemp("made") / "shop"
    quartier.create(folder, Config(name="Tiny shop", memory_limit="512MB", threads=1))
    with quartier.open(folder, clock=FixedClock(NOW)) as workspace:
        fill(workspace)
    return folder


def fill(workspace: quartier.Workspace) -> None:
    names = [f"C{n}" for n in range(PERSONS)]
    countries = ["FR" if n < 4 else "BE" for n in range(PERSONS)]
    workspace.collect(pa.table({"customer_id": names, "country": countries}))
    ordered = pa.array([NOW - dt.timedelta(days=10 * n, hours=1) for n in range(PERSONS)], pa.timestamp("us", "UTC"))
    orders = {"order_id": [f"O{n}" for n in range(PERSONS)], "customer_id": names, "order_date": ordered}
    workspace.collect(pa.table({**orders, "total": [9.0] * PERSONS}))
    workspace.apply_segments([RECENT, FRENCH])


def refreshed(shop: quartier.Workspace, clock: FixedClock, days: int) -> None:
    for _ in range(days // 10):
        clock.advance(10 * DAY)
        shop.refresh()


def test_a_refresh_in_which_nothing_moved_is_seen_though_it_writes_no_row(
    shop: quartier.Workspace, clock: FixedClock
) -> None:
    with shop.store.begin() as connection:
        before = membership.position(connection)
    clock.advance(dt.timedelta(minutes=10))
    done = {each.definition.name: each for each in shop.refresh()}
    assert done["recent"].at == clock.now()
    standing = {each.definition.name: each for each in shop.segments()}
    assert {(each.at, each.entered, each.left) for each in standing.values()} == {(clock.now(), 0, 0)}
    with shop.store.begin() as connection:
        assert membership.position(connection) == before
        last = refreshes.last(connection)
    assert (last.at, last.position, last.segments) == (clock.now(), before, 2)


def test_sizes_and_movements_follow_what_was_observed(shop: quartier.Workspace, clock: FixedClock) -> None:
    refreshed(shop, clock, 30)
    sizes = shop.size_history("recent").sizes
    assert [(each.size, each.entered, each.left) for each in sizes] == [(3, 3, 0), (2, 0, 1), (1, 0, 1), (0, 0, 1)]
    assert len(shop.size_history("french").sizes) == 1
    moved = shop.movement("recent", NOW + 9 * DAY)
    assert (len(moved.before), len(moved.after), moved.entries, moved.exits) == (3, 0, 0, 3)
    assert shop.members("recent", ["user_id"], as_of=NOW + 15 * DAY)["user_id"].to_pylist() == ["C0", "C1"]


def test_flows_tell_where_everyone_went(shop: quartier.Workspace, clock: FixedClock) -> None:
    refreshed(shop, clock, 20)
    found = shop.flows(["recent", "french"], NOW)
    assert found.counts == ((0, 0, 0, 0), (0, 1, 0, 0), (0, 2, 1, 0), (0, 0, 0, 4))
    assert found.shared[0] == (1, 3)


def test_before_the_log_begins_the_answer_is_an_error_and_not_an_empty_list(shop: quartier.Workspace) -> None:
    with pytest.raises(InvalidRequest, match="known since"):
        shop.observed("recent", NOW - DAY)
    with pytest.raises(InvalidRequest, match="comes before"):
        shop.movement("recent", NOW, NOW - DAY)
    with pytest.raises(UnknownName, match="recent"):
        shop.size_history("rcent")
    with pytest.raises(UnknownName):
        shop.flows(["recent", "nobody"], NOW)


def test_the_past_of_a_segment_is_its_evaluation_at_each_instant(shop: quartier.Workspace) -> None:
    found = shop.past("recent", step="10 days", length="40 days")
    assert [each.at for each in found.sizes] == [NOW - n * 10 * DAY for n in (4, 3, 2, 1, 0)]
    assert [each.size for each in found.sizes] == [3, 3, 3, 3, 3]
    assert [each.entered for each in found.sizes] == [None, 1, 1, 1, 1]
    assert (found.is_reconstructed, found.as_today) == (True, ())
    french = shop.past("french", step="1 month", length="1 year")
    assert {each.size for each in french.sizes} == {4}
    assert french.as_today[0].fr == "Le pays est la France"


def test_a_test_of_a_property_that_moves_with_the_clock_is_right_at_each_instant(shop: quartier.Workspace) -> None:
    delivered = [NOW - dt.timedelta(days=days) for days in (5, 25, 45)]
    rows = {
        "event": ["Order Delivered"] * 3, "user_id": ["C0", "C1", "C2"],
        "timestamp": pa.array([NOW - 60 * DAY] * 3, pa.timestamp("us", "UTC")),
        "promised_for": pa.array(delivered, pa.timestamp("us", "UTC")),
    }  # fmt: skip
    shop.collect(pa.table(rows))
    late = {"event": "Order Delivered", "where": {"promised_for": {"within": "10 days"}}}
    shop.apply_segments([{"segment": "late", "where": late}])
    assert [each.size for each in shop.past("late", step="20 days", length="40 days").sizes] == [1, 1, 1]


def test_a_past_is_stored_only_when_asked_and_never_in_the_log(shop: quartier.Workspace) -> None:
    shop.past("recent", step="1 week", length="1 month")
    assert shop.kept_past("recent") is None
    given = shop.past("recent", step="1 week", length="1 month", keep=True)
    assert shop.kept_past("recent") == given
    assert len(shop.size_history("recent").sizes) == 1
    shop.apply_segments([{**RECENT, "where": {"event": "Order Completed", "within": "60 days"}}])
    assert shop.kept_past("recent") is None


def test_the_instants_of_a_past_do_not_drift_with_the_length_of_months(shop: quartier.Workspace) -> None:
    end_of_may = dt.datetime(2026, 5, 31, 12, tzinfo=dt.UTC)
    found = instants(end_of_may, "1 month", "3 months", shop.config)
    assert [each.day for each in found] == [28, 31, 30, 31]
    for step, length in (("1 minute", "1 year"), ("a week", "1 year"), ("1 week", "long")):
        with pytest.raises(InvalidRequest):
            instants(end_of_may, step, length, shop.config)


def test_undo_puts_the_document_of_an_earlier_version_in_force(shop: quartier.Workspace, clock: FixedClock) -> None:
    shop.apply_segments([{**RECENT, "where": {"event": "Order Completed", "within": "60 days"}}], author="ann")
    clock.advance(DAY / 24)
    standing = shop.undo("recent", author="bob")
    assert (standing.version, standing.size, standing.left) == (3, 3, 3)
    seen = shop.versions("recent")
    assert [each.author for each in seen] == ["quartier", "ann", "bob"]
    assert seen[0].document == seen[2].document
    assert shop.undo("recent", to=2).size == 6
    with pytest.raises(InvalidRequest, match="no version 9"):
        shop.undo("recent", to=9)
    with pytest.raises(InvalidRequest, match="no earlier version"):
        shop.undo("french")


def test_a_difference_is_said_in_both_languages(shop: quartier.Workspace) -> None:
    within = {"event": "Order Completed", "within": "60 days"}
    shop.apply_segments([{**RECENT, "where": {"all": [within, {"not": {"event": "Order Completed"}}]},
                          "population": "everyone"}])  # fmt: skip
    found = shop.difference("recent")
    changed, added = [each for each in found.edits if each.edit.place.startswith("where")]
    assert (changed.edit.kind, changed.before.en, changed.after.en) == (
        "changed", "Placed an order in the last 30 days", "Placed an order in the last 60 days",
    )  # fmt: skip
    assert (added.edit.kind, added.after.fr) == ("added", "Personnes qui n'ont jamais passé de commande.")
    assert found.old_sentence.fr == "Personnes qui ont passé une commande au cours des 30 derniers jours."
    assert shop.difference("recent", 2, 1).as_json()["edits"][0]["kind"] in ("changed", "removed")


def test_a_version_that_the_catalog_can_no_longer_say_is_compared_without_words(shop: quartier.Workspace) -> None:
    shop.apply_segments([{"segment": "x", "where": {"segment": "french"}}])
    shop.apply_segments([{"segment": "x", "where": {"trait": "country", "is": "BE"}}])
    shop.retire("french")
    found = shop.difference("x")
    assert (found.old_sentence, found.new_sentence.en) == (None, "Persons whose country is Belgium.")


def test_a_retired_segment_keeps_its_log_and_comes_back_with_all_that_moved_meanwhile(
    shop: quartier.Workspace, clock: FixedClock
) -> None:
    shop.retire("recent", author="ann")
    assert [each.definition.name for each in shop.segments()] == ["french"]
    refreshed(shop, clock, 20)
    assert [each.definition.name for each in shop.refresh()] == ["french"]
    assert len(shop.size_history("recent").sizes) == 1
    standing = shop.undo("recent")
    assert (standing.size, standing.left, standing.version) == (1, 2, 3)
    with pytest.raises(InvalidRequest, match="took it out of force"):
        shop.undo("recent", to=2)


def test_a_segment_that_others_refer_to_is_not_retired(shop: quartier.Workspace) -> None:
    shop.apply_segments([{"segment": "near", "population": "french", "where": {"event": "Order Completed"}}])
    with pytest.raises(InvalidRequest, match="is used by near"):
        shop.retire("french")
    shop.retire("near")
    assert shop.retire("french").is_retired
    with pytest.raises(UnknownName, match="in force"):
        shop.retire("french")


def test_a_retired_ready_made_segment_does_not_come_back_by_itself(shop: quartier.Workspace) -> None:
    made = [each.definition.name for each in shop.apply_ready_made()]
    shop.retire(made[0])
    assert made[0] not in [each.definition.name for each in shop.apply_ready_made()]
