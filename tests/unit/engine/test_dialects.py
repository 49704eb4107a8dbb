"""One expression, three dialects: placeholders, wall clocks and sums as each engine has them."""

import subprocess
import sys

import ibis
import pytest

from quartier.engine import exact_sum, local_time, parameter, to_sql

ORDERS = ibis.table({"person_key": "int32", "revenue": "float64", "occurred_at": "timestamp"}, name="event_order")


@pytest.mark.parametrize(
    ("dialect", "placeholder"), [("duckdb", "> $least"), ("postgres", "> %(least)s"), ("pyspark", "> :least")]
)
def test_a_parameter_is_written_as_the_driver_reads_it(dialect, placeholder: str) -> None:
    assert placeholder in to_sql(ORDERS.filter(ORDERS.revenue > parameter("least", "float64")), dialect)


@pytest.mark.parametrize(("dialect", "sign"), [("duckdb", "%"), ("postgres", "%%"), ("pyspark", "%")])
def test_a_percent_sign_is_doubled_where_the_driver_reads_it(dialect, sign: str) -> None:
    tenth = ORDERS.filter((ORDERS.person_key % 10) == parameter("rest", "int32"))
    assert f" {sign} 10" in to_sql(tenth, dialect).replace("CAST(10 AS TINYINT)", "10")


@pytest.mark.parametrize(
    ("dialect", "clock"), [("duckdb", "TIMEZONE('"), ("postgres", "TIMEZONE('"), ("pyspark", "CONVERT_TIMEZONE(")]
)
def test_the_wall_clock_is_the_engines_own(dialect, clock: str) -> None:
    assert clock in to_sql(ORDERS.select(wall=local_time(ORDERS.occurred_at, "Europe/Paris")), dialect)


@pytest.mark.parametrize(
    ("dialect", "total"),
    [
        ("duckdb", "FSUM("),
        ("postgres", " AS DECIMAL)) FILTER(WHERE"),
        ("pyspark", "SUM(IF("),
    ],
)
def test_a_sum_is_exact_on_each_engine_and_only_of_the_rows_asked_for(dialect, total: str) -> None:
    large = exact_sum(ORDERS.revenue, ORDERS.revenue > 10)
    assert total in to_sql(ORDERS.group_by("person_key").agg(total=lambda _: large), dialect)


@pytest.mark.parametrize("dialect", ["duckdb", "postgres", "pyspark"])
def test_our_own_names_are_in_no_sql(dialect) -> None:
    summed = ORDERS.agg(total=exact_sum(ORDERS.revenue), at=local_time(ORDERS.occurred_at.max(), "UTC"))
    assert "quartier" not in to_sql(summed, dialect)


def test_an_amount_too_large_for_decimals_is_no_error_on_spark() -> None:
    assert "TRY_CAST(" in to_sql(ORDERS.agg(total=exact_sum(ORDERS.revenue)), "pyspark")


def test_quoting_a_name_does_not_change_how_lists_are_counted() -> None:
    asked = (
        "from quartier.engine import *; from quartier.engine.dialects import quoted; import ibis;"
        "names = [quoted(name, 'postgres') for name in ('a', 'b\"c')];"
        "table = ibis.table({'tags': 'array<string>'}, name='t');"
        "print(names, to_sql(table.filter(table.tags.length() == 0), 'postgres'))"
    )
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout
    assert '[\'"a"\', \'"b""c"\']' in told
    assert "CARDINALITY" in told
