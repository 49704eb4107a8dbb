"""How much named sets of persons overlap: set algebra on bitmaps, no query."""

from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa
from pyroaring import BitMap

from quartier.analyse.plain import Plain


@dataclass(frozen=True)
class Overlap(Plain):
    """Square matrices over `names`, rows and columns in the same order."""

    names: tuple[str, ...]
    sizes: tuple[int, ...]
    counts: tuple[tuple[int, ...], ...]
    """persons in both"""
    jaccard: tuple[tuple[float | None, ...], ...]
    """persons in both, of those in either; None when both are empty"""
    shares: tuple[tuple[float | None, ...], ...]
    """of the persons of the row, the share who are in the column; None when the row is empty"""

    def to_arrow(self) -> pa.Table:
        """One row per ordered pair."""
        places = [(i, j) for i in range(len(self.names)) for j in range(len(self.names))]
        return pa.table(
            {
                "row": pa.array([self.names[i] for i, _ in places], pa.string()),
                "column": pa.array([self.names[j] for _, j in places], pa.string()),
                "persons": pa.array([self.counts[i][j] for i, j in places], pa.int64()),
                "jaccard": pa.array([self.jaccard[i][j] for i, j in places], pa.float64()),
                "share": pa.array([self.shares[i][j] for i, j in places], pa.float64()),
            }
        )


def overlap(sets: Mapping[str, BitMap]) -> Overlap:
    """The overlaps of every pair of sets, in the order given."""
    names, members = tuple(sets), tuple(sets.values())
    counts = tuple(tuple(a.intersection_cardinality(b) for b in members) for a in members)
    return Overlap(
        names=names,
        sizes=tuple(len(each) for each in members),
        counts=counts,
        jaccard=tuple(
            tuple(_share(counts[i][j], len(a) + len(b) - counts[i][j]) for j, b in enumerate(members))
            for i, a in enumerate(members)
        ),
        shares=tuple(tuple(_share(counts[i][j], len(a)) for j in range(len(members))) for i, a in enumerate(members)),
    )


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
