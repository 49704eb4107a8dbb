"""The quality of the data at work: reads the engine's tables."""

import dataclasses
import datetime as dt
from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from quartier.analyse.purchases import instants
from quartier.analyse.quality import columns as columns_
from quartier.analyse.quality import drift as drifts
from quartier.analyse.quality import outliers, volume
from quartier.analyse.quality.columns import ColumnQuality, EventQuality, Quality
from quartier.analyse.reading import Ask, asking, count_persons, count_rows, first, stored
from quartier.catalog import Catalog, EventType
from quartier.collect.comparing import teach
from quartier.engine import (
    KEY,
    REST,
    DuckDBEngine,
    event_table,
    known_schema,
    known_table,
    naive_utc,
    subject_table,
)

_KEY, _KNOWN_KEY = KEY["person"], "known_key"
_EVER = dt.datetime(1900, 1, 1, tzinfo=dt.UTC)


def quality(engine: DuckDBEngine, catalog: Catalog, at: dt.datetime, *, country: str = "FR") -> Quality:
    """How much of the data is filled in, valid and fresh, what is far out and what changed, as of an instant.

    `country` is that of phones that name none (ISO 3166).
    """
    teach(engine)
    catalog = stored(engine, catalog)
    return Quality(
        at=at,
        persons=count_persons(engine),
        traits=tuple(_traits(engine, catalog, at, country)) if engine.schema("person") else (),
        events=tuple(_event(engine, each, at, country) for each in catalog.events),
    )


def _traits(engine: DuckDBEngine, catalog: Catalog, at: dt.datetime, country: str) -> list[ColumnQuality]:
    """Of every trait of persons; drift is that of the persons who became known lately against those before."""
    traits = [each for each in catalog.traits if each.of == "person"]
    table = subject_table(catalog)
    found = _columns(engine, table, traits, at, country)
    if engine.schema(known_table("person")) is None:
        return found
    known = ibis.table(known_schema("person"), name=known_table("person")).rename({_KNOWN_KEY: _KEY})
    arrived = table.join(known, table[_KEY] == known[_KNOWN_KEY])
    return _drifted(engine, arrived, traits, found, at, since=_EVER)


def _event(engine: DuckDBEngine, event: EventType, at: dt.datetime, country: str) -> EventQuality:
    table, since = event_table(event), volume.since_when(at)
    ask = _asking(engine, at, since)
    found = _columns(engine, table, event.properties, at, country)
    found = _drifted(engine, table, event.properties, found, at, since=since)
    days = {int(row["ago"]): int(row["events"]) for row in ask(volume.days_expression(table))}
    fresh = first(ask(columns_.freshness_expression(table)))
    return columns_.event_of(event, fresh, at, found, volume.volume_of(days), _unfitting(engine, event))


def _unfitting(engine: DuckDBEngine, event: EventType) -> int:
    """How many events have something in `rest`: what does not fit its column, or has none."""
    if REST not in (engine.schema(event.table) or ()):
        return 0
    rows = ibis.table({REST: "string"}, name=event.table)
    return count_rows(engine, rows.filter(rows[REST].notnull()))


def _columns(
    engine: DuckDBEngine, table: ir.Table, wanted: Sequence[columns_.Column], at: dt.datetime, country: str
) -> list[ColumnQuality]:
    """Three queries for a table: the facts of every column, the frequent values, what lies outside the fences."""
    ask = _asking(engine, at, country=country)
    is_large = count_rows(engine, table) > columns_.LARGE
    facts = first(ask(columns_.facts_expression(table, wanted, is_large=is_large)))
    top = ask(columns_.top_expression(table, wanted, facts))
    found = columns_.columns_of(wanted, facts, top, is_large=is_large)
    fenced = {each: fences for each in wanted if (fences := outliers.fences_of(each, facts))}
    if not fenced:
        return found
    asked = {
        name: fact for each, fences in fenced.items() for name, fact in outliers.outside_facts(each, fences).items()
    }
    outside = first(ask(table.agg(**asked)))
    far_out = {each.name: outliers.outliers_of(each, fences, outside) for each, fences in fenced.items()}
    return [dataclasses.replace(each, outliers=far_out.get(each.name)) for each in found]


def _drifted(
    engine: DuckDBEngine,
    table: ir.Table,
    wanted: Sequence[columns_.Column],
    found: Sequence[ColumnQuality],
    at: dt.datetime,
    *,
    since: dt.datetime,
) -> list[ColumnQuality]:
    """The same columns with their drift between the last four weeks and what was before, back to `since`."""
    distinct = {each.name: each.distinct or 0 for each in found}
    compared = [each for each in wanted if drifts.is_compared(each, distinct[each.name])]
    if not compared:
        return list(found)
    ask = _asking(engine, at, since)
    cuts_facts = drifts.cuts_facts(compared)
    cuts = first(ask(drifts.within(table).agg(**cuts_facts))) if cuts_facts else {}
    counted = ask(drifts.bins_expression(table, compared, cuts))
    found_drifts = {each.name: drifts.drift_of(each, counted) for each in compared}
    return [dataclasses.replace(each, drift=found_drifts.get(each.name)) for each in found]


def _asking(engine: DuckDBEngine, at: dt.datetime, since: dt.datetime | None = None, country: str = "") -> Ask:
    """A function that gives the rows of a small expression between two instants, none for None."""
    recent = at - dt.timedelta(days=drifts.RECENT_DAYS)
    return asking(engine, {**instants(at, since), "recent": naive_utc(recent), "country": country})
