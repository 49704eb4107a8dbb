"""The rows of some persons or accounts, by their keys."""

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
    wanted = ibis.table({"key": dtypes.int32}, name=WANTED)
    asked = rows.semi_join(wanted, rows[key] == wanted.key).order_by(key)
    with engine.view(pa.table({"key": pa.array(keys.to_array(), pa.int32())}), WANTED):
        return engine.fetch(Query(to_sql(asked, engine.dialect), given or {}))
