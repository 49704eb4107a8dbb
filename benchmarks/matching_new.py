"""A thousand new customers among those who are known, against matching all of them from scratch.

python -m benchmarks.matching_new              a million known ones; minutes
python -m benchmarks.matching_new --records N  of another size
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import numpy as np
import pyarrow as pa

from benchmarks.matching_people import people
from quartier.identify.matching import shelf
from quartier.identify.matching.run import keep, match, match_new
from quartier.identify.matching.workbench import Limits

Result = TypeVar("Result")
SEED, DUPLICATES, NEW, TICKS, MILLION = 7, 0.2, 1_000, 5, 1_000_000
TOLD = (
    "A thousand new customers among those who are known, against matching all of them from scratch. The known ones lie "
    "in a folder, as a workspace keeps them. A tick is everything: reading the list of the folder, cleaning the new "
    "records, finding whom they share a key with, comparing, and writing what is known then; the median of five, of "
    "other thousands. Seconds of the processor."
)
HEADING = "| | processor | clock | times a tick |\n|---|---|---|---|"


def measure(records: int) -> list[str]:
    """The rows of the table."""
    table = people(records + NEW * TICKS, DUPLICATES, SEED)
    table = table.take(pa.array(_mixed(table.num_rows)))
    known, limits = table.slice(0, records), Limits(memory="2GB")
    found, *scratch = timed(lambda: match(known, record="id", limits=limits))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _, *kept = timed(lambda: shelf.write(keep(known, found, record="id"), folder))
        parts = [table.slice(records + NEW * place, NEW) for place in range(TICKS)]
        ticks = [timed(lambda part=part: tick(folder, part, limits)) for part in parts]
    one = [statistics.median(each[place] for each in ticks) for place in (1, 2)]
    compared = round(statistics.median(each[0] for each in ticks))
    return [
        _row(f"{records:,} from scratch ({found.compared:,} pairs)", scratch, one),
        _row("keeping them as known", kept, one),
        _row(f"a tick of {NEW:,} new ones ({compared:,} pairs)", one, one),
    ]


def tick(folder: Path, new: pa.Table, limits: Limits) -> int:
    """New records among the known ones of a folder; returns how many pairs were compared."""
    known = shelf.read(folder)
    if known is None:
        raise FileNotFoundError(folder)
    renewed = match_new(new, known, limits=limits)
    shelf.write(renewed.kept, folder)
    return renewed.compared


def timed(work: Callable[[], Result]) -> tuple[Result, float, float]:
    """What the work gives, and its seconds of the processor and on the clock."""
    started, at = time.process_time(), time.perf_counter()
    result = work()
    return result, time.process_time() - started, time.perf_counter() - at


def as_markdown(rows: list[str]) -> str:
    """The whole table."""
    return "\n".join([HEADING, *rows])


def _row(name: str, took: list[float], tick_: list[float]) -> str:
    return f"| {name} | {took[0]:.2f} s | {took[1]:.2f} s | {took[0] / tick_[0]:.1f} |"


def _mixed(n: int) -> list[int]:
    mixed: list[int] = np.random.default_rng(SEED).permutation(n).tolist()
    return mixed


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=MILLION)
    print(as_markdown(measure(parser.parse_args().records)))


if __name__ == "__main__":
    main()
