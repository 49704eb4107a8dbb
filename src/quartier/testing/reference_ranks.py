"""The definition of truth for ranks, counted as on paper: how many are better, and how much they have together."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from quartier.segment.ranks import Rank


def has_place(own: Any, values: list[Any], rank: Rank) -> bool:
    """Whether a value is in the places asked for among all values, its own included."""
    better = [value for value in values if (value < own if rank.kind == "bottom" else value > own)]
    if rank.kind == "share_of_total":
        return has_share(better, values, rank)
    if rank.percent is None:
        return len(better) < (rank.places or 0)
    return len(better) * 100 < len(values) * rank.percent


def has_share(better: list[Any], values: list[Any], rank: Rank) -> bool:
    """Whether the better ones do not yet make the share of a total that is there to share."""
    total, before = added(values), added(better)
    return total > 0 and before * 100 < total * (rank.percent or 0)


def added(values: list[Any]) -> Fraction:
    """The sum of values to six decimals each."""
    return Fraction(sum((Decimal(repr(value)).quantize(Decimal("0.000001")) for value in values), Decimal()))
