"""Products that go together: lift, confidence and support of pairs (Agrawal, Imielinski and Swami, SIGMOD 1993).

Counted over orders where they hold several products, else over persons. The interval of the lift is that of the
confidence (Wilson 1927) over the part of baskets with the second product, which is known far better. The most telling
pairs come first: those with the most baskets beyond what chance would give.
"""

import math
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from quartier.analyse.recommend.bought import Bought, Flags, Matrix, Whole, distinct, matrix

FEWEST_TOGETHER: Final = 20
"""Baskets with both, below which a pair is an anecdote."""
MOST_PRODUCTS: Final = 3000
"""Only the products of most buyers are paired: the number of pairs grows with the square."""
_SEVERAL: Final = 1.2
"""Products in the mean order from which on orders are what is counted."""
_Z: Final = 1.959964


@dataclass(frozen=True)
class Pair:
    """Who buys `first` buys `then`."""

    first: int
    then: int
    together: int
    """baskets with both"""
    with_first: int
    with_then: int
    baskets: int
    not_yet: int
    """persons who bought the first and have not bought the second"""

    @property
    def support(self) -> float:
        """The part of all baskets with both."""
        return self.together / self.baskets

    @property
    def confidence(self) -> float:
        """Of the baskets with the first, the part with the second."""
        return self.together / self.with_first

    @property
    def lift(self) -> float:
        """How many times more often than among all baskets."""
        return self.confidence * self.baskets / self.with_then

    @property
    def interval(self) -> tuple[float, float]:
        """Of the lift, at 95 %."""
        low, high = _wilson(self.together, self.with_first)
        return low * self.baskets / self.with_then, high * self.baskets / self.with_then

    @property
    def beyond(self) -> float:
        """Baskets with both beyond what chance would give."""
        return self.together - self.with_first * self.with_then / self.baskets


@dataclass(frozen=True)
class Pairs:
    """The pairs that chance does not explain, most telling first."""

    of_orders: bool
    """whether baskets are orders; else persons"""
    baskets: int
    found: tuple[Pair, ...]


def pairs(bought: Bought, offered: Flags, most: int) -> Pairs:
    """The most telling pairs of products that are offered."""
    lines = distinct(bought.order * bought.products + bought.product)
    of_orders = len(lines) >= _SEVERAL * len(distinct(bought.order))
    basket = bought.order if of_orders else bought.person
    kept = np.flatnonzero(offered)
    kept = kept[np.argsort(-bought.buyers[kept], kind="stable")][:MOST_PRODUCTS]
    inside = (matrix(basket, bought.product, int(basket.max()) + 1, bought.products) > 0).astype(np.int64)
    baskets = int(np.count_nonzero(np.diff(inside.indptr)))
    both = (inside[:, kept].T @ inside[:, kept]).tocoo()
    size = np.asarray(inside[:, kept].sum(axis=0)).ravel()
    return Pairs(of_orders, baskets, _telling(bought, both, size, kept, baskets, most))


def _telling(bought: Bought, both: Any, size: Whole, kept: Whole, baskets: int, most: int) -> tuple[Pair, ...]:
    first, then, together = both.row, both.col, both.data
    is_often = (first != then) & (together >= FEWEST_TOGETHER)
    first, then, together = first[is_often], then[is_often], together[is_often]
    beyond = together - size[first] * (size[then] / baskets)
    order = np.lexsort((then, first, -beyond))
    found, columns = list[Pair](), bought.times.tocsc()
    for at in order:
        # Of both directions the one of the higher confidence is told.
        if len(found) == most or beyond[at] <= 0:
            break
        if (size[first[at]], first[at]) > (size[then[at]], then[at]):
            continue
        pair = Pair(
            int(kept[first[at]]), int(kept[then[at]]), int(together[at]), int(size[first[at]]), int(size[then[at]]),
            baskets, _not_yet(columns, int(kept[first[at]]), int(kept[then[at]])),
        )  # fmt: skip
        if pair.interval[0] > 1:
            found.append(pair)
    return tuple(found)


def _not_yet(columns: Matrix, first: int, then: int) -> int:
    has_first, has_then = (columns.indices[columns.indptr[n] : columns.indptr[n + 1]] for n in (first, then))
    return len(np.setdiff1d(has_first, has_then))


def _wilson(successes: int, of: int) -> tuple[float, float]:
    share, z2 = successes / of, _Z**2
    middle = (share + z2 / (2 * of)) / (1 + z2 / of)
    half = _Z * math.sqrt(share * (1 - share) / of + z2 / (4 * of * of)) / (1 + z2 / of)
    return middle - half, middle + half
