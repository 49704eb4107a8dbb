"""The account of each customer: revenue, less goods, acquisition, service and follow-up, is profit.

Profit by customer and its concentration: Cooper and Kaplan, "Profit Priorities from Activity-Based Costing", Harvard
Business Review 69 (1991); the whale curve: Kaplan and Narayanan, "Measuring and Managing Customer Profitability",
Journal of Cost Management 15 (2001).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from quartier.analyse.profit.figures import Class, ClassId, Line, Sum, Tenth, WhalePoint
from quartier.analyse.tenths import bounds_of_tenths

Numbers = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
POINTS = 100
BEST = 0.8
"""Above this quantile a customer is very profitable unless a limit is stated: the best fifth."""
SLIGHT = 0.05
"""Of the mean revenue: within so much profit or loss a customer breaks even unless a limit is stated."""


@dataclass(frozen=True)
class Ledger:
    """One row per customer; columns of equal length, costs as positive numbers, None for a cost that is not known."""

    keys: Whole
    revenue: Numbers
    goods: Numbers
    acquisition: Numbers | None
    service: Numbers | None
    follow_up: Numbers | None

    @property
    def costs(self) -> dict[Line, Numbers | None]:
        """Each cost by its name."""
        return {
            "goods": self.goods, "acquisition": self.acquisition, "service": self.service, "follow_up": self.follow_up
        }  # fmt: skip

    @property
    def profit(self) -> Numbers:
        """Revenue less the costs that are known, in cents so that the lines add up as they are shown."""
        known = [each.round(2) for each in self.costs.values() if each is not None]
        return np.asarray((self.revenue.round(2) - np.sum(known, axis=0)).round(2))

    def account(self) -> tuple[Sum, ...]:
        """Every line over all customers, revenue first, profit last."""
        lines = {"revenue": self.revenue} | self.costs
        sums = [Sum(line=name, amount=None if each is None else _sum(each.round(2))) for name, each in lines.items()]
        return (*sums, Sum(line="profit", amount=_sum(self.profit)))


@dataclass(frozen=True)
class Limits:
    """Between which profits a customer breaks even (`even` either side of zero), and from where very profitable."""

    even: float
    high: float


def limits(ledger: Ledger, even: float | None, high: float | None) -> Limits:
    """The limits that were stated, and for those that were not what the customers themselves suggest."""
    within = even if even is not None else round(SLIGHT * float(np.mean(np.maximum(ledger.revenue, 0.0))), 2)
    best = high if high is not None else round(float(np.quantile(ledger.profit, BEST, method="higher")), 2)
    return Limits(within, max(best, within + 0.01))


def class_of(profit: Numbers, bounds: Limits) -> npt.NDArray[np.str_]:
    """The id of each customer's class."""
    conditions = [profit >= bounds.high, profit > bounds.even, profit >= -bounds.even]
    return np.select(conditions, ["very_profitable", "profitable", "break_even"], "loss_making")


def classes(ledger: Ledger, bounds: Limits) -> tuple[Class, ...]:
    """The classes with their customers, the most profitable first, those without anybody as well."""
    edges: dict[ClassId, tuple[float | None, float | None]] = {
        "very_profitable": (bounds.high, None), "profitable": (bounds.even, bounds.high),
        "break_even": (-bounds.even, bounds.even), "loss_making": (None, -bounds.even),
    }  # fmt: skip
    profit = ledger.profit
    given = class_of(profit, bounds)
    return tuple(
        Class(
            id=name, low=low, high=high, persons=int(np.count_nonzero(given == name)),
            revenue=_sum(ledger.revenue[given == name]), profit=_sum(profit[given == name]),
        )
        for name, (low, high) in edges.items()
    )  # fmt: skip


def whale(profit: Numbers) -> tuple[WhalePoint, ...]:
    """What the best customers made of all profit, at each hundredth of the customers; nothing without a profit."""
    total = _sum(profit)
    if total <= 0:
        return ()
    sums = np.concatenate([[0.0], np.cumsum(np.sort(profit)[::-1])]) / total
    shares = np.linspace(0, 1, POINTS + 1)
    heights = np.interp(shares, np.linspace(0, 1, len(sums)), sums)
    return tuple(WhalePoint(customers=float(x), profit=float(y)) for x, y in zip(shares, heights, strict=True))


def peak(profit: Numbers) -> WhalePoint | None:
    """Where the whale curve is highest: after the last customer who brought something."""
    total, gains = _sum(profit), profit[profit > 0]
    if total <= 0:
        return None
    return WhalePoint(customers=len(gains) / len(profit), profit=_sum(gains) / total)


def tenths(profit: Numbers) -> tuple[Tenth, ...]:
    """The tenths of customers by profit, the best first; equal profits stay together, so a tenth may be missing."""
    return tuple(
        Tenth(tenth=number, persons=int(np.count_nonzero(those)), low=low, high=high, profit=_sum(profit[those]))
        for number, (low, high), those in bounds_of_tenths(profit)
    )


def _sum(values: Numbers) -> float:
    return round(float(values.sum()), 2)
