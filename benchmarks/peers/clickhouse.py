"""The segments counted by ClickHouse in process (chDB) over Parquet: one pass over each type for all its counts."""

from collections.abc import Sequence
from pathlib import Path

from benchmarks.peers.counting import Bound, Counted, counts
from benchmarks.shop import Wanted


def sizes(folder: Path, wanted: Sequence[Wanted]) -> list[int]:
    """How many persons are in each segment, in the order given."""
    import chdb

    found = counts(wanted)
    names = {each: f"c{place}" for place, each in enumerate(found)}
    joins = " ".join(_joined(folder, type_, found, names) for type_ in sorted({each.type for each in found}))
    held = [" and ".join(_holds(part.document, part.sql, names) for part in each.parts) for each in wanted]
    columns = ", ".join(f"countIf({each})" for each in held)
    query = f"select {columns} from {_file(folder, 'person')} as person {joins} settings join_use_nulls = 1"
    return [int(each) for each in str(chdb.query(query, "CSV")).strip().split(",")]


def _joined(folder: Path, type_: str, found: Sequence[Counted], names: dict[Counted, str]) -> str:
    own = [each for each in found if each.type == type_]
    measured = ", ".join(f"{_measure(each)} as {names[each]}" for each in own)
    rows = f"select person_key, {measured} from {_file(folder, f'event_{type_}')} group by person_key"
    return f"left join ({rows}) as {type_} using (person_key)"


def _measure(asked: Counted) -> str:
    rows = asked.rows.replace("timestamp ", "")
    return f"sumIf(amount, {rows})" if asked.is_sum else f"countIf({rows})"


def _holds(document: dict[str, object], sql: str, names: dict[Counted, str]) -> str:
    if "event" not in document:
        return sql.replace("date '", "toDate32('").replace("timestamp '", "toDateTime('").replace("' -", "') -")
    asked = Bound.of(document)
    return f"ifNull({names[asked.counted]}, 0) {'<' if asked.is_below else '>='} {asked.bound}"


def _file(folder: Path, table: str) -> str:
    return f"file('{folder / table / 'part.parquet'}', Parquet)"
