"""Joining at work: who is joined to which account is written, households become accounts, and links follow."""

import datetime as dt
import hashlib

import ibis
import pyarrow as pa
import pyarrow.compute as pc
from pyroaring import BitMap

from quartier.catalog import Catalog, Meaning, Trait, ValueType
from quartier.config import Config
from quartier.engine import KEY, PUBLIC_ID, DuckDBEngine, Query, rows_of_keys
from quartier.engine.feed import note
from quartier.identify import links
from quartier.identify import run as identification
from quartier.identify.accounts import run as accounts
from quartier.identify.accounts.findings import Finding, finding
from quartier.identify.accounts.joining import queries
from quartier.identify.accounts.joining.queries import BY_DOMAIN, BY_HOUSEHOLD, HOUSEHOLD, PLACES
from quartier.identify.accounts.traits import HOUSEHOLD_NAME, KIND
from quartier.identify.cleaning import Kind, Reading, cleaned_column
from quartier.identify.linking import opening
from quartier.identify.links import JOINED
from quartier.identify.public_ids import public_ids
from quartier.store import Store

ACCOUNT, PERSON = KEY["account"], KEY["person"]
COMPANY = "company"
_WHO, _ROWS, _KEYED, _GONE = "staged_household_persons", "staged_household_rows", "staged_keyed_rows", "staged_gone"
_NEEDED = (Meaning.ADDRESS, Meaning.LAST_NAME)
_KINDS = {
    Meaning.ADDRESS: Kind.ADDRESS, Meaning.POSTAL_CODE: Kind.POSTAL_CODE, Meaning.CITY: Kind.CITY,
    Meaning.LAST_NAME: Kind.PERSON_NAME,
}  # fmt: skip


def bring_joined(
    store: Store, engine: DuckDBEngine, catalog: Catalog, config: Config, persons: BitMap | None, at: dt.datetime
) -> BitMap:
    """Join persons to accounts by the rules that are switched on, and part them where a rule no longer holds.

    `persons` are those who changed, None for everybody. Returns whose accounts are others now.
    """
    if not (config.join_by_domain or config.households) and engine.schema(JOINED) is None:
        return BitMap()
    engine.ensure(JOINED, links.JOINED_SCHEMA)
    by_domain = _by_domain(engine, catalog) if config.join_by_domain else None
    named = _households(store, engine, catalog, config, persons, at) if config.households else None
    engine.stage(queries.WANTED, _wanted(by_domain, named))
    moved = BitMap(engine.keys(Query(queries.moved_sql())))
    with engine.transaction():
        if moved:
            engine.drop(JOINED)
            engine.ensure(JOINED, links.JOINED_SCHEMA)
            engine.insert(JOINED, Query(queries.wanted_sql()))
        _write_households(store, engine, named)
        if moved:
            identification.relink(engine, catalog)
    engine.drop(queries.WANTED)
    return moved


def read_domains(engine: DuckDBEngine, catalog: Catalog) -> list[tuple[int, str, int]]:
    """What joining by domain would do: the key of each account, the domain, and how many persons."""
    found = _by_domain(engine, catalog)
    if found is None:
        return []
    counted = found.group_by([ACCOUNT, "domain"]).aggregate([(PERSON, "count")]).sort_by(ACCOUNT)
    return [(row[ACCOUNT], row["domain"], row[f"{PERSON}_count"]) for row in counted.to_pylist()]


def read_crowds(engine: DuckDBEngine, config: Config) -> list[Finding]:
    """What is no household: addresses where too many names are, and groups that are too large."""
    if not config.households or engine.schema(PLACES) is None:
        return []
    ((crowded, large),) = engine.rows(Query(queries.crowds_sql(), {"most": config.household_most}))
    counts = {"crowded_address": int(str(crowded)), "household_too_large": int(str(large))}
    return [finding(code, n, most=config.household_most) for code, n in counts.items() if n]


# ---- by domain


def _by_domain(engine: DuckDBEngine, catalog: Catalog) -> pa.Table | None:
    email = catalog.with_meaning(Meaning.EMAIL)
    held, has_domains = engine.schema("person") or {}, "firm_domain" in (engine.schema("account") or ())
    if email is None or email.type is not ValueType.TEXT or email.name not in held or not has_domains:
        return None
    traits = tuple(each for each in links.naming_accounts(catalog) if each[0] in held)
    engine.stage(queries.NAMED, Query(links.links_sql(traits)) if traits else links.no_links())
    found = engine.fetch(Query(queries.domains_sql(email.name)))
    engine.drop(queries.NAMED)
    return found


# ---- households


def _households(
    store: Store, engine: DuckDBEngine, catalog: Catalog, config: Config, persons: BitMap | None, at: dt.datetime
) -> pa.Table | None:
    """The persons of households, with the keys of the accounts that these are; new ones get theirs in the ledger."""
    traits = {meaning: _text(engine, catalog, meaning) for meaning in _KINDS}
    if not all(traits[each] for each in _NEEDED) or not (traits[Meaning.POSTAL_CODE] or traits[Meaning.CITY]):
        return None
    reading = Reading(config.country, at.date())
    _write_places(engine, {meaning: each for meaning, each in traits.items() if each}, persons, reading)
    found = engine.fetch(Query(queries.households_sql(), {"most": config.household_most}))
    coded = pc.binary_join_element_wise(found["address"], found["last_name"], "|").combine_chunks().dictionary_encode()
    seeded = hashlib.blake2b(key=store.secret, digest_size=16, person=HOUSEHOLD.encode())
    values = [_digest(seeded, text) for text in coded.dictionary.to_pylist()]
    keys = _keys_of(store, engine, values, at)
    own = pa.array([keys[each] for each in values], pa.int32()).take(coded.indices)
    return pa.table({ACCOUNT: own, PERSON: found[PERSON], "name": found["name"]})


def _text(engine: DuckDBEngine, catalog: Catalog, meaning: Meaning) -> Trait | None:
    trait = catalog.with_meaning(meaning)
    is_there = trait is not None and trait.type is ValueType.TEXT and trait.name in (engine.schema("person") or ())
    return trait if is_there else None


def _digest(seeded: "hashlib.blake2b", text: str) -> str:
    one = seeded.copy()
    one.update(text.encode())
    return one.hexdigest()


def _write_places(engine: DuckDBEngine, traits: dict[Meaning, Trait], persons: BitMap | None, reading: Reading) -> None:
    """Clean anew where some persons live and what their last names are; of everybody for None."""
    columns = {PERSON: "int32", PUBLIC_ID["person"]: "string", **{each.name: "string" for each in traits.values()}}
    table = ibis.table(columns, name="person")
    if persons is None or engine.schema(PLACES) is None:
        engine.drop(PLACES)
        engine.ensure(PLACES, queries.PLACES_SCHEMA)
        persons = accounts.keys_of_all(engine, "person")
    rows = rows_of_keys(engine, table, PERSON, persons)
    clean = {
        meaning: cleaned_column(_KINDS[meaning], rows[each.name], reading) for meaning, each in traits.items()
    }  # fmt: skip
    nothing = pa.nulls(rows.num_rows, pa.string())
    codes, cities = (clean[each]["value"] if each in clean else nothing for each in (Meaning.POSTAL_CODE, Meaning.CITY))
    place = pc.coalesce(codes, cities)
    made = pa.table({
        PERSON: rows[PERSON],
        "address": pc.binary_join_element_wise(clean[Meaning.ADDRESS]["value"], place, "|"),
        "last_name": clean[Meaning.LAST_NAME]["value"],
        "shown": clean[Meaning.LAST_NAME]["shown"],
    })  # fmt: skip
    engine.stage(_WHO, pa.table({PERSON: pa.array(persons.to_array(), pa.int32())}))
    with engine.transaction():
        engine.remove(PLACES, _WHO, PERSON)
        engine.append(PLACES, made.filter(pc.and_(pc.is_valid(made["address"]), pc.is_valid(made["last_name"]))))
    engine.drop(_WHO)


def _keys_of(store: Store, engine: DuckDBEngine, values: list[str], at: dt.datetime) -> dict[str, int]:
    """The accounts of households, by what these are known by."""
    known = _known(engine)
    fresh = [each for each in dict.fromkeys(values) if each not in known]
    if not fresh:
        return known
    numbers = pa.array(range(len(fresh)), pa.int64())
    engine.stage(_ROWS, pa.table({HOUSEHOLD: pa.array(fresh, pa.string()), "line": numbers}))
    with store.begin() as connection:
        ledger = opening(connection, "account")
    found = identification.identify(engine, _ROWS, (HOUSEHOLD,), "account", ledger=ledger, line="line", into=_KEYED)
    with store.begin() as connection:
        identification.keep(connection, found, None, at)
    with engine.transaction():
        identification.write(engine, found)
    for name in (_ROWS, _KEYED):
        engine.drop(name)
    return _known(engine)


def _known(engine: DuckDBEngine) -> dict[str, int]:
    identification.ensure_ledger(engine)
    return {str(value): int(str(key)) for value, key in engine.rows(Query(queries.known_households_sql()))}


def _write_households(store: Store, engine: DuckDBEngine, named: pa.Table | None) -> None:
    """Let there be an account for each household that has persons, and none for others."""
    wanted = BitMap(named[ACCOUNT].to_pylist()) if named is not None else BitMap()
    held = accounts.keys_of_all(engine, "account") & BitMap(_known(engine).values())
    if gone := held - wanted:
        engine.stage(_GONE, pa.table({ACCOUNT: pa.array(gone.to_array(), pa.int32())}))
        engine.remove("account", _GONE, ACCOUNT)
        engine.drop(_GONE)
    if fresh := wanted - held:
        keys = fresh.to_array().tolist()
        ids = pa.array(public_ids(keys, "account", store.secret), pa.string())
        engine.append("account", pa.table({ACCOUNT: pa.array(keys, pa.int32()), PUBLIC_ID["account"]: ids}))
    note(engine, "account", gone | fresh)
    if named is not None:
        _write_kinds(engine, named, wanted)


def _write_kinds(engine: DuckDBEngine, named: pa.Table, households: BitMap) -> None:
    """Which accounts are households and what they are called, and which are companies."""
    names = dict(zip(named[ACCOUNT].to_pylist(), named["name"].to_pylist(), strict=True))
    keys = accounts.keys_of_all(engine, "account").to_array().tolist()
    kinds = [HOUSEHOLD if key in households else COMPANY for key in keys]
    columns = {
        ACCOUNT: pa.array(keys, pa.int32()), KIND.name: pa.array(kinds, pa.string()),
        HOUSEHOLD_NAME.name: pa.array([names.get(key) for key in keys], pa.string()),
    }  # fmt: skip
    accounts.put(engine, pa.table(columns))


def _wanted(by_domain: pa.Table | None, named: pa.Table | None) -> pa.Table:
    types = {ACCOUNT: pa.int32(), PERSON: pa.int32(), "by": pa.string()}
    parts = [pa.table({name: pa.array([], type_) for name, type_ in types.items()})]
    for found, by in ((by_domain, BY_DOMAIN), (named, BY_HOUSEHOLD)):
        if found is not None:
            reason = pa.array([by] * found.num_rows, pa.string())
            parts.append(pa.table({ACCOUNT: found[ACCOUNT], PERSON: found[PERSON], "by": reason}))
    return pa.concat_tables([each.cast(pa.schema(types)) for each in parts])
