"""Cells to values: the ways in which people write numbers and dates."""

import datetime as dt

import ibis
import pyarrow as pa
import pytest

from quartier.catalog import ValueType
from quartier.collect.convert import converted
from quartier.engine import DuckDBEngine, Query, to_sql

AT = dt.datetime.fromisoformat


def value(cell: object, type_: ValueType, *, decimal: str = ".", order: str = "dmy", zone: str = "UTC") -> object:
    engine = DuckDBEngine()
    engine.stage("cells", pa.table({"cell": [cell]}))
    schema = engine.schema("cells")
    assert schema is not None
    found = converted(ibis.table(schema, name="cells").cell, type_, decimal=decimal, order=order, zone=zone)
    ((made,),) = engine.rows(Query(to_sql(found.name("made").as_table())))
    engine.close()
    return made


@pytest.mark.parametrize(
    ("text", "decimal", "number"),
    [
        ("12", ".", 12), ("-3.5", ".", -3.5), ("1,234.5", ".", 1234.5), ("(12)", ".", -12), ("$5", ".", 5),
        ("1e3", ".", 1000), ("1,23,4", ".", None), ("1_000", ".", None), ("inf", ".", None), ("nan", ".", None),
        ("1.234,5", ",", 1234.5), ("7,00 €", ",", 7), ("1,5", ",", 1.5), ("1 234,50", ",", 1234.5), ("12", ",", 12),
        ("abc", ".", None), (2.5, ".", 2.5), (3, ".", 3), (float("inf"), ".", None),
    ],
)  # fmt: skip
def test_numbers(text: object, decimal: str, number: float | None) -> None:
    assert value(text, ValueType.NUMBER, decimal=decimal) == number


@pytest.mark.parametrize(("cell", "whole"), [("7", 7), ("7.0", 7), ("7.5", None), (7.0, 7), (7.5, None), (2**60, None)])
def test_whole_numbers(cell: object, whole: int | None) -> None:
    assert value(cell, ValueType.INTEGER) == whole


@pytest.mark.parametrize(
    ("cell", "order", "at"),
    [
        ("03/04/2026", "dmy", AT("2026-04-02 22:00")), ("03/04/2026", "mdy", AT("2026-03-03 23:00")),
        ("2026-01-05T10:00:00Z", "ymd", AT("2026-01-05 10:00")), ("20260105", "ymd", AT("2026-01-04 23:00")),
        (AT("2026-01-05 10:00"), "ymd", AT("2026-01-05 09:00")), ("31/02/2026", "dmy", None),
        (dt.datetime(2026, 1, 5, 10, tzinfo=dt.UTC), "ymd", AT("2026-01-05 10:00")), ("0026-01-05", "ymd", None),
    ],
)  # fmt: skip
def test_wall_clocks_are_those_of_the_zone_unless_they_say_theirs(
    cell: object, order: str, at: dt.datetime | None
) -> None:
    assert value(cell, ValueType.INSTANT, order=order, zone="Europe/Paris") == at
