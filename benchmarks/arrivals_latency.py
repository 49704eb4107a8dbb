"""How long it takes from the acknowledgement of a message until it is in the engine's table.

The whole server runs, with segments that are refreshed; it is sent batches of 100 as fast as it takes them to learn its
top rate, then at half of that. Run it with `python -m benchmarks.arrivals_latency [seconds]`.
"""

import re
import sys
import tempfile
import time
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.serving import MESSAGES, Acknowledged, Done, prepare, send, served
from quartier.clock import SystemClock
from quartier.serve.run import PERIOD
from quartier.store.journal import FILE, Journal

TOP_REQUESTS, SECONDS, REST = 1_000, 60, 10
_ID = re.compile(rb'"messageId":"([^"]+)"')


@dataclass(frozen=True)
class Latency:
    """Seconds from the acknowledgement to the table, at a rate; what the worker did meanwhile."""

    top: float
    rate: float
    waits: tuple[float, ...]
    projections: tuple[float, ...]
    waited: tuple[float, ...]
    refreshes: tuple[float, ...]

    def share(self, of: float) -> float:
        """The seconds that such a share of the messages waited at most."""
        return sorted(self.waits)[min(len(self.waits) - 1, int(of * len(self.waits)))]

    def as_markdown(self) -> str:
        """A table."""
        slow = max(self.refreshes, default=0.0)
        rows = {
            "top rate, messages acknowledged a second": f"{self.top:,.0f}",
            "the rate at which they were sent": f"{self.rate:,.0f}",
            "messages": f"{len(self.waits) * MESSAGES:,}",
            "half of them are in their table after": f"{self.share(0.5):.2f} s",
            "99 of 100 after": f"{self.share(0.99):.2f} s ({self.share(0.99) / PERIOD:.2f} periods)",
            "the last one after": f"{max(self.waits):.2f} s",
            "a projection took, half of them, and the longest": f"{_half(self.projections):.2f} s, "
            f"{max(self.projections):.2f} s",
            "of which its thread waited for a processor that other processes had": f"{_half(self.waited):.2f} s",
            "refreshes of the segments, and the longest": f"{len(self.refreshes)}, {slow:.2f} s",
        }
        return "\n".join(["| | |", "|---|---|", *(f"| {name} | {value} |" for name, value in rows.items()), ""])


def measure(seconds: float = SECONDS) -> Latency:
    """Send at the top rate for a while, then at half of it for so many seconds."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "shop"
        prepare(folder)
        with served(folder) as serving:
            send(serving.port, 20, name="warm")
            began = time.monotonic()
            send(serving.port, TOP_REQUESTS, name="top")
            top = TOP_REQUESTS * MESSAGES / (time.monotonic() - began)
            time.sleep(REST)  # the tables catch up
            begun = time.monotonic()
            sent = send(serving.port, int(seconds * top / 2 / MESSAGES), per_second=top / 2, name="half")
            ended = time.monotonic()
        waits = _waits(sent, _numbers(folder), [each for each in serving.done if each.name == "projection"])
    meanwhile = [each for each in serving.done if begun < each.began < ended]
    waited = tuple(each.waited for each in meanwhile if each.name == "projection")
    rate = len(sent) * MESSAGES / (ended - begun)
    return Latency(top, rate, tuple(waits), _lasted(meanwhile, "projection"), waited, _lasted(meanwhile, "refresh"))


def _numbers(folder: Path) -> dict[str, int]:
    """The number in the journal of every message, by its id."""
    journal = Journal(f"sqlite:///{folder / FILE}", SystemClock())
    found = {}
    for entry in journal.entries(0):
        for place, line in enumerate(entry.lines):
            told = _ID.search(line)
            assert told is not None
            found[told[1].decode()] = entry.first + place
    journal.close()
    return found


def _waits(sent: Sequence[Acknowledged], numbers: dict[str, int], projections: Sequence[Done]) -> list[float]:
    """For each request, how long after its acknowledgement its last message was in the table."""
    marks = [each.until for each in projections]
    return [max(0.0, projections[bisect_left(marks, numbers[each.last_id])].ended - each.at) for each in sent]


def _lasted(done: Sequence[Done], name: str) -> tuple[float, ...]:
    return tuple(each.ended - each.began for each in done if each.name == name)


def _half(seconds: Sequence[float]) -> float:
    return sorted(seconds)[len(seconds) // 2]


if __name__ == "__main__":
    print(measure(*(float(each) for each in sys.argv[1:])).as_markdown())
