"""Whether segments last: over time, from what the log of memberships remembers, and under the chance of the base."""

import datetime as dt
import math
from dataclasses import dataclass

from pyroaring import BitMap

from quartier.analyse.plain import Plain


@dataclass(frozen=True)
class Drift(Plain):
    """The members of a segment now, against those of an earlier instant."""

    since: dt.datetime
    then: int
    """members at that instant"""
    kept: float | None
    """of the members then, the share who are members now; None when nobody was"""
    jaccard: float | None
    """members then and now, of those who were members at either instant; None when nobody was"""


@dataclass(frozen=True)
class SizeRange(Plain):
    """Between which sizes a segment would lie in 95 of 100 bases of as many persons, drawn like this one."""

    low: int
    high: int


def drift_of(then: BitMap, now: BitMap, since: dt.datetime) -> Drift:
    """What became of the members of an instant."""
    both, either = then.intersection_cardinality(now), then.union_cardinality(now)
    return Drift(since, len(then), both / len(then) if then else None, both / either if either else None)


def size_range(members: int, persons: int) -> SizeRange:
    """The sizes of a segment when the persons of its base are drawn anew, as many, with replacement (Efron 1979).

    Each draw is a member with the same chance, so the sizes that the bootstrap would give follow the binomial
    distribution exactly, and none need be drawn.
    """
    from scipy.special import bdtrik  # scipy.stats takes seconds to load

    if not 0 < members < persons:
        return SizeRange(members, members)
    low, high = (math.ceil(bdtrik(part, persons, members / persons)) for part in (0.025, 0.975))
    return SizeRange(low, high)
