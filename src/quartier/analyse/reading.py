"""What the parts of the analysis ask of the engine: small results as plain rows, and what is there to be asked."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from quartier.analyse.purchases import PERSON
from quartier.catalog import Catalog
from quartier.engine import KEY, DuckDBEngine, Query, to_sql
from quartier.engine.compiler import Scalar

Ask = Callable[[ir.Table | None], list[dict[str, Any]]]


def stored(engine: DuckDBEngine, catalog: Catalog) -> Catalog:
    """The part of a catalog of which the engine has columns: it may name traits and events that have not arrived."""
    columns = {of: frozenset(engine.schema(of) or ()) for of in KEY}
    events = []
    for event in catalog.events:
        there = engine.schema(event.table)
        if there is not None:
            kept = tuple(each for each in event.properties if each.name in there)
            events.append(event.model_copy(update={"properties": kept}))
    traits = tuple(each for each in catalog.traits if each.name in columns[each.of])
    return catalog.model_copy(update={"traits": traits, "events": tuple(events)})


def asking(engine: DuckDBEngine, given: Mapping[str, Scalar]) -> Ask:
    """A function that gives the rows of a small expression, none for None; it takes those parameters that it names."""

    def ask(expression: ir.Table | None) -> list[dict[str, Any]]:
        return [] if expression is None else dicts(engine.fetch(naming(to_sql(expression), given)))

    return ask


def naming(sql: str, given: Mapping[str, Scalar]) -> Query:
    """A query with those of the parameters that it names: the engine refuses others."""
    return Query(sql, {name: value for name, value in given.items() if f"${name}" in sql})


def dicts(table: pa.Table) -> list[dict[str, Any]]:
    """The rows of a small result. DuckDB's sums of whole numbers have 128 bits and arrive as decimals."""
    rows: list[dict[str, Any]] = table.to_pylist()
    return [{name: int(each) if isinstance(each, Decimal) else each for name, each in row.items()} for row in rows]


def first(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The only row of a result, an empty one where there is none."""
    return rows[0] if rows else {}


def count_persons(engine: DuckDBEngine) -> int:
    """How many persons the engine holds."""
    return count_rows(engine, ibis.table({PERSON: "int32"}, name="person")) if engine.schema("person") else 0


def count_rows(engine: DuckDBEngine, table: ir.Table) -> int:
    """How many rows an expression has."""
    ((count,),) = engine.rows(Query(to_sql(table.count())))
    return int(str(count))
