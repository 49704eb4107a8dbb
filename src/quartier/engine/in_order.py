"""Rows into a table that is in order of time, without writing all of it anew.

Messages come a little out of order all the time: only the end of a table, from the earliest new row on, is written
anew. Rows that come very late are added at the end, and the table is sorted once they are many.
"""

import ibis
import pyarrow as pa

from quartier.engine.compiler import Query
from quartier.engine.dialects import quoted
from quartier.engine.duckdb import DuckDBEngine
from quartier.engine.schema import EVENT_ID, OCCURRED_AT

UNSORTED = "quartier_unsorted"
_UNSORTED_SCHEMA = ibis.schema({"name": "string", "late": "int64"})
_TAIL, _INSTANTS = "staged_tail", "staged_instants"
SHORT_TAIL = 200_000
"""Rows at the end of a table that are written anew without a thought."""

SORT_FROM, SORT_SHARE = 50_000, 0.02
"""A table is sorted once so many rows, and such a share of it, are out of order."""


def add_in_order(engine: DuckDBEngine, table: str, staged: str) -> None:
    """Add staged rows to a table of events; call it in a transaction."""
    ((n, first),) = engine.rows(Query(f"select count(*), min({OCCURRED_AT}) from {quoted(staged, 'duckdb')}"))
    if first is None:
        return
    from_first = f"from {quoted(table, 'duckdb')} where {OCCURRED_AT} >= $first"
    ((late,),) = engine.rows(Query(f"select count(*) {from_first}", {"first": first}))  # type: ignore[dict-item]  # an instant
    if 0 < int(str(late)) <= max(SHORT_TAIL, 4 * int(str(n))):
        engine.stage(_TAIL, Query(f"select * {from_first}", {"first": first}))  # type: ignore[dict-item]  # an instant
        # By each instant once: a day of messages may share its midnight, and pairs of rows would be compared.
        engine.stage(_INSTANTS, Query(f"select distinct {OCCURRED_AT} from {_TAIL}"))
        engine.remove(table, _INSTANTS, OCCURRED_AT)
        engine.drop(_INSTANTS)
        engine.insert(_TAIL, Query(f"select * from {quoted(staged, 'duckdb')}"))
        engine.insert(table, _ordered(_TAIL))
        engine.drop(_TAIL)
        return
    engine.insert(table, _ordered(staged))
    if late:
        engine.ensure(UNSORTED, _UNSORTED_SCHEMA)
        engine.append(UNSORTED, pa.table({"name": [table], "late": pa.array([n], pa.int64())}))


def sort_late(engine: DuckDBEngine, *, whole: bool = False) -> None:
    """Sort the tables that very late rows were added to once these are many; with `whole`, all of them."""
    if engine.schema(UNSORTED) is None:
        return
    for name, late in engine.rows(Query(f"select name, sum(late) from {UNSORTED} group by 1 order by 1")):
        table, rows = str(name), int(str(late))
        ((all_rows,),) = engine.rows(Query(f"select count(*) from {quoted(table, 'duckdb')}"))
        if whole or (rows >= SORT_FROM and rows >= SORT_SHARE * int(str(all_rows))):
            with engine.transaction():
                engine.sort(table, OCCURRED_AT, EVENT_ID)
                engine.execute(Query(f"delete from {UNSORTED} where name = $name", {"name": table}))


def _ordered(staged: str) -> Query:
    return Query(f"select * from {quoted(staged, 'duckdb')} order by {OCCURRED_AT}, {EVENT_ID}")
