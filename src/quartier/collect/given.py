"""Which of the traits that contexts tell somebody gave: a context never says otherwise for that person again."""

from collections.abc import Sequence

import ibis
import ibis.expr.datatypes as dtypes
import ibis.expr.types as ir

from quartier.collect.signals.context import COLUMNS
from quartier.engine import IDENTITY, TRAIT, DuckDBEngine, Query, kept_sql, parameter, to_sql
from quartier.engine.ndjson import NUMBER

GIVEN, SINCE = "quartier_given", "since"
GIVEN_SCHEMA = ibis.schema({IDENTITY: "int32", TRAIT: "string", SINCE: "int64"})
"""The person and the trait, and the number of the first message before which it was given, or with which."""


def keep_given(engine: DuckDBEngine, staged: str, names: Sequence[str], since: int | None = None) -> None:
    """Note what staged rows give; without `since` each row stands under the number of its message."""
    told = tuple(each for each in COLUMNS if each in names)
    if told:
        engine.ensure(GIVEN, GIVEN_SCHEMA)
        given = Query(_given_sql(staged, told, True)) if since is None else Query(_given_sql(staged, told, False),
                                                                                 {SINCE: since})  # fmt: skip
        engine.insert(GIVEN, given)


@kept_sql
def _given_sql(staged: str, names: tuple[str, ...], is_numbered: bool) -> str:
    key = IDENTITY
    numbered = {NUMBER: "int64"} if is_numbered else {}
    rows = ibis.table({key: "int32", **numbered, **dict.fromkeys(names, "string")}, name=staged)
    since = rows[NUMBER] if is_numbered else parameter(SINCE, dtypes.int64)
    each = [_of(rows, name, since) for name in names]
    first = ibis.union(*each).group_by(key, TRAIT).agg(**{SINCE: lambda r: r[SINCE].min()})
    held = ibis.table(GIVEN_SCHEMA, name=GIVEN)
    return to_sql(first.anti_join(held, [key, TRAIT]))


def _of(rows: ir.Table, name: str, since: ir.Value) -> ir.Table:
    key = rows[IDENTITY]
    said = rows.filter(rows[name].notnull(), key.notnull())
    return said.select(IDENTITY, **{TRAIT: ibis.literal(name), SINCE: since})
