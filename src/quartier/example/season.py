"""How busy each day is: the French sales, Black Friday, Christmas, August, the days of the week."""

import datetime as dt

import numpy as np

from quartier.example.arrays import Days, Floats, Instants

WEEKDAYS = (0.95, 0.9, 0.95, 0.95, 0.9, 1.1, 1.25)
"""From Monday to Sunday."""
HOURS = (1, 0.5, 0.3, 0.2, 0.2, 0.5, 1.5, 3, 4, 5, 6, 7, 7, 5, 5, 5, 6, 7, 8, 10, 10, 7, 4, 2)
"""How many orders come in each hour of the day (UTC)."""
WEDNESDAY, FRIDAY = 2, 4


def busyness(days: Days) -> Floats:
    """How many orders each day draws, 1 on average."""
    level = np.array([_level(day) for day in days.astype("datetime64[D]").tolist()])
    relative: Floats = level / level.mean()
    return relative


def hours_of_day(rng: np.random.Generator, days: Days) -> Instants:
    """An instant in each of these days, at the hours at which people shop, to the second."""
    shares = np.cumsum(HOURS) / np.sum(HOURS)
    hours = np.searchsorted(shares, rng.random(len(days)), side="right")
    seconds = hours * 3600 + rng.integers(0, 3600, len(days))
    instants: Instants = days.astype("datetime64[s]") + seconds.astype("timedelta64[s]")
    return instants


def _level(day: dt.date) -> float:
    return WEEKDAYS[day.weekday()] * _event_level(day)


def _event_level(day: dt.date) -> float:
    winter_sales = _nth_weekday(day.year, 1, WEDNESDAY, 2)
    summer_sales = _nth_weekday(day.year, 6, WEDNESDAY, 4)
    black_friday = _nth_weekday(day.year, 11, FRIDAY, 4)
    if 0 <= (day - winter_sales).days < 28:
        return 1.7
    if 0 <= (day - summer_sales).days < 28:
        return 1.5
    if -4 <= (day - black_friday).days <= 3:
        return 1.8
    if day.month == 12:
        return 1.9 if day.day <= 20 else 0.7
    return 0.7 if day.month == 8 else 1.0


def _nth_weekday(year: int, month: int, weekday: int, nth: int) -> dt.date:
    """The nth Wednesday (say) of a month."""
    first = dt.date(year, month, 1)
    return first + dt.timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
