"""Effects: how each clue moves the odds of an outcome, all others being held, with intervals by the bootstrap.

The regression is `learning.logistic`; a category's levels are compared with the average person, a number is moved by
one standard deviation. Intervals: the standard error over persons drawn again with replacement, on the logarithm of the
odds (Efron and Tibshirani, *An Introduction to the Bootstrap*, 1993, chapter 13: the normal interval, for a penalty
moves percentiles aside); the columns stay as they were found once. A ridge penalty pulls towards no effect, so an
effect is rather understated. An effect goes with the outcome; it need not cause it.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from quartier.analyse.compare import LEVEL, corrected
from quartier.analyse.learning.clues import UNKNOWN, Clue, Flags
from quartier.analyse.learning.judging import Z
from quartier.analyse.learning.logistic import Column, columns_of, matrix, redrawn
from quartier.analyse.plain import Plain
from quartier.catalog import Label

DRAWS = 40


@dataclass(frozen=True)
class Effect(Plain):
    """How one number, or one level of a category, moves the odds of the outcome.

    Attributes:
        level: of a category; "" that it is not known; None for a number.
        persons: who have the level; of a number, of whom it is known.
        share: of these, with the outcome.
        odds: what the odds are multiplied by: per standard deviation, or against the average person.
        p_value: of no effect, corrected for all effects together (Benjamini and Hochberg 1995).
        deviation: of a number, what one standard deviation is; None for what is taken by its logarithm, and for levels.
    """

    trait: str
    label: Label
    level: str | None
    persons: int
    share: float
    odds: float
    low: float
    high: float
    p_value: float
    deviation: float | None = None

    @property
    def is_clear(self) -> bool:
        """Whether chance does not explain it, though many effects are looked at."""
        return self.p_value <= LEVEL


def effects(
    clues: Sequence[Clue], outcome: Flags, seed: int | np.random.SeedSequence, draws: int = DRAWS
) -> tuple[Effect, ...]:
    """The effects of all clues, the strongest first."""
    columns = columns_of(clues)
    if not columns:
        return ()
    from scipy.stats import norm

    point, drawn = redrawn(matrix(columns, clues), outcome, draws, np.random.default_rng(seed))
    spread = drawn.std(axis=0, ddof=1) if len(drawn) > 1 else np.zeros(len(point))
    p_values = corrected([2 * float(norm.sf(abs(size))) for size in point / np.maximum(spread, 1e-12)])
    found = [
        _effect(clues[column.place], column, outcome, (point[k], Z * spread[k]), p_values[k])
        for k, column in enumerate(columns)
    ]
    return tuple(sorted(found, key=lambda each: -abs(math.log(each.odds))))


def _effect(clue: Clue, column: Column, outcome: Flags, log: tuple[float, float], p_value: float) -> Effect:
    if column.level is None:
        has, level = clue.known, None
    elif clue.is_category and column.level != UNKNOWN:
        has, level = clue.values == column.level, clue.levels[column.level]
    else:
        has, level = ~clue.known, ""
    size, reach = float(log[0]), float(log[1])
    odds, low, high = math.exp(size), math.exp(size - reach), math.exp(size + reach)
    deviation = column.scale if column.level is None and not column.is_logarithm else None
    return Effect(
        clue.name, clue.label, level, int(has.sum()), float(outcome[has].mean()), odds, low, high,
        p_value, deviation,
    )  # fmt: skip
