"""Tiny tables for the engine, written as rows."""

import datetime as dt
from collections.abc import Mapping, Sequence

import pyarrow as pa

from quartier.catalog import Label

AT = dt.datetime(2026, 11, 21, 14, 5, tzinfo=dt.UTC)
NAME = Label(fr="nom", en="name")
EVENT = {"person_key": pa.int32(), "event_id": pa.string(), "occurred_at": pa.timestamp("us")}
ORDER = {"order_id": pa.string(), "revenue": pa.float64()}


def events(rows: Sequence[tuple[object, ...]], types: Mapping[str, pa.DataType] = ORDER) -> pa.Table:
    """Rows of (person, days before AT, property values...) as an event table."""
    filled = [(row[0], str(place), before(row[1]), *row[2:]) for place, row in enumerate(rows)]
    return table(filled, EVENT | dict(types)).sort_by("occurred_at")


def before(days: object) -> dt.datetime:
    """So many days before AT, as the engine holds it."""
    assert isinstance(days, int | float)
    return (AT - dt.timedelta(days=days)).replace(tzinfo=None)


def table(rows: Sequence[tuple[object, ...]], types: Mapping[str, pa.DataType]) -> pa.Table:
    """Rows as an Arrow table."""
    columns = zip(*rows, strict=True) if rows else [() for _ in types]
    return pa.table({name: pa.array(column, types[name]) for name, column in zip(types, columns, strict=True)})


def persons(numbers: range, country: str = "") -> pa.Table:
    """Customers by number, every third of them Belgian unless a country is given for all."""
    return pa.table({
        "customer_id": [f"C{n:02}" for n in numbers],
        "email": [f"c{n:02}@example.com" for n in numbers],
        "country": [country or ("FR" if n % 3 else "BE") for n in numbers],
    })  # fmt: skip
