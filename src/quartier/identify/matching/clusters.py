"""From pairs to persons: connected components of the pairs, none larger than a cap. Pure."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

CAP = 50
"""Records that one person may have before a cluster is put aside to be looked at."""


@dataclass(frozen=True)
class Clustered:
    """The clusters by record, as the smallest record of each, and the clusters that were too large, put aside.

    A cluster that is too large is cut: its weakest pairs are left out until each part is within the cap.
    """

    cluster: dict[Hashable, Hashable]
    too_large: tuple[tuple[Hashable, ...], ...]


def clusters(records: Sequence[Hashable], pairs: pa.Table, *, least: float = 0.5, cap: int = CAP) -> Clustered:
    """Everyone's cluster: the records joined by pairs (columns `a`, `b`, `probability`) with at least a probability.

    Pairs are taken from the likeliest on; one that would join more than `cap` records is left out.
    """
    place = {record: number for number, record in enumerate(records)}
    order = np.argsort(-pairs["probability"].to_numpy(), kind="stable")
    left, right, probability = (pairs[name].to_pylist() for name in ("a", "b", "probability"))
    found, whole = _Sets(len(records)), _Sets(len(records))
    for number in order.tolist():
        if probability[number] < least:
            break
        one, other = place[left[number]], place[right[number]]
        whole.join(one, other, len(records))
        found.join(one, other, cap)
    named = {record: records[found.least(number)] for record, number in place.items()}
    return Clustered(named, _above(records, whole, cap))


def _above(records: Sequence[Hashable], whole: "_Sets", cap: int) -> tuple[tuple[Hashable, ...], ...]:
    large: dict[int, list[Hashable]] = {}
    for number, record in enumerate(records):
        root = whole.root(number)
        if whole.size[root] > cap:
            large.setdefault(root, []).append(record)
    return tuple(tuple(each) for each in large.values())


class _Sets:
    """Union-find by size (Tarjan, "Efficiency of a good but not linear set union algorithm", 1975)."""

    def __init__(self, n: int) -> None:
        self.parent = list(range(n))
        self.size = [1] * n
        self.first = list(range(n))

    def root(self, number: int) -> int:
        while self.parent[number] != number:
            self.parent[number] = self.parent[self.parent[number]]
            number = self.parent[number]
        return number

    def least(self, number: int) -> int:
        return self.first[self.root(number)]

    def join(self, one: int, other: int, cap: int) -> None:
        high, low = sorted((self.root(one), self.root(other)), key=lambda each: -self.size[each])
        if high == low or self.size[high] + self.size[low] > cap:
            return
        self.parent[low] = high
        self.size[high] += self.size[low]
        self.first[high] = min(self.first[high], self.first[low])
