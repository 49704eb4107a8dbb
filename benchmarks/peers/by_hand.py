"""The segments counted by hand-written SQL on DuckDB, over our tables: one pass over each type for all its counts."""

from collections.abc import Sequence

from benchmarks.peers.counting import Bound, Counted, counts
from benchmarks.shop import Wanted
from quartier.engine import DuckDBEngine, Query


def sizes(engine: DuckDBEngine, wanted: Sequence[Wanted]) -> list[int]:
    """How many persons are in each segment, in the order given."""
    found = counts(wanted)
    names = {each: f"c{place}" for place, each in enumerate(found)}
    types = sorted({each.type for each in found})
    joins = " ".join(f"left join ({_of_type(type_, found, names)}) using (person_key)" for type_ in types)
    held = [" and ".join(_holds(part.document, part.sql, names) for part in each.parts) for each in wanted]
    columns = ", ".join(f"count(*) filter (where {each})" for each in held)
    (row,) = engine.rows(Query(f"select {columns} from person {joins}"))
    return [int(str(each)) for each in row]


def live(engine: DuckDBEngine, wanted: Wanted) -> int:
    """One segment by the best query we could write for it: each count over the slice that it needs, semi-joined."""
    parts = [_slice(part.document) if "event" in part.document else part.sql for part in wanted.parts]
    ((size,),) = engine.rows(Query(f"select count(*) from person where {' and '.join(parts)}"))
    return int(str(size))


def _slice(document: dict[str, object]) -> str:
    asked = Bound.of(document)
    rows = f"select person_key from event_{asked.counted.type} where {asked.counted.rows} group by 1"
    inside = "not in" if asked.is_below else "in"
    return f"person_key {inside} ({rows} having {asked.counted.measure} >= {asked.bound})"


def _of_type(type_: str, found: Sequence[Counted], names: dict[Counted, str]) -> str:
    own = [each for each in found if each.type == type_]
    oldest = min(each.since for each in own)
    measured = ", ".join(f"{each.measure} filter (where {each.rows}) as {names[each]}" for each in own)
    return (
        f"select person_key, {measured} from event_{type_} where occurred_at > timestamp '{oldest}' group by person_key"
    )


def _holds(document: dict[str, object], sql: str, names: dict[Counted, str]) -> str:
    if "event" not in document:
        return sql
    asked = Bound.of(document)
    return f"coalesce({names[asked.counted]}, 0) {'<' if asked.is_below else '>='} {asked.bound}"
