"""What grows faster than the base: segments by their entries and exits, values by who came lately.

A segment: the ratio of its growth to the base's, (now / before) / (base now / base before). Entries and exits are
counts of a Poisson law, so that the logarithm of a size that moved has the variance (entries + exits) / size², that of
the base likewise; 95 % intervals are of the logarithm. A value: its share among those who came lately against its share
among those who were there before, their ratio with Katz's interval (`analyse/compare.py`). P-values are corrected for
all that are compared (Benjamini and Hochberg); intervals of what is picked are wider to match (Benjamini, Yekutieli).
"""

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass

from quartier.analyse.compare import LEVEL, Shares, corrected, width
from quartier.analyse.plain import Plain
from quartier.analyse.profile import Interval
from quartier.catalog import Label

DAYS, NEWCOMER_DAYS = 30, 90
FEWEST = 20
"""A segment with fewer members at either end is not compared: the law of its logarithm is too rough."""
LEAST = 1.1
"""What grows less than a tenth faster is no opportunity, however clear: a rule of practice."""


@dataclass(frozen=True)
class Observed:
    """One segment over a span, as its log knows it."""

    segment: str
    label: Label
    before: int
    now: int
    entries: int
    exits: int
    sizes: tuple[tuple[dt.datetime, int], ...] = ()


@dataclass(frozen=True)
class Grown(Plain):
    """One segment against the base."""

    segment: str
    label: Label
    before: int
    now: int
    entries: int
    exits: int
    ratio: float
    """its growth by the base's"""
    interval: Interval
    p_value: float
    is_fast: bool
    more: float
    """members beyond what the base's growth would have made of those before"""
    more_interval: Interval
    sizes: tuple[tuple[dt.datetime, int], ...]
    """how large it was, oldest first"""


@dataclass(frozen=True)
class Arrived:
    """One value of a trait: how many newcomers have it, of how many; the same of those who were there before."""

    trait: str
    value: str
    label: Label
    newcomers: int
    of_newcomers: int
    earlier: int
    of_earlier: int

    @property
    def shares(self) -> Shares:
        """The two shares."""
        return Shares(self.newcomers, self.of_newcomers, self.earlier, self.of_earlier)


@dataclass(frozen=True)
class Newer(Plain):
    """One value among newcomers against those before."""

    trait: str
    value: str
    label: Label
    newcomers: int
    of_newcomers: int
    share: float
    before: float
    """its share among those who were there before"""
    ratio: float
    interval: Interval
    p_value: float
    is_fast: bool
    more: float
    """newcomers beyond what the share before would have made"""
    more_interval: Interval


def grown(segments: Sequence[Observed], before: int, now: int) -> tuple[Grown, ...]:
    """Every segment that is large enough against the base's growth, the fastest first."""
    told = [each for each in segments if min(each.before, each.now) >= FEWEST]
    if not told or not before or not now:
        return ()
    came = max(0, now - before)
    log_ratios = [math.log(each.now / each.before) - math.log(now / before) for each in told]
    errors = [math.sqrt((each.entries + each.exits) / each.now**2 + came / now**2) for each in told]
    p_values = corrected([_p(value, error) for value, error in zip(log_ratios, errors, strict=True)])
    wide = width(sum(each <= LEVEL for each in p_values), len(told))
    rows = zip(told, log_ratios, errors, p_values, strict=True)
    found = [_grown(*each, wide, now / before) for each in rows]
    return tuple(sorted(found, key=lambda each: (-each.ratio, each.segment)))


def newer(values: Sequence[Arrived]) -> tuple[Newer, ...]:
    """Every value that is among newcomers and among those before, the one with the highest ratio first."""
    told = [each for each in values if min(each.newcomers, each.earlier) >= FEWEST]
    if not told:
        return ()
    p_values = corrected([each.shares.p_value() for each in told])
    wide = width(sum(each <= LEVEL for each in p_values), len(told))
    found = [_newer(each, p_value, wide) for each, p_value in zip(told, p_values, strict=True)]
    return tuple(sorted(found, key=lambda each: (-each.ratio, each.trait, each.value)))


def _p(value: float, error: float) -> float:
    from scipy.special import ndtr

    return float(2 * ndtr(-abs(value) / error)) if error else 1.0


def _grown(each: Observed, log_ratio: float, error: float, p_value: float, wide: float, base: float) -> Grown:
    z = wide if p_value <= LEVEL else width(0, 1)
    low, high = math.exp(log_ratio - z * error), math.exp(log_ratio + z * error)
    ratio, usual = math.exp(log_ratio), each.before * base
    return Grown(
        each.segment, each.label, each.before, each.now, each.entries, each.exits, ratio, Interval(low, high), p_value,
        _is_fast(p_value, ratio, low), usual * (ratio - 1), Interval(usual * (low - 1), usual * (high - 1)), each.sizes,
    )  # fmt: skip


def _newer(each: Arrived, p_value: float, wide: float) -> Newer:
    z, shares = wide if p_value <= LEVEL else width(0, 1), each.shares
    low, high = shares.lift_interval(z) or (0.0, math.inf)
    ratio, usual = shares.share / shares.rest, shares.rest * each.of_newcomers
    return Newer(
        each.trait, each.value, each.label, each.newcomers, each.of_newcomers, shares.share, shares.rest, ratio,
        Interval(low, high), p_value, _is_fast(p_value, ratio, low), usual * (ratio - 1),
        Interval(usual * (low - 1), usual * (high - 1)),
    )  # fmt: skip


def _is_fast(p_value: float, ratio: float, low: float) -> bool:
    return p_value <= LEVEL and low > 1 and ratio >= LEAST
