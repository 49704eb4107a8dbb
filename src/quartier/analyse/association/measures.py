"""How strongly two clues go together, from 0 to 1, whatever their kinds, and how sure that is.

Two numbers: the rank correlation of Spearman (American Journal of Psychology 15, 1904), with its sign. A number and a
category: the correlation ratio (Pearson 1905; Fisher), here of ranks so that long tails do not rule, less what chance
alone would give (epsilon squared, Kelley, PNAS 21, 1935). Two categories: Cramér's V (1946) less its bias (Bergsma,
Journal of the Korean Statistical Society 42, 2013). Each is of the persons of whom both are known. The test of no
association is that of each measure: t, Kruskal and Wallis (JASA 47, 1952), chi-squared.
"""

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from quartier.analyse.learning.clues import Clue

Measure = Literal["spearman", "correlation_ratio", "cramers_v"]
FEWEST = 30
"""Persons of whom both must be known."""


@dataclass(frozen=True)
class Measured:
    """One pair: `value` is signed for two numbers, and None where too few are known or one of them does not vary."""

    measure: Measure
    persons: int
    value: float | None
    p_value: float | None


def measured(first: Clue, second: Clue) -> Measured:
    """The association of two clues."""
    both = first.known & second.known
    n, measure = int(both.sum()), _measure(first, second)
    if n < FEWEST:
        return Measured(measure, n, None, None)
    a, b = first.values[both], second.values[both]
    if (a == a[0]).all() or (b == b[0]).all():
        return Measured(measure, n, None, None)
    if measure == "spearman":
        return Measured(measure, n, *_spearman(a, b))
    if measure == "cramers_v":
        return Measured(measure, n, *_cramers_v(_table(a, b)))
    numbers, codes = (b, a) if first.is_category else (a, b)
    return Measured(measure, n, *_correlation_ratio(numbers, codes))


def _measure(first: Clue, second: Clue) -> Measure:
    if first.is_category and second.is_category:
        return "cramers_v"
    return "correlation_ratio" if first.is_category or second.is_category else "spearman"


def _spearman(a: npt.NDArray[np.float64], b: npt.NDArray[np.float64]) -> tuple[float, float]:
    from scipy.stats import spearmanr

    found = spearmanr(a, b)
    return float(found.statistic), float(found.pvalue)


def _correlation_ratio(numbers: npt.NDArray[np.float64], codes: npt.NDArray[np.int32]) -> tuple[float, float]:
    """The root of epsilon squared of the ranks, and the p-value of Kruskal and Wallis."""
    from scipy.stats import chi2, rankdata

    ranks = rankdata(numbers)
    _, group = np.unique(codes, return_inverse=True)
    sizes = np.bincount(group)
    means = np.bincount(group, weights=ranks) / sizes
    n, k = len(ranks), len(sizes)
    between = float(np.sum(sizes * (means - ranks.mean()) ** 2))
    explained = between / float(np.sum((ranks - ranks.mean()) ** 2))
    less_chance = max(0.0, 1 - (1 - explained) * (n - 1) / (n - k)) if n > k else 0.0
    return math.sqrt(less_chance), float(chi2.sf(explained * (n - 1), k - 1))


def _cramers_v(table: npt.NDArray[np.int64]) -> tuple[float, float]:
    from scipy.stats import chi2_contingency

    found = chi2_contingency(table, correction=False)
    n, (rows, columns) = int(table.sum()), table.shape
    less_chance = max(0.0, float(found.statistic) / n - (rows - 1) * (columns - 1) / (n - 1))
    width = min(rows - (rows - 1) ** 2 / (n - 1), columns - (columns - 1) ** 2 / (n - 1)) - 1
    return math.sqrt(less_chance / width) if width > 0 else 0.0, float(found.pvalue)


def _table(a: npt.NDArray[np.int32], b: npt.NDArray[np.int32]) -> npt.NDArray[np.int64]:
    """How many have each pair of levels that occur."""
    _, rows = np.unique(a, return_inverse=True)
    _, columns = np.unique(b, return_inverse=True)
    width = int(columns.max()) + 1
    return np.bincount(rows * width + columns, minlength=(int(rows.max()) + 1) * width).reshape(-1, width)
