"""The example shop with the answers of two surveys: as few persons as the models learn from, made in seconds."""

import csv
import datetime as dt
from pathlib import Path

import yaml

import quartier
from quartier import example
from quartier.cli.road import SEGMENTS
from quartier.clock import FixedClock
from quartier.collect.definition import Mapping
from quartier.config import Config
from tests.unit.analyse.test_psychographic import likert, replies

PERSONS, ANSWERED, SEED = 1_200, 180, 2026
NOW = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
FILES = ("customers", "order-lines", "survey")
ITEMS = tuple(f"item_{place}" for place in range(8))
ANSWERS = Mapping.read(
    {
        "layout": "persons",
        "columns": {"id": "user_id", "why": {"to": "trait.why", "type": "text"}}
        | {each: {"to": f"trait.{each}", "type": "integer"} for each in ITEMS},
    }
)


def made(folder: Path) -> Path:
    """The workspace, with its segments in force and no model run."""
    shop = example.generate(seed=SEED, end=NOW.date(), persons=PERSONS)
    settings = Config(name="Boutique d'exemple", language="en", is_synthetic=True, memory_limit="512MB", threads=1)
    workspace, clock = quartier.create(folder / "shop", settings, clock=FixedClock(NOW)), FixedClock(NOW)
    with quartier.open(workspace, clock=clock) as ws:
        for path in example.write_shop(folder / "files", shop):
            if path.stem in FILES:
                mapping = example.mapping_of(path)
                ws.collect(path, Mapping.read(mapping.read_text(encoding="utf-8"), mapping.name), author="demo")
        ws.collect(_answers(folder / "answers.csv"), ANSWERS, author="demo")
        ws.apply_segments(list(yaml.safe_load_all(SEGMENTS.read_text(encoding="utf-8"))), author="demo")
    return workspace


def _answers(path: Path) -> Path:
    """What some of the persons answered: eight scales behind which two factors stand, and one open question."""
    scales, texts = likert(1, ANSWERED).astype(int), replies(ANSWERED // 9)[0]
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["id", "why", *ITEMS])
        rows.writerows([f"C{n + 1:06}", texts[n], *scales[n].tolist()] for n in range(ANSWERED))
    return path
