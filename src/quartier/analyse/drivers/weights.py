"""Weights: how much of what boosted trees say of persons comes from each clue, with intervals over repeated folds.

The contribution of a clue to a person is exact (TreeSHAP, see `learning.trees`), taken for persons whom the trees did
not learn from. Its weight is the mean size of its contributions, as a share of all. The interval is of repeated
cross-validation with the correction of Nadeau and Bengio, Machine Learning 52 (2003), for folds that share persons.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from quartier.analyse.learning.clues import Clue, Numbers
from quartier.analyse.plain import Plain
from quartier.catalog import Label


@dataclass(frozen=True)
class Weight(Plain):
    """The weight of a clue among all, with its interval.

    `direction` is +1 where more of it goes with the outcome, -1 where less does, 0 for categories and where neither
    holds.
    """

    trait: str
    label: Label
    share: float
    low: float
    high: float
    direction: int


def weights(clues: Sequence[Clue], contributions: Sequence[tuple[Sequence[Clue], Numbers]]) -> tuple[Weight, ...]:
    """The weights, the greatest first.

    Args:
        clues: what was learned from.
        contributions: for each fold the clues of its persons, and their contributions (persons by clues).
    """
    from scipy.stats import t

    sizes = np.array([np.abs(each).mean(axis=0) for _, each in contributions])
    shares = sizes / np.maximum(sizes.sum(axis=1, keepdims=True), 1e-300)
    k = len(shares)
    tested = np.mean([len(each) for _, each in contributions])
    folds_in_one = max(2, round(sum(len(each) for _, each in contributions) / tested))
    spread = shares.std(axis=0, ddof=1) if k > 1 else np.zeros(len(clues))
    reach = spread * math.sqrt(1 / k + 1 / (folds_in_one - 1)) * float(t.isf(0.025, max(1, k - 1)))
    found = [
        Weight(
            each.name, each.label, float(share), max(0.0, float(share - wide)), min(1.0, float(share + wide)),
            _direction(place, each, contributions),
        )
        for place, (each, share, wide) in enumerate(zip(clues, shares.mean(axis=0), reach, strict=True))
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda each: -each.share))


def _direction(place: int, clue: Clue, contributions: Sequence[tuple[Sequence[Clue], Numbers]]) -> int:
    """Whether contributions rise or fall with the number (rank correlation of 0.3 at least)."""
    from scipy.stats import spearmanr

    if clue.is_category:
        return 0
    values = np.concatenate([own[place].values for own, _ in contributions])
    added = np.concatenate([each[:, place] for _, each in contributions])
    known = ~np.isnan(values)
    if known.sum() < 3 or np.ptp(values[known]) == 0 or np.ptp(added[known]) == 0:
        return 0
    found = float(spearmanr(values[known], added[known]).statistic)
    return 0 if abs(found) < 0.3 else (1 if found > 0 else -1)
