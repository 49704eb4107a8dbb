"""Functions that every engine has in a form of its own: expressions name them once, each dialect writes them.

Ibis has no named placeholders, writes wall clocks that silently stay in UTC, and adds floating-point numbers in
whatever order the engine likes. These three stand for what is meant; `engine/compilers.py` writes them.
"""

import ibis
import ibis.expr.datatypes as dtypes
import ibis.expr.types as ir

PARAMETER, LOCAL_TIME, EXACT_SUM = "quartier_parameter", "quartier_local_time", "quartier_exact_sum"


def parameter(key: str, dtype: dtypes.DataType | str) -> ir.Value:
    """A placeholder of a type, whose value is given under `key` when the query runs."""
    make = ibis.udf.scalar.builtin(_body, name=PARAMETER, signature=((dtypes.string,), dtypes.dtype(dtype)))
    return make(key)


def local_time(instant: ir.Value, zone: str | ir.Value) -> ir.Value:
    """The wall clock in `zone` of a naive UTC instant."""
    return _local_time(instant, zone)


def exact_sum(numbers: ir.Value, where: ir.BooleanValue | None = None) -> ir.Value:
    """The sum of numbers as a double, whatever the order of the rows; empty where there is none.

    Rounded to six decimals, sums are equal on all engines: DuckDB adds with a compensated sum, the others in decimals
    (PostgreSQL as the numbers are written, Spark to 12 decimals while no number exceeds 1e15).
    """
    return _exact_sum(numbers.cast("float64"), where=where)


def _body(x: str) -> None:
    """Never run: only names and types matter."""


def _local_body(instant: object, zone: str) -> None:
    """Never run."""


_local_time = ibis.udf.scalar.builtin(
    _local_body, name=LOCAL_TIME, signature=((dtypes.timestamp, dtypes.string), dtypes.timestamp)
)
_exact_sum = ibis.udf.agg.builtin(_body, name=EXACT_SUM, signature=((dtypes.float64,), dtypes.float64))
