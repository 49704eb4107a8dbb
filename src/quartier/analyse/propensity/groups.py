"""For whom a propensity works less well: groups in which it ranks worse, or says more or less than happens."""

from collections.abc import Iterator, Sequence

import numpy as np
from pydantic import BaseModel, ConfigDict

from quartier.analyse.compare import wilson
from quartier.analyse.learning.clues import OTHER, Clue, Flags, Numbers
from quartier.analyse.learning.judging import Area, area
from quartier.catalog import Label

FEWEST_PERSONS, FEWEST_OUTCOMES, MOST_LEVELS, MOST_GROUPS = 200, 20, 8, 5


class Group(BaseModel):
    """A group of persons: those of one level, or the lower or upper third of a number.

    `is_ranked_worse`: the area lies clearly under that of everybody; `is_off`: what is said, moved by what is off for
    everybody, lies outside the interval of what is seen.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    trait: str
    label: Label
    level: str | None
    """of a category"""
    part: str | None
    """`lower` or `upper` third of a number"""
    persons: int
    outcomes: int
    area: Area
    said: float
    seen: float
    low: float
    high: float
    is_ranked_worse: bool
    is_off: bool


def weaker(clues: Sequence[Clue], outcome: Flags, said: Numbers) -> tuple[Group, ...]:
    """The groups for whom it works clearly less well, the worst first.

    Intervals are widened for the number of groups that are looked at (Bonferroni): a few would be picked by chance.
    """
    parts = [
        (clue, level, part, has) for clue in clues for level, part, has in _parts(clue) if _is_enough(outcome[has])
    ]
    if not parts:
        return ()
    from scipy.stats import norm

    z = float(norm.isf(0.025 / len(parts)))
    whole, moved = area(outcome, said).value, float(outcome.mean() / said.mean())
    found = [
        _group(clue, level, part, (outcome[has], said[has]), (whole, moved), z) for clue, level, part, has in parts
    ]
    bad = [each for each in found if each.is_ranked_worse or each.is_off]
    return tuple(sorted(bad, key=lambda each: (each.area.value, each.trait))[:MOST_GROUPS])


def _parts(clue: Clue) -> Iterator[tuple[str | None, str | None, Flags]]:
    if clue.is_category:
        for code, level in list(enumerate(clue.levels))[:MOST_LEVELS]:
            if level != OTHER:
                yield level, None, clue.values == code
        return
    known = clue.values[clue.known]
    if len(known) and clue.unit == "years":
        low, high = np.quantile(known, [1 / 3, 2 / 3])
        yield None, "lower", clue.values <= low
        yield None, "upper", clue.values > high


def _is_enough(outcome: Flags) -> bool:
    n = int(outcome.sum())
    return len(outcome) >= FEWEST_PERSONS and min(n, len(outcome) - n) >= FEWEST_OUTCOMES


def _group(
    clue: Clue,
    level: str | None,
    part: str | None,
    own: tuple[Flags, Numbers],
    everybody: tuple[float, float],
    z: float,
) -> Group:
    outcome, said = own
    whole, moved = everybody
    found, n = area(outcome, said, z), int(outcome.sum())
    low, high = wilson(n, len(outcome), z)
    mean = float(said.mean())
    return Group(
        trait=clue.name, label=clue.label, level=level, part=part, persons=len(outcome), outcomes=n, area=found,
        said=mean, seen=n / len(outcome), low=low, high=high,
        is_ranked_worse=found.high < whole, is_off=not low <= min(1.0, mean * moved) <= high,
    )  # fmt: skip
