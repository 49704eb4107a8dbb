"""What distinguishes a set of persons from the rest of the population, and what the set is worth."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

import pyarrow as pa

from quartier.analyse.plain import Plain
from quartier.catalog import Family, Label


@dataclass(frozen=True)
class Interval(Plain):
    """A 95 % interval; narrower confidence is never shown, a wider one where several are picked (see `Difference`)."""

    low: float
    high: float


@dataclass(frozen=True)
class Difference(Plain):
    """One trait, or one value of it, in the set against the rest of the population.

    `p_value` is corrected for the many comparisons of one profile (Benjamini and Hochberg 1995). Persons of whom the
    trait is not known are left out on both sides.
    """

    trait: str
    label: Label
    family: Family
    persons: int
    """of the set, of whom the trait is known"""
    others: int
    """of the rest, of whom the trait is known"""
    p_value: float
    is_distinct: bool
    """whether the corrected p-value is at most 0.05"""
    strength: float
    """Cohen's h or d without its sign: comparable between shares and means"""


@dataclass(frozen=True)
class ShareDifference(Difference):
    """How often one value occurs: `share` in the set, `rest` outside."""

    value: str
    """the value as text; "true" and "false" for yes and no"""
    share: float
    rest: float
    difference: float
    interval: Interval
    """of the difference (Newcombe 1998)"""
    lift: float | None
    """`share` divided by `rest`; None when nobody in the rest has the value"""
    lift_interval: Interval | None


@dataclass(frozen=True)
class MeanDifference(Difference):
    """How high a number is on average: `mean` in the set, `rest` outside."""

    unit: Literal["years", "days"] | None
    """years for an age, days for the time since a date, None for a plain number"""
    mean: float
    rest: float
    standardised: float
    """difference of means in standard deviations (Cohen's d)"""
    interval: Interval
    """of the standardised difference (Hedges and Olkin 1985)"""


@dataclass(frozen=True)
class Profile(Plain):
    """What distinguishes a set from the rest of its population, the strongest difference first."""

    at: dt.datetime
    persons: int
    rest: int
    differences: tuple[ShareDifference | MeanDifference, ...]
    """all that were compared; those with `is_distinct` come first"""

    def distinct(self) -> tuple[ShareDifference | MeanDifference, ...]:
        """The differences that chance does not explain."""
        return tuple(each for each in self.differences if each.is_distinct)

    def to_arrow(self) -> pa.Table:
        """One row per comparison."""
        columns = ("trait", "value", "share", "mean", "rest", "lift", "standardised", "p_value", "is_distinct")
        return pa.table({name: [getattr(each, name, None) for each in self.differences] for name in columns})


@dataclass(frozen=True)
class Worth(Plain):
    """What one named set of persons weighs: its part of persons, orders and net revenue."""

    name: str
    persons: int
    share_of_persons: float | None
    customers: int
    orders: int
    share_of_orders: float | None
    revenue: float
    share_of_revenue: float | None
    """None when all revenue together is not above zero"""
