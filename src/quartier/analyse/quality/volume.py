"""How many events of a type come: whether it fell silent, and whether the last weeks are unlike those before.

The last four weeks are held against the median of the weeks before by the Hampel identifier (Hampel, "The influence
curve and its role in robust estimation", 1974): a week is unlike the others when it lies more than three scaled median
absolute deviations away. One promotion among the weeks before moves neither the median nor the deviation.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import ibis.expr.types as ir
import numpy as np

from quartier.analyse.plain import Plain
from quartier.engine import OCCURRED_AT, parameter

DAYS = 7 * 16
"""Days that are looked at: four weeks held against the twelve before."""
_RECENT, _WEEK = 4, 7
_FEWEST_ACTIVE_DAYS = 10
_SCALE = 1.4826
"""What makes the median absolute deviation of a normal distribution its standard deviation."""
_DEVIATIONS, _LEAST_CHANGE = 3.0, 0.25


@dataclass(frozen=True)
class Volume(Plain):
    """How regularly the events of a type come."""

    days_silent: int | None
    """days since the last one, when that is more than twice its longest pause before; None while it is not silent"""
    longest_pause: int | None
    """days, before the last event"""
    usual_week: float | None
    """median events of a week, over the weeks before the last four; None without enough of them"""
    recent_week: float | None
    """mean events of a week over the last four"""
    is_unusual: bool
    """the last weeks lie more than three scaled deviations and a quarter away from the usual"""


def days_expression(table: ir.Table) -> ir.Table:
    """One row per day back from the parameter `instant` with events: how many days ago, how many. Needs `since`."""
    now, since = parameter("instant", "timestamp"), parameter("since", "timestamp")
    recent = table.filter(lambda rows: (rows[OCCURRED_AT] > since) & (rows[OCCURRED_AT] <= now))
    days = recent.mutate(ago=(now.epoch_seconds() - recent[OCCURRED_AT].epoch_seconds()) // 86_400)
    return days.group_by("ago").agg(events=lambda rows: rows.count()).order_by("ago")


def since_when(at: dt.datetime) -> dt.datetime:
    """The first instant that `days_expression` looks at."""
    return at - dt.timedelta(days=DAYS)


def volume_of(counts: Mapping[int, int]) -> Volume | None:
    """How regularly events come, from how many there were so many days ago; None where there are too few days."""
    active = np.array(sorted(ago for ago in counts if 0 <= ago < DAYS))
    if len(active) < _FEWEST_ACTIVE_DAYS:
        return None
    last, longest = int(active[0]), int(np.diff(active).max())
    usual, recent, is_unusual = _weeks(counts, int(active[-1]))
    return Volume(last if last > max(2 * longest, 2) else None, longest, usual, recent, is_unusual)


def _weeks(counts: Mapping[int, int], first: int) -> tuple[float | None, float | None, bool]:
    """The usual week, the recent week, and whether they differ; only whole weeks in which events could come."""
    weeks = (first + 1) // _WEEK
    totals = [sum(counts.get(week * _WEEK + day, 0) for day in range(_WEEK)) for week in range(weeks)]
    before = np.array(totals[_RECENT:])
    if len(before) < _RECENT:
        return None, None, False
    usual, recent = float(np.median(before)), float(np.mean(totals[:_RECENT]))
    deviation = _SCALE * float(np.median(np.abs(before - usual)))
    away = abs(recent - usual)
    return usual, recent, away > _DEVIATIONS * deviation and away > _LEAST_CHANGE * max(usual, 1.0)
