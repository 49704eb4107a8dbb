"""From Ibis expressions to SQL text: the only module that knows how Ibis compiles.

Ibis is the compiler, not the connection (docs/adr/0001-the-design.md): expressions over unbound tables become SQL with
named placeholders, and native drivers run it. Compiling costs milliseconds, so what changes from run to run (the
instant, a bound, a text to match) is a `parameter` and the SQL is kept.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

import ibis
import ibis.expr.datatypes as dtypes
import ibis.expr.operations as ops
import ibis.expr.types as ir
import sqlglot.expressions as sge
from ibis.backends.sql.compilers.duckdb import DuckDBCompiler

Dialect = Literal["duckdb", "postgres", "pyspark"]
Scalar = str | int | float | bool | dt.date | dt.datetime | list[str] | list[float] | list[int]

_PLACEHOLDER = "quartier_parameter"


@dataclass(frozen=True)
class Query:
    """SQL text and the values of its named placeholders."""

    sql: str
    parameters: Mapping[str, Scalar] = field(default_factory=dict)


def parameter(key: str, dtype: dtypes.DataType | str) -> ir.Value:
    """A placeholder `$key` of a type, whose value is given when the query runs.

    Ibis has no placeholders of its own: it sees a function of a known type, which `to_sql` turns into `$key`.
    """
    make = ibis.udf.scalar.builtin(_placeholder, name=_PLACEHOLDER, signature=((dtypes.string,), dtypes.dtype(dtype)))
    return make(key)


def to_sql(expression: ir.Expr, dialect: Dialect = "duckdb", *, in_steps: bool = False) -> str:
    """The SQL of an expression, each parameter as `$key`.

    In steps, every `mutate` or `select` is a query of its own inside the next: an expression that others are made from
    is then computed once, and not written out in each of them.
    """
    return _compiled(expression.unbind().op(), dialect, in_steps)


@lru_cache(maxsize=512)
def _compiled(operation: ops.Node, dialect: Dialect, in_steps: bool) -> str:
    """Equal expressions are compiled once: the next file of the same shape asks the same."""
    with _fusing(not in_steps):
        tree = _COMPILERS[dialect].to_sqlglot(operation.to_expr())
    return str(tree.transform(_as_placeholder).sql(dialect))


@contextmanager
def _fusing(is_wanted: bool) -> Iterator[None]:
    """Ibis has this as an option of the process and not of a call."""
    before, ibis.options.sql.fuse_selects = ibis.options.sql.fuse_selects, is_wanted
    try:
        yield
    finally:
        ibis.options.sql.fuse_selects = before


def local_time(instant: ir.Value, zone: str) -> ir.Value:
    """The wall clock in `zone` of a naive UTC instant. A cast would silently stay in UTC."""
    return _timezone(zone, instant.cast(_UTC))


_UTC = dtypes.Timestamp("UTC")
_COMPILERS = {"duckdb": DuckDBCompiler()}


def _placeholder(key: str) -> None:
    """Never run: only its name and type matter."""


def _body(zone: str, instant: dt.datetime) -> None:
    """Never run: DuckDB has `timezone(zone, instant)`."""


_timezone = ibis.udf.scalar.builtin(_body, name="timezone", signature=((dtypes.string, _UTC), dtypes.timestamp))


def _as_placeholder(node: sge.Expression) -> sge.Expression:
    if isinstance(node, sge.Anonymous) and str(node.this).lower() == _PLACEHOLDER:
        return sge.Placeholder(this=node.expressions[0].this)
    return node
