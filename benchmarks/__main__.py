"""Run the benchmarks, print their tables, keep them in benchmarks/RESULTS.md.

python -m benchmarks            the usual sizes (about ten minutes)
python -m benchmarks --quick    small sizes, nothing kept
python -m benchmarks --large    5 M persons and 100 M events as well
python -m benchmarks --no-spark without PySpark, which takes minutes
"""

import argparse
import datetime as dt
import itertools
import os
import platform
from collections.abc import Iterator
from pathlib import Path

import duckdb

from benchmarks import arrivals_http, importing, segments

RESULTS = Path(__file__).parent / "RESULTS.md"
ONLINE_RETAIL = "online_retail.parquet"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="small sizes, nothing kept")
    parser.add_argument("--large", action="store_true", help="5 M persons and 100 M events as well")
    parser.add_argument("--no-spark", action="store_true", help="without PySpark, which takes minutes")
    options = parser.parse_args()
    sizes = [segments.QUICK] if options.quick else [*segments.USUAL, *([segments.LARGE] if options.large else [])]
    parts: list[str] = []
    for part in itertools.chain(
        [_heading()], _imports(), _arrivals(), _segments(sizes, with_spark=not options.no_spark)
    ):
        print(part, flush=True)
        parts.append(part)
        if not options.quick:  # after each part: the last one may take long
            RESULTS.write_text("\n".join(parts), encoding="utf-8")


def _heading() -> str:
    today = dt.datetime.now(dt.UTC).date()
    return (
        f"# Results\n\nWritten by `python -m benchmarks` on {today}: {os.cpu_count()} cores, {_memory():.0f} GB, "
        f"{platform.system()} {platform.machine()}, Python {platform.python_version()}, DuckDB {duckdb.__version__}. "
        "Figures mean something only against one another, in one run on one machine: read the ratios.\n"
    )


def _segments(sizes: list[tuple[int, int]], *, with_spark: bool) -> Iterator[str]:
    told = (
        "The same 200 segments (one or two counts or sums of events, up to two traits) evaluated for everyone, by "
        "leaves and set algebra and by other tools, beside ticks, new segments of five conditions and all overlaps. "
        "All find the same members. Reading rows into memory is not timed; the memory of Spark's JVM is not counted.\n"
    )
    yield f"## Segments\n\n{told}"
    for each in segments.measure(sizes, with_spark=with_spark):
        yield each.as_markdown()


def _imports() -> list[str]:
    folder = Path(os.environ.get("QUARTIER_DATA") or Path(__file__).parents[2] / "shared" / "data")
    heading = "## Import of Online Retail\n"
    if not (folder / ONLINE_RETAIL).exists():
        return [heading, f"Not measured: {ONLINE_RETAIL} is not here (set QUARTIER_DATA to its folder).\n"]
    told = "Mapping, dates, orders, identification, rejected rows and the kept original, against DuckDB's read alone.\n"
    return [heading, told, importing.as_markdown(importing.measure(folder / ONLINE_RETAIL)), ""]


def _arrivals() -> Iterator[str]:
    told = (
        "One process, one writer, a commit per group of bodies. The bodies are prepared and sent over four connections "
        "by another process; all three servers answer the same requests in turn.\n"
    )
    yield f"## Arrivals over HTTP\n\n{told}"
    yield arrivals_http.measure().as_markdown()


def _memory() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30


if __name__ == "__main__":
    main()
