"""What messages tell of persons and accounts and no trait holds: one JSON object each, the last value of every key."""

import json

import ibis
import pyarrow as pa

from quartier.catalog import Subject
from quartier.collect.projector.subjects import TRAITS
from quartier.engine import IDENTITY, REST, DuckDBEngine, Query, kept_sql, said_table, to_sql
from quartier.engine.ndjson import NUMBER

_RESTS = "staged_rests"


def write_rests(engine: DuckDBEngine, subject: Subject) -> int:
    """Put what staged traits leave over beside what is there. Returns of how many messages something is left over."""
    key = IDENTITY
    left_over = engine.fetch(Query(_left_over_sql()))
    if not left_over.num_rows:
        return 0
    engine.stage(_RESTS, pa.table({key: left_over[key].unique()}))
    held = engine.fetch(Query(_held_sql(subject)))
    rests = {who: json.loads(rest) for who, rest in zip(*(held[each].to_pylist() for each in (key, REST)), strict=True)}
    for who, rest in zip(*(left_over[each].to_pylist() for each in (key, REST)), strict=True):
        rests.setdefault(who, {}).update(json.loads(rest))
    written = [json.dumps(each, sort_keys=True, ensure_ascii=False, separators=(",", ":")) for each in rests.values()]
    engine.stage(_RESTS, pa.table({key: pa.array(list(rests), pa.int32()), REST: written}))
    engine.merge_staged(said_table(subject), key, _RESTS, [key, REST])
    engine.drop(_RESTS)
    return int(left_over.num_rows)


@kept_sql
def _left_over_sql() -> str:
    rows = ibis.table({IDENTITY: "int32", NUMBER: "int64", REST: "string"}, name=TRAITS)
    return to_sql(rows.filter(rows[REST].notnull(), rows[IDENTITY].notnull()).order_by(NUMBER))


@kept_sql
def _held_sql(subject: Subject) -> str:
    key = IDENTITY
    held = ibis.table({key: "int32", REST: "string"}, name=said_table(subject))
    wanted = ibis.table({key: "int32"}, name=_RESTS)
    return to_sql(held.filter(held[REST].notnull()).semi_join(wanted, key).order_by(key))
