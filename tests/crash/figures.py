"""The figures of docs/reliability.md: `python -m tests.crash.figures` runs the long proofs and prints their rows.

It needs root, as the tests on disks of their own do. Any loss but those of the negative controls ends it.
"""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.crash.appending import EACH
from tests.crash.cuts import cut_power, lost_to_cuts
from tests.crash.ends_of_servers import cut_power_of_server, kill_server
from tests.crash.kills import kill_at_points, kill_at_random
from tests.crash.sendings import send_again

PASSES = [0, 1, 2, 5, 9, 14, 20, 33]


def power_cuts(folder: Path) -> str:
    """Of the journal's disk."""
    return f"100 power cuts of the disk | {cut_power(folder, 100, seed=100).last * EACH:,} | 0"


def random_kills(folder: Path) -> str:
    """Of a process that appends."""
    return f"300 kills at random moments | {kill_at_random(folder, 300, seed=300).last * EACH:,} | 0"


def kills_at_points(folder: Path) -> str:
    """Before and after each durable step."""
    return f"{9 * len(PASSES)} kills at nine named points | {kill_at_points(folder, PASSES).last * EACH:,} | 0"


def sent_again(folder: Path) -> str:
    """Duplicates."""
    sent = send_again(folder, 100_000)
    return f"100,000 messages sent {sent:,} times, three kills, clock jumps | 100,000 | 0, none twice"


def without_flushes(folder: Path) -> str:
    """The negative control."""
    lost = lost_to_cuts(folder, "OFF", 20, seed=20)
    return f"20 power cuts, flushes switched off | - | some in {sum(map(bool, lost))} of 20"


def flushes_at_checkpoints(folder: Path) -> str:
    """The negative control that a kill does not tell from the real thing."""
    lost = lost_to_cuts(folder, "NORMAL", 20, seed=20)
    return f"20 power cuts, flushes at checkpoints only | - | some in {sum(map(bool, lost))} of 20"


def kills_of_the_server(folder: Path) -> str:
    """With three clients."""
    return f"30 kills of `quartier serve` under load | {kill_server(folder, 30) * EACH:,} | 0"


def power_cuts_of_the_server(folder: Path) -> str:
    """With three clients."""
    return f"10 power cuts under `quartier serve` | {cut_power_of_server(folder, 10) * EACH:,} | 0"


PROOFS: list[Callable[[Path], str]] = [
    random_kills, kills_at_points, power_cuts, without_flushes, flushes_at_checkpoints, sent_again,
    power_cuts_of_the_server, kills_of_the_server,
]  # fmt: skip


def main() -> None:
    """Run every proof in a folder of its own, or those that are named."""
    wanted = sys.argv[1:] or [proof.__name__ for proof in PROOFS]
    for proof in (each for each in PROOFS if each.__name__ in wanted):
        with tempfile.TemporaryDirectory(prefix="quartier-crash-") as folder:
            print(f"| {proof(Path(folder))} |", flush=True)


if __name__ == "__main__":
    main()
