"""How concentrated revenue is among customers: Lorenz curve, share of the best, Gini coefficient.

The curve is Lorenz's, "Methods of Measuring the Concentration of Wealth", Publications of the American Statistical
Association 9 (1905). The coefficient is Gini's (1912) in the form for ranked values of Cowell, *Measuring Inequality*
(3rd ed., 2011), without a correction for small numbers: with n customers its greatest value is 1 - 1/n.
"""

import datetime as dt
import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from quartier.analyse.plain import Plain


@dataclass(frozen=True)
class LorenzPoint(Plain):
    """The share of revenue made by the `customers` share of customers who spend least."""

    customers: float
    revenue: float


@dataclass(frozen=True)
class TopShare(Plain):
    """What the best `share` of customers make."""

    share: float
    persons: int
    revenue: float
    share_of_revenue: float


@dataclass(frozen=True)
class Concentration(Plain):
    """Concentration of net revenue among customers at an instant."""

    at: dt.datetime
    customers: int
    revenue: float
    """sum of what is counted below"""
    counted_as_zero: int
    """customers who were refunded more than they paid: their revenue counts as zero here"""
    lorenz: tuple[LorenzPoint, ...]
    """101 points from (0, 0) to (1, 1); empty when there is no revenue"""
    top: tuple[TopShare, ...]
    """the best 1, 5, 10 and 20 %"""
    gini: float | None
    """0 when all spend the same, towards 1 when one makes all; None when there is no revenue"""

    def to_arrow(self) -> pa.Table:
        """The Lorenz curve, one row per point."""
        return pa.table({name: [getattr(each, name) for each in self.lorenz] for name in ("customers", "revenue")})


Numbers = npt.NDArray[np.float64]

STEPS = 100
TOP_SHARES = (0.01, 0.05, 0.10, 0.20)


def concentration_of(net: Numbers, at: dt.datetime) -> Concentration:
    """The concentration of the net revenue of each customer; the order of customers does not matter."""
    ranked = np.sort(np.maximum(net, 0.0))
    revenue = math.fsum(ranked)
    return Concentration(
        at=at,
        customers=len(ranked),
        revenue=round(revenue, 4),
        counted_as_zero=int(np.count_nonzero(net < 0)),
        lorenz=_lorenz(ranked) if revenue > 0 else (),
        top=tuple(_top(ranked, share, revenue) for share in TOP_SHARES) if revenue > 0 else (),
        gini=gini(ranked) if revenue > 0 else None,
    )


def gini(ranked: Numbers) -> float:
    """The Gini coefficient of ascending values, none below zero and not all zero: 2·Σ i·xᵢ / (n·Σ x) - (n + 1) / n."""
    n = len(ranked)
    weighted = math.fsum(np.arange(1, n + 1) * ranked)
    return max(0.0, 2 * weighted / (n * math.fsum(ranked)) - (n + 1) / n)


def _lorenz(ranked: Numbers) -> tuple[LorenzPoint, ...]:
    """The curve at each hundredth of the customers, straight between two customers."""
    sums = np.concatenate([[0.0], np.cumsum(ranked)])
    shares = np.linspace(0, 1, STEPS + 1)
    heights = np.interp(shares, np.linspace(0, 1, len(sums)), sums / sums[-1])
    return tuple(LorenzPoint(float(share), float(height)) for share, height in zip(shares, heights, strict=True))


def _top(ranked: Numbers, share: float, revenue: float) -> TopShare:
    """The best customers, in whole persons: at least one, a part of a person rounded up."""
    persons = max(1, math.ceil(round(share * len(ranked), 9)))
    made = math.fsum(ranked[-persons:])
    return TopShare(share, persons, round(made, 4), made / revenue)
