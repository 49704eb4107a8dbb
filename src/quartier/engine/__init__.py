"""Where large tables are computed: DuckDB by default. Expressions are compiled by Ibis and run by native drivers."""

from quartier.engine.compiler import Dialect, Query, local_time, parameter, to_sql
from quartier.engine.duckdb import DuckDBEngine, EngineFailure
from quartier.engine.kept import forget_compiled, kept_sql, read_compiled, write_compiled
from quartier.engine.schema import (
    EVENT_ID,
    KEY,
    OCCURRED_AT,
    PUBLIC_ID,
    RESERVED,
    dtype_of,
    event_schema,
    event_table,
    subject_schema,
    subject_table,
)

__all__ = [
    "EVENT_ID",
    "KEY",
    "OCCURRED_AT",
    "PUBLIC_ID",
    "RESERVED",
    "Dialect",
    "DuckDBEngine",
    "EngineFailure",
    "Query",
    "dtype_of",
    "event_schema",
    "event_table",
    "forget_compiled",
    "kept_sql",
    "local_time",
    "parameter",
    "read_compiled",
    "subject_schema",
    "subject_table",
    "to_sql",
    "write_compiled",
]
