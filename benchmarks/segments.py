"""Two hundred segments by leaves and set algebra, against one query per segment over one events table.

Each side runs in a process of its own, on the same file, with the same threads and the same limit of memory. The time
of ours is the whole road of a refresh: reading the documents, binding, compiling, evaluating.
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
from zoneinfo import ZoneInfo

from benchmarks import shop
from quartier.engine import DuckDBEngine, Query, forget_compiled
from quartier.segment.bind import bind
from quartier.segment.definition import read_segment
from quartier.segment.evaluate import World
from quartier.segment.moments import Moment

Result = TypeVar("Result")
AT = dt.datetime.fromisoformat(shop.NOW).replace(tzinfo=dt.UTC)
HOW_MANY = 200
REPEATS = 3
MEMORY = "4GB"
MINIMAL_RATIO = 15
QUICK, USUAL, LARGE = (10_000, 200_000), [(100_000, 2_000_000), (1_000_000, 20_000_000)], (5_000_000, 100_000_000)


@dataclass(frozen=True)
class Run:
    """Seconds of each repeat, the size of each segment, the most memory held."""

    seconds: list[float]
    sizes: list[int]
    megabytes: float


@dataclass(frozen=True)
class Evaluated:
    """Both sides at one size."""

    persons: int
    events: int
    segments: int
    ours: Run
    peer: Run

    @property
    def ratio(self) -> float:
        """How many times longer one query per segment took, medians compared."""
        return statistics.median(self.peer.seconds) / statistics.median(self.ours.seconds)

    def as_markdown(self) -> str:
        """The row of a table."""
        seconds = " | ".join(f"{statistics.median(run.seconds):.2f} s" for run in (self.ours, self.peer))
        memory = f"{self.ours.megabytes:.0f} MB | {self.peer.megabytes:.0f} MB"
        return f"| {self.persons:,} | {self.events:,} | {self.segments} | {seconds} | {self.ratio:.1f} | {memory} |"


HEADING = (
    "| persons | events | segments | Quartier | one query each | ratio | peak memory | peak memory, one query each |\n"
    "|---|---|---|---|---|---|---|---|"
)


def measure(sizes: list[tuple[int, int]], folder: Path | None = None) -> list[Evaluated]:
    """Both sides at each size. Raises AssertionError when a segment has not the same size on both sides."""
    with tempfile.TemporaryDirectory(dir=folder) as made:
        return [_measured(persons, events, Path(made)) for persons, events in sizes]


def as_markdown(evaluated: list[Evaluated]) -> str:
    """The whole table."""
    return "\n".join([HEADING, *(each.as_markdown() for each in evaluated)])


def _measured(persons: int, events: int, folder: Path) -> Evaluated:
    path = folder / f"{persons}.duckdb"
    _apart(_draw, path, persons, events)
    ours, peer = _apart(_ours, path), _apart(_peer, path)
    different = [index for index, (a, b) in enumerate(zip(ours.sizes, peer.sizes, strict=True)) if a != b]
    assert not different, f"segments with another size on the other side: {different}"
    path.unlink()
    return Evaluated(persons, events, HOW_MANY, ours, peer)


def _draw(path: Path, persons: int, events: int) -> None:
    engine = DuckDBEngine(path, memory_limit=MEMORY)
    shop.draw(engine, persons, events)
    engine.close()


def _ours(path: Path) -> Run:
    engine = DuckDBEngine(path, memory_limit=MEMORY)
    documents = [each.document for each in shop.segments(HOW_MANY)]
    catalog = shop.catalog()

    def work() -> list[int]:
        forget_compiled()
        world = World(engine, catalog, Moment(AT, ZoneInfo("UTC")))
        bound = [bind(read_segment(each), catalog) for each in documents]
        world.learn(each.condition for each in bound)
        return [len(world.members(each)) for each in bound]

    return _run(work, REPEATS)


def _peer(path: Path) -> Run:
    engine = DuckDBEngine(path, memory_limit=MEMORY)
    queries = [Query(each.sql) for each in shop.segments(HOW_MANY)]
    return _run(lambda: [int(str(engine.rows(query)[0][0])) for query in queries], 1)


def _run(work: Callable[[], list[int]], repeats: int) -> Run:
    seconds, sizes = [], []
    for _ in range(repeats):
        start = time.perf_counter()
        sizes = work()
        seconds.append(time.perf_counter() - start)
    return Run(seconds, sizes, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def _apart(work: Callable[..., Result], *given: object) -> Result:
    """In a process of its own, so that each side's memory is its own."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(work, given)
