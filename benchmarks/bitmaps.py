"""What a set of persons costs: bytes of a roaring bitmap by the share of persons who are in it.

python -m benchmarks.bitmaps
"""

from dataclasses import dataclass

import numpy as np
from pyroaring import BitMap

PERSONS = 10_000_000
SHARES = (0.5, 0.1, 0.01, 0.001, 0.0001)
BILLION = 1_000_000_000


@dataclass(frozen=True)
class Cost:
    """One set: the share of persons in it and its serialized bytes."""

    share: float
    bytes: int

    @property
    def bits_per_person(self) -> float:
        """Bits for each person of the base, in the set or not."""
        return self.bytes * 8 / PERSONS

    def as_markdown(self) -> str:
        """The row of a table, with the same density carried to a billion persons."""
        at_a_billion = self.bits_per_person * BILLION / 8 / 1e6
        return f"| {self.share:.2%} | {self.bytes / 1e6:.3f} MB | {self.bits_per_person:.4f} | {at_a_billion:.1f} MB |"


HEADING = f"| share of persons | bytes at {PERSONS:,} persons | bits a person | at a billion |\n|---|---|---|---|"


def measure(seed: int = 7) -> list[Cost]:
    """Persons chosen at random: keys that lie together cost less."""
    drawn = np.random.default_rng(seed).random(PERSONS)
    return [Cost(share, len(BitMap(np.flatnonzero(drawn < share).astype(np.uint32)).serialize())) for share in SHARES]


if __name__ == "__main__":
    print("\n".join([HEADING, *(each.as_markdown() for each in measure())]))
