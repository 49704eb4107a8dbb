"""How much of a base a set of segments covers, and how evenly it divides what it covers."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pyroaring import BitMap

from quartier.analyse.plain import Plain


@dataclass(frozen=True)
class Coverage(Plain):
    """How many persons of the base are in no segment, in exactly one, in several."""

    base: str
    """the name of a population or segment"""
    persons: int
    in_none: int
    in_one: int
    in_several: int

    @property
    def share_in_none(self) -> float | None:
        """Of the base; None when nobody is in it."""
        return self._share(self.in_none)

    @property
    def share_in_one(self) -> float | None:
        """Of the base; None when nobody is in it."""
        return self._share(self.in_one)

    @property
    def share_in_several(self) -> float | None:
        """Of the base; None when nobody is in it."""
        return self._share(self.in_several)

    def _share(self, part: int) -> float | None:
        return part / self.persons if self.persons else None


@dataclass(frozen=True)
class Balance(Plain):
    """How alike the sizes of the segments that have members are.

    `evenness` is Pielou's (Journal of Theoretical Biology 13, 1966): the entropy of the sizes divided by its maximum,
    1 when all are equal. `effective` is the number of equal segments with the same entropy (Hill, Ecology 54, 1973).
    """

    smallest: int | None
    largest: int | None
    evenness: float | None
    """None with fewer than two segments that have members"""
    effective: float | None

    @property
    def ratio(self) -> float | None:
        """The smallest size divided by the largest."""
        return self.smallest / self.largest if self.smallest and self.largest else None


def once_and_more(sets: Iterable[BitMap]) -> tuple[BitMap, BitMap]:
    """The persons who are in exactly one of the sets, and those who are in several."""
    seen, again = BitMap(), BitMap()
    for each in sets:
        again |= seen & each
        seen |= each
    return seen - again, again


def coverage_of(sets: Mapping[str, BitMap], everyone: BitMap, base: str) -> Coverage:
    """The coverage of the base `everyone`, called `base`; persons outside it do not count."""
    one, several = (each & everyone for each in once_and_more(sets.values()))
    return Coverage(base, len(everyone), len(everyone) - len(one) - len(several), len(one), len(several))


def balance_of(sizes: Sequence[int]) -> Balance:
    """The balance of some sizes; empty segments do not count."""
    filled = [size for size in sizes if size]
    if not filled:
        return Balance(None, None, None, None)
    shares = [size / sum(filled) for size in filled]
    entropy = -sum(share * math.log(share) for share in shares)
    evenness = entropy / math.log(len(filled)) if len(filled) > 1 else None
    return Balance(min(filled), max(filled), evenness, math.exp(entropy))
