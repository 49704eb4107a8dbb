"""The segments of the benchmark counted by hand-written PySpark.

As a good engineer would: Parquet by type of event, one pass over each type for all the counts that any segment asks of
it, one join per type with the persons, then one aggregation that counts every segment. Only the counts come home.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.shop import NOW, TYPES, Wanted
from quartier.engine import DuckDBEngine, Query, spark_session

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame, SparkSession

ROWS = 1_000_000
LOCAL = {
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.memory": "4g",
    "spark.sql.shuffle.partitions": "8",
}
PERSON_COLUMNS = "person_key, person_id, birth_date, gender, country, plan, income, signup_at, email_opt_in"
EVENT_COLUMNS = "person_key, event_id, occurred_at, amount, category"


def open_session(cores: int) -> "SparkSession":
    """Spark on this machine."""
    return spark_session(f"local[{cores}]", LOCAL)


def write_parquet(engine: DuckDBEngine, folder: Path) -> None:
    """The drawn tables as Parquet: `person` and one folder per type of event."""
    for table in ("person", *(f"event_{type_}" for type_ in TYPES)):
        columns = PERSON_COLUMNS if table == "person" else EVENT_COLUMNS
        (folder / table).mkdir(parents=True)
        _write(engine.batches(Query(f"select {columns} from {table}"), ROWS), folder / table / "part.parquet")


def sizes(session: "SparkSession", folder: Path, wanted: Sequence[Wanted]) -> list[int]:
    """How many persons are in each segment, in the order given."""
    from pyspark.sql import functions as f

    documents = [part.document for each in wanted for part in each.parts if "event" in part.document]
    asked = {_key(document): document for document in documents}
    columns = {key: f"c{number}" for number, key in enumerate(asked)}
    persons = session.read.parquet(str(folder / "person"))
    for type_ in TYPES:
        own = {columns[key]: document for key, document in asked.items() if document["event"] == type_}
        if own:
            persons = persons.join(_counted(session, folder, type_, own), "person_key", "left")
    held = [reduce(_and, (_holds(part.document, columns) for part in each.parts)) for each in wanted]
    (row,) = persons.agg(*(f.count_if(each).alias(f"s{number}") for number, each in enumerate(held))).collect()
    return [int(count) for count in row]


def _counted(session: "SparkSession", folder: Path, type_: str, wanted: Mapping[str, dict[str, Any]]) -> "DataFrame":
    """One row per person who did it, with a column for each count or sum that is asked for."""
    from pyspark.sql import functions as f

    longest = max(_days(document) for document in wanted.values())
    events = session.read.parquet(str(folder / f"event_{type_}")).where(f.col("occurred_at") > _since(longest))
    return events.groupBy("person_key").agg(*(_measure(document).alias(name) for name, document in wanted.items()))


def _measure(document: Mapping[str, Any]) -> "Column":
    from pyspark.sql import functions as f

    counts = f.col("occurred_at") > _since(_days(document))
    if category := document.get("where", {}).get("category"):
        counts &= f.col("category") == category
    return f.sum(f.when(counts, f.col("amount"))) if "sum" in document else f.count_if(counts)


def _holds(document: Mapping[str, Any], columns: Mapping[str, str]) -> "Column":
    from pyspark.sql import functions as f

    if "event" in document:
        value = f.coalesce(f.col(columns[_key(document)]), f.lit(0))
        return _compared(value, document if "sum" in document else document["count"])
    trait = f.col(document["trait"])
    if "age" in document:
        return trait <= f.lit(_years_before(document["age"]["at_least"]))
    return trait > _since(_days(document)) if "within" in document else _compared(trait, document)


def _compared(value: "Column", test: Mapping[str, Any]) -> "Column":
    comparisons: dict[str, Callable[[Any], Column]] = {
        "is": lambda wanted: value == wanted,
        "in": lambda wanted: value.isin(wanted),
        "at_least": lambda wanted: value >= wanted,
        "less_than": lambda wanted: value < wanted,
    }
    ((key, wanted),) = ((key, test[key]) for key in comparisons if key in test)
    return comparisons[key](wanted)


def _key(document: Mapping[str, Any]) -> tuple[object, ...]:
    """What is counted, whatever it is compared with: two segments that ask the same share a column."""
    return (document["event"], document.get("where", {}).get("category"), document["within"], document.get("sum"))


def _days(document: Mapping[str, Any]) -> int:
    return int(document["within"].split()[0])


def _since(days: int) -> "Column":
    from pyspark.sql import functions as f

    return f.expr(f"timestamp_ntz'{dt.datetime.fromisoformat(NOW) - dt.timedelta(days=days)}'")


def _years_before(years: int) -> dt.date:
    now = dt.date.fromisoformat(NOW)
    return now.replace(year=now.year - years)


def _and(first: "Column", second: "Column") -> "Column":
    return first & second


def _write(batches: Iterable[pa.RecordBatch], path: Path) -> None:
    writer: pq.ParquetWriter | None = None
    for batch in batches:
        writer = writer or pq.ParquetWriter(path, batch.schema)
        writer.write_batch(batch)
    if writer:
        writer.close()
