"""SQL from expressions: values stay out of the text, and wall clocks follow the zone across the change of hour."""

import datetime as dt
from zoneinfo import ZoneInfo

import ibis
import pyarrow as pa
import pytest

from quartier.catalog import Catalog, EventType, Family, Label, Property, Trait, ValueType
from quartier.engine import DuckDBEngine, Query, event_table, local_time, parameter, subject_table, to_sql

LABEL = Label(en="x", fr="x")
ORDER = EventType(
    name="Order Completed", label=LABEL, properties=(Property(name="revenue", type=ValueType.NUMBER, label=LABEL),)
)


@pytest.fixture
def engine():
    opened = DuckDBEngine(threads=1)
    yield opened
    opened.close()


def test_a_parameter_is_a_placeholder_and_its_value_is_not_in_the_sql():
    orders = event_table(ORDER)
    sql = to_sql(orders.filter(lambda r: r.revenue > parameter("least", "float64")).select("person_key"))
    assert "$least" in sql
    assert "quartier_parameter" not in sql


def test_the_same_expression_gives_the_same_sql_so_that_it_can_be_kept():
    def expression():
        return event_table(ORDER).filter(lambda r: r.revenue > parameter("least", "float64"))

    assert to_sql(expression()) == to_sql(expression())


@pytest.mark.parametrize(
    ("dtype", "value"),
    [
        ("string", "O'Brien; drop table person"),
        ("int64", 7),
        ("float64", 0.1),
        ("boolean", True),
        ("date", dt.date(2026, 11, 21)),
        ("timestamp", dt.datetime(2026, 11, 21, 14, 5)),  # noqa: DTZ001 - the engine's instants are naive UTC
        ("array<string>", ["FR", "BE"]),
        ("array<int64>", [1, 2]),
    ],
)
def test_a_value_of_every_type_comes_back_as_it_went(engine: DuckDBEngine, dtype: str, value: object):
    one = ibis.table({"a": "int32"}, name="one")
    engine.ensure("one", one.schema())
    engine.append("one", pa.table({"a": pa.array([1], pa.int32())}))
    sql = to_sql(one.select(given=parameter("given", dtype)))
    assert engine.rows(Query(sql, {"given": value})) == [(value,)]


@pytest.mark.parametrize("zone", ["Europe/Paris", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "UTC"])
def test_the_wall_clock_follows_the_zone_across_both_changes_of_hour(engine: DuckDBEngine, zone: str):
    start = dt.datetime(2026, 1, 1, 0, 30, tzinfo=dt.UTC)
    instants = [start + dt.timedelta(minutes=97 * n) for n in range(5400)]
    naive = [each.replace(tzinfo=None) for each in instants]
    times = ibis.table({"occurred_at": "timestamp"}, name="times")
    engine.ensure("times", times.schema())
    engine.append("times", pa.table({"occurred_at": pa.array(naive, pa.timestamp("us"))}))

    found = engine.rows(Query(to_sql(times.select(wall=local_time(times.occurred_at, zone)))))

    assert [wall for (wall,) in found] == [each.astimezone(ZoneInfo(zone)).replace(tzinfo=None) for each in instants]


def test_the_last_hour_of_a_paris_day_is_not_the_last_hour_in_utc(engine: DuckDBEngine):
    times = ibis.table({"occurred_at": "timestamp"}, name="times")
    engine.ensure("times", times.schema())
    late = dt.datetime(2026, 3, 28, 23, 30)  # noqa: DTZ001 - the engine's instants are naive UTC
    engine.append("times", pa.table({"occurred_at": pa.array([late], pa.timestamp("us"))}))
    day = local_time(times.occurred_at, "Europe/Paris").date()
    assert engine.rows(Query(to_sql(times.select(day=day)))) == [(dt.date(2026, 3, 29),)]


def test_the_tables_of_a_catalog_hold_keys_ids_and_typed_columns():
    trait = Trait(name="country", type=ValueType.TEXT, family=Family.GEOGRAPHIC, label=LABEL)
    industry = trait.model_copy(update={"name": "industry", "of": "account"})
    catalog = Catalog(traits=(trait, industry), events=(ORDER,))
    assert list(subject_table(catalog).schema()) == ["person_key", "person_id", "country"]
    assert list(subject_table(catalog, "account").schema()) == ["account_key", "account_id", "industry"]
    assert dict(event_table(ORDER).schema().items()) == {
        "person_key": ibis.dtype("int32"),
        "event_id": ibis.dtype("string"),
        "occurred_at": ibis.dtype("timestamp"),
        "revenue": ibis.dtype("float64"),
    }


def test_lines_of_an_order_are_an_array_of_structs():
    line = Property(name="price", type=ValueType.NUMBER, label=LABEL)
    lines = Property(name="products", type=ValueType.LINES, label=LABEL, properties=(line,))
    event = EventType(name="Order Completed", label=LABEL, properties=(lines,))
    assert event_table(event).schema()["products"] == ibis.dtype("array<struct<price: float64>>")
