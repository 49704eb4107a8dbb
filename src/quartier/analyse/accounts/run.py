"""The traits of accounts at work: memberships, records and what persons do are brought to an instant.

They are a function of the tables and of the instant alone. What changed since the last time, and whom time has moved
across the edge of a window, says which accounts are looked at; the outcome is that of looking at all of them.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.datatypes as dtypes
import pyarrow as pa
from pyroaring import BitMap

from quartier.analyse.accounts.activity import ACCOUNT, TOUCHED, crossed_sql, figures_sql, parameters
from quartier.analyse.accounts.marks import Mark, is_forgotten, put_mark, read_mark, rules_of
from quartier.analyse.accounts.traits import ACTIVE, BOUGHT, KNOWN, ROLLED_UP, ROLLED_UP_FROM
from quartier.analyse.purchases import Purchases
from quartier.analyse.reading import naming, stored
from quartier.catalog import Catalog, Trait
from quartier.config import Config
from quartier.engine import DuckDBEngine, Query, dtype_of, naive_utc, rows_of_keys
from quartier.engine.compiler import Scalar
from quartier.engine.feed import Changed, changed_since
from quartier.identify.accounts import Hierarchy
from quartier.identify.accounts import run as accounts
from quartier.identify.accounts.joining.run import bring_joined
from quartier.identify.accounts.memberships import Sources
from quartier.identify.accounts.run import Records
from quartier.identify.accounts.traits import HOUSEHOLD_NAME, KIND
from quartier.identify.links import has_accounts
from quartier.store import Store, catalogs

AUTHOR = "quartier"
WINDOWS = (dt.timedelta(0), dt.timedelta(days=30), dt.timedelta(days=90))
"""How long ago an event changes what counts by getting older: when it is no longer to come, and when it leaves."""


@dataclass(frozen=True)
class Brought:
    """What was done.

    Attributes:
        looked_at: how many accounts were looked at.
        is_whole: whether these were all of them.
    """

    looked_at: int = 0
    is_whole: bool = False


@dataclass(frozen=True)
class _Plan:
    """What is computed: which traits, by what catalog and settings, up to when."""

    catalog: Catalog
    """As the engine holds it."""
    config: Config
    at: dt.datetime
    records: Records
    figures: tuple[Trait, ...]

    @property
    def traits(self) -> tuple[Trait, ...]:
        own = (KIND, HOUSEHOLD_NAME) if self.config.households else ()
        return (*own, *self.records.traits, *self.figures, *(self.sums if self.records.parent else ()))

    @property
    def sums(self) -> tuple[Trait, ...]:
        """The figures that are added up over a hierarchy."""
        there = {each.name for each in self.figures}
        return tuple(each for each in ROLLED_UP if ROLLED_UP_FROM.get(each.name, "persons_known") in there)


def bring(store: Store, engine: DuckDBEngine, config: Config, at: dt.datetime, *, whole: bool = False) -> Brought:
    """Bring the traits of accounts to an instant, and the catalog to know them; `whole` looks at every account.

    Nothing is done where there are no accounts.
    """
    mark = read_mark(engine)
    if engine.schema("account") is None or (mark is None and not config.households and not has_accounts(engine)):
        return Brought()
    with store.begin() as connection:
        catalog = catalogs.load(connection)
        plan = _planned(engine, catalog, config, at)
        fresh = [each for each in plan.traits if catalog.trait(each.name, "account") is None]
        if fresh:
            catalogs.save(connection, catalog.with_traits(*fresh), author=AUTHOR, at=at)
    rules = rules_of(plan.catalog, config, [each.name for each in plan.traits])
    is_whole = whole or mark is None or mark.rules != rules or at < mark.as_of or is_forgotten(engine, mark.fed)
    changed = changed_since(engine, mark.fed if mark else 0)
    with engine.transaction():
        engine.ensure("account", ibis.schema({each.name: dtype_of(each.type) for each in plan.traits}))
        records = _records(engine, plan, None if is_whole else mark, changed)
        accounts.write_records(engine, plan.records, config, records, at)
    persons = None if is_whole else changed.persons | changed.linked_persons
    if is_whole or persons or changed.accounts:
        joined = bring_joined(store, engine, catalog, config, persons, at)
        persons = None if persons is None else persons | joined
    with engine.transaction():
        if persons is None or mark is None:
            looked_at = _bring_all(engine, plan)
        else:
            looked_at = _bring_touched(engine, plan, mark, changed, persons)
        put_mark(engine, Mark(changed_since(engine, changed.mark).mark, at, rules))
    return Brought(looked_at, is_whole)


def _planned(engine: DuckDBEngine, catalog: Catalog, config: Config, at: dt.datetime) -> _Plan:
    """What the traits that are given allow for; a given trait of the same name is never written over."""
    held = stored(engine, catalog)
    taken = {each.name for each in catalog.traits if each.of == "account" and each.origin == "given"}
    figures: list[Trait] = []
    if Sources.of(held).naming or config.join_by_domain or config.households:
        bought = BOUGHT if Purchases.of(held).purchase else ()
        figures = [*KNOWN, *(ACTIVE if held.events else ()), *bought]
    records = Records.of(catalog, tuple(engine.schema("account") or ()), config)
    return _Plan(held, config, at, records.without(taken), tuple(each for each in figures if each.name not in taken))


def _bring_all(engine: DuckDBEngine, plan: _Plan) -> int:
    accounts.write_members(engine, plan.catalog, None)
    keys = accounts.keys_of_accounts(engine)
    _write_figures(engine, plan, keys)
    _write_hierarchy(engine, plan, keys)
    return len(keys)


def _records(engine: DuckDBEngine, plan: _Plan, mark: Mark | None, changed: Changed) -> BitMap:
    """The accounts whose records are read again: all of them on another day, if companies grow older by it."""
    everyone = accounts.keys_of_accounts(engine)
    is_aged = any(each.name == "firm_age" for each in plan.records.firm)
    if mark is None or (is_aged and _day(plan.at, plan) != _day(mark.as_of, plan)):
        return everyone
    return changed.accounts & everyone


def _bring_touched(engine: DuckDBEngine, plan: _Plan, mark: Mark, changed: Changed, persons: BitMap) -> int:
    touched = changed.accounts | changed.linked_accounts
    if persons:
        touched |= accounts.accounts_of(engine, persons)
        accounts.write_members(engine, plan.catalog, persons)
    if moved := persons | _moved_by_time(engine, plan, mark.as_of):
        touched |= accounts.accounts_of(engine, moved)
    everyone = accounts.keys_of_accounts(engine)
    _write_figures(engine, plan, touched & everyone)
    if touched:
        _write_hierarchy(engine, plan, touched & everyone)
    return len(touched & everyone)


def _day(at: dt.datetime, plan: _Plan) -> dt.date:
    return at.astimezone(plan.config.zone).date()


def _moved_by_time(engine: DuckDBEngine, plan: _Plan, since: dt.datetime) -> BitMap:
    """The persons with an event that came to pass, or left a window, between two instants."""
    tables = _tables(plan)
    if since == plan.at or not plan.figures or not tables:
        return BitMap()
    given: dict[str, Scalar] = {}
    for place, length in enumerate(WINDOWS):
        given |= {f"from_{place}": naive_utc(since - length), f"until_{place}": naive_utc(plan.at - length)}
    return BitMap(engine.keys(Query(crossed_sql(tables, len(WINDOWS)), given)))


def _tables(plan: _Plan) -> tuple[str, ...]:
    return tuple(each.table for each in plan.catalog.events)


def _write_figures(engine: DuckDBEngine, plan: _Plan, keys: BitMap) -> None:
    if not plan.figures or not keys:
        return
    engine.stage(TOUCHED, pa.table({ACCOUNT: pa.array(keys.to_array(), pa.int32())}))
    figures = tuple((each.name, each.type) for each in plan.figures)
    sql = figures_sql(_tables(plan), Purchases.of(plan.catalog), figures)
    accounts.put(engine, naming(sql, parameters(plan.at)))
    engine.drop(TOUCHED)


def _write_hierarchy(engine: DuckDBEngine, plan: _Plan, touched: BitMap) -> None:
    """Where accounts stand, and sums over all that is under them; those of groups are few, and are made anew."""
    if plan.records.parent is None:
        return
    hierarchy = accounts.read_hierarchy(engine, plan.records)
    moved = accounts.write_hierarchy(engine, hierarchy)
    if plan.sums:
        accounts.put(engine, _sums(engine, plan.sums, hierarchy, touched | moved | BitMap(hierarchy.level)))


def _sums(engine: DuckDBEngine, sums: Sequence[Trait], hierarchy: Hierarchy, keys: BitMap) -> pa.Table:
    sources = [ROLLED_UP_FROM[each.name] for each in sums if each.name in ROLLED_UP_FROM]
    held = engine.schema("account") or {}
    table = ibis.table({ACCOUNT: dtypes.int32, **{name: held[name] for name in sources}}, name="account")
    rows = rows_of_keys(engine, table, ACCOUNT, keys)
    order = rows[ACCOUNT].to_pylist()
    columns = {ACCOUNT: rows[ACCOUNT]}
    for each in sums:
        source = ROLLED_UP_FROM.get(each.name)
        own = dict(zip(order, rows[source].to_pylist() if source else [1] * len(order), strict=True))
        total = hierarchy.rolled_up({key: value for key, value in own.items() if value is not None})
        type_ = pa.float64() if each.name == "group_revenue" else pa.int64()
        columns[each.name] = pa.array([_rounded(total.get(key)) for key in order], type_)
    return pa.table(columns)


def _rounded(value: float | None) -> float | None:
    return round(value, 4) if isinstance(value, float) else value
