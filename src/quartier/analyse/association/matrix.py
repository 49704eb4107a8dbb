"""The matrix of associations: every pair of clues, those that go together beside each other.

The order is that of a hierarchical clustering (average linkage, distance 1 less the strength) with its leaves turned so
that neighbours are near (Bar-Joseph et al., Bioinformatics 17, 2001). P-values are corrected for all pairs together
(Benjamini and Hochberg 1995).
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from quartier.analyse.association.measures import Measure, measured
from quartier.analyse.compare import LEVEL, corrected
from quartier.analyse.learning.clues import Clue
from quartier.analyse.learning.usable import LeftOut
from quartier.analyse.plain import Plain
from quartier.catalog import Family, Label
from quartier.errors import NoAnswer
from quartier.language import Text


@dataclass(frozen=True)
class Pair(Plain):
    """Two traits: how strongly they go together among the `persons` of whom both are known.

    `value` lies between 0 and 1, between -1 and 1 for two numbers; None where it cannot be told. `p_value` is corrected
    for all pairs; `is_clear` says that chance does not explain the association.
    """

    first: str
    second: str
    measure: Measure
    persons: int
    value: float | None
    p_value: float | None
    is_clear: bool

    @property
    def strength(self) -> float:
        """Without its sign; 0 where it cannot be told."""
        return abs(self.value or 0.0)


@dataclass(frozen=True)
class Member(Plain):
    """One row and column of the matrix."""

    trait: str
    label: Label
    family: Family
    is_category: bool
    known: int


@dataclass(frozen=True)
class Associations(Plain):
    """The matrix: its traits in their order, and every pair once, the strongest first."""

    at: dt.datetime
    persons: int
    members: tuple[Member, ...]
    pairs: tuple[Pair, ...]
    left_out: tuple[LeftOut, ...] = ()

    def pair(self, first: str, second: str) -> Pair | None:
        """The pair of two traits, whichever comes first."""
        return next((each for each in self.pairs if {each.first, each.second} == {first, second}), None)


def matrix_of(clues: Sequence[Clue], at: dt.datetime, left_out: Sequence[LeftOut] = ()) -> Associations:
    """The matrix of some clues. Raises NoAnswer with fewer than two."""
    if len(clues) < 2:
        raise NoAnswer(_TOO_FEW, remedy=_MORE)
    pairs = _pairs(clues)
    order = _order(clues, pairs)
    members = tuple(
        Member(each.name, each.label, each.family, each.is_category, int(each.known.sum()))
        for each in (clues[place] for place in order)
    )
    ranked = tuple(sorted(pairs, key=lambda each: (-each.strength, each.first, each.second)))
    return Associations(at, len(clues[0].values), members, ranked, tuple(left_out))


def _pairs(clues: Sequence[Clue]) -> list[Pair]:
    named = [(a, b) for place, a in enumerate(clues) for b in clues[place + 1 :]]
    found = [measured(a, b) for a, b in named]
    p_values = iter(corrected([each.p_value for each in found if each.p_value is not None]))
    pairs = []
    for (a, b), each in zip(named, found, strict=True):
        p_value = next(p_values) if each.p_value is not None else None
        is_clear = p_value is not None and p_value <= LEVEL
        pairs.append(Pair(a.name, b.name, each.measure, each.persons, each.value, p_value, is_clear))
    return pairs


def _order(clues: Sequence[Clue], pairs: Sequence[Pair]) -> list[int]:
    from scipy.cluster.hierarchy import leaves_list, linkage

    if len(clues) < 3:
        return list(range(len(clues)))
    # `pairs` are in the order of a condensed distance matrix.
    apart = np.array([1 - min(1.0, each.strength) for each in pairs])
    return [int(each) for each in leaves_list(linkage(apart, "average", optimal_ordering=True))]


_TOO_FEW = Text(
    en="associations need two traits at least that tell persons apart",
    fr="les associations demandent au moins deux traits qui distinguent les personnes",
)
_MORE = Text(
    en="bring in more traits, or choose others",
    fr="importez d'autres traits, ou choisissez-en d'autres",
)
