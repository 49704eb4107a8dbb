"""Events that signals of browsers show: derived from the reports in a chunk, with what is remembered until the next.

What is remembered stands beside the projector's mark and changes with it, so that a projection that starts again
derives the same.
"""

import datetime as dt
import functools
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import ibis
import ibis.expr.datatypes as dtypes
import ibis.expr.types as ir
import orjson
import pyarrow as pa

from quartier.catalog import Catalog, EventType
from quartier.collect.projector.chunks import Chunk
from quartier.collect.projector.happenings import EVENTS
from quartier.collect.rows import identifier_steps
from quartier.collect.signals import PARAMETERS, State, event_type, frustrations
from quartier.collect.signals.report import REPORT
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
from quartier.identify.resolve import ledger

SIGNALS = "quartier_signals"
_SCHEMA = ibis.schema({"remembered": "string"})
_FOUND = "staged_found"
_FOUND_SCHEMA = ibis.schema({EVENT_ID: "string", "user_id": "string", "anonymous_id": "string"})
_MARK = orjson.dumps(REPORT)
Message = dict[str, Any]


def with_derived(catalog: Catalog, chunk: Chunk) -> Catalog:
    """The catalog with the events that signals may show, if the chunk has reports of them."""
    if not holds_reports(chunk):
        return catalog
    for each in sorted(PARAMETERS.rules):
        declared = event_type(each)
        if declared and catalog.event(declared.name) is None:
            catalog = catalog.with_event(declared)
    return catalog


def holds_reports(chunk: Chunk) -> bool:
    """Whether there may be a report of signals in it."""
    return any(_MARK in each.body for each in chunk.entries)


def write_derived(engine: DuckDBEngine, catalog: Catalog, chunk: Chunk) -> None:
    """Add the events that the reports of a chunk show; call it in the transaction that moves the mark."""
    if not holds_reports(chunk):
        return
    found, state = frustrations(_reports(chunk), _remembered(engine))
    _remember(engine, state)
    for each in PARAMETERS.rules:
        event = catalog.event(each)
        assert event is not None  # `with_derived` came before
        engine.widen(event.table, ibis.schema({**event_schema(event), IDENTITY: dtypes.int32, REST: dtypes.string}))
    keys = _keys(engine, found)
    by_event = defaultdict(list)
    for message in found:
        by_event[message["event"]].append(message)
    for name, messages in sorted(by_event.items()):
        event = catalog.event(name)
        assert event is not None
        engine.stage(EVENTS, _rows(event, messages, keys))
        add_in_order(engine, event.table, EVENTS)
        engine.drop(EVENTS)


def _reports(chunk: Chunk) -> Iterator[Message]:
    for entry in chunk.entries:
        if _MARK in entry.body:
            yield from (orjson.loads(line) for line in entry.body.split(b"\n") if _MARK in line)


def _remembered(engine: DuckDBEngine) -> State | None:
    if engine.schema(SIGNALS) is None:
        return None
    ((kept,),) = engine.rows(Query(to_sql(ibis.table(_SCHEMA, name=SIGNALS))))
    return State.of_json(json.loads(str(kept)))


def _remember(engine: DuckDBEngine, state: State) -> None:
    engine.drop(SIGNALS)
    engine.ensure(SIGNALS, _SCHEMA)
    engine.append(SIGNALS, pa.table({"remembered": [json.dumps(state.as_json())]}))


def _keys(engine: DuckDBEngine, found: Sequence[Message]) -> dict[str, tuple[int, int]]:
    """The person and the identity of each event: those of its report."""
    columns = {EVENT_ID: "messageId", "user_id": "userId", "anonymous_id": "anonymousId"}
    types = pa.schema([(name, pa.string()) for name in columns])
    who = {name: [each.get(key) for each in found] for name, key in columns.items()}
    engine.stage(_FOUND, pa.table(who, schema=types))
    rows = engine.rows(Query(_keys_sql()))
    engine.drop(_FOUND)
    return {str(event_id): (int(str(key)), int(str(identity))) for event_id, key, identity in rows}


@kept_sql
def _keys_sql() -> str:
    found = ibis.table(_FOUND_SCHEMA, name=_FOUND)
    users, visitors = _known(found, "user_id"), _known(found, "anonymous_id")
    both = found.left_join(users, EVENT_ID).drop(f"{EVENT_ID}_right").left_join(visitors, EVENT_ID)
    key, identity = (
        ibis.coalesce(both[f"{name}_user_id"], both[f"{name}_anonymous_id"]) for name in ("key", "identity")
    )
    return to_sql(both.select(both[EVENT_ID], key=key, identity=identity).filter(lambda r: r.key.notnull()))


def _known(found: ir.Table, kind: str) -> ir.Table:
    value = functools.reduce(lambda text, step: step(text), identifier_steps(kind), found[kind])
    named = found.select(EVENT_ID, value=value)
    return named.join(ledger("person", kind), "value").select(
        EVENT_ID, **{f"key_{kind}": lambda r: r.key, f"identity_{kind}": lambda r: r.identity}
    )


def _rows(event: EventType, messages: Sequence[Message], keys: dict[str, tuple[int, int]]) -> pa.Table:
    """The rows of one type of event; a property that the catalog holds as something else is left out."""
    declared = event_type(event.name)
    assert declared is not None
    whose = [keys.get(each["messageId"]) for each in messages]
    columns: dict[str, pa.Array] = {
        KEY["person"]: pa.array([each and each[0] for each in whose], pa.int32()),
        IDENTITY: pa.array([each and each[1] for each in whose], pa.int32()),
        EVENT_ID: pa.array([each["messageId"] for each in messages], pa.string()),
        OCCURRED_AT: pa.array([_instant(each) for each in messages], pa.timestamp("us")),
    }
    for own in declared.properties:
        held = event.property(own.name)
        if held is not None and held.type is own.type:
            columns[own.name] = pa.array([each["properties"].get(own.name) for each in messages])
    return pa.table(columns)


def _instant(message: Message) -> dt.datetime:
    return dt.datetime.fromisoformat(message["timestamp"]).replace(tzinfo=None)
