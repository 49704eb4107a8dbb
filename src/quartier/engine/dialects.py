"""The dialects of SQL that engines speak, and the compiler of each."""

from functools import cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from ibis.backends.sql.compilers.base import SQLGlotCompiler

Dialect = Literal["duckdb", "postgres", "pyspark"]
_QUOTES: dict[Dialect, str] = {"duckdb": '"', "postgres": '"', "pyspark": "`"}


def quoted(name: str, dialect: Dialect) -> str:
    """A name of a table or column as SQL has it.

    Not by sqlglot: what it writes first fixes how it writes that dialect from then on, and Ibis, which may be loaded
    later, has repairs of its own to put in before (an empty array of PostgreSQL would have no length).
    """
    quote = _QUOTES[dialect]
    return f"{quote}{name.replace(quote, quote * 2)}{quote}"


@cache
def compiler_of(dialect: Dialect) -> "SQLGlotCompiler":
    """The compiler of a dialect, made when it is first asked for."""
    from quartier.engine.compilers import new_compiler  # a start whose SQL is kept compiles nothing

    return new_compiler(dialect)
