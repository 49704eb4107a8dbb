"""The temporary tables of an import, and the engine's memory of every event row."""

import ibis
import ibis.expr.types as ir

from quartier.collect.readers import LINE
from quartier.collect.rows import CONTENT
from quartier.engine import DuckDBEngine, Query, kept_sql, to_sql

RAW, TYPED, MARKED, KEYED, SUBJECTS, REJECTED = (
    "staged_raw", "staged_typed", "staged_marked", "staged_keyed", "staged_subjects", "staged_rejected",
)  # fmt: skip
SEEN = "quartier_rows"
"""The engine's memory of every event row: its id and its content, as 128 bits each."""

SEEN_SCHEMA = ibis.schema({"id_": "uuid", CONTENT: "uuid"})


def table(engine: DuckDBEngine, name: str) -> ir.Table:
    """A staged or stored table, as the engine has it."""
    return ibis.table(engine.schema(name), name=name)


def number(engine: DuckDBEngine, expression: ir.Expr) -> int:
    """The one number that an expression gives; 0 for none."""
    ((value,),) = engine.rows(Query(to_sql(expression)))
    return int(str(value or 0))


def count(engine: DuckDBEngine, name: str) -> int:
    """How many rows a table has."""
    ((value,),) = engine.rows(Query(_count_sql(name)))
    return int(str(value))


@kept_sql
def _count_sql(name: str) -> str:
    return to_sql(ibis.table({LINE: "int64"}, name=name).count())


def unstage(engine: DuckDBEngine, *names: str) -> None:
    """Let staged tables go, all of them unless some are named."""
    for name in names or _STAGED:
        engine.drop(name)


_STAGED = (RAW, TYPED, MARKED, KEYED, SUBJECTS, REJECTED, "staged_repeats", "staged_firsts", "staged_refused")
