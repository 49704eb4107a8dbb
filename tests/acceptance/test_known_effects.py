"""The intervals of `evaluate` hold the true effects of the example campaign as often as they say.

The example shop knows for each person what would be done with and without the campaign, so the true effect is a number.
Each seed draws another shop, another holdout (by the product's own salted hash) and other 14 days; the intervals, made
from the outcomes alone, are held against the truth of that shop.
"""

import datetime as dt
import math
from dataclasses import dataclass

import numpy as np
import pytest
from pyroaring import BitMap

from quartier.evaluate.experiment import from_columns
from quartier.evaluate.report import EffectReport
from quartier.evaluate.wording import Unit
from quartier.example import Truth, generate, members_of_groups, respond, truth
from quartier.example.campaign import positions
from quartier.example.shop import user_ids
from quartier.target.holdout import salt_of, split

END = dt.date(2026, 11, 1)
CONFIDENCE = 0.95
SHOPS = 200


@dataclass(frozen=True)
class Design:
    """How many persons a shop has, and which share of them is held out."""

    persons: int
    holdout: float


HALVES = Design(persons=10_000, holdout=0.5)
DEMO = Design(persons=20_000, holdout=0.2)


@dataclass(frozen=True)
class Cover:
    """Whether the intervals of one shop hold the truth."""

    revenue: bool
    conversion: bool
    all_segments: bool


def test_the_intervals_of_ten_shops_hold_the_true_effects() -> None:
    covers = [_cover(seed, HALVES) for seed in range(10)]
    for name in ("revenue", "conversion", "all_segments"):
        assert _count(covers, name) >= _fewest(10), name


@pytest.mark.slow
@pytest.mark.parametrize("design", [HALVES, DEMO], ids=["halves", "demo"])
def test_the_intervals_of_two_hundred_shops_hold_the_true_effects_at_the_stated_rate(design: Design) -> None:
    covers = [_cover(seed, design) for seed in range(SHOPS)]
    for name in ("revenue", "conversion"):
        assert _fewest(SHOPS) <= _count(covers, name) <= _most(SHOPS), name
    # Bonferroni promises at least the stated rate for all segments together, so only too few is a failure.
    assert _count(covers, "all_segments") >= _fewest(SHOPS)


def test_the_campaign_is_seen_where_it_acts_and_not_where_it_does_not() -> None:
    revenue, _, known = _measured(1, Design(persons=20_000, holdout=0.5))
    effects = {effect.segment: effect for effect in revenue.segments}
    assert effects["lapsed"].verdict == "gain"
    assert effects["big"].verdict == "loss"
    assert effects["loyal"].verdict == "too_small_to_tell"
    assert known.segments["loyal"].revenue == 0


def _cover(seed: int, design: Design) -> Cover:
    revenue, conversion, known = _measured(seed, design)
    return Cover(
        revenue=_holds(revenue.overall.interval, known.overall.revenue),
        conversion=_holds(conversion.overall.interval, known.overall.conversion),
        all_segments=all(
            _holds(effect.interval, known.segments[str(effect.segment)].revenue) for effect in revenue.segments
        ),
    )


def _measured(seed: int, design: Design) -> tuple[EffectReport, EffectReport, Truth]:
    """What `evaluate` says of revenue and of conversion in the shop of a seed, and what is true."""
    size, shop = design.persons, generate(seed=seed, end=END, persons=design.persons)
    targeted, _ = split(BitMap(range(size)), share=design.holdout, salt=salt_of(b"acceptance", f"shop {seed}"))
    is_targeted = np.isin(np.arange(size), np.array(targeted))
    aftermath = respond(shop, user_ids(np.flatnonzero(is_targeted)), at=shop.ends_at, seed=seed)
    groups = members_of_groups(shop)
    columns = {name: np.isin(np.arange(size), positions(shop, members)) for name, members in groups.items()}
    revenue = from_columns(
        is_targeted, aftermath.revenue(size), columns, name="revenue", unit=Unit.MONEY, holdout=design.holdout
    )
    conversion = from_columns(is_targeted, aftermath.has_ordered(size), name="conversion")
    return revenue, conversion, truth(shop, user_ids(np.arange(size)), groups)


def _holds(interval: object, value: float) -> bool:
    return interval is not None and interval.low <= value <= interval.high


def _count(covers: list[Cover], name: str) -> int:
    return sum(getattr(cover, name) for cover in covers)


def _slack(shops: int) -> float:
    """Three standard errors of a binomial count."""
    return 3 * math.sqrt(shops * CONFIDENCE * (1 - CONFIDENCE))


def _fewest(shops: int) -> int:
    return math.ceil(shops * CONFIDENCE - _slack(shops))


def _most(shops: int) -> int:
    return math.floor(shops * CONFIDENCE + _slack(shops))
