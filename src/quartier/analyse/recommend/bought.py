"""What was bought, as arrays: one row per line of an order, and the matrix of persons by products."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

Whole = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Matrix = Any
"""A sparse matrix of scipy, compressed by rows."""


@dataclass(frozen=True)
class Bought:
    """Lines of orders. Persons, products and orders are numbered from 0; the arrays have equal length."""

    person: Whole
    product: Whole
    order: Whole
    day: Whole
    """days since 1970-01-01"""
    price: Numbers
    """of one piece; not a number where unknown"""
    persons: int
    products: int

    def when(self, kept: Flags) -> "Bought":
        """The lines where `kept` is true; the numbering stays."""
        return Bought(
            self.person[kept], self.product[kept], self.order[kept], self.day[kept], self.price[kept],
            self.persons, self.products,
        )  # fmt: skip

    def before(self, day: int) -> "Bought":
        """The lines of days before one."""
        return self.when(self.day < day)

    @cached_property
    def times(self) -> Matrix:
        """Persons by products: on how many days a person bought a product."""
        days = int(self.day.max()) + 1 if len(self.day) else 1
        found = distinct((self.person * self.products + self.product) * days + self.day) // days
        return matrix(found // self.products, found % self.products, self.persons, self.products)

    @cached_property
    def buyers(self) -> Whole:
        """Of each product, the persons who bought it."""
        return np.bincount(self.times.indices, minlength=self.products)

    def replenished(self, share: float) -> Flags:
        """The products that at least a share of their buyers bought on two days or more."""
        again = np.bincount(self.times.indices[self.times.data > 1], minlength=self.products)
        replenished: Flags = again >= np.maximum(share * self.buyers, 1)
        return replenished

    def unwanted(self, since: int, replenish: float) -> Matrix:
        """What a person cannot want now: bought from a day on, and no product that is bought over and over."""
        over_and_over = self.replenished(replenish)
        recent = (self.day >= since) & ~over_and_over[self.product]
        return matrix(self.person[recent], self.product[recent], self.persons, self.products)

    @cached_property
    def typical(self) -> Numbers:
        """Of each product, the middle price; not a number where none is known."""
        known = np.isfinite(self.price) & (self.price > 0)
        order = np.lexsort((self.price[known], self.product[known]))
        product, price = self.product[known][order], self.price[known][order]
        typical = np.full(self.products, np.nan)
        ids, first, count = np.unique(product, return_index=True, return_counts=True)
        typical[ids] = price[first + count // 2]
        return typical


def distinct(numbers: Whole) -> Whole:
    """The distinct ones of some numbers, in their order; by sorting, which takes a tenth of what hashing them does."""
    ordered = np.sort(numbers)
    return ordered[np.flatnonzero(np.diff(ordered, prepend=ordered[:1] - 1))]


def matrix(rows: Whole, columns: Whole, persons: int, products: int) -> Matrix:
    """How often each pair of numbers stands in two arrays."""
    from scipy.sparse import csr_matrix

    found = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(persons, products))
    found.sum_duplicates()
    return found
