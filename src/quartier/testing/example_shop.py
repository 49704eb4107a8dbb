"""The example shop as a workspace, for notebooks and tests that want a base to look at."""

import datetime as dt
import tempfile
from functools import cache
from pathlib import Path
from typing import Final

from quartier import example, workspace
from quartier.clock import FixedClock
from quartier.collect.definition import Mapping
from quartier.config import Config
from quartier.store.folder import create
from quartier.workspace import Workspace

LAST_DAY: Final = dt.date(2026, 11, 1)
_SECRET = b"the same holdout in every notebook"


@cache
def example_shop(persons: int = 2000, seed: int = 2026) -> Workspace:
    """A workspace that holds the example shop, its clock at the end of the data; nobody in it exists.

    It is made once for a process, in a temporary folder that goes with it, and stays open.

    >>> example_shop().count_everyone()  # doctest: +SKIP
    2000
    """
    room = Path(tempfile.mkdtemp(prefix="quartier-example-"))
    shop = example.generate(seed=seed, end=LAST_DAY, persons=persons)
    clock = FixedClock(shop.ends_at)
    made = create(room / "workspace", Config(name="Example shop"), clock=clock, secret=_SECRET[:32])
    ws = workspace.open(made, clock=clock)
    for path in example.write_shop(room / "files", shop):
        mapping = example.mapping_of(path)
        ws.collect(path, Mapping.read(mapping.read_text(encoding="utf-8"), mapping.name), author="example")
    return ws
