"""Run the benchmarks, print their tables, keep them in benchmarks/RESULTS.md.

python -m benchmarks            the usual sizes (about ten minutes)
python -m benchmarks --quick    small sizes, nothing kept
python -m benchmarks --large    5 M persons and 100 M events as well
python -m benchmarks --no-spark without PySpark, which takes minutes
python -m benchmarks --only arrivals    one subject (imports, arrivals, segments, lifetime); the others stay as they are
"""

import argparse
import datetime as dt
import itertools
import os
import platform
from collections.abc import Iterator
from pathlib import Path

import duckdb

from benchmarks import (
    arrivals_http,
    arrivals_latency,
    arrivals_memory,
    arrivals_projector,
    importing,
    lifetime,
    matching,
    matching_new,
    segments,
)

RESULTS = Path(__file__).parent / "RESULTS.md"
ONLINE_RETAIL = "online_retail.parquet"
SUBJECTS = ("imports", "arrivals", "segments", "lifetime")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="small sizes, nothing kept")
    parser.add_argument("--large", action="store_true", help="5 M persons and 100 M events as well")
    parser.add_argument("--no-spark", action="store_true", help="without PySpark, which takes minutes")
    parser.add_argument("--only", choices=SUBJECTS, help="one subject; the others stay as they are")
    options = parser.parse_args()
    sizes = [segments.QUICK] if options.quick else [*segments.USUAL, *([segments.LARGE] if options.large else [])]
    measured = {
        "imports": _imports(), "arrivals": _arrivals(),
        "segments": _segments(sizes, with_spark=not options.no_spark),
        "lifetime": _lifetime(lifetime.QUICK if options.quick else lifetime.MILLION),
    }  # fmt: skip
    heading, sections = _kept() if options.only else (_heading(), {})
    title = ""
    for part in itertools.chain.from_iterable(measured[name] for name in SUBJECTS if options.only in (None, name)):
        print(part, flush=True)
        title = part.partition("\n")[0] if part.startswith("## ") else title
        sections[title] = part if part.startswith("## ") else f"{sections[title]}\n{part}"
        if not options.quick:  # after each part: the last one may take long
            RESULTS.write_text("\n".join([heading, *sections.values()]), encoding="utf-8")


def _kept() -> tuple[str, dict[str, str]]:
    """What was written before: its head, and its sections by their titles."""
    head, *sections = RESULTS.read_text(encoding="utf-8").split("\n## ")
    return head, {f"## {each.partition(chr(10))[0]}": f"## {each}" for each in sections}


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


def _lifetime(customers: int) -> Iterator[str]:
    yield f"## Fitting lifetime value\n\n{_today()}{lifetime.TOLD}"
    yield lifetime.as_markdown(lifetime.measure(customers)) + "\n"


def _imports() -> list[str]:
    folder = Path(os.environ.get("QUARTIER_DATA") or Path(__file__).parents[2] / "shared" / "data")
    heading = "## Import of Online Retail\n"
    if not (folder / ONLINE_RETAIL).exists():
        return [heading, f"Not measured: {ONLINE_RETAIL} is not here (set QUARTIER_DATA to its folder).\n"]
    told = "Mapping, dates, orders, identification, rejected rows and the kept original, against DuckDB's read alone.\n"
    return [heading, told, importing.as_markdown(importing.measure(folder / ONLINE_RETAIL)), ""]


def _arrivals() -> Iterator[str]:
    yield f"## Arrivals over HTTP\n\n{_today()}{_HTTP}\n"
    yield arrivals_http.measure().as_markdown()
    yield f"## From the acknowledgement of a message to its table\n\n{_today()}{_LATENCY}\n"
    yield arrivals_latency.measure().as_markdown()
    yield f"## Tables from the journal\n\n{_today()}{_REBUILT}\n"
    yield arrivals_projector.measure().as_markdown()
    yield f"## Memory of arrivals\n\n{_today()}{_HELD}\n"
    yield arrivals_memory.measure().as_markdown()


def _today() -> str:
    """When this is measured, and how many others want the processors: figures by the clock are theirs as well."""
    return f"On {dt.datetime.now(dt.UTC).date()}, with a load of {os.getloadavg()[1]:.0f} before it began. "


_HTTP = (
    "One process, one writer, a commit per group of bodies. The bodies are prepared and sent over four connections by "
    "another process; all three servers answer the same requests in turn."
)
_LATENCY = (
    "The whole `quartier serve` with 20 segments in force, sent batches of 100 over four connections by another "
    "process: first as fast as it takes them, then at half of that rate. A period is one second."
)
_REBUILT = (
    "DuckDB alone reads the same lines with given columns into a table for each kind of message: no identities, no "
    "types found out, no history, no order of time."
)
_HELD = "The whole `quartier serve`, sent batches of 100 as fast as it takes them."


def _matching(*, quick: bool) -> list[str]:
    told = (
        "Generated French customers, 20 % of them twice and most of these with errors, with families; the whole run of "
        "ours, from raw columns to named pairs at probability 0.5, against Splink on the same pairs with comparisons "
        "as its demos have them, blocking not counted. Seconds of the processor, since the clock depends on what runs "
        "beside. The peak holds the table itself.\n"
    )
    rows = matching.measure(matching.QUICK) if quick else matching.measure(matching.SIZES, matching.MILLION)
    new = matching_new.measure(20_000 if quick else matching_new.MILLION)
    return [
        f"## Matching\n\n{told}",
        matching.as_markdown(rows),
        f"\n### New records among known ones\n\n{matching_new.TOLD}\n",
        matching_new.as_markdown(new),
        "",
    ]


def _memory() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30


if __name__ == "__main__":
    main()
