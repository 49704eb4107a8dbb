"""Types between PostgreSQL, Arrow and Ibis, and values as the driver takes them."""

import datetime as dt
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import ibis
import ibis.expr.datatypes as dtypes
import pyarrow as pa

from quartier.engine import dialects
from quartier.engine.compiler import Scalar

LINES = "jsonb[]"
_SQL: dict[dtypes.DataType, str] = {
    dtypes.string: 'text collate "C"',
    dtypes.int8: "smallint",
    dtypes.int16: "smallint",
    dtypes.int32: "integer",
    dtypes.int64: "bigint",
    dtypes.float32: "float8",
    dtypes.float64: "float8",
    dtypes.boolean: "boolean",
    dtypes.date: "date",
    dtypes.timestamp: "timestamp",
}
_ARROW = {
    "text": pa.string(),
    "varchar": pa.string(),
    "int2": pa.int16(),
    "int4": pa.int32(),
    "int8": pa.int64(),
    "float4": pa.float64(),
    "float8": pa.float64(),
    "numeric": pa.float64(),
    "bool": pa.bool_(),
    "date": pa.date32(),
    "timestamp": pa.timestamp("us"),
    "timestamptz": pa.timestamp("us", "UTC"),
}
_IBIS = {
    "text": dtypes.string,
    "character varying": dtypes.string,
    "character": dtypes.string,
    "uuid": dtypes.string,
    "smallint": dtypes.int64,
    "integer": dtypes.int64,
    "bigint": dtypes.int64,
    "real": dtypes.float64,
    "double precision": dtypes.float64,
    "numeric": dtypes.float64,
    "boolean": dtypes.boolean,
    "date": dtypes.date,
    "timestamp without time zone": dtypes.timestamp,
    "timestamp with time zone": dtypes.Timestamp("UTC"),
    "text[]": dtypes.Array(dtypes.string),
    "character varying[]": dtypes.Array(dtypes.string),
    "jsonb[]": dtypes.Array(dtypes.json),
    "jsonb": dtypes.json,
    "json": dtypes.json,
}


def quoted(name: str) -> str:
    """A name as SQL has it."""
    return dialects.quoted(name, "postgres")


def column(name: str, dtype: dtypes.DataType) -> str:
    """The definition of a column."""
    return f"{quoted(name)} {sql_type(dtype)}"


def columns(schema: ibis.Schema) -> str:
    """The definitions of a table's columns."""
    return ", ".join(column(name, dtype) for name, dtype in schema.items())


def sql_type(dtype: dtypes.DataType) -> str:
    """The type of a column; texts in order of their characters' numbers, lines as JSON objects."""
    if dtype.is_array():
        if dtype.value_type.is_struct() or dtype.value_type.is_json():
            return LINES
        type_, *order = _SQL[dtype.value_type.copy(nullable=True)].split(" ", 1)
        return " ".join([f"{type_}[]", *order])
    return _SQL[dtype.copy(nullable=True)]


def schema_from(found: Iterable[tuple[str, str]]) -> ibis.Schema:
    """The Ibis schema of columns as PostgreSQL names their types; what has no counterpart is unknown."""
    return ibis.schema({name: _IBIS.get(type_, dtypes.unknown) for name, type_ in found})


def schema_of(schema: pa.Schema) -> ibis.Schema:
    """The Ibis schema of Arrow columns."""
    return ibis.schema({each.name: _from_arrow(each.type) for each in schema})


def given(parameters: Mapping[str, Scalar]) -> dict[str, Any]:
    """Values as the driver takes them: a list of numbers is of one type."""
    return {key: _evened(value) for key, value in parameters.items()}


def batch(description: Sequence[Any] | None, rows: Sequence[Sequence[Any]]) -> pa.RecordBatch:
    """Rows as an Arrow batch; every column has the type that the server named."""
    fields = [(each.name, _arrow_type(each.type_code)) for each in description or ()]
    values = zip(*rows, strict=True) if rows else ([] for _ in fields)
    arrays = [
        pa.array([_plain(each, type_) for each in own], type_) for own, (_, type_) in zip(values, fields, strict=True)
    ]
    return pa.RecordBatch.from_arrays(arrays, names=[name for name, _ in fields])


def sent(type_: pa.DataType) -> Callable[[Any], Any]:
    """How a value of an Arrow type is written into COPY's text."""
    if pa.types.is_list(type_) and pa.types.is_struct(type_.value_type):
        return _lines
    return lambda value: value


def _lines(lines: Sequence[Mapping[str, Any] | None] | None) -> list[str | None] | None:
    if lines is None:
        return None
    return [None if line is None else json.dumps(line, default=_iso, allow_nan=False) for line in lines]


def _iso(value: dt.date | dt.datetime) -> str:
    return value.isoformat()


def _evened(value: Scalar) -> Any:
    """The driver refuses a list of whole and broken numbers."""
    if isinstance(value, list) and any(isinstance(each, float) for each in value):
        return [float(each) for each in value]
    return value


def _plain(value: Any, type_: pa.DataType) -> Any:
    return float(value) if value is not None and pa.types.is_floating(type_) else value


def _arrow_type(oid: int) -> pa.DataType:
    import psycopg

    known = psycopg.adapters.types.get(oid)
    if known is None:
        return pa.string()
    own = _ARROW.get(known.name, pa.string())
    return pa.list_(own) if oid == known.array_oid else own


def _from_arrow(type_: pa.DataType) -> dtypes.DataType:
    if pa.types.is_list(type_):
        is_lines = pa.types.is_struct(type_.value_type)
        return dtypes.Array(dtypes.json if is_lines else _from_arrow(type_.value_type))
    if pa.types.is_timestamp(type_):
        return dtypes.timestamp
    return dtypes.dtype(_NAMES.get(str(type_), str(type_)))


_NAMES = {"bool": "boolean", "double": "float64", "date32[day]": "date", "large_string": "string", "null": "string"}
