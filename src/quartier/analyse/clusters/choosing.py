"""How many groups the data supports, and whether it supports any.

Two questions are asked of each number. **Are the groups found again?** Two resamples with replacement are grouped
apart, everybody is assigned by both, and the two assignments are compared by the adjusted Rand index (Hubert and
Arabie, J. Classification 2, 1985): 1 is the same groups, 0 what chance gives. The median over pairs is the stability
(Dolnicar and Leisch, "Evaluation of structure and reproducibility of cluster solutions using the bootstrap", Marketing
Letters 21, 2010). **Are they apart?** The mean silhouette (Rousseeuw, J. Comp. Appl. Math. 20, 1987), less the one
that the same method reaches on the same columns with their values shuffled, each column by itself: any data can be
cut, and what shuffled columns reach is cut and not found (the idea of Tibshirani, Walther and Hastie's gap statistic,
JRSS B 63, 2001).

Numbers are compared by the product of the two, among those whose groups are neither fragments nor nearly everybody;
of those nearly as good as the best the greatest is taken, since it says more. The one to take was chosen among several,
so it must then stand against many more shuffles, and lie above them by four of their deviations: in columns that have
nothing to do with each other three runs of eighty found groups, eleven of twenty-four without this last question.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from quartier.analyse.clusters.columns import Numbers, Whole
from quartier.analyse.clusters.fitting import NOWHERE, Fit, assigned
from quartier.errors import NoAnswer
from quartier.language import Said, Text

PAIRS: Final = 5
SHUFFLES: Final = 3
CONFIRMING: Final = 20
"""Shuffles that the number to take must stand against."""
SURE: Final = 4.0
"""By how many of their deviations it must lie above them."""
MEASURED: Final = 1_500
"""Silhouettes compare all with all, so they are taken on so many."""
STABLE: Final = 0.5
"""Below this, groups of one resample are not those of another."""
MARGIN: Final = 0.02
"""How much farther apart than shuffled columns groups must be, at least."""
NEARLY_ALL: Final = 0.9
FRAGMENT: Final = 0.005
LEAST: Final = 5
BETWEEN: Final = 0.5
NEARLY_AS_GOOD: Final = 0.9


@dataclass(frozen=True)
class Point:
    """What is known of one number of groups.

    Attributes:
        number: of groups.
        stability: median adjusted Rand index of pairs of resamples.
        low: the least of them.
        high: the greatest.
        silhouette: how far apart the groups are, from -1 to 1.
        chance: the mean silhouette of shuffled columns.
        chance_high: the greatest of them.
        largest: the share of the largest group.
        smallest: the persons of the smallest group, as a share.
        nowhere: the share of persons in no group.
        chance_spread: the deviation of the silhouettes of shuffled columns; 0 where they are too few to tell.
    """

    number: int
    stability: float
    low: float
    high: float
    silhouette: float
    chance: float
    chance_high: float
    largest: float
    smallest: float
    nowhere: float = 0.0
    chance_spread: float = 0.0

    @property
    def excess(self) -> float:
        """How much farther apart than by chance."""
        return self.silhouette - self.chance

    @property
    def worth(self) -> float:
        """By which numbers of groups are compared."""
        return self.stability * self.excess

    def why_not(self, size: int, *, is_asked: bool = False) -> Said | None:
        """Why these groups are none, of a sample of so many; None where they are.

        Who asks for a number gets it though another sample gives others.
        """
        if self.number < 2:
            return _ONE.with_()
        if self.nowhere > BETWEEN:
            return _BETWEEN.with_(share=round(100 * self.nowhere))
        if self.largest > NEARLY_ALL:
            return _NEARLY_ALL.with_(share=_percent(self.largest))
        if self.smallest * size < max(LEAST, FRAGMENT * size) - 1e-9:
            return _FRAGMENT.with_(n=round(self.smallest * size), of=size)
        if self.excess < max(MARGIN, SURE * self.chance_spread) or self.silhouette <= self.chance_high:
            return _CHANCE.with_(silhouette=self.silhouette, chance=self.chance)
        if self.stability < STABLE and not is_asked:
            return _UNSTABLE.with_(stability=self.stability)
        return None


def curve(sample: Numbers, fit: Fit, numbers: Sequence[int], seed: int) -> tuple[Point, ...]:
    """What is known of each number of groups in a sample."""
    shuffled = list(_shuffled(sample, SHUFFLES, seed))
    return tuple(_point(sample, shuffled, fit, number, seed) for number in numbers)


def confirmed(sample: Numbers, fit: Fit, point: Point, seed: int) -> Point:
    """A point with what many more shuffles give."""
    found = np.array([
        _silhouette(each, assigned(fit(each, point.number, seed), each), seed)
        for each in _shuffled(sample, CONFIRMING, [seed, point.number])
    ])  # fmt: skip
    high = max(point.chance_high, float(found.max()))
    return replace(point, chance=float(found.mean()), chance_high=high, chance_spread=float(found.std(ddof=1)))


def best(
    points: Sequence[Point], size: int, confirm: Callable[[Point], Point] = lambda each: each, *, is_asked: bool = False
) -> Point:
    """The point to take, as it was confirmed.

    Raises NoAnswer, with the reason of the one that came nearest, when there is none.
    """
    sound = [each for each in points if each.why_not(size, is_asked=is_asked) is None]
    refused = []
    while sound:
        least = NEARLY_AS_GOOD * max(each.worth for each in sound)
        taken = max((each for each in sound if each.worth >= least), key=lambda each: each.number)
        surely = confirm(taken)
        if surely.why_not(size, is_asked=is_asked) is None:
            return surely
        sound.remove(taken)
        refused.append(surely)
    nearest = max(refused or points, key=lambda each: (each.largest <= NEARLY_ALL, each.worth))
    why = nearest.why_not(size, is_asked=is_asked)
    raise NoAnswer(_NO_GROUPS.with_(n=nearest.number, why=why or ""), remedy=_OTHER_TRAITS)


def _shuffled(sample: Numbers, times: int, seed: int | list[int]) -> Iterator[Numbers]:
    """The sample with each column shuffled by itself, so many times."""
    draw = np.random.default_rng(seed)
    return (np.column_stack([draw.permutation(each) for each in sample.T]) for _ in range(times))


def _point(sample: Numbers, shuffled: Sequence[Numbers], fit: Fit, number: int, seed: int) -> Point:
    labels = assigned(fit(sample, number, seed), sample)
    found = [_silhouette(each, assigned(fit(each, number, seed), each), seed) for each in shuffled]
    again = sorted(_agreements(sample, fit, number, seed))
    counts = np.unique(labels[labels != NOWHERE], return_counts=True)[1]
    return Point(
        number=len(counts),
        stability=float(np.median(again)),
        low=again[0],
        high=again[-1],
        silhouette=_silhouette(sample, labels, seed),
        chance=float(np.mean(found)),
        chance_high=max(found),
        largest=float(counts.max(initial=0) / len(labels)),
        smallest=float(counts.min(initial=len(labels)) / len(labels)),
        nowhere=float(np.mean(labels == NOWHERE)),
    )


def _agreements(sample: Numbers, fit: Fit, number: int, seed: int) -> Iterator[float]:
    from sklearn.metrics import adjusted_rand_score

    for pair in range(PAIRS):
        draw = np.random.default_rng([seed, number, pair])
        sides = [sample[draw.integers(0, len(sample), len(sample))] for _ in range(2)]
        one, other = (assigned(fit(each, number, seed + place), sample) for place, each in enumerate(sides))
        yield float(adjusted_rand_score(one, other))


def _silhouette(rows: Numbers, labels: Whole, seed: int) -> float:
    """The mean silhouette of those in a group, on a sample; 0 where there are no two groups."""
    from sklearn.metrics import silhouette_score

    inside = np.flatnonzero(labels != NOWHERE)
    if len(inside) > MEASURED:
        inside = np.random.default_rng(seed).choice(inside, MEASURED, replace=False)
    groups = len(np.unique(labels[inside]))
    return float(silhouette_score(rows[inside], labels[inside])) if 2 <= groups < len(inside) else 0.0


def _percent(share: float) -> int:
    """Never 100 for less than all."""
    return min(round(100 * share), 99) if share < 1 else 100


_NO_GROUPS = Text(
    en="these traits show no clusters; with {n}, the nearest: {why}",
    fr="ces traits ne montrent pas de groupes ; avec {n}, au plus près : {why}",
)
_OTHER_TRAITS = Text(
    en="choose other traits, or fewer: those in which you know persons to differ in kind",
    fr="choisissez d'autres traits, ou moins : ceux par lesquels vous savez que les gens diffèrent vraiment",
)
_ONE = Text(en="only one dense group was found", fr="un seul groupe dense a été trouvé")
_BETWEEN = Text(en="{share}% of persons are in no group", fr="{share} % des personnes ne sont dans aucun groupe")
_NEARLY_ALL = Text(en="one group holds {share}% of persons", fr="un seul groupe tient {share} % des personnes")
_FRAGMENT = Text(en="one group holds only {n} of {of} persons", fr="un groupe ne tient que {n} personnes sur {of}")
_CHANCE = Text(
    en="groups are no farther apart than in shuffled data (silhouette {silhouette} against {chance})",
    fr="les groupes ne sont pas plus éloignés que dans des données mélangées (silhouette {silhouette} contre {chance})",
)
_UNSTABLE = Text(
    en="another sample gives other groups (agreement {stability} of 1)",
    fr="un autre échantillon donne d'autres groupes (accord {stability} sur 1)",
)
