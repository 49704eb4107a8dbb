"""Spark as an engine: values travel as they are, sessions that would mean otherwise are refused, errors show no row."""

import datetime as dt

import ibis
import pyarrow as pa
import pytest

from quartier.engine import EngineFailure, Lacking, Query, SparkEngine, parameter, to_sql
from quartier.errors import InvalidRequest

pytestmark = [pytest.mark.spark, pytest.mark.slow]

NAIVE = dt.datetime(2026, 3, 29, 1, 30, 0, 1)  # noqa: DTZ001 - the engine's instants are naive UTC
VALUES = {
    "string": "O'Brien\\'; drop table person -- :v0",
    "int64": 2**62,
    "float64": 0.1,
    "boolean": True,
    "date": dt.date(1, 1, 1),
    "timestamp": NAIVE,
    "array<string>": ["FR", "d'été"],
    "array<int64>": [1, 2**40],
    "array<float64>": [1, 2.5],
    "array<date>": [dt.date(1582, 10, 10), dt.date(9999, 12, 31)],
}


def test_a_value_of_every_type_comes_back_as_it_went(spark: SparkEngine) -> None:
    one = ibis.table({"a": "int32"}, name="one")
    spark.load("one", pa.table({"a": pa.array([1], pa.int32())}))
    named = {f"v{number}": dtype for number, dtype in enumerate(VALUES)}
    sql = to_sql(one.select(**{name: parameter(name, dtype) for name, dtype in named.items()}), "pyspark")
    (row,) = spark.rows(Query(sql, dict(zip(named, VALUES.values(), strict=True))))
    assert list(row) == list(VALUES.values())


def test_instants_keep_their_value_to_the_microsecond(spark: SparkEngine) -> None:
    times = [dt.datetime(1, 1, 1), NAIVE, dt.datetime(9999, 12, 31, 23, 59, 59, 999_999)]  # noqa: DTZ001 - as above
    data = pa.table({"at": pa.array(times, pa.timestamp("us"))})
    with spark.view(data) as name:
        assert spark.fetch(Query(f"select `at` from {name}")).column("at").to_pylist() == times


def test_a_table_in_several_pieces_is_loaded_whole_although_one_of_them_is_empty(spark: SparkEngine) -> None:
    pieces = [pa.table({"a": pa.array(values, pa.int64())}) for values in ([1, 2], [], [3])]
    with spark.view(pa.concat_tables(pieces)) as name:
        assert sorted(spark.keys(Query(f"select a from {name}")).tolist()) == [1, 2, 3]


def test_a_query_comes_home_as_keys_and_in_parts(spark: SparkEngine) -> None:
    query = Query("select cast(id as int) person_key from range(10)")
    assert sorted(spark.keys(query).tolist()) == list(range(10))
    assert sum(batch.num_rows for batch in spark.batches(query, 3)) == 10


def test_a_failing_query_shows_its_sql_and_not_the_values_of_rows(
    spark: SparkEngine, capfd: pytest.CaptureFixture[str]
) -> None:
    spark.load("secrets", pa.table({"a": ["4111-1111"]}))
    capfd.readouterr()
    with pytest.raises(EngineFailure) as failed:
        spark.rows(Query("select cast(a as int) from secrets"))
    assert "cast(a as int)" in failed.value.to("en")
    assert "4111" not in failed.value.to("en")
    assert failed.value.__cause__ is None
    assert "4111" not in "".join(capfd.readouterr())


def test_a_query_that_cannot_be_meant_says_why(spark: SparkEngine) -> None:
    with pytest.raises(EngineFailure, match="nowhere"):
        spark.rows(Query("select * from nowhere"))


@pytest.mark.parametrize(("setting", "value"), [("spark.sql.session.timeZone", "Europe/Paris"),
                                                ("spark.sql.ansi.enabled", "false")])  # fmt: skip
def test_a_session_that_would_mean_otherwise_is_refused(spark: SparkEngine, setting: str, value: str) -> None:
    other = spark.session.newSession()
    other.conf.set(setting, value)
    with pytest.raises(InvalidRequest, match=f"{setting}={value}"):
        SparkEngine(other)


def test_what_spark_lacks_is_refused_as_declared(spark: SparkEngine) -> None:
    table = pa.table({"a": [1]})
    for asked in (
        lambda: spark.ensure("t", ibis.schema({"a": "int64"})),
        lambda: spark.append("t", table),
        lambda: spark.merge("t", "a", table),
        lambda: spark.stage("t", table),
    ):
        with pytest.raises(Lacking, match="Spark"):
            asked()
