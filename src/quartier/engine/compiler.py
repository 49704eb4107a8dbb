"""From Ibis expressions to SQL text: the only module that knows how Ibis compiles.

Ibis is the compiler, not the connection (docs/adr/0001-the-design.md): expressions over unbound tables become SQL with
named placeholders, and native drivers run it. Compiling costs milliseconds, so what changes from run to run (the
instant, a bound, a text to match) is a `parameter` and the SQL is kept.
"""

import datetime as dt
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache

import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir
import sqlglot.expressions as sge

from quartier.engine.dialects import Dialect, compiler_of

Scalar = str | int | float | bool | dt.date | dt.datetime | list[str] | list[float] | list[int]

PLACEHOLDERS: dict[Dialect, tuple[str, str]] = {"duckdb": ("$", ""), "postgres": ("%(", ")s"), "pyspark": (":", "")}
"""What stands before and after the key of a parameter."""


@dataclass(frozen=True)
class Query:
    """SQL text and the values of its named placeholders."""

    sql: str
    parameters: Mapping[str, Scalar] = field(default_factory=dict)


def to_sql(expression: ir.Expr, dialect: Dialect = "duckdb", *, in_steps: bool = False) -> str:
    """The SQL of an expression, each parameter as its dialect writes it: `$key`, `%(key)s`, `:key`.

    In steps, every `mutate` or `select` is a query of its own inside the next: an expression that others are made from
    is then computed once, and not written out in each of them.
    """
    return _compiled(expression.unbind().op(), dialect, in_steps)


def written(tree: sge.Expression, dialect: Dialect) -> str:
    """The text of a tree whose parameters are placeholders."""
    marked = tree.transform(lambda node: sge.Var(this=_MARK.format(node.this)) if _is_named(node) else node)
    text = str(marked.sql(compiler_of(dialect).dialect))
    # The driver reads % as the start of a placeholder.
    before, after = PLACEHOLDERS[dialect]
    return _MARKED.sub(rf"{before}\1{after}", text.replace("%", "%%") if dialect == "postgres" else text)


@lru_cache(maxsize=512)
def _compiled(operation: ops.Node, dialect: Dialect, in_steps: bool) -> str:
    """Equal expressions are compiled once: the next file of the same shape asks the same."""
    with _COMPILING, _fusing(not in_steps):
        tree = compiler_of(dialect).to_sqlglot(operation.to_expr())
    return written(tree, dialect)


@contextmanager
def _fusing(is_wanted: bool) -> Iterator[None]:
    """Ibis has this as an option of the process and not of a call."""
    before, ibis.options.sql.fuse_selects = ibis.options.sql.fuse_selects, is_wanted
    try:
        yield
    finally:
        ibis.options.sql.fuse_selects = before


_COMPILING = threading.RLock()
"""Requests compile beside the worker, and Ibis has options of the process."""

_MARK, _MARKED = "\x02{}\x03", re.compile("\x02(\\w+)\x03")


def _is_named(node: sge.Expression) -> bool:
    return isinstance(node, sge.Placeholder) and isinstance(node.this, str)
