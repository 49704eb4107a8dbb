"""Two hundred segments by leaves and set algebra, beside what other tools need for the same members.

Each side runs in a process of its own, on the same drawn shop, with the same threads and the same limit of memory. All
sides must find the same size for each segment.
"""

import datetime as dt
import importlib.util
import itertools
import multiprocessing
import resource
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from benchmarks import shop
from benchmarks.peers import by_hand, frames
from quartier.engine import DuckDBEngine, Query, forget_compiled
from quartier.segment.bind import bind
from quartier.segment.conditions import BoundSegment
from quartier.segment.definition import read_segment
from quartier.segment.evaluate import World
from quartier.segment.moments import Moment
from quartier.segment.refresh import Before, members_after

Result = TypeVar("Result")
AT = dt.datetime.fromisoformat(shop.NOW).replace(tzinfo=dt.UTC)
HOW_MANY, MANY = 200, 1000
LIVE, FIVE = 15, 5
"""New segments that are counted live, and the conditions of each."""
MEMORY = "3GB"
TICK = dt.timedelta(minutes=10)
QUICK, USUAL, LARGE = (10_000, 200_000), [(100_000, 2_000_000), (1_000_000, 20_000_000)], (5_000_000, 100_000_000)


@dataclass(frozen=True)
class Run:
    """Seconds (the median of the repeats), the size of each segment where they are counted, the most memory held."""

    name: str
    seconds: float
    sizes: tuple[int, ...]
    megabytes: float
    note: str = ""


@dataclass(frozen=True)
class Measured:
    """All sides at one size of the shop."""

    persons: int
    events: int
    runs: tuple[Run, ...]

    def as_markdown(self) -> str:
        """A table with one row per side, its time as a multiple of ours."""
        ours = next(run.seconds for run in self.runs if run.name == OURS)
        rows = [
            f"| {run.name}{f' ({run.note})' if run.note else ''} | {run.seconds:.3f} s | {run.seconds / ours:.2f} | "
            f"{run.megabytes:.0f} MB |"
            for run in self.runs
        ]
        heading = "| | seconds | times ours | peak memory |\n|---|---|---|---|"
        return "\n".join([f"### {self.persons:,} persons, {self.events:,} events\n", heading, *rows, ""])


OURS = "Quartier, 200 segments for everyone"


def measure(sizes: list[tuple[int, int]], folder: Path | None = None, *, with_spark: bool = True) -> Iterator[Measured]:
    """All sides at each size. Raises AssertionError when a segment has not the same size on all sides."""
    for persons, events in sizes:
        with tempfile.TemporaryDirectory(dir=folder) as made:
            yield _measured(persons, events, Path(made), with_spark=with_spark)


def _measured(persons: int, events: int, folder: Path, *, with_spark: bool) -> Measured:
    path = folder / "shop.duckdb"
    _apart(_draw, path, persons, events)
    is_large = persons > USUAL[-1][0]
    sides: list[Callable[[Path], Run]] = [_ours, _many, _overlaps, _tick, _busy_tick, _live, _numpy]
    sides += (
        [_short_tick]
        if is_large
        else [_compiling, _by_hand, _peer, _pandas, _polars, *_optional(with_spark=with_spark)]
    )
    runs = tuple(_apart(side, path) for side in sides)
    ours = next(run.sizes for run in runs if run.name == OURS)
    for run in runs:
        if len(run.sizes) == HOW_MANY:
            different = [place for place, (a, b) in enumerate(zip(ours, run.sizes, strict=True)) if a != b]
            assert not different, f"{run.name}: segments of another size: {different}"
    return Measured(persons, events, runs)


def _optional(*, with_spark: bool) -> list[Callable[[Path], Run]]:
    asked = [("chdb", _clickhouse), *([("pyspark", _spark)] if with_spark else [])]
    return [side for module, side in asked if importlib.util.find_spec(module)]


def _draw(path: Path, persons: int, events: int) -> None:
    engine = DuckDBEngine(path, memory_limit=MEMORY)
    shop.draw(engine, persons, events)
    engine.close()


def _ours(path: Path) -> Run:
    """As a refresh does it: documents read and bound, SQL kept from before."""
    engine = DuckDBEngine(path, memory_limit=MEMORY)
    return _timed(OURS, lambda: _sizes_of(engine, HOW_MANY), warm_up=True)


def _compiling(path: Path) -> Run:
    """As the first process of a workspace does it."""
    engine = DuckDBEngine(path, memory_limit=MEMORY)

    def work() -> list[int]:
        forget_compiled()
        return _sizes_of(engine, HOW_MANY)

    return _timed("the same, compiling every query", work)


def _many(path: Path) -> Run:
    engine = DuckDBEngine(path, memory_limit=MEMORY)
    return _timed(f"Quartier, {MANY} segments for everyone", lambda: _sizes_of(engine, MANY), warm_up=True)


def _tick(path: Path) -> Run:
    """The ten minutes after the last event: time alone moves, as it does between two imports."""
    return _ticked(path, "Quartier, a tick of ten minutes, no new events", AT, AT + TICK)


def _busy_tick(path: Path) -> Run:
    """The ten minutes before the last event, where the drawn events are densest."""
    return _ticked(path, "Quartier, the ten minutes of most new events", AT - TICK, AT)


def _short_tick(path: Path) -> Run:
    """Two minutes: at five times the persons, as many touched as in ten minutes of the usual size."""
    return _ticked(path, "Quartier, a tick of two minutes, no new events", AT, AT + TICK / 5)


def _ticked(path: Path, name: str, start: dt.datetime, end: dt.datetime) -> Run:
    """From one instant to another, of segments that were evaluated at the first."""
    engine, bound = DuckDBEngine(path, memory_limit=MEMORY), _bound(HOW_MANY)
    before = Before(_world(engine, start).members_of_all(bound), frozenset({Moment(start, ZoneInfo("UTC"))}))
    whole = _world(engine, end).members_of_all(bound)
    for type_ in shop.TYPES:
        engine.shelve(f"event_{type_}")
    touched = 0

    def work() -> list[int]:
        nonlocal touched
        after = members_after(_world(engine, end), engine, bound, before)
        assert after.members == whole
        touched = after.looked_at or 0
        return [len(each) for each in after.members.values()] if end == AT else []

    run = _timed(name, work, warm_up=True, repeats=7)
    return Run(run.name, run.seconds, run.sizes, run.megabytes, f"{touched:,} persons touched")


def _live(path: Path) -> Run:
    """New segments of five conditions beside the best SQL that we could write for each."""
    engine = DuckDBEngine(path, memory_limit=MEMORY)
    both = [_beside_sql(engine, each) for each in itertools.islice(_fives(), LIVE)]
    ratios = sorted(ours.seconds / best.seconds for ours, best in both)
    ours = sorted((ours for ours, _ in both), key=lambda run: run.seconds)[len(both) // 2]
    by_hand_takes = statistics.median(best.seconds for _, best in both)
    note = (
        f"the median of {LIVE}; the best SQL by hand takes {by_hand_takes:.3f} s; the same segment takes ours "
        f"{statistics.median(ratios):.2f} times as long in the median, {ratios[0]:.2f} to {ratios[-1]:.2f} times"
    )
    name = "Quartier, a new segment of five conditions"
    return Run(name, ours.seconds, (), max(run.megabytes for run, _ in both), note)


def _beside_sql(engine: DuckDBEngine, wanted: shop.Wanted) -> tuple[Run, Run]:
    bound = bind(read_segment(wanted.document), shop.catalog())
    ours = _timed("", lambda: [len(_world(engine).members(bound))], warm_up=True, repeats=5)
    best = _timed("", lambda: [by_hand.live(engine, wanted)], warm_up=True, repeats=5)
    assert ours.sizes == best.sizes
    return ours, best


def _fives() -> Iterator[shop.Wanted]:
    """Segments of more conditions: those of several drawn segments together."""
    drawn = shop.segments(HOW_MANY, seed=11)
    for one, other in itertools.pairwise(drawn):
        parts = tuple({str(part.document): part for part in (*one.parts, *other.parts)}.values())
        if len(parts) == FIVE and not _contradicts(parts):
            yield shop.Wanted("five", parts)


def _contradicts(parts: tuple[shop.Part, ...]) -> bool:
    """Whether two parts ask for two countries at once: an engine need not look at any event for that."""
    return len({part.sql for part in parts if "country" in part.sql}) > 1


def _overlaps(path: Path) -> Run:
    from quartier.analyse.overlap import overlap

    engine = DuckDBEngine(path, memory_limit=MEMORY)
    members = _world(engine).members_of_all(_bound(HOW_MANY))
    return _timed("Quartier, 200 by 200 overlaps", lambda: [len(overlap(members).names)], warm_up=True)


def _by_hand(path: Path) -> Run:
    engine, wanted = DuckDBEngine(path, memory_limit=MEMORY), shop.segments(HOW_MANY)
    return _timed("DuckDB by hand, one pass over each type", lambda: by_hand.sizes(engine, wanted))


def _peer(path: Path) -> Run:
    engine = DuckDBEngine(path, memory_limit=MEMORY)
    queries = [Query(each.sql) for each in shop.segments(HOW_MANY)]
    work = lambda: [int(str(engine.rows(query)[0][0])) for query in queries]  # noqa: E731 - one expression
    return _timed("one query per segment over one events table", work, repeats=1)


def _numpy(path: Path) -> Run:
    engine, wanted = DuckDBEngine(path, memory_limit=MEMORY), shop.segments(HOW_MANY)
    ((persons,),) = engine.rows(Query("select count(*) from person"))
    work = frames.numpy_counts(engine, wanted, int(str(persons)))
    return _timed("NumPy, the counts alone with all in memory", lambda: [work()])


def _pandas(path: Path) -> Run:
    engine, wanted = DuckDBEngine(path, memory_limit=MEMORY), shop.segments(HOW_MANY)
    return _timed("pandas with all in memory", frames.pandas_sizes(engine, wanted), repeats=1)


def _polars(path: Path) -> Run:
    engine, wanted = DuckDBEngine(path, memory_limit=MEMORY), shop.segments(HOW_MANY)
    return _timed("Polars with all in memory", frames.polars_sizes(engine, wanted), repeats=1)


def _clickhouse(path: Path) -> Run:
    from benchmarks.peers import clickhouse

    folder = _parquet(path)
    work = lambda: clickhouse.sizes(folder, shop.segments(HOW_MANY))  # noqa: E731 - one expression
    return _timed("ClickHouse in process (chDB) over Parquet", work, repeats=1)


def _spark(path: Path) -> Run:
    from benchmarks.peers import spark

    folder = _parquet(path)
    session = spark.open_session(multiprocessing.cpu_count())
    try:
        work = lambda: spark.sizes(session, folder, shop.segments(HOW_MANY))  # noqa: E731 - one expression
        return _timed("PySpark by hand over Parquet", work, repeats=1)
    finally:
        session.stop()


def _parquet(path: Path) -> Path:
    from benchmarks.peers import spark

    folder = path.parent / "parquet"
    if not folder.exists():
        engine = DuckDBEngine(path, memory_limit=MEMORY)
        try:
            spark.write_parquet(engine, folder)
        except BaseException:
            shutil.rmtree(folder)
            raise
        engine.close()
    return folder


def _world(engine: DuckDBEngine, at: dt.datetime = AT) -> World:
    return World(engine, shop.catalog(), Moment(at, ZoneInfo("UTC")))


def _bound(how_many: int) -> dict[str, BoundSegment]:
    catalog = shop.catalog()
    return {each.name: bind(read_segment(each.document), catalog) for each in shop.segments(how_many)}


def _sizes_of(engine: DuckDBEngine, how_many: int) -> list[int]:
    return [len(each) for each in _world(engine).members_of_all(_bound(how_many)).values()]


def _timed(name: str, work: Callable[[], list[int]], *, repeats: int = 3, warm_up: bool = False) -> Run:
    seconds = []
    sizes = work() if warm_up else []
    for _ in range(repeats):
        start = time.perf_counter()
        sizes = work()
        seconds.append(time.perf_counter() - start)
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Run(name, statistics.median(seconds), tuple(sizes), megabytes)


def _apart(work: Callable[..., Result], *given: object) -> Result:
    """In a process of its own, so that each side's memory is its own."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(work, given)
