"""How each engine's SQL is written: Ibis's compilers, with our own functions and the repairs that members need.

A repair stands here when an engine would else find other members than the reference: letters compared without case,
lists, lines, the first and the last event, rounding.
"""

from collections.abc import Sequence
from typing import Any, ClassVar

import ibis
import ibis.expr.datatypes as dtypes
import sqlglot.expressions as sge
from ibis.backends.sql.compilers.base import NULL, SQLGlotCompiler
from ibis.backends.sql.compilers.duckdb import DuckDBCompiler
from ibis.backends.sql.compilers.postgres import PostgresCompiler
from ibis.backends.sql.compilers.pyspark import PySparkCompiler
from ibis.backends.sql.datatypes import PySparkType
from ibis.config import Config

from quartier.engine.dialects import Dialect
from quartier.engine.functions import EXACT_SUM, LOCAL_TIME, PARAMETER

_UTC = dtypes.Timestamp("UTC")


def new_compiler(dialect: Dialect) -> SQLGlotCompiler:
    """A compiler of a dialect; `compiler_of` keeps one of each."""
    if dialect == "pyspark":
        _complete_options()
    return {"duckdb": _DuckDB, "postgres": _Postgres, "pyspark": _Spark}[dialect]()


class _OwnFunctions:
    """Writes our functions; what each dialect does not write in its own way is Ibis's."""

    __slots__ = ()
    # Ibis makes a method of each entry when a compiler is defined: those of the dialect are inherited, made already.
    SIMPLE_OPS: ClassVar[dict[Any, str]] = {}
    UNSUPPORTED_OPS: ClassVar[tuple[Any, ...]] = ()
    f: Any
    agg: Any
    cast: Any

    def visit_ScalarUDF(self, op: Any, **arguments: Any) -> Any:  # noqa: N802  # Ibis names its methods so
        match op.__func_name__:
            case name if name == PARAMETER:
                return self.written_parameter(sge.Placeholder(this=op.args[0].value), op.dtype)
            case name if name == LOCAL_TIME:
                return self.written_local_time(*arguments.values())
        return super().visit_ScalarUDF(op, **arguments)  # type: ignore[misc]  # Ibis has it

    def visit_AggUDF(self, op: Any, *, where: Any, **arguments: Any) -> Any:  # noqa: N802  # the same
        if op.__func_name__ == EXACT_SUM:
            (numbers,) = arguments.values()
            return self.written_exact_sum(numbers, where)
        return super().visit_AggUDF(op, where=where, **arguments)  # type: ignore[misc]  # Ibis has it

    def written_parameter(self, placeholder: Any, dtype: dtypes.DataType) -> Any:
        return placeholder

    def written_local_time(self, instant: Any, zone: Any) -> Any:
        return self.f.timezone(zone, self.cast(instant, _UTC))

    def written_exact_sum(self, numbers: Any, where: Any) -> Any:
        raise NotImplementedError(type(self).__name__)


class _DuckDB(_OwnFunctions, DuckDBCompiler):  # type: ignore[misc]  # Ibis is not typed
    """DuckDB's own SQL."""

    __slots__ = ()

    def written_exact_sum(self, numbers: Any, where: Any) -> Any:
        """The compensated sum, whose error does not grow with the number of rows."""
        return self.agg.fsum(numbers, where=where)


class _Postgres(_OwnFunctions, PostgresCompiler):  # type: ignore[misc]  # Ibis is not typed
    """PostgreSQL's own SQL."""

    __slots__ = ()

    def written_parameter(self, placeholder: Any, dtype: dtypes.DataType) -> Any:
        """The driver tells the types of numbers and times; those of text and of lists of text are said here."""
        is_text = dtype.is_string() or (dtype.is_array() and dtype.value_type.is_string())
        return self.cast(placeholder, dtype) if is_text else placeholder

    def written_exact_sum(self, numbers: Any, where: Any) -> Any:
        """A sum of the numbers as they are written: a cast from a double alone keeps 15 digits only."""
        return self.cast(self.agg.sum(self._as_written(numbers), where=where), dtypes.float64)

    def visit_Round(self, op: Any, *, arg: Any, digits: Any) -> Any:  # noqa: N802  # Ibis names its methods so
        if not op.arg.dtype.is_floating() or digits is None:
            return super().visit_Round(op, arg=arg, digits=digits)
        return self.cast(self.f.round(self._as_written(arg), digits), op.dtype)

    def _as_written(self, number: Any) -> Any:
        return self.cast(self.cast(number, dtypes.string), dtypes.decimal)

    def visit_Lowercase(self, op: Any, *, arg: Any) -> Any:  # noqa: N802  # the same
        """Letter by letter, whatever the language of the database."""
        return self.f.lower(_by_letter(arg))

    def visit_Uppercase(self, op: Any, *, arg: Any) -> Any:  # noqa: N802  # the same
        return self.f.upper(_by_letter(arg))

    def visit_ArrayContains(self, op: Any, *, arg: Any, other: Any) -> Any:  # noqa: N802  # the same
        """`in`: a value of the list; a list of numbers keeps its own type, so that 2.5 is not taken for 2."""
        return sge.EQ(this=other, expression=sge.Any(this=sge.Paren(this=arg)))

    def visit_StructField(self, op: Any, *, arg: Any, field: str) -> Any:  # noqa: N802  # the same
        """Lines are arrays of JSON objects."""
        return self.cast(self.f.jsonb_extract_path_text(arg, sge.convert(field)), op.dtype)

    def visit_First(self, op: Any, *, arg: Any, where: Any, order_by: Any, include_null: bool) -> Any:  # noqa: N802
        return self._at_end(op, arg, where, order_by, include_null)

    def visit_Last(self, op: Any, *, arg: Any, where: Any, order_by: Any, include_null: bool) -> Any:  # noqa: N802
        return self._at_end(op, arg, where, _reversed(order_by), include_null)

    def _at_end(self, op: Any, arg: Any, where: Any, order_by: Sequence[Any], include_null: bool) -> Any:
        """The first of the values in an order, a missing one included."""
        kept = _counting(arg, where, include_null)
        # PostgreSQL puts arrays into an array only when they are of one length, so a list travels as its text.
        value = self.cast(arg, dtypes.string) if op.dtype.is_array() else arg
        values = sge.Paren(this=self.agg.array_agg(value, where=kept, order_by=tuple(order_by)))
        first = sge.Bracket(this=values, expressions=[sge.convert(1)], offset=1)
        return self.cast(first, op.dtype) if op.dtype.is_array() else first


class _NaiveInstants(PySparkType):  # type: ignore[misc]  # Ibis is not typed
    """Instants without a zone are what Spark calls TIMESTAMP_NTZ; its TIMESTAMP moves with the session's zone."""

    @classmethod
    def _from_ibis_Timestamp(cls, dtype: Any) -> Any:  # noqa: N802  # Ibis names its methods so
        return sge.DataType(this=sge.DataType.Type.TIMESTAMP if dtype.timezone else sge.DataType.Type.TIMESTAMPNTZ)


class _Spark(_OwnFunctions, PySparkCompiler):  # type: ignore[misc]  # Ibis is not typed
    """Spark's own SQL, in ANSI mode."""

    __slots__ = ()
    type_mapper = _NaiveInstants

    def written_local_time(self, instant: Any, zone: Any) -> Any:
        return self.f.anon.convert_timezone("UTC", zone, instant)

    def written_exact_sum(self, numbers: Any, where: Any) -> Any:
        """A sum in decimals, or of doubles where one of the numbers is too large to be held so."""
        numbers = numbers if where is None else self.if_(where, numbers, NULL)
        decimals = sge.TryCast(this=numbers, to=self.type_mapper.from_ibis(dtypes.Decimal(38, 12)), safe=True)
        on_paper = self.cast(self.f.sum(decimals), dtypes.float64)
        return self.if_(self.f.max(self.f.abs(numbers)) <= sge.convert(_MOST_ON_PAPER), on_paper, self.f.sum(numbers))

    def visit_Lowercase(self, op: Any, *, arg: Any) -> Any:  # noqa: N802  # Ibis names its methods so
        """Letter by letter: Java minds the place of a sigma in its word and makes two letters of the dotted İ."""
        return self.f.lower(self.f.anon.translate(arg, "İΣ", "iσ"))

    def visit_IsNull(self, op: Any, *, arg: Any) -> Any:  # noqa: N802  # the same
        """Missing and nothing else, for numbers too; in parentheses, since a comparison may follow."""
        return sge.paren(arg.is_(NULL))

    def visit_NotNull(self, op: Any, *, arg: Any) -> Any:  # noqa: N802  # the same
        return sge.paren(arg.is_(NULL).not_())

    def visit_First(self, op: Any, *, arg: Any, where: Any, order_by: Any, include_null: bool) -> Any:  # noqa: N802
        return self._by(self.agg.min_by, op, arg, where, order_by, include_null)

    def visit_Last(self, op: Any, *, arg: Any, where: Any, order_by: Any, include_null: bool) -> Any:  # noqa: N802
        return self._by(self.agg.max_by, op, arg, where, order_by, include_null)

    def _by(self, chosen: Any, op: Any, arg: Any, where: Any, order_by: Sequence[Any], include_null: bool) -> Any:
        """The value where the keys of the order are the least or the greatest; Spark orders no aggregate."""
        kept = _counting(arg, where, include_null)
        return chosen(arg, self.f.anon.struct(*(each.this for each in order_by)), where=kept)


_MOST_ON_PAPER = 1e15
"""Ten thousand million amounts of this size still add up within Spark's decimals of 38 digits, 12 of them decimals."""


def _counting(value: Any, where: Any, include_null: bool) -> Any:
    """Which rows an aggregate looks at: all that are asked for or, the missing left out, those of them with a value."""
    known = value.is_(NULL).not_()
    return where if include_null else known if where is None else sge.and_(where, known)


def _by_letter(text: Any) -> Any:
    return sge.Collate(this=text, expression=sge.to_identifier("pg_c_utf8", quoted=True))


def _reversed(order_by: Sequence[Any]) -> list[Any]:
    return [sge.Ordered(this=each.this, desc=not each.args.get("desc"), nulls_first=False) for each in order_by]


def _complete_options() -> None:
    """Ibis's compiler for Spark reads an option that only its own connection to Spark would have registered."""

    class Options(Config):  # type: ignore[misc]  # Ibis is not typed
        treat_nan_as_null: bool = False

    if ibis.options.pyspark is None:
        ibis.options.pyspark = Options()
