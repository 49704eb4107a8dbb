"""The second half of an import: what was staged goes into the engine's tables, in one transaction.

`rebuild` and the first import run the same steps, so that both give the same tables.
"""

import datetime as dt

import ibis
import ibis.expr.datatypes as dtypes
import pyarrow as pa
from pyroaring import BitMap

from quartier.catalog import Catalog, EventType, Trait
from quartier.catalog.recognise import with_meaning
from quartier.collect import events
from quartier.collect.changing import ensure_history, keep_arrivals, keep_changes, retype_changes
from quartier.collect.definition import Layout
from quartier.collect.given import keep_given
from quartier.collect.plan import COMPLETED, REFUNDED, Field, Plan, meaning_of, trait_of
from quartier.collect.projector.marks import journal_mark
from quartier.collect.staging import Staged
from quartier.collect.tables import KEYED, SEEN, SEEN_SCHEMA, SUBJECTS, count, number, table
from quartier.engine import (
    EVENT_ID,
    IDENTITY,
    KEY,
    OCCURRED_AT,
    DuckDBEngine,
    Query,
    event_schema,
    naive_utc,
    said_schema,
    said_table,
    to_sql,
)
from quartier.engine.feed import note
from quartier.identify import run as identification
from quartier.identify.links import naming_accounts
from quartier.identify.persons import settle
from quartier.identify.rules import note_source
from quartier.identify.run import relink

MARK = "quartier_mark"
_MARK_SCHEMA = ibis.schema({"seq": "int64", "collected_at": "timestamp"})
_MARK_ARROW = pa.schema({"seq": pa.int64(), "collected_at": pa.timestamp("us")})
_ORDERS, _GROWN, _IDS = "staged_orders", "staged_grown", "staged_ids"


def catalog_after(catalog: Catalog, staged: Staged) -> Catalog:
    """The catalog with the traits and event types that this file brings."""
    plan = staged.plan
    traits = [_trait(each, name, plan, catalog) for each in plan.fields if (name := trait_of(each))]
    after = catalog.with_traits(*[each for each in traits if each != catalog.trait(each.name, each.of)])
    for found in _event_types(staged):
        known_event = catalog.event(found.name)
        after = after.with_event(events.united(known_event, found)) if known_event != found else after
    return after


def _trait(field: Field, name: str, plan: Plan, catalog: Catalog) -> Trait:
    """The trait of a field, as it is known or as it was recognised; an identifier always has its meaning."""
    known = catalog.trait(name, plan.subject)
    if known is not None:
        meaning = known.meaning or meaning_of(field)
        return known.model_copy(update={"type": field.type, "meaning": meaning})
    wanted = meaning_of(field)
    recognised = plan.recognised[field.column]
    found = recognised if wanted in (None, recognised.meaning) else with_meaning(wanted)
    label = plan.mapping.columns[field.column].label or found.label
    return found.trait(name, plan.subject).model_copy(update={"type": field.type, "label": label})


def project(
    engine: DuckDBEngine, staged: Staged, catalog: Catalog, secret: bytes, seq: int, at: dt.datetime, name: str
) -> dict[str, int]:
    """Write what is staged and the mark; all of it or nothing. Returns how many rows each event table got.

    `seq`, `at` and `name` are the number, the instant and the file of the import, from which on its values of traits
    hold; its changes are numbered among all that arrived, messages too.
    """
    with engine.transaction():
        engine.ensure(MARK, _MARK_SCHEMA)
        journal = journal_mark(engine)
        at = max(each for each in (at, collected_until(engine), journal.at) if each)  # a clock may be set back
        subject, place = staged.plan.subject, seq + journal.until
        ensure_history(engine)
        note_source(engine, place, name)
        keys = _write_subjects(engine, staged.plan, catalog, place, at)
        identification.write(engine, staged.identified)
        settle(engine, catalog, subject, keys, secret=secret, from_seq=place, moved=staged.identified.moved_keys)
        added = {}
        if staged.plan.has_events:
            added = {each.name: _write_events(engine, staged, catalog, each) for each in _event_types(staged)}
            engine.ensure(SEEN, SEEN_SCHEMA)
            engine.insert(SEEN, Query(to_sql(table(engine, KEYED).select(*SEEN_SCHEMA))))
        if _names_accounts(staged.plan, catalog):
            relink(engine, catalog)
        engine.append(MARK, pa.table({"seq": [seq], "collected_at": [naive_utc(at)]}, schema=_MARK_ARROW))
    return {name: n for name, n in added.items() if n}


def mark(engine: DuckDBEngine) -> int:
    """The last import that the engine holds, 0 for none."""
    if engine.schema(MARK) is None:
        return 0
    return number(engine, ibis.table(_MARK_SCHEMA, name=MARK).agg(n=lambda r: r.seq.max()))


def collected_until(engine: DuckDBEngine) -> dt.datetime | None:
    """The instant of the last import that the engine holds, None when there is none."""
    if engine.schema(MARK) is None:
        return None
    marks = ibis.table(_MARK_SCHEMA, name=MARK)
    ((last,),) = engine.rows(Query(to_sql(marks.agg(last=lambda r: r.collected_at.max()))))
    return last.replace(tzinfo=dt.UTC) if isinstance(last, dt.datetime) else None


def _event_types(staged: Staged) -> list[EventType]:
    plan = staged.plan
    if not plan.has_events:
        return []
    is_order = plan.mapping.layout in (Layout.ORDERS, Layout.ORDER_LINES)
    names = (COMPLETED, REFUNDED) if is_order else staged.event_names or (plan.mapping.event or "",)
    return [events.event_type(name, plan, is_order) for name in names]


def _names_accounts(plan: Plan, catalog: Catalog) -> bool:
    """Whether the file brings accounts, or says of persons to which they belong."""
    written = {trait_of(each) for each in plan.fields}
    return plan.subject == "account" or not written.isdisjoint(name for name, _ in naming_accounts(catalog))


def _write_subjects(engine: DuckDBEngine, plan: Plan, catalog: Catalog, seq: int, at: dt.datetime) -> BitMap:
    """Write what the file says under each identifier. Returns the persons or accounts that these belong to."""
    subject = plan.subject
    retype_changes(engine, catalog, subject)
    said, schema = said_table(subject), said_schema(catalog, subject)
    engine.widen(said, schema)
    fresh = table(engine, SUBJECTS)
    names = [name for name in fresh.columns if name in schema and name != IDENTITY]
    typed = fresh.select(IDENTITY, KEY[subject], **{name: fresh[name].cast(schema[name]) for name in names})
    engine.stage(_IDS, Query(to_sql(typed)))
    keep_changes(engine, catalog, subject, _IDS, names, at, seq)
    if subject == "person":
        keep_given(engine, _IDS, names, since=journal_mark(engine).until + 1)
    unknown = fresh.anti_join(table(engine, said), IDENTITY).select(IDENTITY).order_by(IDENTITY)
    keep_arrivals(engine, subject, engine.keys(Query(to_sql(unknown))).tolist(), at, seq)
    engine.merge_staged(said, IDENTITY, _IDS, [IDENTITY, *names])
    keys = _keys_of(engine, _IDS, KEY[subject])
    engine.drop(_IDS)
    return keys


def _write_events(engine: DuckDBEngine, staged: Staged, catalog: Catalog, found: EventType) -> int:
    plan = staged.plan
    event = catalog.event(found.name)
    if event is None:
        raise AssertionError(found.name)
    keyed = table(engine, KEYED)
    if plan.field("event"):
        keyed = keyed.filter(keyed["event"] == found.name)
    if plan.mapping.layout in (Layout.ORDERS, Layout.ORDER_LINES):
        refund = events.is_refund(keyed, plan)
        keyed = keyed.filter(refund if found.name == REFUNDED else ~refund)
    make = events.order_rows if plan.mapping.layout is Layout.ORDER_LINES else events.event_rows
    schema = ibis.schema({**event_schema(event), IDENTITY: dtypes.int32})
    engine.widen(event.table, schema)
    made = make(keyed, plan, found)
    typed = made.select(**{name: made[name].cast(schema[name]) for name in made.columns})
    engine.stage(_ORDERS, Query(to_sql(typed)))
    n = count(engine, _ORDERS)
    if n:
        note(engine, "person", _keys_of(engine, _ORDERS, KEY["person"]))
        _add_in_order(engine, event, can_grow=plan.mapping.layout is Layout.ORDER_LINES)
    engine.drop(_ORDERS)
    return n


def _keys_of(engine: DuckDBEngine, staged: str, key: str) -> BitMap:
    """The persons or accounts that some staged rows are about."""
    return BitMap(engine.keys(Query(to_sql(table(engine, staged).select(key).distinct()))))


def _add_in_order(engine: DuckDBEngine, event: EventType, *, can_grow: bool) -> None:
    """The table stays in order of time: rows that come after all others are added, else it is written anew."""
    before = count(engine, event.table)
    if before and can_grow:
        _grow_known_orders(engine, event)
    is_later = not before or _is_later(engine, event.table)
    ordered = table(engine, _ORDERS).order_by(OCCURRED_AT, EVENT_ID)
    engine.insert(event.table, Query(to_sql(ordered)))
    if not is_later:
        engine.sort(event.table, OCCURRED_AT, EVENT_ID)


def _is_later(engine: DuckDBEngine, known: str) -> bool:
    last = table(engine, known).agg(last=lambda r: r[OCCURRED_AT].max())
    first = table(engine, _ORDERS).agg(first=lambda r: r[OCCURRED_AT].min())
    ((is_later,),) = engine.rows(Query(to_sql(first.cross_join(last).select(later=lambda r: r.first > r.last))))
    return is_later is True


def _grow_known_orders(engine: DuckDBEngine, event: EventType) -> None:
    """A later file may bring further lines of an order that is known: the order grows, nothing is lost."""
    fresh, known = table(engine, _ORDERS), table(engine, event.table)
    before = known.select(
        known_identity=known[IDENTITY], known_id=known[EVENT_ID], known_at=known[OCCURRED_AT],
        known_revenue=known.revenue, known_products=known.products,
    )  # fmt: skip
    same = [fresh[IDENTITY] == before.known_identity, fresh[EVENT_ID] == before.known_id]
    joined = fresh.left_join(before, same)
    grown = joined.mutate(
        **{OCCURRED_AT: ibis.least(joined[OCCURRED_AT], joined.known_at.fill_null(joined[OCCURRED_AT]))},
        revenue=joined.revenue + joined.known_revenue.fill_null(0),
        products=ibis.ifelse(
            joined.known_products.isnull(), joined.products, joined.known_products.concat(joined.products)
        ),
    )
    engine.stage(_GROWN, Query(to_sql(grown.select(*fresh.columns))))
    engine.remove(event.table, _GROWN, IDENTITY, EVENT_ID)
    engine.stage(_ORDERS, Query(to_sql(table(engine, _GROWN))))
    engine.drop(_GROWN)
