"""When a customer has lapsed: proposed from the intervals between purchases in the data themselves.

Only intervals are looked at that began early enough to have had half of the whole time to end in: without that, the
long ones would be missing because they are not over. The proposal is the time within which nine in ten of those who
came back had come back, so that one who is silent for longer is an exception; how many of those silent for so long
came back all the same is told beside it.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Days = npt.NDArray[np.int64]
NINE_IN_TEN, FEWEST, USUAL = 0.9, 50, 365


@dataclass(frozen=True)
class Proposal:
    """Days after which a customer counts as lapsed; `gaps` looked at, and who came back after so long all the same."""

    days: int
    gaps: int
    returned_after: float | None


def proposed(persons: npt.NDArray[np.int32], days: Days, today: int) -> Proposal | None:
    """From one row per person and day of purchase, in that order. None with fewer than 50 intervals to look at."""
    begun, lasted = intervals(persons, days)
    if not len(begun):
        return None
    room = (today - int(days.min())) // 2
    seen = begun <= today - room
    begun, lasted = begun[seen], np.where(lasted[seen] > room, -1, lasted[seen])
    back = lasted[lasted >= 0]
    if len(back) < FEWEST:
        return None
    limit = rounded(float(np.quantile(back, NINE_IN_TEN)))
    return Proposal(limit, len(begun), later(lasted, limit))


def intervals(persons: npt.NDArray[np.int32], days: Days) -> tuple[Days, Days]:
    """For each purchase the day on which it was, and after how many days the person bought again; -1 for not yet."""
    is_last = np.append(persons[1:] != persons[:-1], True) if len(persons) else np.empty(0, bool)
    following = np.append(days[1:], 0) if len(days) else days
    return days, np.where(is_last, -1, following - days)


def later(lasted: Days, limit: int) -> float | None:
    """Of the intervals that were still open after `limit` days, the share that ended in a purchase."""
    silent = (lasted < 0) | (lasted > limit)
    return float(np.mean(lasted[silent] >= 0)) if silent.any() else None


def rounded(days: float) -> int:
    """A number that people would choose: to the day under two weeks, to weeks under 60 days, to ten days above."""
    step = 1 if days < 14 else 7 if days < 60 else 10
    return int(np.ceil(days / step) * step)
