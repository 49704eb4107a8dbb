"""Conditions over the earlier values of a trait, bound: that it changed, how it compares with itself so long ago."""

from dataclasses import dataclass

from quartier.catalog import Trait
from quartier.segment.comparison import Comparison
from quartier.segment.windows import EVER, Duration, Window


@dataclass(frozen=True)
class ChangedLeaf:
    """A trait that took another value in a window, the value before and the one after being known.

    Attributes:
        trait: of whom it is, so are the keys.
        window: when the change was, by the instants at which it was told.
        before: what holds for the value before the change; None where any does.
        after: what holds for the value after it.

    A first value is no change, nor is one that becomes unknown.
    """

    trait: Trait
    window: Window = EVER
    before: Comparison | None = None
    after: Comparison | None = None


@dataclass(frozen=True)
class EarlierLeaf:
    """A trait compared with its own value so long `ago`, taken so many `times` where it is a number.

    The value at an instant is the one held before the first change after it, or else the one held now; before the
    person was known there is none. A missing value on either side makes the comparison false. Numbers are rounded to
    six decimals.
    """

    trait: Trait
    operator_key: str
    ago: Duration
    times: float = 1
