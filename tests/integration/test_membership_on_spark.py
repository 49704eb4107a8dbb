"""Spark writes who belongs to what, and what changed; nothing but counts comes home."""

import datetime as dt
import json
import os
import subprocess
import sys
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import quartier
from quartier.engine import EngineFailure, MembershipTable, Query, SparkEngine
from quartier.segment.bind import bind
from quartier.segment.definition import KIND, read_segment
from quartier.segment.moments import Moment
from quartier.segment.whole_run import write_in_force, write_membership
from quartier.store import definitions
from tests.integration.spark_shop import CATALOG, SEGMENTS, draw
from tests.on_spark import require_spark

AT = dt.datetime(2026, 11, 21, 14, 5, tzinfo=dt.UTC)
MONTH_LATER = AT + dt.timedelta(days=30)
BOUND = {each["segment"]: bind(read_segment(each), CATALOG) for each in SEGMENTS}

pytestmark = [pytest.mark.spark, pytest.mark.slow]


def at(instant: dt.datetime) -> Moment:
    return Moment(instant, ZoneInfo("UTC"))


def counted(table: MembershipTable, instant: dt.datetime, *names: str) -> dict[str, tuple[int, int, int]]:
    segments = {name: BOUND[name] for name in names or BOUND}
    run = write_membership(table, segments, CATALOG, at(instant))
    return {each.segment: (each.size, each.entered, each.left) for each in run}


def test_sizes_and_changes_are_counted_where_the_members_are(spark: SparkEngine, folder: Path) -> None:
    draw(spark, persons=1000)
    table = MembershipTable(spark, str(folder))
    assert counted(table, AT) == {
        "everybody": (1000, 1000, 0),
        "french": (100, 100, 0),
        "recent": (200, 200, 0),
        "french-or-spender": (200, 200, 0),
    }
    assert counted(table, MONTH_LATER) == {
        "everybody": (1000, 0, 0),
        "french": (100, 0, 0),
        "recent": (0, 0, 200),
        "french-or-spender": (200, 0, 0),
    }
    left = {(row.segment, row.person_key) for row in table.changes(2).where("not has_entered").collect()}
    assert left == {("recent", key) for key in range(0, 1000, 5)}
    french = {row.person_key for row in table.members(2).where("segment = 'french'").collect()}
    assert french == set(range(0, 1000, 10))


def test_a_segment_is_compared_with_its_own_run_before(spark: SparkEngine, folder: Path) -> None:
    draw(spark, persons=100)
    table = MembershipTable(spark, str(folder))
    counted(table, AT, "recent", "french")
    counted(table, AT, "french")
    assert counted(table, MONTH_LATER) == {
        "everybody": (100, 100, 0),
        "french": (10, 0, 0),
        "recent": (0, 0, 20),
        "french-or-spender": (20, 20, 0),
    }
    assert {name: each.run for name, each in table.standing().items()} == dict.fromkeys(BOUND, 3)
    assert table.standing()["french"].at == MONTH_LATER


def test_a_run_that_broke_is_as_if_it_had_not_been(spark: SparkEngine, folder: Path) -> None:
    draw(spark, persons=100)
    table = MembershipTable(spark, str(folder))
    counted(table, AT, "recent")
    broken = [Query("select 'recent' as segment, 1 as person_key"), Query("select * from nowhere")]
    with pytest.raises(EngineFailure):
        table.write(["recent"], broken, MONTH_LATER)
    assert table.standing()["recent"].run == 1
    assert counted(table, MONTH_LATER, "recent") == {"recent": (0, 0, 20)}


def test_no_key_comes_home(spark: SparkEngine, folder: Path) -> None:
    draw(spark, persons=500_000)
    table = MembershipTable(spark, str(folder))
    with pytest.raises(EngineFailure):  # the session allows a megabyte of results: the keys alone are two
        spark.keys(Query("select person_key from person"))
    assert counted(table, AT, "everybody") == {"everybody": (500_000, 500_000, 0)}


def test_two_executors_write_what_one_machine_would(folder: Path) -> None:
    require_spark()
    ran = subprocess.run(
        [sys.executable, "-m", "tests.integration.written_by_a_cluster", str(folder / "lake")],
        env=os.environ | {"SPARK_WORKER_DIR": str(folder / "work")},
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    said = json.loads(ran.stdout.strip().splitlines()[-1])
    assert said["counted"] == [
        {"recent": [10_000, 10_000, 0], "french-or-spender": [10_000, 10_000, 0]},
        {"recent": [0, 0, 10_000], "french-or-spender": [10_000, 0, 0]},
    ]
    assert len(said["tasks"]) == 2
    assert all(tasks > 0 for tasks in said["tasks"].values())


def test_spark_writes_the_segments_in_force_of_a_workspace(
    spark: SparkEngine, folder: Path, workspace: quartier.Workspace
) -> None:
    with workspace.store.begin() as connection:
        for each in SEGMENTS:
            definitions.save(connection, KIND, each["segment"], each, author="test", at=AT)
    draw(spark, persons=100)
    table = MembershipTable(spark, str(folder / "lake"))
    given = workspace.store, table, CATALOG, workspace.config
    run = write_in_force(*given, at=AT, names=["recent", "french"])
    assert {each.segment: each.size for each in run} == {"recent": 20, "french": 10}
    assert {each.segment for each in write_in_force(*given, at=AT)} == set(BOUND)
