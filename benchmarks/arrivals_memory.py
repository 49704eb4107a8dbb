"""Whether memory grows with the messages that a server has taken and projected, and with those that are rebuilt.

The whole server is sent batches as fast as it takes them; its memory is read after each part of them. Then the tables
are made again. Run it with `python -m benchmarks.arrivals_memory [messages]`.
"""

import sys
import tempfile
import time
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from benchmarks.arrivals_projector import measured
from benchmarks.serving import MESSAGES, Serving, prepare, send, served

PARTS, MANY, REST = 5, 500_000, 0.5
STILL = 120
"""Seconds that the tables may take to catch up."""


@dataclass(frozen=True)
class Held:
    """MB that the server held after so many messages, once they were in their tables; and at most until then."""

    messages: int
    now: float
    most: float


@dataclass(frozen=True)
class Memory:
    """What the server held, part by part, and what a rebuild of all of it held at most."""

    parts: tuple[Held, ...]
    rebuilt: float

    def as_markdown(self) -> str:
        """A table."""
        rows = [f"| {each.messages:,} | {each.now:,.0f} MB | {each.most:,.0f} MB |" for each in self.parts]
        heads = "| messages taken and projected | the server holds | held at most |\n|---|---|---|"
        told = f"A rebuild of all of them holds {self.rebuilt:,.0f} MB at most."
        return "\n".join([heads, *rows, "", told, ""])


def measure(messages: int = MANY) -> Memory:
    """Send so many messages in parts, then rebuild."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "shop"
        prepare(folder)
        with served(folder) as serving:
            parts = tuple(_part(serving, number, messages // PARTS) for number in range(1, PARTS + 1))
        with get_context("spawn").Pool(1) as pool:
            rebuilt = pool.apply(measured, (_rebuild, folder))
    return Memory(parts, rebuilt.megabytes)


def _part(serving: Serving, number: int, messages: int) -> Held:
    send(serving.port, messages // MESSAGES, name=f"part-{number}")
    _rest(serving)
    return Held(number * messages, serving.memory(), serving.memory("VmHWM"))


def _rest(serving: Serving) -> None:
    """Wait until the server does little: what it took is in its tables."""
    end = time.monotonic() + STILL
    before = serving.cpu()
    while time.monotonic() < end:
        time.sleep(REST * 4)
        after = serving.cpu()
        if after - before < REST:
            return
        before = after


def _rebuild(folder: Path) -> None:
    from quartier.workspace import open_to_rebuild

    with open_to_rebuild(folder) as ws:
        ws.rebuild()


if __name__ == "__main__":
    print(measure(*(int(each) for each in sys.argv[1:])).as_markdown())
