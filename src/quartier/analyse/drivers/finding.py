"""The drivers of an outcome, from clues and what happened: honest areas, weights, effects, and leaks kept apart."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from quartier.analyse.drivers.effects import Effect, effects
from quartier.analyse.drivers.leakage import Leak, leaks
from quartier.analyse.drivers.weights import Weight, weights
from quartier.analyse.learning.clues import Clue, Flags, Numbers, narrowed
from quartier.analyse.learning.folds import Fold, each_fold, folds, some
from quartier.analyse.learning.judging import Area, area
from quartier.analyse.learning.logistic import regressed
from quartier.analyse.learning.trees import taught
from quartier.analyse.learning.usable import LeftOut, telling
from quartier.analyse.plain import Plain
from quartier.errors import NoAnswer
from quartier.language import Plural, Text

FOLDS = 5
FEWEST_OUTCOMES = 50
MOST_PERSONS = 10_000
"""So many are drawn by chance from a larger base: the intervals say what that costs."""
MOST_EXPLAINED = 500
"""Of each fold so many persons are explained: exact contributions take longer than learning."""


@dataclass(frozen=True)
class Honesty(Plain):
    """How well the outcome can be told, by trees and by regression, from some set of traits (cross-validated)."""

    trees: Area
    regression: Area


@dataclass(frozen=True)
class Drivers(Plain):
    """What goes with an outcome.

    Attributes:
        persons: who were read; `drawn` of them were learned from.
        outcomes: of those drawn, with the outcome.
        honest: without the traits that are accused of a leak; what weights and effects are of.
        with_all: with them; None where none is accused.
        doubtless: without those in doubt either; None where none is in doubt.
        cut, until: what was known at the one, against what came by the other; None for an outcome of now.
    """

    persons: int
    drawn: int
    outcomes: int
    honest: Honesty
    with_all: Honesty | None
    doubtless: Honesty | None
    leaks: tuple[Leak, ...]
    weights: tuple[Weight, ...]
    effects: tuple[Effect, ...]
    left_out: tuple[LeftOut, ...]
    cut: dt.datetime | None = None
    until: dt.datetime | None = None

    @property
    def is_told(self) -> bool:
        """Whether trees or regression tell the outcome better than chance."""
        return max(self.honest.trees.low, self.honest.regression.low) > 0.5

    def with_left_out(self, more: Sequence[LeftOut]) -> "Drivers":
        """The same, with traits that were not even read."""
        return replace(self, left_out=(*more, *self.left_out))


def drivers_of(
    clues: Sequence[Clue],
    outcome: Flags,
    seed: int = 0,
    *,
    later: Mapping[str, float] | None = None,
    before: Collection[str] = (),
) -> Drivers:
    """The drivers of an outcome among persons of whom these clues are known.

    What is named in `before` was read from events up to a cut, and so cannot know what came after.

    Raises NoAnswer where nobody or everybody has the outcome, too few of either kind are there, or no clue tells.
    """
    rows = some(len(outcome), MOST_PERSONS, np.random.SeedSequence([seed, 0]))
    drawn, happened = narrowed(clues, rows), outcome[rows]
    check_outcome(happened)
    kept, left = telling(drawn)
    found = leaks([each for each in kept if each.name not in before], happened, seed, later)
    accused = {each.trait for each in found if each.is_accused}
    doubted = {each.trait for each in found}
    honest = [each for each in kept if each.name not in accused]
    if not honest:
        raise NoAnswer(_NO_CLUE, remedy=_MORE_TRAITS)
    fold = folds(happened, FOLDS, seed)
    count, contributions, of_honest = _weighed(honest, happened, fold, seed)
    doubtless = [each for each in kept if each.name not in doubted]
    return Drivers(
        persons=len(outcome),
        drawn=len(rows),
        outcomes=int(happened.sum()),
        honest=of_honest,
        with_all=_honesty(kept, happened, fold, seed, count) if accused else None,
        doubtless=_honesty(doubtless, happened, fold, seed, count) if doubtless and doubted > accused else None,
        leaks=found,
        weights=weights(honest, contributions),
        effects=effects(honest, happened, np.random.SeedSequence([seed, 1])),
        left_out=tuple(left),
    )


def check_outcome(outcome: Flags) -> None:
    """Raises NoAnswer where there is nothing to learn: no outcome, nothing but outcomes, or too few of either."""
    n, rest = int(outcome.sum()), int((~outcome).sum())
    if not len(outcome):
        raise NoAnswer(_UNKNOWN, remedy=_NAME_KNOWN)
    if not n or not rest:
        raise NoAnswer(
            _ONE_CLASS.with_(n=len(outcome)) if not rest else _NOBODY.with_(n=len(outcome)), remedy=_TWO_KINDS
        )
    if min(n, rest) < FEWEST_OUTCOMES:
        raise NoAnswer(_TOO_FEW.with_(n=n, rest=rest, least=FEWEST_OUTCOMES), remedy=_WAIT)


Contributions = list[tuple[list[Clue], Numbers]]


def _weighed(clues: Sequence[Clue], outcome: Flags, fold: Fold, seed: int) -> tuple[int, Contributions, Honesty]:
    """How many trees to grow, what each clue added for some persons of each fold, and both areas.

    The number of trees is asked once, of those who teach for the first fold.
    """
    others, _ = next(each_fold(fold))
    count = taught(narrowed(clues, others), outcome[others], seed).count
    contributions: Contributions = []
    return count, contributions, _honesty(clues, outcome, fold, seed, count, contributions)


def _honesty(
    clues: Sequence[Clue], outcome: Flags, fold: Fold, seed: int, count: int, contributions: Contributions | None = None
) -> Honesty:
    """Both areas on persons who were not learned from; what each clue adds goes into `contributions`."""
    by_trees, by_regression = np.empty(len(outcome)), np.empty(len(outcome))
    for others, own in each_fold(fold):
        teaching, judged = narrowed(clues, others), narrowed(clues, own)
        trees = taught(teaching, outcome[others], seed, count=count)
        by_trees[own], by_regression[own] = (
            trees.log_odds(judged),
            regressed(teaching, outcome[others]).log_odds(judged),
        )
        if contributions is not None:
            few = narrowed(judged, some(int(own.sum()), MOST_EXPLAINED, np.random.SeedSequence([seed, 2])))
            contributions.append((few, trees.contributions(few)))
    return Honesty(area(outcome, by_trees), area(outcome, by_regression))


_UNKNOWN = Text(
    en="of nobody is it known whether they have the outcome", fr="on ne sait de personne s'il a le résultat ou non"
)
_NAME_KNOWN = Text(
    en="choose an outcome that is known of most persons", fr="choisissez un résultat connu de la plupart des personnes"
)
_NOBODY = Plural(
    one=Text(en="the only person does not have the outcome", fr="la seule personne n'a pas le résultat"),
    other=Text(en="nobody of {n} persons has the outcome", fr="aucune des {n} personnes n'a le résultat"),
)
_ONE_CLASS = Plural(
    one=Text(en="the only person has the outcome", fr="la seule personne a le résultat"),
    other=Text(en="all of {n} persons have the outcome", fr="les {n} personnes ont toutes le résultat"),
)
_TWO_KINDS = Text(
    en="choose an outcome that some have and others have not, a longer time, or other persons",
    fr="choisissez un résultat que les uns ont et les autres non, une durée plus longue, ou d'autres personnes",
)
_TOO_FEW = Text(
    en="persons with the outcome: {n}; without it: {rest}. At least {least} of each are needed to learn from",
    fr="personnes avec le résultat : {n} ; sans : {rest}. Il en faut au moins {least} de chaque pour apprendre",
)
_WAIT = Text(
    en="take a longer time or more persons, or wait until there are more",
    fr="prenez une durée plus longue ou davantage de personnes, ou attendez qu'il y en ait plus",
)
_NO_CLUE = Text(
    en="no trait is left that tells persons apart and was known before the outcome",
    fr="il ne reste aucun trait qui distingue les personnes et soit connu avant le résultat",
)
_MORE_TRAITS = Text(
    en="bring in traits or events that are known before the outcome",
    fr="importez des traits ou des événements connus avant le résultat",
)
