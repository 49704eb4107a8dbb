"""Persons divided into folds, those with the outcome spread evenly, so that each is judged by what others taught."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from quartier.analyse.learning.clues import Flags

Fold = npt.NDArray[np.int64]


def folds(outcome: Flags, count: int, seed: int | np.random.SeedSequence) -> Fold:
    """For each person the number of their fold, from 0."""
    rng, found = np.random.default_rng(seed), np.empty(len(outcome), dtype=np.int64)
    for side in (outcome, ~outcome):
        rows = rng.permutation(np.flatnonzero(side))
        found[rows] = np.arange(len(rows)) % count
    return found


def parted(outcome: Flags, share: float, seed: int | np.random.SeedSequence) -> tuple[Flags, Flags]:
    """Persons in two parts, the second one with about this share of either side; at least one of each kind in both."""
    rng, second = np.random.default_rng(seed), np.zeros(len(outcome), dtype=bool)
    for side in (outcome, ~outcome):
        rows = rng.permutation(np.flatnonzero(side))
        second[rows[: max(1, round(len(rows) * share))]] = True
    return ~second, second


def each_fold(fold: Fold) -> Iterator[tuple[Flags, Flags]]:
    """For each fold the others, who teach, and its own persons, who are judged."""
    for each in range(int(fold.max()) + 1):
        yield fold != each, fold == each


def some(count: int, most: int, seed: int | np.random.SeedSequence) -> npt.NDArray[np.int64]:
    """All places up to `count`, or `most` of them drawn by chance, in order."""
    if count <= most:
        return np.arange(count)
    return np.sort(np.random.default_rng(seed).choice(count, most, replace=False))
