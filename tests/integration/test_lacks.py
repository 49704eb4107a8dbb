"""What an engine lacks is refused with the declared words, and what is not declared works: no engine pretends."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import ibis
import pyarrow as pa
import pytest

from quartier.engine import Capability, DuckDBEngine, Lacking, PostgresEngine, Query
from quartier.engine.lacks import LACKS
from quartier.engine.warehouse import read_warehouse, survey
from quartier.segment.bind import bind
from quartier.segment.conditions import BoundSegment
from quartier.segment.definition import read_segment
from quartier.segment.leaves import Asking
from quartier.segment.moments import Moment
from quartier.segment.whole import holding_query, members_of_each_query
from quartier.testing import engine_members, load, tiny_world, whole_members

MOMENT = Moment(dt.datetime(2026, 11, 21, 14, 5, tzinfo=dt.UTC), ZoneInfo("Europe/Paris"))
WORLD = tiny_world(
    """
    person | country
    ann    | FR
    bob    | BE

    Order Completed | at               | products: [category text]
    ann             | 2026-11-20 10:00 | [{category: shoes}]
    """
)
AnyEngine = DuckDBEngine | PostgresEngine


@dataclass(frozen=True)
class FoundAtHome:
    """A kind of condition that no query answers."""


@pytest.fixture(params=["duckdb", "postgres"])
def engine(request: pytest.FixtureRequest) -> Iterator[AnyEngine]:
    if request.param == "duckdb":
        opened: AnyEngine = DuckDBEngine(threads=1)
    else:
        opened = PostgresEngine(request.getfixturevalue("postgres_url"), schema="lacks")
    load(WORLD, opened)
    yield opened
    opened.close()


def french() -> BoundSegment:
    return bind(read_segment({"segment": "french", "where": {"trait": "country", "is": "FR"}}), WORLD.catalog)


def members(engine: AnyEngine) -> None:
    assert engine_members(french(), WORLD, engine, MOMENT) == {"ann"}


def whole(engine: AnyEngine) -> None:
    assert whole_members(french(), WORLD, engine, MOMENT) == {"ann"}


def home_kinds(engine: AnyEngine) -> None:
    holding_query(FoundAtHome(), MOMENT, Asking(engine.dialect))  # type: ignore[arg-type]  # no kind of ours


def lines(engine: AnyEngine) -> None:
    where = {"event": "Order Completed", "where": {"products.category": "shoes"}}
    bound = bind(read_segment({"segment": "shoes", "where": where}), WORLD.catalog)
    assert engine_members(bound, WORLD, engine, MOMENT) == {"ann"}


def key_tables(engine: AnyEngine) -> None:
    with engine.view(pa.table({"person_key": pa.array([7], pa.int32())})) as name:
        assert engine.keys(Query(f"select person_key from {name}")).tolist() == [7]


def writing(engine: AnyEngine) -> None:
    engine.drop("written")
    engine.ensure("written", ibis.schema({"person_key": "int32", "country": "string"}))
    engine.append("written", pa.table({"person_key": pa.array([1], pa.int32()), "country": ["FR"]}))
    engine.merge(
        "written", "person_key", pa.table({"person_key": pa.array([1, 2], pa.int32()), "country": ["BE", None]})
    )
    assert engine.rows(Query("select * from written order by 1")) == [(1, "BE"), (2, None)]


def staging(engine: AnyEngine) -> None:
    engine.stage("staged", pa.table({"a": [1]}))
    assert engine.rows(Query("select a from staged")) == [(1,)]


def warehouse(engine: AnyEngine) -> None:
    if isinstance(engine, PostgresEngine):
        engine.execute(Query("create schema if not exists tracked"))
        engine.execute(Query("create table if not exists tracked.users (id text, country text)"))
    described = {"warehouse": "shop", "schema": "tracked", "url": "postgresql:///shop"}
    assert [each.name for each in survey(engine, read_warehouse(described)).catalog.traits] == ["country"]


def membership_table(engine: AnyEngine) -> None:
    members_of_each_query({"french": french()}, MOMENT, Asking(engine.dialect))


PROBES: dict[Capability, Callable[[AnyEngine], None]] = {
    Capability.MEMBERS: members, Capability.WHOLE: whole, Capability.HOME_KINDS: home_kinds, Capability.LINES: lines,
    Capability.KEY_TABLES: key_tables, Capability.WRITING: writing, Capability.STAGING: staging,
    Capability.WAREHOUSE: warehouse, Capability.MEMBERSHIP_TABLE: membership_table,
    Capability.MEMBERSHIP_OF_ACCOUNTS: membership_table,
}  # fmt: skip


@pytest.mark.parametrize("asked", Capability)
def test_a_lack_is_refused_as_declared_and_all_else_works(asked: Capability, engine: AnyEngine) -> None:
    declared = LACKS.get((engine.dialect, asked))
    if declared is None:
        PROBES[asked](engine)
        return
    with pytest.raises(Lacking) as refused:
        PROBES[asked](engine)
    assert declared.reason.en in refused.value.to("en")
    assert declared.remedy.fr in refused.value.to("fr")
    assert refused.value.exit_code == 2
