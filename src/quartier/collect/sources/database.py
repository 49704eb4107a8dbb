"""A table of an SQL database, batch by batch: dlt reads it into Arrow, in the order of the cursor."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import sqlalchemy as sa

from quartier.collect.sources import failures
from quartier.collect.sources.columns import Kinds
from quartier.collect.sources.cursors import Value
from quartier.collect.sources.definition import Database
from quartier.collect.sources.durations import duration
from quartier.collect.sources.library import load_dlt
from quartier.collect.sources.outside import Outside

_CONNECT = {"postgresql": {"connect_timeout": 10}, "mysql": {"connect_timeout": 10}}


def batches(
    reads: Database, wanted: Sequence[str] | None, cursor: Value, outside: Outside
) -> Iterator[tuple[pa.Table, Kinds]]:
    """The rows at and after `cursor`, with the kinds of all columns of the table.

    Of `wanted` columns those that are there are read; None reads all. Raises SourceFailed.
    """
    load_dlt()
    engine = _engine(reads, outside)
    try:
        columns = _columns(engine, reads)
        names = [name for name in columns if wanted is None or name in wanted or name == reads.cursor]
        if reads.cursor is not None and reads.cursor not in columns:
            raise failures.no_column(reads.table, reads.cursor)
        for table in _resource(engine, reads, names, _typed(cursor, columns, reads)):
            if isinstance(table, pa.Table) and table.num_rows:
                yield table.select(names), {name: _kind(type_) for name, type_ in columns.items()}
    except failures.SourceFailed:
        raise
    except Exception as error:  # whichever library raises it: dlt wraps what SQLAlchemy wraps what the driver says
        raise _failure(error, reads) from error
    finally:
        engine.dispose()


def _engine(reads: Database, outside: Outside) -> sa.Engine:
    try:
        url = sa.make_url(outside.secret(reads.url))
        name = url.get_backend_name()
        if name == "sqlite" and url.database not in (None, ":memory:") and not Path(str(url.database)).is_file():
            raise failures.no_database(reads.table, "FileNotFoundError")  # SQLite would make an empty one
        return sa.create_engine(url, connect_args=_CONNECT.get(name, {}))
    except ImportError as error:
        raise failures.no_driver(error.name or name) from error
    except sa.exc.ArgumentError as error:
        raise failures.no_database(reads.table, type(error).__name__) from None  # the error repeats the URL


def _columns(engine: sa.Engine, reads: Database) -> dict[str, Any]:
    found = sa.inspect(engine).get_columns(reads.table, schema=reads.schema_name)
    return {each["name"]: each["type"] for each in found}


def _resource(engine: sa.Engine, reads: Database, names: Sequence[str], since: Any) -> Any:
    """The reading by dlt of the table, with the bound and the order of the cursor."""
    from dlt.sources.sql_database import sql_table

    def bounded(query: Any, table: Any, *_others: Any) -> Any:
        if reads.cursor is None:
            return query
        query = query if since is None else query.where(table.c[reads.cursor] >= since)
        order = [table.c[reads.cursor]]
        if reads.primary_key and reads.primary_key in table.c:
            order.append(table.c[reads.primary_key])
        return query.order_by(*order)

    return sql_table(
        credentials=engine, table=reads.table, schema=reads.schema_name, backend="pyarrow",
        included_columns=list(names), chunk_size=reads.rows_at_once, query_adapter_callback=bounded,
        reflection_level="full",
    )  # fmt: skip


def _kind(type_: Any) -> str:
    try:
        python = type_.python_type
    except NotImplementedError:
        return "list"
    return next((kind for kinds, kind in _KINDS if issubclass(python, kinds)), "list")


_KINDS: tuple[tuple[tuple[type, ...], str], ...] = (
    ((bool,), "boolean"), ((int, float, Decimal), "number"), ((str,), "text"), ((dt.date, dt.time), "instant"),
)  # fmt: skip


def _typed(cursor: Value, columns: Mapping[str, Any], reads: Database) -> Any:
    """The kept value as the column's own type wants it, the lookback taken off."""
    if cursor is None or reads.cursor is None:
        return None
    try:
        python: Any = columns[reads.cursor].python_type
    except NotImplementedError:
        python = str
    if python not in (dt.datetime, dt.date):
        return cursor
    value = dt.datetime.fromisoformat(str(cursor))
    if reads.lookback:
        value -= duration(reads.lookback)
    return value if python is dt.datetime else value.date()


def _failure(error: BaseException, reads: Database) -> failures.SourceFailed:
    """The innermost cause by its class: its text may hold the URL or values."""
    known = [error]
    while (inner := known[-1].__cause__ or known[-1].__context__) is not None and inner not in known:
        known.append(inner)
    named = next((each for each in known if isinstance(each, sa.exc.SQLAlchemyError)), known[-1])
    return failures.no_database(reads.table, type(named).__name__)
