"""A whole condition as one statement; what is found at home comes as a table or is refused."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest

from quartier.engine import DuckDBEngine, Lacking
from quartier.segment.conditions import All, BoundSegment, Everyone, Not
from quartier.segment.leaves import Asking
from quartier.segment.moments import Moment
from quartier.segment.whole import found_at_home, holding_query, members_query

MOMENT = Moment(dt.datetime(2026, 11, 21, 14, 5, tzinfo=dt.UTC), ZoneInfo("Europe/Paris"))


@dataclass(frozen=True)
class Ranked:
    """A kind of condition that only set algebra at home can answer."""

    percent: int


@pytest.fixture
def engine() -> Iterator[DuckDBEngine]:
    opened = DuckDBEngine(threads=1)
    opened.stage("person", pa.table({"person_key": pa.array([0, 1, 2, 3], pa.int32()), "person_id": list("abcd")}))
    yield opened
    opened.close()


def test_a_condition_found_at_home_is_read_from_its_table(engine: DuckDBEngine) -> None:
    ranked = Ranked(10)
    with engine.view(pa.table({"person_key": pa.array([1, 3], pa.int32())})) as table:
        chosen = engine.keys(holding_query(All((Everyone(), Not(ranked))), MOMENT, Asking(), {ranked: table}))
    assert sorted(chosen.tolist()) == [0, 2]


def test_a_whole_group_may_be_given_as_a_table(engine: DuckDBEngine) -> None:
    group = All((Ranked(10), Ranked(20)))
    with engine.view(pa.table({"person_key": pa.array([2, 2], pa.int32())})) as table:
        assert engine.keys(holding_query(group, MOMENT, Asking(), {group: table})).tolist() == [2]


@pytest.mark.parametrize("dialect", ["duckdb", "postgres", "pyspark"])
def test_a_condition_found_at_home_is_refused_without_its_table(dialect) -> None:
    segment = BoundSegment("best", None, None, Everyone(), All((Ranked(10), Not(Ranked(20)), Ranked(10))))
    assert found_at_home(segment.condition) == [Ranked(10), Ranked(20)]
    with pytest.raises(Lacking) as refused:
        members_query(segment, MOMENT, Asking(dialect))
    assert refused.value.exit_code == 2
    assert "not built yet" in refused.value.to("en")
    assert "pas encore construit" in refused.value.to("fr")
    assert refused.value.remedy is not None
