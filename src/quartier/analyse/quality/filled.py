"""How much of each trait and property is filled in: one query for a table, nothing else is looked at."""

from collections.abc import Sequence

import ibis.expr.types as ir

from quartier.analyse.quality.columns import Column
from quartier.analyse.reading import stored
from quartier.catalog import SUBJECTS, Catalog, ValueType
from quartier.engine import DuckDBEngine, Query, event_table, subject_table, to_sql

_ROWS = "rows"


def filled(engine: DuckDBEngine, catalog: Catalog) -> dict[str, float | None]:
    """The share of rows with a value, by place: `traits.city`, `traits.account.industry`, `events.NAME.property`."""
    known, found = stored(engine, catalog), dict[str, float | None]()
    for subject in SUBJECTS:
        traits = [each for each in known.traits if each.of == subject]
        if traits and engine.schema(subject) is not None:
            place = "traits." if subject == "person" else f"traits.{subject}."
            found |= _shares(engine, subject_table(known, subject), traits, place)
    for event in known.events:
        properties = [each for each in event.properties if each.type is not ValueType.LINES]
        found |= _shares(engine, event_table(event), properties, f"events.{event.name}.")
    return found


def _shares(engine: DuckDBEngine, table: ir.Table, columns: Sequence[Column], place: str) -> dict[str, float | None]:
    counts = {f"{place}{each.name}": table[each.name].count() for each in columns if each.name in table.columns}
    if not counts:
        return {}
    (row,) = engine.fetch(Query(to_sql(table.agg(**{_ROWS: table.count()}, **counts)))).to_pylist()
    rows = row.pop(_ROWS)
    return {name: n / rows if rows else None for name, n in row.items()}
