"""How a comparison compiles: an operator over a column, its values as parameters."""

from collections.abc import Sequence
from typing import Any

import ibis.expr.datatypes as dtypes
import ibis.expr.types as ir

from quartier.catalog import ValueType
from quartier.engine import dtype_of, parameter
from quartier.segment.operators import OPERATORS


def holds(column: ir.Value, operator_key: str, type_: ValueType, prefix: str) -> ir.BooleanValue:
    """An operator over a column and its parameters; false where the column is missing."""
    operator = OPERATORS[operator_key]
    dtype = dtype_of(type_)
    types: Sequence[dtypes.DataType]
    match operator.takes:
        case "values":
            types = [dtype if type_ is ValueType.TEXTS else dtypes.Array(dtype)]
        case "pair" | "range":
            types = [dtype, dtype]
        case "duration":
            types = [dtype] if operator_key == "older_than" else [dtype, dtype]
        case "flag":
            types = [dtypes.boolean]
        case "days":
            types = [dtype, dtypes.Array(dtypes.int64), dtypes.string]
        case _:
            types = [dtype]
    compiled = operator.compiled(column, [parameter(f"{prefix}{i}", each) for i, each in enumerate(types)])
    return compiled if operator_key == "known" else column.notnull() & compiled


def numbered(prefix: str, values: Sequence[Any]) -> dict[str, Any]:
    """The values under the names that `holds` gives their parameters."""
    return {f"{prefix}{index}": value for index, value in enumerate(values)}
