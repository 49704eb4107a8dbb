"""How concentrated revenue is among customers: Lorenz curve, share of the best, Gini coefficient."""

import datetime as dt
from dataclasses import dataclass

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
