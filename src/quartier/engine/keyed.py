"""The rows of some persons or accounts, by their keys."""

from contextlib import AbstractContextManager

import ibis
import ibis.expr.datatypes as dtypes
import ibis.expr.types as ir
import pyarrow as pa
from pyroaring import BitMap

from quartier.engine.compiler import Query, Scalar, to_sql
from quartier.engine.protocol import Reads

WANTED = "quartier_wanted"


def rows_of_keys(
    engine: Reads, rows: ir.Table, key: str, keys: BitMap, given: dict[str, Scalar] | None = None
) -> pa.Table:
    """The rows whose key is among some keys, in order of the keys; `given` are the values of the rows' parameters."""
    asked = of_wanted(rows, key).order_by(key)
    with wanted(engine, keys):
        return engine.fetch(Query(to_sql(asked, engine.dialect), given or {}))


def of_wanted(rows: ir.Table, key: str) -> ir.Table:
    """The rows whose key is among those that are `wanted`; for SQL that is kept."""
    keys = ibis.table({"key": dtypes.int32}, name=WANTED)
    return rows.semi_join(keys, rows[key] == keys.key)


def wanted(engine: Reads, keys: BitMap) -> AbstractContextManager[str]:
    """Some keys as a view of the engine, for the length of a block."""
    return engine.view(pa.table({"key": pa.array(keys.to_array(), pa.int32())}), WANTED)
