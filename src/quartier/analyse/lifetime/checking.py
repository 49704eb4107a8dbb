"""Does the forecast hold? Fitted on the first part of the time, held against the rest.

The two pictures are those of Fader, Hardie and Lee (2005): purchases after the cut by the number before it, and repeat
purchases as they add up, week by week.
"""

import datetime as dt

import numpy as np

from quartier.analyse.lifetime.figures import Check, Group, Point
from quartier.analyse.lifetime.forecast import Fitted, fit_purchases
from quartier.analyse.lifetime.histories import DAYS, Numbers, Whole, purchased
from quartier.analyse.lifetime.laws import PurchaseLaw

LAST_GROUP = 7
"""Customers with this many repeat purchases or more are one group."""
POINTS = 80
"""About as many points of the tracking chart at most."""
EPOCH = dt.date(1970, 1, 1)
_WIDE = 1.959964


def check(law: PurchaseLaw, keys: Whole, days: Whole, end: int, kept_back: float) -> Check:
    """The forecast for the last part (`kept_back`, a share of the time) from what came before.

    One row per person and day of purchase, days counted from 1970-01-01, none after `end`. Only customers of before the
    cut are followed: the law says how customers come back, not how many come. Raises NoAnswer as `fit_purchases` does.
    """
    began = int(days.min())
    cut = end - max(1, round((end - began + 1) * kept_back))
    known = purchased(keys, days, np.zeros(len(days)), cut)
    fitted = fit_purchases(law, known.histories)
    after = days > cut
    after &= np.isin(keys, known.keys)
    place = np.searchsorted(known.keys, keys[after])
    actual = np.bincount(place, minlength=len(known.keys)).astype(np.float64)
    weeks = (end - cut) / DAYS
    predicted = fitted.expected(weeks)
    return Check(
        cut=_day(cut), weeks=weeks, customers=len(known.keys), predicted=float(predicted.sum()),
        actual=int(actual.sum()), groups=_groups(known.histories.repeats, predicted, actual),
        tracking=_tracking(fitted, keys, days, known.keys, known.first, end),
    )  # fmt: skip


def _groups(repeats: Numbers, predicted: Numbers, actual: Numbers) -> tuple[Group, ...]:
    group = np.minimum(repeats, LAST_GROUP).astype(np.int64)
    found = []
    for number in np.unique(group):
        those = group == number
        counted, persons = actual[those], int(np.count_nonzero(those))
        mean = float(counted.mean())
        half = _WIDE * float(counted.std(ddof=1)) / persons**0.5 if persons > 1 else None
        low, high = (None, None) if half is None else (max(0.0, mean - half), mean + half)
        found.append(
            Group(
                repeats=int(number), is_open=bool(number == LAST_GROUP), persons=persons,
                predicted=float(predicted[those].mean()), actual=mean, low=low, high=high,
            )
        )  # fmt: skip
    return tuple(found)


def _tracking(fitted: Fitted, keys: Whole, days: Whole, known: Whole, first: Whole, end: int) -> tuple[Point, ...]:
    """Repeat purchases of the known customers up to each of some days, as counted and as the law has them."""
    firsts, begun = np.unique(first, return_counts=True)
    of_known = np.isin(keys, known)
    first_of = first[np.searchsorted(known, keys[of_known])]
    repeated = np.sort(days[of_known][days[of_known] > first_of])
    step = max(7, -(-(end - int(firsts[0])) // POINTS // 7) * 7)
    points = np.append(np.arange(int(firsts[0]) + step, end, step), end)
    weeks = np.maximum(points[:, None] - firsts[None, :], 0) / DAYS
    expected = fitted.law.typical(fitted.fit, weeks.ravel()).reshape(weeks.shape) @ begun
    counts = np.searchsorted(repeated, points, side="right")
    return tuple(
        Point(day=_day(int(day)), actual=int(n), predicted=float(law))
        for day, n, law in zip(points, counts, expected, strict=True)
    )


def _day(number: int) -> dt.date:
    return EPOCH + dt.timedelta(days=number)
