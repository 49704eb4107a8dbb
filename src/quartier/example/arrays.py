"""The array types in which the example shop is drawn, and streams of randomness that do not disturb each other."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
Facts = npt.NDArray[np.bool_]
Days = npt.NDArray[np.datetime64]
Instants = npt.NDArray[np.datetime64]
Names = npt.NDArray[np.str_]


def stream(seed: int, purpose: str) -> np.random.Generator:
    """The randomness of one purpose: more draws for the one never change another."""
    return np.random.default_rng([seed, *purpose.encode()])


def chosen(rng: np.random.Generator, shares: Sequence[float] | Floats, size: int) -> Whole:
    """Positions drawn with these shares, which need not sum to 1."""
    cumulated = np.cumsum(np.asarray(shares, dtype=np.float64))
    return np.searchsorted(cumulated / cumulated[-1], rng.random(size), side="right")


def spread(counts: Whole) -> tuple[Whole, Whole]:
    """For counts (2, 0, 3) the owners (0, 0, 2, 2, 2) and the positions within each owner (0, 1, 0, 1, 2)."""
    owner = np.repeat(np.arange(len(counts)), counts)
    starts = np.cumsum(counts) - counts
    return owner, np.arange(len(owner)) - starts[owner]
