"""A look at staged messages: the shapes that they have, and the values of names that are new."""

from collections.abc import Iterable, Mapping

import ibis
import ibis.expr.datatypes as dtypes
import pyarrow as pa

from quartier.collect.convert import LARGEST, iso_date, iso_instant
from quartier.collect.projector.learning import Sighting, Values
from quartier.collect.projector.naming import column_name, pointer
from quartier.collect.projector.reading import BODY, GROUP, SHAPED, STRUCTURE, TABLE, text_at
from quartier.collect.projector.shapes import shape_of
from quartier.engine import DuckDBEngine, Query, kept_sql, parameter, to_sql
from quartier.engine.ndjson import NUMBER

_LOOKED = "staged_looked"
_LOOKED_ARROW = pa.schema({STRUCTURE: pa.string(), "name": pa.string(), "place": pa.string()})
_SAMPLE = 100
_ROWS = {NUMBER: "int64", TABLE: "string", BODY: "string", STRUCTURE: "string"}


def structures_of(engine: DuckDBEngine) -> dict[str, list[str]]:
    """The structures of the staged messages' values, by the table that they go to; tables in order of their names.

    A table whose messages all come without values is there too, with no structure.
    """
    found: dict[str, list[str]] = {}
    for table, structure in engine.rows(Query(_structures_sql())):
        found.setdefault(str(table), []).extend([] if structure is None else [str(structure)])
    return found


def sent_under(engine: DuckDBEngine) -> set[str]:
    """The identifiers that are given at all: `user_id`, `anonymous_id`, `account_id`."""
    ((user, anonymous, account),) = engine.rows(Query(_sent_under_sql()))
    return {name for name, n in (("user_id", user), ("anonymous_id", anonymous), (GROUP, account)) if n}


def look(
    engine: DuckDBEngine, table: str, structures: Iterable[str], wanted: Mapping[str, Sighting]
) -> dict[str, Values]:
    """What the values of some names are, by name."""
    places = [
        {STRUCTURE: structure, "name": column_name(leaf.path), "place": pointer(leaf.path)}
        for structure in structures
        for leaf in shape_of(structure).leaves
        if column_name(leaf.path) in wanted
    ]
    if not places:
        return {}
    engine.stage(_LOOKED, pa.Table.from_pylist(places, schema=_LOOKED_ARROW))
    rows = engine.fetch(Query(_values_sql(), {"table": table})).to_pylist()
    engine.drop(_LOOKED)
    return {row.pop("name"): _values(**row) for row in rows}


def _values(n: int, dates: int, instants: int, largest: float | None, some: list[str] | None) -> Values:
    huge = largest is not None and largest >= LARGEST
    return Values(tuple(some or ()), 0 < n == dates, 0 < n == instants, instants > dates, huge)


@kept_sql
def _structures_sql() -> str:
    rows = ibis.table(_ROWS, name=SHAPED)
    told = rows.filter(rows[TABLE].notnull())
    return to_sql(told.select(TABLE, STRUCTURE).distinct().order_by(TABLE, STRUCTURE))


@kept_sql
def _sent_under_sql() -> str:
    rows = ibis.table({"user_id": "string", "anonymous_id": "string", GROUP: "string"}, name=SHAPED)
    return to_sql(rows.agg(u=rows.user_id.count(), a=rows.anonymous_id.count(), g=rows[GROUP].count()))


@kept_sql
def _values_sql() -> str:
    rows = ibis.table(_ROWS, name=SHAPED)
    looked = ibis.table({STRUCTURE: "string", "name": "string", "place": "string"}, name=_LOOKED)
    own = rows.filter(rows[TABLE] == parameter("table", dtypes.string))
    joined = own.join(looked, STRUCTURE)
    told = joined.select(NUMBER, looked.name, text=text_at(joined[BODY], joined.place))
    told = told.filter(told.text.notnull())
    size = told.text.try_cast(dtypes.float64).abs()
    grouped = told.mutate(date=iso_date(told.text), instant=iso_instant(told.text), size=size).group_by("name")
    made = grouped.agg(
        n=lambda r: r.count(),
        dates=lambda r: r.date.count(),
        instants=lambda r: r.instant.count(),
        largest=lambda r: r["size"].max(),
        some=lambda r: _first_of(r.text, r[NUMBER], _SAMPLE),
    )
    return to_sql(made.order_by("name"), in_steps=True)


def _three(value, number, n):  # type: ignore[no-untyped-def]  # Ibis takes the types from the signature
    """Never run: stands for a function that DuckDB has."""


_first_of = ibis.udf.agg.builtin(
    _three, name="arg_min", signature=((dtypes.string, dtypes.int64, dtypes.int64), dtypes.Array(dtypes.string))
)
