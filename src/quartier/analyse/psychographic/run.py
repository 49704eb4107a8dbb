"""What persons wrote, read when it is to be shown: the only file of this package with I/O."""

from collections.abc import Collection

import ibis

from quartier.catalog import Catalog
from quartier.engine import DuckDBEngine, Query, subject_table, to_sql

PERSON = "person_key"


def answers(engine: DuckDBEngine, catalog: Catalog, trait: str, persons: Collection[int]) -> dict[int, str]:
    """The open answers of some persons as they are held now, by key; of those who are gone there are none."""
    if not persons or catalog.trait(trait) is None or trait not in (engine.schema("person") or {}):
        return {}
    table = subject_table(catalog)
    asked = table.filter(table[PERSON].isin([ibis.literal(key, "int32") for key in persons])).select(PERSON, trait)
    return {int(str(key)): str(text) for key, text in engine.rows(Query(to_sql(asked))) if text}
