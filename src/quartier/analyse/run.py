"""Analysis at work: what the engine's tables say of the base. Models, which write traits, run in `modelling`."""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Final

import numpy as np
import pyarrow as pa
from pyroaring import BitMap

from quartier.analyse import grid
from quartier.analyse import overview as overviews
from quartier.analyse.cohorts import Cohorts, cohorts_expression, cohorts_of
from quartier.analyse.concentration import Concentration, concentration_of
from quartier.analyse.definition import Rfm
from quartier.analyse.grid import RfmGrid
from quartier.analyse.overview import Overview
from quartier.analyse.profile import Compared, Profile, profile_of
from quartier.analyse.purchases import PERSON, Purchases, instants
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
from quartier.analyse.worth import Spending, Worth, worth_of
from quartier.catalog import Catalog
from quartier.config import Config
from quartier.engine import DuckDBEngine, Query, subject_table, to_sql
from quartier.store import Store, catalogs, runs

SUBJECT: Final = "person"


def rfm_grid(store: Store, engine: DuckDBEngine) -> RfmGrid | None:
    """The heat map of the last RFM run; None when there has been none."""
    with store.begin() as connection:
        catalog, run = catalogs.load(connection), runs.last(connection, "rfm")
    if run is None or engine.schema(SUBJECT) is None:
        return None
    rows = dicts(engine.fetch(grid.grid_query(catalog)))
    return grid.grid_of(rows, Rfm.model_validate(run.parameters).bins, run.as_of)


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
    return concentration_of(customers(engine, catalog, at)["net"].to_numpy(), at)


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
    return worth_of(sets, Spending.of(customers(engine, catalog, at)), count_persons(engine))


def _as_groups(inside: BitMap, rest: BitMap) -> pa.Table:
    keys = np.concatenate([np.frombuffer(each.to_array(), dtype=np.uint32) for each in (inside, rest)])
    is_inside = np.arange(len(keys)) < len(inside)
    return pa.table({PERSON: pa.array(keys.astype(np.int32)), IS_INSIDE: pa.array(is_inside)})


def customers(engine: DuckDBEngine, catalog: Catalog, at: dt.datetime) -> pa.Table:
    """One row per customer, as of an instant: person_key, last_at, orders, net."""
    catalog = stored(engine, catalog)
    buyers = Purchases.of(catalog).buyers(catalog)
    if buyers is None or engine.schema(SUBJECT) is None:
        return _CUSTOMER.empty_table()
    return engine.fetch(Query(to_sql(buyers.select(*_CUSTOMER.names)), instants(at)))


_CUSTOMER = pa.schema({PERSON: pa.int32(), "last_at": pa.timestamp("us"), "orders": pa.int64(), "net": pa.float64()})
