"""The dialects of SQL that engines speak, and the compiler of each."""

from functools import cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from ibis.backends.sql.compilers.base import SQLGlotCompiler

Dialect = Literal["duckdb", "postgres", "pyspark"]
SQL_NAMES: dict[Dialect, str] = {"duckdb": "duckdb", "postgres": "postgres", "pyspark": "spark"}
"""What sqlglot calls each dialect."""


@cache
def compiler_of(dialect: Dialect) -> "SQLGlotCompiler":
    """The compiler of a dialect, made when it is first asked for."""
    from quartier.engine.compilers import new_compiler  # a start whose SQL is kept compiles nothing

    return new_compiler(dialect)
