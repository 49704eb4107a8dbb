"""Accounts at work: memberships, cleaned records and hierarchies are written into the engine's tables."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import ibis
import ibis.expr.datatypes as dtypes
import ibis.expr.types as ir
import pyarrow as pa
from pyroaring import BitMap

from quartier.catalog import Catalog, Meaning, Subject, Trait
from quartier.config import Config
from quartier.engine import (
    KEY,
    PUBLIC_ID,
    DuckDBEngine,
    Query,
    change_schema,
    change_table,
    kept_sql,
    rows_of_keys,
    to_sql,
)
from quartier.engine.feed import note
from quartier.engine.keyed import of_wanted, wanted
from quartier.identify.accounts import memberships
from quartier.identify.accounts.findings import Finding, finding
from quartier.identify.accounts.firmographics import Firmographics, Told, firmographics
from quartier.identify.accounts.hierarchy import Hierarchy
from quartier.identify.accounts.memberships import MEMBERS, MEMBERS_SCHEMA, Sources
from quartier.identify.accounts.traits import FIRM_TRAITS, HIERARCHY_TRAITS
from quartier.identify.accounts.words import role_of
from quartier.identify.cleaning.cleaned import Fault
from quartier.identify.links import ACCOUNT_ID, JOINED
from quartier.identify.places import COLUMN_OF, derived_places, place_traits
from quartier.identify.resolve import LEDGER, LEDGER_SCHEMA, ledger

ACCOUNT, PERSON = KEY["account"], KEY["person"]
FRESH, ROWS = "staged_fresh_accounts", "staged_account_rows"
_PLACES = ("place_country", "place_continent", "place_in_eu", "place_in_eea", "place_region", "place_department",
           "place_city")  # fmt: skip
"""What rules alone tell of a place, without a gazetteer."""
_LABELS = {each.name: each.label.text for each in FIRM_TRAITS}
MOST_NAMED = 20
"""How many accounts a finding names."""

_OF_PLACES = {Meaning.COUNTRY: "country", Meaning.POSTAL_CODE: "postal_code", Meaning.CITY: "city"}


@dataclass(frozen=True)
class Records:
    """What is read of the records of accounts, and which traits are made of it."""

    told: Told
    firm: tuple[Trait, ...]
    places: tuple[Trait, ...]
    parent: Trait | None

    @classmethod
    def of(cls, catalog: Catalog, columns: Sequence[str], config: Config) -> "Records":
        """What can be made of the given traits for which there are columns."""
        told = Told.of(catalog, columns)
        names = told.traits(config.currency)
        has_place = any(each in told.by_meaning for each in _OF_PLACES)
        places = [each for each in place_traits(catalog, "account") if has_place and each.name in _PLACES]
        parents = told.by_meaning.get(Meaning.PARENT_ACCOUNT, ())
        parent = catalog.trait(parents[0], "account") if parents else None
        return cls(told, tuple(each for each in FIRM_TRAITS if each.name in names), tuple(places), parent)

    def without(self, names: Collection[str]) -> "Records":
        """The same without some computed traits."""
        firm, places = (tuple(each for each in kept if each.name not in names) for kept in (self.firm, self.places))
        return replace(self, firm=firm, places=places)

    @property
    def traits(self) -> tuple[Trait, ...]:
        """Everything that is made."""
        return (*self.firm, *self.places, *(HIERARCHY_TRAITS if self.parent else ()))


def keys_of_all(engine: DuckDBEngine, subject: Subject) -> BitMap:
    """All persons or accounts."""
    return BitMap(engine.keys(Query(to_sql(_table(subject)[[KEY[subject]]]))))


def keys_of_accounts(engine: DuckDBEngine) -> BitMap:
    """All accounts."""
    return keys_of_all(engine, "account")


def accounts_of(engine: DuckDBEngine, persons: BitMap) -> BitMap:
    """The accounts of which some persons are or were members."""
    members = ibis.table(MEMBERS_SCHEMA, name=MEMBERS)
    with wanted(engine, persons):
        return BitMap(engine.keys(Query(to_sql(of_wanted(members, PERSON)[[ACCOUNT]].distinct()))))


def write_members(engine: DuckDBEngine, catalog: Catalog, persons: BitMap | None) -> None:
    """Write the memberships of some persons anew, of everybody for None; call it in a transaction."""
    if persons is None:
        engine.drop(MEMBERS)
    engine.ensure(MEMBERS, MEMBERS_SCHEMA)
    sources = Sources.of(_present(engine, catalog))
    has_joined = engine.schema(JOINED) is not None
    if not (sources.naming or has_joined) or engine.schema("person") is None:
        return
    engine.ensure(change_table("person"), change_schema("person"))
    engine.ensure(LEDGER, LEDGER_SCHEMA)
    if persons is None:
        engine.stage(memberships.WHO, Query(to_sql(_table("person")[[PERSON]])))
    else:
        engine.stage(memberships.WHO, pa.table({PERSON: pa.array(persons.to_array(), pa.int32())}))
    engine.stage(memberships.ROLES, _roles(engine, sources))
    if persons is not None:
        engine.remove(MEMBERS, memberships.WHO, PERSON)
    engine.insert(MEMBERS, Query(memberships.members_sql(sources, has_joined)))
    for name in (memberships.WHO, memberships.ROLES):
        engine.drop(name)


def write_records(engine: DuckDBEngine, records: Records, config: Config, keys: BitMap, at: dt.datetime) -> None:
    """Write what the records of some accounts tell, cleaned, and where they are."""
    if not keys or not (records.firm or records.places):
        return
    rows = _rows(engine, keys, [*records.told.columns, *_place_columns(records)])
    made = firmographics(rows, records.told, config.currency, at.astimezone(config.zone).date()).columns
    made = made.select([each.name for each in records.firm])
    for trait, values in zip(records.places, _placed(rows, records, config.country), strict=True):
        made = made.append_column(trait.name, values)
    put(engine, made.add_column(0, ACCOUNT, rows[ACCOUNT]))


def read_findings(engine: DuckDBEngine, catalog: Catalog, config: Config, at: dt.datetime) -> tuple[Finding, ...]:
    """What is wrong with the records of all accounts; nothing is written."""
    if engine.schema("account") is None:
        return ()
    records = Records.of(catalog, tuple(engine.schema("account") or ()), config)
    rows = _rows(engine, keys_of_accounts(engine), records.told.columns)
    made = firmographics(rows, records.told, config.currency, at.astimezone(config.zone).date())
    found = [
        finding("check_digits", n, trait=_LABELS[name])
        for (name, fault), n in sorted(made.faults.items()) if fault is Fault.CHECK_DIGITS
    ]  # fmt: skip
    return (*found, *_same_numbers(engine, rows, made), *_of_hierarchy(engine, read_hierarchy(engine, records)))


def _same_numbers(engine: DuckDBEngine, rows: pa.Table, made: Firmographics) -> list[Finding]:
    if "firm_siren" not in made.columns.column_names:
        return []
    numbers = Counter(each for each in made.columns["firm_siren"].to_pylist() if each)
    pairs = zip(rows[ACCOUNT].to_pylist(), made.columns["firm_siren"].to_pylist(), strict=True)
    keys = [key for key, number in pairs if numbers[number] > 1]
    return [finding("same_siren", len(keys), _some(engine, keys))] if keys else []


def _of_hierarchy(engine: DuckDBEngine, hierarchy: Hierarchy) -> list[Finding]:
    named = (("parents_in_a_circle", hierarchy.in_cycle), ("unknown_parent", hierarchy.unknown))
    return [finding(code, len(keys), _some(engine, sorted(keys))) for code, keys in named if keys]


def _some(engine: DuckDBEngine, keys: Sequence[int]) -> list[str]:
    """Public ids of the first of some accounts."""
    return list(_public_ids(engine, BitMap(keys[:MOST_NAMED])).values())


def read_hierarchy(engine: DuckDBEngine, records: Records) -> Hierarchy:
    """The hierarchy of all accounts, as their records tell it."""
    if records.parent is None or engine.schema(LEDGER) is None:
        return Hierarchy()
    typed = ibis.table({ACCOUNT: "int32", records.parent.name: _type(engine, records.parent.name)}, name="account")
    accounts = typed.select(ACCOUNT, named=typed[records.parent.name].cast(dtypes.string))
    accounts = accounts.filter(lambda r: r.named.notnull() & (r.named.strip() != ""))
    known = ledger("account", ACCOUNT_ID).select(identifier="value", up="key")
    found = accounts.left_join(known, accounts.named == known.identifier).select(ACCOUNT, "up").order_by(ACCOUNT)
    table = engine.fetch(Query(to_sql(found)))
    return Hierarchy.of(dict(zip(table[ACCOUNT].to_pylist(), table["up"].to_pylist(), strict=True)))


def write_hierarchy(engine: DuckDBEngine, hierarchy: Hierarchy) -> BitMap:
    """Write where every account stands; those that stand alone have none of it. Returns who stands elsewhere now."""
    keys = keys_of_accounts(engine)
    ids = _public_ids(engine, BitMap(hierarchy.level))
    order = keys.to_array().tolist()
    parents = [ids.get(hierarchy.parent.get(key, -1)) for key in order]
    tops = [ids.get(hierarchy.ultimate.get(key, -1)) for key in order]
    levels = [hierarchy.level.get(key) for key in order]
    children = [len(hierarchy.children.get(key, ())) if key in hierarchy.level else None for key in order]
    names = [each.name for each in HIERARCHY_TRAITS]
    types = (pa.string(), pa.string(), pa.int64(), pa.int64())
    columns = [pa.array(each, type_) for each, type_ in zip((parents, tops, levels, children), types, strict=True)]
    return put(engine, pa.table([pa.array(order, pa.int32()), *columns], names=[ACCOUNT, *names]))


def put(engine: DuckDBEngine, fresh: pa.Table | Query) -> BitMap:
    """Put computed traits in place of those that some accounts had; who has other ones now is noted.

    Call it in a transaction. Every column but the key replaces, with nothing where it is empty; no account is added.
    """
    engine.stage(FRESH, fresh)
    columns, held = (tuple((engine.schema(name) or {}).items()) for name in (FRESH, "account"))
    keys = BitMap(engine.keys(Query(_differing_sql(columns, held))))
    if keys:
        with wanted(engine, keys):
            engine.stage(ROWS, Query(_replaced_sql(columns, held)))
        engine.remove("account", ROWS, ACCOUNT)
        engine.insert("account", Query(_all_sql(held)))
        note(engine, "account", keys)
        engine.drop(ROWS)
    engine.drop(FRESH)
    return keys


Columns: TypeAlias = tuple[tuple[str, dtypes.DataType], ...]


@kept_sql
def _differing_sql(columns: Columns, held: Columns) -> str:
    """The accounts whose staged values are not those that they have."""
    staged, before = ibis.table(dict(columns), name=FRESH), ibis.table(dict(held), name="account")
    other = staged.difference(before.select(*dict(columns)))
    return to_sql(other[[ACCOUNT]].intersect(before[[ACCOUNT]]))


@kept_sql
def _replaced_sql(columns: Columns, held: Columns) -> str:
    """The rows of the accounts that are wanted, with the staged values."""
    staged, before = ibis.table(dict(columns), name=FRESH), ibis.table(dict(held), name="account")
    kept = [name for name, _ in held if name == ACCOUNT or name not in dict(columns)]
    others = before.select(*kept).rename(of_=ACCOUNT)
    joined = of_wanted(staged, ACCOUNT).join(others, staged[ACCOUNT] == others.of_)
    return to_sql(joined.drop("of_").select(*dict(held)))


@kept_sql
def _all_sql(held: Columns) -> str:
    return to_sql(ibis.table(dict(held), name=ROWS).order_by(ACCOUNT))


def _present(engine: DuckDBEngine, catalog: Catalog) -> Catalog:
    """The catalog without traits of persons that have not arrived."""
    there = engine.schema("person") or ()
    kept = tuple(each for each in catalog.traits if each.of != "person" or each.name in there)
    return catalog.model_copy(update={"traits": kept})


def _roles(engine: DuckDBEngine, sources: Sources) -> pa.Table:
    written: list[str] = []
    if sources.role:
        written = engine.fetch(Query(memberships.roles_sql(sources.role)))["written"].to_pylist()
    kept = [role_of(each) for each in written]
    return pa.table({"written": pa.array(written, pa.string()), "role": pa.array(kept, pa.string())})


def _rows(engine: DuckDBEngine, keys: BitMap, names: Sequence[str]) -> pa.Table:
    """Some traits of some accounts, in order of their keys."""
    held = engine.schema("account") or {}
    columns = {name: held[name] for name in (ACCOUNT, *dict.fromkeys(names))}
    return rows_of_keys(engine, ibis.table(columns, name="account"), ACCOUNT, keys)


def _place_columns(records: Records) -> list[str]:
    return [records.told.by_meaning[each][0] for each in _OF_PLACES if each in records.told.by_meaning]


def _placed(rows: pa.Table, records: Records, country: str) -> list[pa.ChunkedArray]:
    if not records.places:
        return []
    named = {
        name: rows[records.told.by_meaning[meaning][0]]
        for meaning, name in _OF_PLACES.items() if meaning in records.told.by_meaning
    }  # fmt: skip
    found = derived_places(pa.table(named), region=country)
    return [found[COLUMN_OF[each.name]] for each in records.places]


def _table(subject: Subject) -> ir.Table:
    return ibis.table({KEY[subject]: "int32", PUBLIC_ID[subject]: "string"}, name=subject)


def _public_ids(engine: DuckDBEngine, keys: BitMap) -> dict[int, str]:
    found = rows_of_keys(engine, _table("account"), ACCOUNT, keys)
    return dict(zip(found[ACCOUNT].to_pylist(), found[PUBLIC_ID["account"]].to_pylist(), strict=True))


def _type(engine: DuckDBEngine, name: str) -> dtypes.DataType:
    return (engine.schema("account") or {})[name]
