"""Matching on Spark: the same configuration finds the same pairs as on DuckDB, with the same probabilities."""

from pathlib import Path

import pyarrow as pa
import pytest

from benchmarks.matching_people import people
from benchmarks.matching_sets import read
from quartier.engine import SparkEngine
from quartier.errors import InvalidRequest
from quartier.identify.matching.on_spark import SparkWorkbench
from quartier.identify.matching.run import Matched, match
from tests import needs

pytestmark = [pytest.mark.spark, pytest.mark.slow]


def told(found: Matched) -> dict[tuple[str, str], float]:
    rows = found.pairs.select(["a", "b", "probability"]).to_pylist()
    return {(row["a"], row["b"]): row["probability"] for row in rows}


def assert_same_pairs(spark: SparkEngine, table: pa.Table, record: str) -> None:
    here, there = (told(each) for each in (match(table, record=record), on_spark(spark, table, record)))
    assert len(here) > 30
    assert here.keys() == there.keys()
    assert max(abs(here[pair] - there[pair]) for pair in here) < 1e-6


def on_spark(spark: SparkEngine, table: pa.Table, record: str) -> Matched:
    return match(table, record=record, spark=spark)


def test_generated_customers_are_matched_as_on_duckdb(spark: SparkEngine):
    assert_same_pairs(spark, people(200, 0.3, seed=6), "id")


@pytest.mark.data
def test_fake_1000_is_matched_as_on_duckdb(spark: SparkEngine):
    known = read("fake_1000", Path(needs.shared_data("fake_1000.csv.gz")).parent)
    assert_same_pairs(spark, known.tables[0].slice(0, 400), known.record)


def test_a_session_without_the_functions_that_liken_strings_is_refused(
    monkeypatch: pytest.MonkeyPatch, spark: SparkEngine
):
    monkeypatch.setattr("quartier.identify.matching.on_spark._can_liken", lambda _: False)
    with pytest.raises(InvalidRequest, match="liken"):
        SparkWorkbench(spark)
