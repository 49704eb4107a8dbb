"""What the models of lifetime value read of each customer: repeat purchases, the last one, and the age.

Fader, Hardie and Lee, "Counting Your Customers the Easy Way", Marketing Science 24 (2005): the number of purchases
after the first (x), when the last of them was (t_x) and how long the customer has been observed (T), all counted from
the first purchase, are enough. Purchases of one day are one purchase.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

DAYS = 7.0
"""Days in the unit of time that all parameters speak of, the week."""


@dataclass(frozen=True)
class Histories:
    """One row per customer, or one per distinct history; columns of equal length, times in weeks."""

    repeats: Numbers
    """purchases after the first"""
    last: Numbers
    """from the first purchase to the last, 0 for who bought once"""
    age: Numbers
    """from the first purchase to the end of what is observed"""

    def __len__(self) -> int:
        return len(self.repeats)


@dataclass(frozen=True)
class Distinct:
    """The distinct histories, how many customers have each, and which of them each customer has."""

    histories: Histories
    counts: Numbers
    place: Whole

    @classmethod
    def of(cls, histories: Histories) -> "Distinct":
        """Customers with equal histories together: the likelihood and the forecasts are the same for all of them."""
        (repeats, x), (last, t), (age, end) = (
            np.unique(each, return_inverse=True) for each in (histories.repeats, histories.last, histories.age)
        )
        codes = (x * len(last) + t) * len(age) + end
        found, place, counts = np.unique(codes, return_inverse=True, return_counts=True)
        rest, end = np.divmod(found, max(len(age), 1))
        x, t = np.divmod(rest, max(len(last), 1))
        return cls(Histories(repeats[x], last[t], age[end]), counts.astype(np.float64), place.astype(np.int64))


@dataclass(frozen=True)
class Purchased:
    """Customers with their histories and what a repeat purchase of theirs brought on average (NaN without one)."""

    keys: Whole
    histories: Histories
    spend: Numbers
    first: Whole
    """the day of the first purchase, as a number of days"""


def purchased(keys: Whole, days: Whole, amounts: Numbers, end: int) -> Purchased:
    """The customers of purchases up to the day `end`, included; one row per person and day, in any order.

    Columns of equal length. Days are numbers of days since any fixed day. The first purchase is left out of the mean
    spend, as the models leave it out of the count: it is what made someone a customer.
    """
    kept = days <= end
    order = np.lexsort((days[kept], keys[kept]))
    keys, days, amounts = keys[kept][order], days[kept][order], amounts[kept][order]
    persons, starts, orders = np.unique(keys, return_index=True, return_counts=True)
    if not len(persons):
        nothing = np.zeros(0)
        return Purchased(persons, Histories(nothing, nothing, nothing), nothing, starts)
    first, last = days[starts], days[starts + orders - 1]
    repeats = (orders - 1).astype(np.float64)
    later = np.add.reduceat(amounts, starts) - amounts[starts]
    spend = np.divide(later, repeats, out=np.full(len(persons), np.nan), where=repeats > 0)
    return Purchased(persons, Histories(repeats, (last - first) / DAYS, (end - first) / DAYS), spend, first)
