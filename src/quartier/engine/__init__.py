"""Where large tables are computed: DuckDB by default. Expressions are compiled by Ibis and run by native drivers."""

from quartier.engine.compiler import Query, to_sql
from quartier.engine.compose import Every, Formula, KeySet, Member, Negation, Some, combined
from quartier.engine.dialects import Dialect
from quartier.engine.duckdb import DuckDBEngine
from quartier.engine.failures import EngineFailure, EngineUnreachable, QueryStopped
from quartier.engine.functions import exact_sum, local_time, parameter
from quartier.engine.kept import forget_compiled, kept_sql, read_compiled, write_compiled
from quartier.engine.keyed import rows_of_keys
from quartier.engine.lacks import Capability, Lack, Lacking, refuse
from quartier.engine.marking import members_of_each
from quartier.engine.membership_table import Counted, MembershipTable
from quartier.engine.postgres import PostgresEngine
from quartier.engine.protocol import Engine, Reads, Shadows
from quartier.engine.schema import (
    BELONGING,
    BELONGING_SCHEMA,
    EVENT_ID,
    KEY,
    OCCURRED_AT,
    PUBLIC_ID,
    RESERVED,
    REST,
    SEQ,
    TRAIT,
    change_columns,
    change_schema,
    change_table,
    dtype_of,
    event_schema,
    event_table,
    history_schemas,
    key_of,
    known_schema,
    known_table,
    naive_utc,
    subject_schema,
    subject_table,
)
from quartier.engine.spark import SparkEngine, spark_session

__all__ = [
    "BELONGING",
    "BELONGING_SCHEMA",
    "EVENT_ID",
    "KEY",
    "OCCURRED_AT",
    "PUBLIC_ID",
    "RESERVED",
    "REST",
    "SEQ",
    "TRAIT",
    "Capability",
    "Counted",
    "Dialect",
    "DuckDBEngine",
    "Engine",
    "EngineFailure",
    "EngineUnreachable",
    "Every",
    "Formula",
    "KeySet",
    "Lack",
    "Lacking",
    "Member",
    "MembershipTable",
    "Negation",
    "PostgresEngine",
    "Query",
    "QueryStopped",
    "Reads",
    "Shadows",
    "Some",
    "SparkEngine",
    "change_columns",
    "change_schema",
    "change_table",
    "combined",
    "dtype_of",
    "event_schema",
    "event_table",
    "exact_sum",
    "forget_compiled",
    "history_schemas",
    "kept_sql",
    "key_of",
    "known_schema",
    "known_table",
    "local_time",
    "members_of_each",
    "naive_utc",
    "parameter",
    "read_compiled",
    "rows_of_keys",
    "refuse",
    "spark_session",
    "subject_schema",
    "subject_table",
    "to_sql",
    "write_compiled",
]
