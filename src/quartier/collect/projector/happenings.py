"""Events into their tables."""

import ibis
import ibis.expr.datatypes as dtypes

from quartier.catalog import EventType
from quartier.collect.projector.fitting import Column
from quartier.collect.projector.spreading import spread_sql
from quartier.engine import (
    EVENT_ID,
    IDENTITY,
    KEY,
    OCCURRED_AT,
    REST,
    DuckDBEngine,
    Query,
    event_schema,
    kept_sql,
    to_sql,
)
from quartier.engine.in_order import add_in_order

EVENTS = "staged_events"
_CARRIED = ((KEY["person"], "int32"), (IDENTITY, "int32"), (EVENT_ID, "string"), (OCCURRED_AT, "timestamp"))


def write_events(engine: DuckDBEngine, keyed: str, event: EventType, columns: tuple[Column, ...], has_odd: bool) -> int:
    """Add the staged events of one type to its table. Returns of how many something is in `rest`."""
    engine.widen(event.table, ibis.schema({**event_schema(event), IDENTITY: dtypes.int32, REST: dtypes.string}))
    engine.stage(EVENTS, Query(spread_sql(keyed, _CARRIED, columns, has_odd), {"table": event.table}))
    add_in_order(engine, event.table, EVENTS)
    ((in_rest,),) = engine.rows(Query(in_rest_sql(EVENTS)))
    engine.drop(EVENTS)
    return int(str(in_rest))


@kept_sql
def in_rest_sql(staged: str) -> str:
    """Of how many staged rows something is in `rest`."""
    rows = ibis.table({REST: "string"}, name=staged)
    return to_sql(rows.agg(n=lambda r: r[REST].count()))
