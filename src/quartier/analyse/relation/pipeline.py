"""The pipeline: who was at which stage at each of some instants, and what that says of coming, going and staying.

Stages are numbers, 0 for none, then in the order of the relation. All is counted over the same persons at two or more
instants, so that what moves is persons, not averages.
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from quartier.analyse.compare import wilson
from quartier.analyse.journeys.times import kaplan_meier_quartiles
from quartier.analyse.relation.definition import STAGES, Moved, Staying

Stages = npt.NDArray[np.int8]
NONE, LAPSED = 0, len(STAGES)
_Z = 1.959963984540054


def sizes(at: Stages) -> dict[str, int]:
    """How many persons are at each stage."""
    counts = np.bincount(at, minlength=len(STAGES) + 1)
    return {name: int(counts[place]) for place, name in enumerate(STAGES, 1)}


def flows(before: Stages, now: Stages) -> tuple[tuple[str, str, int], ...]:
    """Who moved from which stage to which, the largest first; who stayed is left out."""
    width = len(STAGES) + 1
    counts = np.bincount(before.astype(np.int64) * width + now, minlength=width * width).reshape(width, width)
    names = ("", *STAGES)
    found = [
        (names[one], names[two], int(counts[one, two]))
        for one in range(width)
        for two in range(width)
        if one != two and counts[one, two]
    ]
    return tuple(sorted(found, key=lambda each: (-each[2], each[0], each[1])))


def moved(then: Stages, now: Stages) -> tuple[Moved, ...]:
    """Of those who were at each stage then, who is further now, still there or back; lapsing is going back."""
    found = []
    for place, name in enumerate(STAGES, 1):
        after = now[then == place]
        still, persons = int(np.sum(after == place)), len(after)
        ahead = int(np.sum(_further(after, place)))
        # A customer is as far as one can be.
        low, high = wilson(ahead, persons, _Z) if persons and name != "customer" else (None, None)
        back = persons - ahead - still
        found.append(Moved(stage=name, persons=persons, further=ahead, still=still, back=back, low=low, high=high))
    return tuple(found)


def staying(history: Sequence[Stages], step_days: int) -> tuple[Staying, ...]:
    """How long each stage lasts, of those whose coming was seen; who is still there is followed until now."""
    found = []
    steps = np.stack(history)  # instants x persons
    for place, name in enumerate(STAGES, 1):
        ended, lasting = _spells(steps == place)
        quarter, half, _ = kaplan_meier_quartiles(ended * step_days, lasting * step_days)
        found.append(Staying(stage=name, ended=len(ended), lasting=len(lasting), quarter=quarter, half=half))
    return tuple(found)


def _further(after: Stages, place: int) -> npt.NDArray[np.bool_]:
    """Who is further on; of those who had lapsed, who has come back."""
    from_there: npt.NDArray[np.bool_] = (after > (NONE if place == LAPSED else place)) & (after != LAPSED)
    return from_there


def _spells(there: npt.NDArray[np.bool_]) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Lengths in steps of the spells whose beginning was seen: those that ended, and those that go on."""
    running = np.zeros(there.shape[1])
    was_seen = np.zeros(there.shape[1], bool)
    ended: list[npt.NDArray[np.float64]] = []
    for before, now in pairwise(there):
        begins, ends = ~before & now, before & ~now
        ended.append(running[ends & was_seen] + 1)
        running = np.where(begins, 0, running + now)
        was_seen = np.where(begins, True, was_seen & now)
    going = there[-1] & was_seen
    return np.concatenate(ended) if ended else np.empty(0), running[going]
