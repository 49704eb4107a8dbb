"""What distinguishes a set of persons from the rest of the population."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import pyarrow as pa

from quartier.analyse import compare
from quartier.analyse.compare import Means, Shares
from quartier.analyse.plain import Plain
from quartier.catalog import Family, Label, Trait

Unit = Literal["years", "days"]


@dataclass(frozen=True)
class Interval(Plain):
    """A 95 % interval; wider for the differences that are picked as distinct, so that 95 % of those hold too."""

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

    unit: Unit | None
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
class Compared:
    """One comparison before correction: a value of a trait by shares, or a trait by means."""

    trait: Trait
    numbers: Shares | Means
    value: str = ""
    unit: Unit | None = None


def profile_of(found: Sequence[Compared], at: dt.datetime, *, persons: int, rest: int) -> Profile:
    """The profile from all comparisons: p-values corrected together, the clearest and strongest first."""
    usable = [each for each in found if isinstance(each.numbers, Shares) or each.numbers.is_comparable]
    p_values = compare.corrected([each.numbers.p_value() for each in usable])
    picked = sum(p <= compare.LEVEL for p in p_values)
    wide, plain = compare.width(picked, len(usable)), compare.width(0, 0)
    differences = [
        _difference(each, p, wide if p <= compare.LEVEL else plain) for each, p in zip(usable, p_values, strict=True)
    ]
    return Profile(at, persons, rest, tuple(sorted(differences, key=_clearest_first)))


def _clearest_first(each: ShareDifference | MeanDifference) -> tuple[bool, float, str, str]:
    return not each.is_distinct, -each.strength, each.trait, getattr(each, "value", "")


def _difference(compared: Compared, p_value: float, z: float) -> ShareDifference | MeanDifference:
    numbers = compared.numbers
    return (
        _of_shares(compared, numbers, p_value, z)
        if isinstance(numbers, Shares)
        else _of_means(compared, numbers, p_value, z)
    )


def _of_shares(compared: Compared, shares: Shares, p_value: float, z: float) -> ShareDifference:
    lift = shares.lift_interval(z)
    return ShareDifference(
        trait=compared.trait.name,
        label=compared.trait.label,
        family=compared.trait.family,
        persons=shares.persons,
        others=shares.others,
        p_value=p_value,
        is_distinct=p_value <= compare.LEVEL,
        strength=abs(shares.strength()),
        value=compared.value,
        share=shares.share,
        rest=shares.rest,
        difference=shares.share - shares.rest,
        interval=Interval(*shares.difference_interval(z)),
        lift=shares.lift(),
        lift_interval=Interval(*lift) if lift else None,
    )


def _of_means(compared: Compared, means: Means, p_value: float, z: float) -> MeanDifference:
    return MeanDifference(
        trait=compared.trait.name,
        label=compared.trait.label,
        family=compared.trait.family,
        persons=means.persons,
        others=means.others,
        p_value=p_value,
        is_distinct=p_value <= compare.LEVEL,
        strength=abs(means.strength()),
        unit=compared.unit,
        mean=means.mean,
        rest=means.rest,
        standardised=means.strength(),
        interval=Interval(*means.interval(z)),
    )
