"""What persons are called: the traits that name them, and public id and name of some."""

from collections.abc import Sequence

from quartier.catalog import Catalog, Meaning, ValueType
from quartier.engine import KEY, PUBLIC_ID, DuckDBEngine, Query
from quartier.identify.profile import queries
from quartier.identify.profile.traits import name_of

NAMES = (Meaning.FIRST_NAME, Meaning.LAST_NAME, Meaning.FULL_NAME, Meaning.EMAIL)


def called(engine: DuckDBEngine, catalog: Catalog, keys: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Public id and name of some persons, by their keys."""
    names = name_traits(engine, catalog)
    found = engine.fetch(Query(queries.named_sql(names), {"keys": list(keys)})).to_pylist()
    return {
        row[KEY["person"]]: (row[PUBLIC_ID["person"]], name_of(catalog, row, row[PUBLIC_ID["person"]])) for row in found
    }


def name_traits(engine: DuckDBEngine, catalog: Catalog) -> tuple[str, ...]:
    """The traits that say what persons are called, of those that the tables hold."""
    held = engine.schema("person") or ()
    found = [catalog.with_meaning(meaning) for meaning in NAMES]
    return tuple(each.name for each in found if each and each.type is ValueType.TEXT and each.name in held)
