"""How long `collect` takes for Online Retail, against DuckDB's own read of the same file.

DuckDB reads the rows into one table and stops. `collect` also finds out dates, identifiers and types, groups lines into
orders, sets refunds and rejected rows apart, keeps the original and remembers it all in the store. The ratio says what
that costs.
"""

import datetime as dt
import multiprocessing
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import duckdb

import quartier
from quartier.collect.definition import Mapping
from quartier.collect.run import collect
from quartier.collect.summary import ImportSummary
from quartier.config import Config

Result = TypeVar("Result")
AT = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
REPEATS = 3
QUIET = "set enable_progress_bar = false"
MAPPING = Mapping.read(
    {
        "kind": "mapping",
        "layout": "order_lines",
        "currency": "GBP",
        "columns": {
            "InvoiceNo": "order_id",
            "StockCode": "line.product_id",
            "Description": "line.name",
            "Quantity": "line.quantity",
            "InvoiceDate": "time",
            "UnitPrice": "line.price",
            "CustomerID": "user_id",
            "Country": {"to": "trait.country", "type": "text"},
        },
    }
)


@dataclass(frozen=True)
class Imported:
    """The rows of a file, and the median seconds that each reader took."""

    file: str
    rows: int
    stored: int
    collect_seconds: float
    duckdb_seconds: float
    collect_megabytes: float
    duckdb_megabytes: float

    @property
    def ratio(self) -> float:
        """How many times longer `collect` took."""
        return self.collect_seconds / self.duckdb_seconds

    def as_markdown(self) -> str:
        """The row of a table."""
        seconds = f"{self.collect_seconds:.2f} s | {self.duckdb_seconds:.2f} s"
        memory = f"{self.collect_megabytes:.0f} MB | {self.duckdb_megabytes:.0f} MB"
        return f"| {self.file} | {self.rows:,} | {self.stored:,} | {seconds} | {self.ratio:.1f} | {memory} |"


HEADING = (
    "| file | rows | stored | collect | DuckDB alone | ratio | peak memory | peak memory, DuckDB alone |\n"
    "|---|---|---|---|---|---|---|---|"
)


def measure(online_retail: Path) -> list[Imported]:
    """Both readers on the Parquet file as it is, and on the same rows as CSV."""
    with tempfile.TemporaryDirectory() as folder:
        text = Path(folder) / "online_retail.csv"
        with duckdb.connect() as connection:
            connection.execute(QUIET)
            connection.read_parquet(str(online_retail)).write_csv(str(text))
        return [_measured(path) for path in (online_retail, text)]


def as_markdown(imported: list[Imported]) -> str:
    """The whole table."""
    return "\n".join([HEADING, *(each.as_markdown() for each in imported)])


def _measured(path: Path) -> Imported:
    rows, stored, collected, most = _apart(_collect_often, path)
    alone, most_alone = _apart(_read_often, path)
    return Imported(path.name, rows, stored, collected, alone, most, most_alone)


def _collect_often(path: Path) -> tuple[int, int, float, float]:
    summaries: list[ImportSummary] = []
    seconds = _median(lambda: summaries.append(_collect(path)))
    return summaries[0].rows_in, summaries[0].stored, seconds, _megabytes()


def _read_often(path: Path) -> tuple[float, float]:
    return _median(lambda: _read_alone(path)), _megabytes()


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _apart(work: Callable[[Path], Result], path: Path) -> Result:
    """In a process of its own, so that each side's memory is its own."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(work, (path,))


def _collect(path: Path) -> ImportSummary:
    with tempfile.TemporaryDirectory() as folder:
        quartier.create(Path(folder) / "shop", Config(name="Online Retail"))
        with quartier.open(Path(folder) / "shop") as ws:
            return collect(ws.store, ws.engine, ws.config, ws.folder, path, MAPPING, AT, author="benchmark")


def _read_alone(path: Path) -> None:
    """Into a table of a file, as the engine has one."""
    with (
        tempfile.TemporaryDirectory() as folder,
        duckdb.connect(str(Path(folder) / "alone.duckdb")) as connection,
    ):
        connection.execute(QUIET)
        source = connection.read_parquet(str(path)) if path.suffix == ".parquet" else connection.read_csv(str(path))
        source.create("online_retail")


def _median(work: Callable[[], object]) -> float:
    return statistics.median(_timed(work) for _ in range(REPEATS))


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
