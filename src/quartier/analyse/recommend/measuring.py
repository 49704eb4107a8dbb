"""Whether recommendations would have been right: measured on a time kept back, against what most persons buy.

Persons are judged by what they bought in the time kept back, of what could have been recommended to them: hit rate (at
least one of the ten right), recall at ten (the part of what they bought, of ten at most), mean average precision at
ten, and the part of the products that is recommended to anybody. The interval of a difference is that of a bootstrap
over persons (Efron and Tibshirani, 1993), who are the units that differ.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from quartier.analyse.recommend.bought import Bought, Flags, Matrix, Numbers
from quartier.analyse.recommend.neighbours import NOTHING, Lists, Method, lists, near

PLACES: Final = 10
DRAWS: Final = 1000
_SEED: Final = 20261116
FEWEST_JUDGED: Final = 50
"""Persons with a purchase in the time kept back, below whom nothing is measured."""
METHODS: Final[tuple[Method, ...]] = ("cosine", "bm25")


@dataclass(frozen=True)
class Judged:
    """How right the lists of each person were; arrays over the persons who bought in the time kept back."""

    hit: Numbers
    recall: Numbers
    precision: Numbers
    coverage: float
    """the part of what could be recommended that was, to anybody"""


@dataclass(frozen=True)
class Gain:
    """A measure by recommendation, by popularity, and their difference with its 95 % interval."""

    measure: str
    ours: float
    popular: float
    low: float
    high: float


@dataclass(frozen=True)
class Measured:
    """What was measured, over how many persons; `cut` is the first day kept back."""

    method: Method
    cut: int
    persons: int
    gains: tuple[Gain, ...]
    coverage: float
    popular_coverage: float


@dataclass(frozen=True)
class Limits:
    """What may be recommended: products of enough buyers, and what nobody is offered twice."""

    fewest_buyers: int
    again_days: int
    """bought within so many days, it is not recommended unless it is bought over and over"""
    replenish: float


def chosen(bought: Bought, limits: Limits, end: int, length: int) -> Method:
    """The method of the better recall in the time before the one that is kept back; nothing of the latter is seen."""
    known, before = bought.before(end - length), end - 2 * length
    found = {each: _compared(known, limits, before, each) for each in METHODS}
    return max(METHODS, key=lambda each: float(np.mean(found[each][0].recall)) if found[each] else 0.0)


def measured(bought: Bought, limits: Limits, end: int, length: int, method: Method) -> Measured | None:
    """The measures over the last `length` days before `end`; None with too few persons to judge by."""
    cut = end - length
    ours, popular = _compared(bought, limits, cut, method)
    if len(ours.hit) < FEWEST_JUDGED:
        return None
    gains = tuple(_gain(name, getattr(ours, name), getattr(popular, name)) for name in ("hit", "recall", "precision"))
    return Measured(method, cut, len(ours.hit), gains, ours.coverage, popular.coverage)


def _compared(bought: Bought, limits: Limits, cut: int, method: Method) -> tuple[Judged, Judged]:
    """Both kinds of lists from what was bought before the cut, judged by what was bought after it."""
    past, after = bought.before(cut), bought.when(bought.day >= cut)
    offered = past.buyers >= limits.fewest_buyers
    unwanted = past.unwanted(cut - limits.again_days, limits.replenish)
    truth = _could_be_found(past, after, unwanted, offered)
    persons = np.flatnonzero(np.diff(truth.indptr))  # nobody else is judged, so nobody else needs a list
    both = near(past.times, method), None
    found = (lists(past.times, each, unwanted, offered, PLACES, among=persons) for each in both)
    ours, popular = (judge(each, truth[persons], offered) for each in found)
    return ours, popular


def _could_be_found(past: Bought, after: Bought, unwanted: Matrix, offered: Flags) -> Matrix:
    """What persons who had bought before bought, of what could have been recommended to them."""
    from scipy.sparse import diags

    had = np.diff(past.times.indptr) > 0
    bought = (after.times > 0).astype(np.float64)
    left = bought - bought.multiply(unwanted > 0)
    truth = (diags(had.astype(np.float64)) @ left @ diags(offered.astype(np.float64))).tocsr()
    truth.eliminate_zeros()
    return truth


def judge(found: Lists, truth: Matrix, offered: Flags) -> Judged:
    """The measures of each person who bought something that could be found; lists and truth have the same rows."""
    persons, products = np.flatnonzero(np.diff(truth.indptr)), truth.shape[1]
    bought = np.repeat(np.arange(truth.shape[0]), np.diff(truth.indptr)) * products + truth.indices
    shown, places = found.products[persons], np.arange(1, found.products.shape[1] + 1)
    right = np.isin(persons[:, np.newaxis] * products + shown, bought) & (shown != NOTHING)
    most = np.minimum(len(places), np.diff(truth.indptr)[persons])
    hit, recall = right.any(axis=1).astype(np.float64), right.sum(axis=1) / most
    precision = (np.cumsum(right, axis=1) / places * right).sum(axis=1) / most
    coverage = np.sum(np.unique(shown) != NOTHING) / max(offered.sum(), 1)
    return Judged(hit, recall, precision, float(coverage))


def _gain(name: str, ours: Numbers, popular: Numbers) -> Gain:
    """The means, and the middle 95 % of the difference over persons drawn again."""
    generator, difference = np.random.default_rng(_SEED), ours - popular
    drawn = [difference[generator.integers(0, len(difference), len(difference))].mean() for _ in range(DRAWS)]
    low, high = np.quantile(drawn, [0.025, 0.975])
    return Gain(name, float(ours.mean()), float(popular.mean()), float(low), float(high))
