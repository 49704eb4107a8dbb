"""Models and analyses over many persons: whether what they cost grows with the persons, and no faster.

python -m benchmarks.models                   the example shop at 20,000, 200,000 and 1,000,000 persons
python -m benchmarks.models 20000 200000      other sizes
python -m benchmarks.models --only clusters   some of them, by the beginning of their names

Each runs in a process of its own over a base that is made once and kept in the folder for temporary files (the largest
takes ten minutes and 8 GB to make). Seconds are of the processor, since the clock depends on what runs beside; opening
the workspace and loading libraries are not counted. The bound is what the engine takes to hand out every column of
every person and of every event once, as Arrow: nothing that reads them all can take less.
"""

import argparse
import datetime as dt
import itertools
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import ibis
import yaml

import quartier
from quartier import example
from quartier.clock import FixedClock
from quartier.collect.definition import Mapping as FileMapping
from quartier.config import Config
from quartier.engine import Query, to_sql

SIZES: Final = (20_000, 200_000, 1_000_000)
END: Final = dt.date(2026, 11, 1)
NOW: Final = dt.datetime.combine(END, dt.time(), dt.UTC)
READING: Final = "reading everything once"
_SCALES: Final = ("satisfaction", "price_matters", "quality_matters", "likes_novelty", "plans_purchases")
_STEPS: Final = ("Product Viewed", "Product Added", "Order Completed")
_COSTS: Final = {"margin": 0.4, "acquisition": 15, "service": ["Order Refunded"], "service_cost": 6}
_DONE: Final = {"outcome": "event", "event": "Order Completed", "days": 90, "among": "did"}
_CLASSES: Final = ["price_matters", "quality_matters", "main_need"]
_PERSONA: Final = "regulars"
_HEAVY: Final = (
    "scipy.optimize", "scipy.sparse", "scipy.stats", "sklearn.cluster", "sklearn.linear_model", "sklearn.mixture",
    "sklearn.tree", "lightgbm", "stepmix", "implicit.nearest_neighbours",
)  # fmt: skip
Work = Callable[[quartier.Workspace], object]


def _model(model: str, **told: object) -> Work:
    return lambda ws: ws.run_model({"model": model, **told})


# RFM comes first: clusters are found in the traits that it writes.
WORK: Final[Mapping[str, Work]] = {
    READING: lambda ws: _read(ws),
    "RFM": _model("rfm"),
    "lifetime value": _model("lifetime_value"),
    "profit": _model("profit", **_COSTS),
    "clusters of three traits": _model("clusters"),
    "relation": _model("relation"),
    "score": _model("score"),
    "propensity to buy": _model("propensity", **_DONE),
    "factors": _model("factors", traits=_SCALES),
    "classes": _model("classes", traits=_CLASSES),
    "recommendations": _model("recommendations"),
    "drivers": lambda ws: ws.analysis.drivers("newsletter=true"),
    "associations": lambda ws: ws.analysis.associations(),
    "persona": lambda ws: ws.analysis.persona(_PERSONA),
    "adviser": lambda ws: ws.analysis.advice(),
    "overview by month": lambda ws: ws.analysis.overview(),
    "cohorts": lambda ws: ws.analysis.cohorts(),
    "concentration": lambda ws: ws.analysis.concentration(),
    "funnel": lambda ws: ws.journeys.funnel({"steps": _STEPS, "within": "1 day"}),
    "paths": lambda ws: ws.journeys.paths({"event": "Order Completed"}),
    "retention": lambda ws: ws.journeys.retention({"start": "Product Viewed", "back": "Order Completed"}),
    "sequences": lambda ws: ws.journeys.sequences(),
    "quality of the data": lambda ws: ws.quality.measured(),
    "quality of the segments": lambda ws: ws.segmentation_quality(),
}


@dataclass(frozen=True)
class Spent:
    """What one piece of work took of one base: seconds of the processor, and MB at most."""

    name: str
    persons: int
    seconds: float
    megabytes: float
    said: str
    """why there was no answer, where there was none"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES, help="persons in the shop")
    parser.add_argument("--only", nargs="*", default=[], help="beginnings of names")
    parser.add_argument("--one", nargs=2, metavar=("FOLDER", "NAME"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(vars(_measured(Path(options.one[0]), options.one[1]))))
        return
    names = [each for each in WORK if not options.only or each == READING or each.startswith(tuple(options.only))]
    spent = [_apart(base(size), name) for size in sorted(options.sizes) for name in names]
    print(as_markdown(spent))


def base(persons: int) -> Path:
    """The example shop with so many persons, brought in as files are, and its segments; made if it is not there."""
    room = Path(tempfile.gettempdir()) / f"quartier-models-{persons}"
    if (room / "made").exists():
        return room / "workspace"
    shop, clock = example.generate(seed=2026, end=END, persons=persons), FixedClock(NOW)
    room.mkdir()
    quartier.create(room / "workspace", Config(name="Many persons"), clock=clock)
    with tempfile.TemporaryDirectory() as files, quartier.open(room / "workspace", clock=clock) as ws:
        for path in example.write_shop(Path(files), shop):
            mapping = example.mapping_of(path)
            ws.collect(path, FileMapping.read(mapping.read_text(encoding="utf-8"), mapping.name))
        segments = Path(example.__file__).parent / "segments.yaml"
        ws.apply_segments(list(yaml.safe_load_all(segments.read_text(encoding="utf-8"))))
    (room / "made").touch()
    return room / "workspace"


def as_markdown(spent: Sequence[Spent]) -> str:
    """A row for each piece of work, the seconds at each size, how they grew, against reading, and the memory."""
    sizes = sorted({each.persons for each in spent})
    found = {(each.name, each.persons): each for each in spent}
    heads = ["", *(f"{size:,} persons" for size in sizes), "grew", "times reading", "memory at most"]
    rows = []
    for name in dict.fromkeys(each.name for each in spent):
        own, most = [found[name, size] for size in sizes], found[name, sizes[-1]]
        grew = " ".join(f"{b.seconds / a.seconds:.1f}" for a, b in itertools.pairwise(own))
        times = most.seconds / found[READING, sizes[-1]].seconds
        cells = [f"{each.seconds:.1f} s{' (no answer)' if each.said else ''}" for each in own]
        rows.append([name, *cells, grew, f"{times:.1f}", f"{most.megabytes:,.0f} MB"])
    return "\n".join(f"| {' | '.join(each)} |" for each in (heads, ["---"] * len(heads), *rows))


def _apart(folder: Path, name: str) -> Spent:
    """In a process of its own: memory at most is that of a process."""
    command = [sys.executable, "-m", "benchmarks.models", "--one", str(folder), name]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    spent = Spent(**json.loads(done.stdout))
    print(
        f"{spent.name}, {spent.persons:,}: {spent.seconds:.2f} s, {spent.megabytes:,.0f} MB {spent.said}",
        file=sys.stderr,
        flush=True,
    )
    return spent


def _measured(folder: Path, name: str) -> Spent:
    _load()
    with quartier.open(folder, clock=FixedClock(NOW)) as ws:
        begun, said = time.process_time(), ""
        try:
            WORK[name](ws)
        except quartier.errors.NoAnswer as error:
            said = str(error)
        seconds = time.process_time() - begun
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Spent(name, int(folder.parent.name.rpartition("-")[2]), seconds, megabytes, said)


def _load() -> None:
    from importlib import import_module

    for each in _HEAVY:
        import_module(each)


def _read(ws: quartier.Workspace) -> int:
    """Every column of every person and event once, part by part."""
    tables = [each for each in ws.engine.tables() if each == "person" or each.startswith("event_")]
    asked = (Query(to_sql(ibis.table(ws.engine.schema(each), name=each))) for each in tables)
    return sum(batch.num_rows for each in asked for batch in ws.engine.batches(each))


if __name__ == "__main__":
    main()
