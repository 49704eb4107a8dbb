"""Teaching, calibrating and judging a propensity: who is learned from, who calibrates and who judges are kept apart.

Of the persons of the earlier cut three quarters teach and a quarter calibrates; those of the later cut judge. The
judgement is of that model. The one that foretells is taught again in the same way on the later cut, the freshest one
whose outcome is known, with as many trees.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from quartier.analyse.drivers.finding import check_outcome
from quartier.analyse.drivers.leakage import Leak, leaks
from quartier.analyse.drivers.weights import Weight, weights
from quartier.analyse.learning.calibrating import Calibration, calibrated
from quartier.analyse.learning.clues import Clue, Flags, Numbers, narrowed, recoded
from quartier.analyse.learning.folds import folds, parted, some
from quartier.analyse.learning.judging import Judgement, judged
from quartier.analyse.learning.trees import Trees, taught
from quartier.analyse.learning.usable import LeftOut, telling
from quartier.analyse.propensity.groups import Group, weaker
from quartier.errors import NoAnswer
from quartier.language import Text

CALIBRATING, JUDGING = 0.25, 0.25
MOST_PERSONS, MOST_EXPLAINED, PARTS = 30_000, 2_000, 5


@dataclass(frozen=True, eq=False)
class Foreteller:
    """A model that foretells: trees over these clues, then calibration."""

    clues: tuple[Clue, ...]
    """those it learned from, for their names and levels"""
    trees: Trees
    calibration: Calibration
    learned: int
    calibrated: int

    def scores(self, clues: Sequence[Clue]) -> Numbers:
        """Log-odds before calibration, for clues in any order that hold those that are read."""
        return self.trees.log_odds(self.read(clues))

    def probabilities(self, clues: Sequence[Clue]) -> Numbers:
        """The probability of each person."""
        return self.calibration(self.scores(clues))

    def read(self, clues: Sequence[Clue]) -> list[Clue]:
        """The clues that are read, in their order and with their levels."""
        named = {each.name: each for each in clues}
        return [recoded(named[each.name], each) for each in self.clues]


@dataclass(frozen=True)
class Judged:
    """How a propensity does, by what, and what was left out."""

    judgement: Judgement
    weights: tuple[Weight, ...]
    leaks: tuple[Leak, ...]
    left_out: tuple[LeftOut, ...]
    weaker: tuple[Group, ...]


def learned(
    earlier: Sequence[Clue], outcome: Flags, later: Sequence[Clue], later_outcome: Flags, seed: int,
    *, is_before: bool = False,
) -> tuple[Foreteller, Judged]:  # fmt: skip
    """A model taught by the persons of the earlier cut, and its judgement by those of the later.

    `is_before` says that what was made from events was read as of the cut, and so cannot know what came after.

    Raises NoAnswer where either cut has too few persons with or without the outcome, or no clue tells.
    """
    check_outcome(outcome)
    check_outcome(later_outcome)
    rows = some(len(outcome), MOST_PERSONS, np.random.SeedSequence([seed, 10]))
    teaching, happened = narrowed(earlier, rows), outcome[rows]
    kept, left = telling(teaching)
    found = leaks([each for each in kept if not (is_before and each.is_computed)], happened, seed)
    accused = {each.trait for each in found if each.is_accused}
    honest = [each for each in kept if each.name not in accused]
    if not honest:
        raise NoAnswer(_NO_CLUE, remedy=_MORE_TRAITS)
    model = foreteller(honest, happened, seed)
    said = model.probabilities(later)
    return model, Judged(
        judged(later_outcome, said), _weights(model, later, seed), found, tuple(left),
        weaker(model.read(later), later_outcome, said),
    )  # fmt: skip


def again(model: Foreteller, clues: Sequence[Clue], outcome: Flags, seed: int) -> Foreteller:
    """The same model taught on another cut: the same clues, as many trees."""
    rows = some(len(outcome), MOST_PERSONS, np.random.SeedSequence([seed, 11]))
    named = {each.name: each for each in narrowed(clues, rows)}
    return foreteller([named[each.name] for each in model.clues], outcome[rows], seed, count=model.trees.count)


def foreteller(clues: Sequence[Clue], outcome: Flags, seed: int, count: int | None = None) -> Foreteller:
    """A model of some persons: three quarters teach, a quarter calibrates."""
    teach, calibrate = parted(outcome, CALIBRATING, np.random.SeedSequence([seed, 12]))
    trees = taught(narrowed(clues, teach), outcome[teach], seed, count=count)
    calibration = calibrated(trees.log_odds(narrowed(clues, calibrate)), outcome[calibrate])
    return Foreteller(tuple(clues), trees, calibration, int(teach.sum()), int(calibrate.sum()))


def _weights(model: Foreteller, later: Sequence[Clue], seed: int) -> tuple[Weight, ...]:
    """What weighs for persons who were not learned from, with intervals over fifths of them."""
    n = len(later[0].values)
    rows = some(n, MOST_EXPLAINED, np.random.SeedSequence([seed, 13]))
    read = model.read(narrowed(later, rows))
    part = folds(np.ones(len(rows), dtype=bool), min(PARTS, len(rows)), np.random.SeedSequence([seed, 14]))
    own = [narrowed(read, part == each) for each in range(int(part.max()) + 1)]
    return weights(model.clues, [(each, model.trees.contributions(each)) for each in own])


_NO_CLUE = Text(
    en="nothing is left that tells persons apart and was known before the outcome",
    fr="il ne reste rien qui distingue les personnes et soit connu avant le résultat",
)
_MORE_TRAITS = Text(
    en="bring in traits or events that are known before the outcome",
    fr="importez des traits ou des événements connus avant le résultat",
)
