"""Segments that say the same thing twice: the same members, the same condition, or nearly the same members."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Literal

from quartier.analyse.overlap import Overlap
from quartier.analyse.plain import Plain

NEARLY = 0.95
"""From this Jaccard index on, two segments are nearly the same (Jaccard, Bull. Soc. Vaud. Sci. Nat. 37, 1901)."""

Likeness = Literal["same_condition", "same_members", "nearly_same_members"]


@dataclass(frozen=True)
class Double(Plain):
    """Two segments that say the same; of several likenesses the strongest."""

    one: str
    other: str
    likeness: Likeness
    persons: int
    """members of both"""
    jaccard: float | None
    """None when both are empty"""


def doubles_of(overlap: Overlap, conditions: Mapping[str, Hashable]) -> tuple[Double, ...]:
    """Every pair of segments that say the same, the largest first; two empty ones only when their condition is one."""
    found = []
    for i, one in enumerate(overlap.names):
        for j in range(i + 1, len(overlap.names)):
            other = overlap.names[j]
            likeness = _likeness(overlap.jaccard[i][j], is_one_condition=conditions[one] == conditions[other])
            if likeness:
                found.append(Double(one, other, likeness, overlap.counts[i][j], overlap.jaccard[i][j]))
    return tuple(sorted(found, key=lambda each: (-each.persons, each.one, each.other)))


def _likeness(jaccard: float | None, *, is_one_condition: bool) -> Likeness | None:
    if is_one_condition:
        return "same_condition"
    if jaccard is None or jaccard < NEARLY:
        return None
    return "same_members" if jaccard == 1 else "nearly_same_members"
