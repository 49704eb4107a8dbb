"""Analysis at work: reads the engine's tables, writes computed traits, records runs. The only file with I/O here."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
from pyroaring import BitMap

from quartier.analyse import grid, rfm
from quartier.analyse import overview as overviews
from quartier.analyse.cohorts import Cohorts, cohorts_expression, cohorts_of
from quartier.analyse.concentration import Concentration, concentration_of
from quartier.analyse.definition import Model, read_model
from quartier.analyse.grid import RfmGrid
from quartier.analyse.overview import Overview
from quartier.analyse.plain import Plain
from quartier.analyse.profile import Compared, Profile, profile_of
from quartier.analyse.purchases import PERSON, Purchases, amount_property, instants
from quartier.analyse.reading import asking, count_persons, dicts, first, naming, stored
from quartier.analyse.sides import (
    IS_INSIDE,
    SIDES,
    by_mean,
    by_share,
    compared_traits,
    means_sql,
    shares_sql,
)
from quartier.analyse.traits import RFM_TRAITS
from quartier.analyse.worth import Spending, Worth, worth_of
from quartier.catalog import Catalog
from quartier.config import Config
from quartier.engine import DuckDBEngine, Query, dtype_of, naive_utc, subject_table, to_sql
from quartier.engine.feed import note
from quartier.errors import InvalidRequest, UnknownName, suggestion
from quartier.language import Said, Text
from quartier.store import Store, catalogs, definitions, runs

SUBJECT: Final = "person"
_BEFORE = "rfm_before"
_COLUMNS = ibis.schema({PERSON: "int32"} | {each.name: dtype_of(each.type) for each in RFM_TRAITS})


@dataclass(frozen=True)
class ModelRun(Plain):
    """What a run of a model did: how many persons it saw, how many it scored, and what must be known of the result."""

    model: str
    at: dt.datetime
    as_of: dt.datetime
    persons: int
    customers: int
    classes: dict[str, int]
    """customers per class id, in the order of the classes"""
    traits: tuple[str, ...]
    """the traits that were written"""
    findings: tuple[Said, ...]


def run_model(
    store: Store,
    engine: DuckDBEngine,
    config: Config,
    model: Model,
    as_of: dt.datetime,
    at: dt.datetime,
    *,
    author: str,
) -> ModelRun:
    """Run a model as of an instant: write its traits, put them into the catalog, record the run.

    Events after `as_of` (usually now) are not counted; `at` is the present instant and `author` who asked, for the
    record. Raises UnknownName when the catalog has no such purchase or no such amount, and InvalidRequest when an
    instant is naive or `as_of` lies in the future.
    """
    _check_instants(as_of, at)
    with store.begin() as connection:
        catalog = catalogs.load(connection)
        _check_names(catalog, model)
        scored = _computed(engine, catalog, config, model, as_of)
        done = _summary(engine, model, scored, as_of, at)
        catalogs.save(connection, catalog.with_traits(*RFM_TRAITS), author=author, at=at)
        document = model.model_dump(mode="json")
        definitions.save(connection, "model", model.model, document, author=author, at=at)
        runs.append(connection, model.model, document, done.as_json(), as_of=as_of, at=at)
        # Last, so that a refused write leaves neither run nor catalog behind; the engine can always be made again.
        _write(engine, scored)
    return done


def rerun(store: Store, engine: DuckDBEngine, config: Config) -> list[ModelRun]:
    """Write the traits of the last run of each model again, as of the same instant; for `rebuild`. Records nothing."""
    with store.begin() as connection:
        catalog, last = catalogs.load(connection), runs.last_of_each(connection)
    done = []
    for run in last:
        model = read_model(run.parameters)
        scored = _computed(engine, catalog, config, model, run.as_of)
        _write(engine, scored)
        done.append(_summary(engine, model, scored, run.as_of, run.at))
    return done


def rfm_grid(store: Store, engine: DuckDBEngine) -> RfmGrid | None:
    """The heat map of the last RFM run; None when there has been none."""
    with store.begin() as connection:
        catalog, run = catalogs.load(connection), runs.last(connection, "rfm")
    if run is None or engine.schema(SUBJECT) is None:
        return None
    rows = dicts(engine.fetch(grid.grid_query(catalog)))
    return grid.grid_of(rows, read_model(run.parameters).bins, run.as_of)


def overview(engine: DuckDBEngine, catalog: Catalog, config: Config, at: dt.datetime) -> Overview:
    """The base at a glance, as of an instant."""
    catalog = stored(engine, catalog)
    purchases, events = Purchases.of(catalog), catalog.events
    ask = asking(engine, instants(at))
    return overviews.overview_of(
        at,
        catalog,
        persons=first(ask(overviews.persons_expression(catalog) if engine.schema(SUBJECT) else None)),
        counts=ask(overviews.counts_expression(events) if events else None),
        totals=first(ask(overviews.totals_expression(purchases))),
        sales=ask(overviews.sales_expression(purchases, config.time_zone)),
        active=ask(overviews.active_expression(events, config.time_zone) if events else None),
        refund=purchases.refund,
    )


def cohorts(engine: DuckDBEngine, catalog: Catalog, config: Config, at: dt.datetime) -> Cohorts:
    """The customers by month of first order, and how many ordered again in each month after, as of an instant."""
    catalog = stored(engine, catalog)
    ask, current = asking(engine, instants(at)), at.astimezone(config.zone).date().replace(day=1)
    known = cohorts_expression(catalog, Purchases.of(catalog), config.time_zone) if engine.schema(SUBJECT) else None
    return cohorts_of(ask(known), at, current)


def concentration(engine: DuckDBEngine, catalog: Catalog, at: dt.datetime) -> Concentration:
    """How concentrated net revenue is among customers, as of an instant."""
    return concentration_of(_spending(engine, catalog, at)["net"].to_numpy(), at)


def profile(
    engine: DuckDBEngine,
    catalog: Catalog,
    members: BitMap,
    at: dt.datetime,
    *,
    population: BitMap | None = None,
    excluded: Collection[str] = (),
) -> Profile:
    """What distinguishes members from the rest of a population (all persons unless given).

    Leave out by `excluded` the traits that define the set: that they differ is no finding. Sensitive traits and those
    that name or reach one person are never compared.
    """
    columns = engine.schema(SUBJECT)
    if columns is None:
        return profile_of([], at, persons=0, rest=0)
    traits = [each for each in compared_traits(catalog) if each.name in columns and each.name not in excluded]
    everyone = BitMap(engine.keys(Query(to_sql(subject_table(catalog).select(PERSON)))))
    among = everyone if population is None else everyone & population
    inside, rest = members & among, among - members
    found: list[Compared] = []
    if traits and inside and rest:
        with engine.view(_as_groups(inside, rest), SIDES):
            shares = [row for sql in shares_sql(traits) for row in dicts(engine.fetch(Query(sql)))]
            found = [*by_share(traits, shares)]
            if sql := means_sql(tuple(traits), at.astimezone(dt.UTC).year):
                found += by_mean(traits, dicts(engine.fetch(naming(sql, instants(at)))))
    return profile_of(found, at, persons=len(inside), rest=len(rest))


def worth(engine: DuckDBEngine, catalog: Catalog, sets: Mapping[str, BitMap], at: dt.datetime) -> tuple[Worth, ...]:
    """The part of persons, orders and net revenue of each named set; one query for all of them."""
    return worth_of(sets, Spending.of(_spending(engine, catalog, at)), count_persons(engine))


def _as_groups(inside: BitMap, rest: BitMap) -> pa.Table:
    keys = np.concatenate([np.frombuffer(each.to_array(), dtype=np.uint32) for each in (inside, rest)])
    is_inside = np.arange(len(keys)) < len(inside)
    return pa.table({PERSON: pa.array(keys.astype(np.int32)), IS_INSIDE: pa.array(is_inside)})


def _check_instants(as_of: dt.datetime, at: dt.datetime) -> None:
    if as_of.tzinfo is None or at.tzinfo is None:
        raise InvalidRequest(_NAIVE)
    if as_of > at:
        raise InvalidRequest(_FUTURE.with_(as_of=as_of, at=at))


def _check_names(catalog: Catalog, model: Model) -> None:
    """Refuse a purchase or amount that does not exist. A shop without refund events is no error: nothing came back."""
    purchase = catalog.event(model.purchase)
    if purchase is None:
        raise _unknown(_NO_EVENT, model.purchase, [each.name for each in catalog.events])
    if amount_property(purchase, model.amount) is None:
        numbers = [each.name for each in purchase.properties if amount_property(purchase, each.name)]
        raise _unknown(_NO_AMOUNT, model.amount, numbers, event=purchase.name)


def _unknown(what: Text, name: str, names: Sequence[str], **fields: str) -> UnknownName:
    return UnknownName(what.with_(name=name, **fields), remedy=suggestion(name, names))


def _computed(engine: DuckDBEngine, catalog: Catalog, config: Config, model: Model, as_of: dt.datetime) -> rfm.Scored:
    table = _customers(engine, catalog, config, model, as_of)
    last = table["last_at"].cast(pa.timestamp("us")).to_numpy().astype("datetime64[us]")
    days = (np.datetime64(naive_utc(as_of), "us") - last) // np.timedelta64(1, "D")
    return rfm.score(
        table[PERSON].to_numpy().astype(np.int64),
        days.astype(np.int64),
        table["orders"].to_numpy().astype(np.int64),
        table["net"].to_numpy().astype(np.float64),
        model.bins,
    )


def _customers(engine: DuckDBEngine, catalog: Catalog, config: Config, model: Model, as_of: dt.datetime) -> pa.Table:
    """One row per customer: person_key, last_at, orders, net."""
    since, catalog = model.since(as_of, config.zone), stored(engine, catalog)
    purchases = Purchases.of(catalog, purchase=model.purchase, refunds=model.refunds, amount=model.amount)
    buyers = purchases.buyers(catalog, is_windowed=since is not None)
    if buyers is None or engine.schema(SUBJECT) is None:
        return _CUSTOMER.empty_table()
    ordered = buyers.select(PERSON, "last_at", "orders", "net").order_by(PERSON)
    return engine.fetch(Query(to_sql(ordered), instants(as_of, since)))


def _spending(engine: DuckDBEngine, catalog: Catalog, at: dt.datetime) -> pa.Table:
    """One row per customer: person_key, last_at, orders, net."""
    catalog = stored(engine, catalog)
    buyers = Purchases.of(catalog).buyers(catalog)
    if buyers is None or engine.schema(SUBJECT) is None:
        return _CUSTOMER.empty_table()
    return engine.fetch(Query(to_sql(buyers.select(*_CUSTOMER.names)), instants(at)))


def _write(engine: DuckDBEngine, scored: rfm.Scored) -> None:
    """Put the traits in place of those of the run before; who is no longer a customer has none."""
    if engine.schema(SUBJECT) is None:
        return
    with engine.transaction():
        engine.ensure(SUBJECT, _COLUMNS)
        engine.stage(_BEFORE, Query(to_sql(_holding(SUBJECT))))
        engine.clear(SUBJECT, *(each.name for each in RFM_TRAITS))
        engine.merge(SUBJECT, PERSON, scored.to_arrow())
        was, is_now = ibis.table(_COLUMNS, name=_BEFORE), _holding(SUBJECT)
        differing = ibis.union(was.difference(is_now), is_now.difference(was))
        note(engine, SUBJECT, BitMap(engine.keys(Query(to_sql(differing[[PERSON]])))))
        engine.drop(_BEFORE)


def _holding(table: str) -> ir.Table:
    """The persons who have some of the traits, with these traits."""
    persons = ibis.table(_COLUMNS, name=table)
    return persons.filter(ibis.or_(*(persons[each.name].notnull() for each in RFM_TRAITS)))


def _summary(engine: DuckDBEngine, model: Model, scored: rfm.Scored, as_of: dt.datetime, at: dt.datetime) -> ModelRun:
    return ModelRun(
        model=model.model,
        at=at,
        as_of=as_of,
        persons=count_persons(engine),
        customers=len(scored.keys),
        classes=scored.class_counts(),
        traits=tuple(each.name for each in RFM_TRAITS),
        findings=scored.findings,
    )


_CUSTOMER = pa.schema({PERSON: pa.int32(), "last_at": pa.timestamp("us"), "orders": pa.int64(), "net": pa.float64()})
_NAIVE = Text(en="an instant without its time zone", fr="un instant sans son fuseau horaire")
_FUTURE = Text(
    en="a model cannot look from the future: {as_of} is after {at}",
    fr="un modèle ne peut pas regarder depuis l'avenir\N{NO-BREAK SPACE}: {as_of} vient après {at}",
)
_NO_EVENT = Text(en="no event is called “{name}”", fr="aucun événement ne s'appelle « {name} »")
_NO_AMOUNT = Text(
    en="“{event}” has no number called “{name}”",
    fr="« {event} » n'a pas de nombre appelé « {name} »",
)
