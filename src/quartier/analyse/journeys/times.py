"""How long a step takes, of those who took it and of those who might still.

The time from one step to the next is known only of those who have taken it; the others are followed until the reading
(censored). Quartiles of the former alone look fast, since the slow are missing. Kaplan and Meier's estimate counts both
("Nonparametric estimation from incomplete observations", JASA 53, 1958): the time by which a quarter, half and three
quarters of all who came to a step have gone on, None where so many have not.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from quartier.analyse.plain import Plain

Times = npt.NDArray[np.float64]
QUARTILES = (0.25, 0.5, 0.75)


@dataclass(frozen=True)
class Waiting(Plain):
    """Days from one step to the next: quartiles of those who went on, and of all who could."""

    done: int
    waiting: int
    """who came to the step before and has not gone on until the reading"""
    of_done: tuple[float, float, float] | None
    of_all: tuple[float | None, float | None, float | None]


def waiting_of(days: Times, followed: Times) -> Waiting:
    """From the days of those who went on, and the days during which the others were followed."""
    of_done = tuple(float(each) for each in np.quantile(days, QUARTILES)) if len(days) else None
    return Waiting(len(days), len(followed), of_done, kaplan_meier_quartiles(days, followed))  # type: ignore[arg-type]  # three of them


def kaplan_meier_quartiles(days: Times, followed: Times) -> tuple[float | None, float | None, float | None]:
    """The times by which a quarter, half and three quarters have gone on; None where so many have not."""
    times, gone = np.unique(days, return_counts=True)
    everyone = np.sort(np.concatenate([days, followed]))
    at_risk = len(everyone) - np.searchsorted(everyone, times, side="left")
    left = np.cumprod(1 - gone / np.maximum(at_risk, 1))
    found = [np.flatnonzero(left <= 1 - share + 1e-12) for share in QUARTILES]
    first, second, third = (float(times[each[0]]) if len(each) else None for each in found)
    return first, second, third
