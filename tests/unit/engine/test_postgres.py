"""PostgreSQL as an engine: tables made, filled and completed; results and failures that show no row."""

import datetime as dt
from collections.abc import Iterator

import ibis
import numpy as np
import pyarrow as pa
import pytest

from quartier.engine import EngineFailure, EngineUnreachable, Lacking, PostgresEngine, Query, QueryStopped
from quartier.engine.postgres_types import sql_type

PERSON = ibis.schema({"person_key": "int32", "country": "string"})
ALL = Query('select * from "person" order by person_key')
SECRET = "jeanne@example.org"


@pytest.fixture
def engine(postgres_url: str) -> Iterator[PostgresEngine]:
    opened = PostgresEngine(postgres_url, schema="unit")
    for table in opened.tables():
        opened.drop(table)
    opened.ensure("person", PERSON)
    yield opened
    opened.close()


def persons(*rows: tuple[int, str | None]) -> pa.Table:
    keys, countries = zip(*rows, strict=True)
    return pa.table({"person_key": pa.array(keys, pa.int32()), "country": pa.array(countries, pa.string())})


def test_a_table_is_made_and_later_gets_the_columns_it_lacks(engine: PostgresEngine) -> None:
    engine.append("person", persons((1, "FR")))
    engine.ensure("person", ibis.schema({**PERSON, "visits": "int64", "tags": "array<string>"}))
    assert engine.schema("person") == ibis.schema(
        {"person_key": "int64", "country": "string", "visits": "int64", "tags": "array<string>"}
    )
    assert engine.rows(ALL) == [(1, "FR", None, None)]
    assert engine.schema("event_order_completed") is None
    assert engine.tables() == ["person"]


def test_values_of_every_type_go_in_and_come_back(engine: PostgresEngine) -> None:
    row = {
        "a_text": "l'été\t\\N\n%s", "a_whole": 2**62, "a_number": 0.1, "a_flag": True,
        "a_day": dt.date(2024, 2, 29), "an_instant": dt.datetime(2026, 3, 29, 0, 59, 59, 999999),  # noqa: DTZ001 - naive UTC
        "texts": ["a", None, "", 'b"c'],
    }  # fmt: skip
    data = pa.Table.from_pylist([row, dict.fromkeys(row)], schema=pa.Table.from_pylist([row]).schema)
    engine.ensure("kinds", ibis.schema({name: _ibis(each) for name, each in row.items()}))
    engine.append("kinds", data)
    query = Query("select * from kinds order by a_text nulls last")
    assert engine.fetch(query).cast(data.schema).to_pylist() == data.to_pylist()
    assert [each for batch in engine.batches(query, 1) for each in batch.to_pylist()] == data.to_pylist()


def _ibis(value: object) -> str:
    return {str: "string", int: "int64", float: "float64", bool: "boolean", dt.date: "date",
            dt.datetime: "timestamp", list: "array<string>"}[type(value)]  # fmt: skip


def test_lines_are_json_objects_whose_missing_parts_stay_missing(engine: PostgresEngine) -> None:
    lines = [{"price": 1.5, "at": dt.datetime(2026, 1, 1)}, None, {"price": None, "at": None}]  # noqa: DTZ001 - naive UTC
    engine.ensure("orders", ibis.schema({"products": "array<struct<price: float64, at: timestamp>>"}))
    engine.append("orders", pa.table({"products": [lines, []]}))
    taken = (
        "select (products[1]->>'price')::float8, products[2], products[3]->>'price', cardinality(products) from orders"
    )
    assert engine.rows(Query(taken)) == [(1.5, None, None, 3), (None, None, None, 0)]


def test_merge_replaces_given_values_keeps_the_rest_and_adds_new_keys(engine: PostgresEngine) -> None:
    engine.append("person", persons((1, "FR"), (2, "BE")))
    engine.merge("person", "person_key", persons((1, "CH"), (2, None), (3, "LU")))
    assert engine.rows(ALL) == [(1, "CH"), (2, "BE"), (3, "LU")]


def test_results_come_as_arrow_as_tuples_and_as_dense_keys(engine: PostgresEngine) -> None:
    engine.append("person", persons((1, "FR"), (2, "BE"), (70_000, "BE")))
    query = Query("select person_key from person where country = %(country)s order by 1", {"country": "BE"})
    assert engine.fetch(query).to_pydict() == {"person_key": [2, 70_000]}
    assert engine.rows(query) == [(2,), (70_000,)]
    keys = engine.keys(query)
    assert keys.dtype == np.uint32
    assert keys.tolist() == [2, 70_000]
    assert engine.keys(Query("select person_key from person where false")).tolist() == []
    assert engine.fetch(Query("select person_key from person where false")).num_rows == 0


def test_a_view_is_gone_after_its_block(engine: PostgresEngine) -> None:
    with engine.view(pa.table({"person_key": pa.array([1, 2], pa.int32())})) as name:
        assert engine.rows(Query(f"select sum(person_key) from {name}")) == [(3,)]
    with pytest.raises(EngineFailure):
        engine.rows(Query(f"select * from {name}"))


def test_an_index_is_made_once_for_each_column(engine: PostgresEngine) -> None:
    for _ in range(2):
        engine.sort("person", "person_key", "country")
    made = Query("select count(*) from pg_indexes where schemaname = 'unit' and tablename = 'person'")
    assert engine.rows(made) == [(2,)]


def test_texts_are_in_the_order_of_their_characters_numbers(engine: PostgresEngine) -> None:
    engine.append("person", persons((1, "e10"), (2, "e9"), (3, "E1"), (4, "é")))
    ordered = engine.rows(Query('select country from "person" order by country'))
    assert [str(text) for (text,) in ordered] == sorted(["e10", "e9", "E1", "é"])


def test_the_session_is_in_utc(engine: PostgresEngine) -> None:
    assert engine.rows(Query("select current_setting('timezone')")) == [("UTC",)]


def test_a_failing_block_leaves_nothing_behind(engine: PostgresEngine) -> None:
    with pytest.raises(EngineFailure):
        _append_what_fails(engine)
    assert engine.rows(ALL) == []


def _append_what_fails(engine: PostgresEngine) -> None:
    with engine.transaction():
        engine.append("person", persons((1, "FR")))
        engine.append("person", pa.table({"person_key": ["not a number"]}))


def test_a_failure_that_speaks_of_the_sql_shows_it(engine: PostgresEngine) -> None:
    with pytest.raises(EngineFailure) as failed:
        engine.rows(Query("select no_such_column from person"))
    assert "no_such_column" in failed.value.to("fr")
    assert "PostgreSQL a refusé une requête" in failed.value.to("fr")


def test_a_failure_never_shows_the_value_of_a_row(engine: PostgresEngine) -> None:
    engine.append("person", persons((1, SECRET)))
    with pytest.raises(EngineFailure) as failed:
        engine.rows(Query("select cast(country as integer) from person"))
    assert "select cast(country" in failed.value.to("en")
    assert SECRET not in failed.value.to("en")
    assert failed.value.__cause__ is None


def test_a_query_that_runs_away_is_stopped_and_shown(postgres_url: str) -> None:
    engine = PostgresEngine(postgres_url, schema="unit", seconds=0.1)
    with pytest.raises(QueryStopped) as stopped:
        engine.rows(Query("select pg_sleep(20)"))
    engine.close()
    assert "pg_sleep" in stopped.value.to("en")
    assert stopped.value.exit_code == 2


def test_where_nothing_answers_the_address_is_not_repeated() -> None:
    with pytest.raises(EngineUnreachable) as refused:
        PostgresEngine("postgresql://jeanne:geheim@127.0.0.1:1/shop?connect_timeout=2")
    assert "geheim" not in refused.value.to("en") + str(refused.value.__cause__)


def test_collecting_into_it_is_a_lack_that_is_declared(engine: PostgresEngine) -> None:
    with pytest.raises(Lacking, match="PostgreSQL"):
        engine.stage("rows", persons((1, "FR")))


@pytest.mark.parametrize(
    ("dtype", "written"),
    [("int64", "bigint"), ("array<int64>", "bigint[]"), ("array<string>", 'text[] collate "C"'),
     ("array<struct<a: string>>", "jsonb[]"), ("string", 'text collate "C"')],
)  # fmt: skip
def test_a_column_has_the_type_that_holds_its_values(dtype: str, written: str) -> None:
    assert sql_type(ibis.dtype(dtype)) == written


def test_for_a_while_names_mean_a_few_of_their_rows(engine: PostgresEngine) -> None:
    engine.append("person", persons((1, "FR"), (2, "BE"), (3, "FR")))
    some = Query("select * from person where country = %(country)s", {"country": "FR"})
    with engine.shadowed({"person": some, "wanted": persons((3, None))}):
        assert engine.rows(ALL) == [(1, "FR"), (3, "FR")]
        assert engine.rows(Query("select person_key from wanted")) == [(3,)]
    assert engine.rows(Query("select count(*) from person")) == [(3,)]
    assert engine.tables() == ["person"]
