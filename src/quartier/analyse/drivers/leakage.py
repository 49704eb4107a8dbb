"""Leaks: traits that know the outcome too well, because they were filled in or changed after it.

Nobody's names are looked up. Signs are what a person would look for: a field is filled for those with the outcome and
empty for the others; a field tells the outcome nearly alone; a field holds the latest of something, and so goes on
changing after it; values were first seen after the outcome, where the past of values is known.

The bounds are round and come from use, not from any data set: an area under the ROC curve of 0.7 is acceptable and one
of 0.9 outstanding for a whole model (Hosmer, Lemeshow and Sturdivant, *Applied Logistic Regression*, 2013, 5.2.4), so
0.9 is too good for one trait. Fill rates 20 points apart are an area of 0.6 by themselves. A field that was filled
because of the outcome and then says which it was shows two signs; filled differently alone is only a doubt, for forms
differ before the outcome, too. Kaufman et al., TKDD 6 (2012), for what a leak is.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from quartier.analyse.learning.clues import UNKNOWN, Clue, Flags, Numbers
from quartier.analyse.learning.folds import Fold, each_fold, folds
from quartier.analyse.learning.judging import area_alone
from quartier.analyse.plain import Plain
from quartier.catalog import Label
from quartier.language import Said, Text, percent

TOO_GOOD, ACCEPTABLE, MATTERS = 0.9, 0.7, 0.6
FILLED_APART = 0.2
SEEN_LATER = 0.5
FEWEST = 50
"""Persons with the outcome, and without, below which nobody is accused."""

_FOLDS, _BINS, _PULL = 5, 20, 5.0
_LATEST = re.compile(r"(?:^|[\W_])(?:last|latest|derni[eè]re?s?)(?:$|[\W_])", re.IGNORECASE)


class Sign(StrEnum):
    """What speaks against a trait."""

    FILLED = "filled"
    TELLING = "telling"
    LATEST = "latest"
    LATER = "later"


@dataclass(frozen=True)
class Leak(Plain):
    """A trait that may know what came after, and what speaks against it.

    Attributes:
        is_accused: left out of the honest figures; otherwise only in doubt.
        area: how well it ranks persons alone (area under the ROC curve, cross-validated).
        filled_with, filled_without: how many of those with and without the outcome have a value.
        later: of those with the outcome, share whose first value was seen after it; None where that is not known.
    """

    trait: str
    label: Label
    is_accused: bool
    signs: tuple[Sign, ...]
    area: float
    filled_with: float
    filled_without: float
    later: float | None = None

    @property
    def why(self) -> tuple[Said, ...]:
        """What speaks against it, in words."""
        return tuple(self._said(each) for each in self.signs)

    def _said(self, sign: Sign) -> Said:
        return _SIGNS[sign].with_(
            with_=_share(self.filled_with), without=_share(self.filled_without), area=round(self.area, 2),
            later=_share(self.later or 0.0),
        )  # fmt: skip


def _share(value: float) -> Text:
    """A share as both languages write it."""
    return Text(en=percent(value, "en", 0), fr=percent(value, "fr", 0))


def leaks(
    clues: Sequence[Clue], outcome: Flags, seed: int, later: Mapping[str, float] | None = None
) -> tuple[Leak, ...]:
    """The traits that something speaks against, the accused first.

    Args:
        clues: what is known of some persons.
        outcome: for each of them whether it happened.
        seed: of the folds.
        later: by name, the share of those with the outcome whose first value was seen after it.
    """
    if min(int(outcome.sum()), int((~outcome).sum())) < FEWEST:
        return ()
    fold = folds(outcome, _FOLDS, seed)
    found = [each for clue in clues if (each := _leak(clue, outcome, fold, (later or {}).get(clue.name)))]
    return tuple(sorted(found, key=lambda each: (not each.is_accused, -each.area)))


def area_of(clue: Clue, outcome: Flags, seed: int) -> float:
    """How well one clue ranks persons, by the shares of its levels or twentieths among other persons."""
    return _area(_coded(clue), outcome, folds(outcome, _FOLDS, seed))


def _leak(clue: Clue, outcome: Flags, fold: Fold, later: float | None) -> Leak | None:
    known, codes = clue.known, _coded(clue)
    filled, unfilled = float(known[outcome].mean()), float(known[~outcome].mean())
    area = _area(codes, outcome, fold)
    within = _area_within(codes, outcome, fold, known)
    signs = []
    if area >= TOO_GOOD:
        signs.append(Sign.TELLING)
    if abs(filled - unfilled) >= FILLED_APART:
        signs.append(Sign.FILLED)
    if area >= MATTERS and _is_latest(clue):
        signs.append(Sign.LATEST)
    if later is not None and later >= SEEN_LATER:
        signs.append(Sign.LATER)
    if not signs:
        return None
    is_accused = signs != [Sign.FILLED] or within >= ACCEPTABLE
    return Leak(clue.name, clue.label, is_accused, tuple(signs), area, filled, unfilled, later)


def _is_latest(clue: Clue) -> bool:
    return any(_LATEST.search(each) for each in (clue.name, clue.label.en, clue.label.fr))


def _area_within(codes: npt.NDArray[np.int64], outcome: Flags, fold: Fold, known: Flags) -> float:
    """The same among those who have a value: 0.5 where too few of either kind have one."""
    if min(int(outcome[known].sum()), int((~outcome[known]).sum())) < FEWEST:
        return 0.5
    return _area(codes[known], outcome[known], fold[known])


def _area(codes: npt.NDArray[np.int64], outcome: Flags, fold: Fold) -> float:
    said: Numbers = np.empty(len(outcome))
    size = int(codes.max()) + 1
    for others, own in each_fold(fold):
        base = outcome[others].mean()
        hit = np.bincount(codes[others], weights=outcome[others], minlength=size)
        said[own] = ((hit + base * _PULL) / (np.bincount(codes[others], minlength=size) + _PULL))[codes[own]]
    return area_alone(outcome, said)


def _coded(clue: Clue) -> npt.NDArray[np.int64]:
    """Levels, or twentieths of a number; 0 where it is not known."""
    if clue.is_category:
        return clue.values.astype(np.int64) - UNKNOWN
    known = clue.known
    if not known.any():
        return np.zeros(len(known), dtype=np.int64)
    edges = np.unique(np.quantile(clue.values[known], np.linspace(0, 1, _BINS + 1)[1:-1]))
    return np.where(known, np.searchsorted(edges, np.nan_to_num(clue.values), side="left") + 1, 0).astype(np.int64)


_SIGNS = {
    Sign.FILLED: Text(
        en="filled for {with_} of those with the outcome, for {without} of the others: perhaps because of it",
        fr="rempli pour {with_} de ceux qui ont le résultat, {without} des autres : peut-être à cause de lui",
    ),
    Sign.TELLING: Text(
        en="ranks persons nearly without a fault by itself (area {area}): too good to be known before",
        fr="classe les personnes presque sans faute à lui seul (aire {area}) : trop bon pour être connu avant",
    ),
    Sign.LATEST: Text(
        en="holds the latest of something, so it goes on changing after the outcome (area {area} by itself)",
        fr="tient le dernier état de quelque chose, et change encore après le résultat (aire {area} à lui seul)",
    ),
    Sign.LATER: Text(
        en="first seen after the outcome for {later} of those who have it",
        fr="vu pour la première fois après le résultat pour {later} de ceux qui l'ont",
    ),
}
