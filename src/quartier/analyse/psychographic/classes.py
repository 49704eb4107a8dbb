"""Latent classes: kinds of persons who answer alike, as far as their answers say.

Each class has a probability for every answer to every question, and within a class the answers are independent
(Lazarsfeld and Henry, *Latent Structure Analysis*, 1968). Fitted by StepMix (Morin and others, J. Statistical Software
113, 2025); a missing answer says nothing. The number has the least BIC (Schwarz, Annals of Statistics 6, 1978;
Nylund, Asparouhov and Muthén, Structural Equation Modeling 14, 2007, find it the surest of the criteria). Whether the
same classes are found again is asked of resamples with replacement: each is fitted anew and sorts everybody, and any
two of these sortings are compared by the adjusted Rand index (Dolnicar and Leisch, Marketing Letters 21, 2010).
"""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final

import numpy as np
from threadpoolctl import threadpool_limits

from quartier.analyse.clusters.columns import Numbers, Whole
from quartier.analyse.clusters.fitting import sample_of
from quartier.errors import InvalidRequest, NoAnswer
from quartier.language import Text

LEARNT_FROM: Final = 2_000
SMALLEST: Final = 0.02
_AT_ONCE: Final = 100_000
_LEAST: Final = 1e-9
_FOLDED: Final = 500
"""Persons who answer the same are fitted as one; with more different rows than this, starts and resamples are dear."""
_STARTS, _STARTS_OF_MANY = 4, 2
_DRAWN, _DRAWN_OF_MANY = 6, 4
_TOLERANCE, _ROUGHLY, _ROUGHLY_OF_MANY = 1e-6, 1e-5, 1e-4
"""How little the mean log-likelihood of a person may still rise where a model has come to rest; resamples need less."""
_RESAMPLED: Final = 1_000
"""So many persons are drawn for one of them, at most, where resamples are dear."""


@dataclass(frozen=True)
class Again:
    """How alike the classes of two resamples are, over all pairs of the `drawn`: 1 the same, 0 as by chance."""

    drawn: int
    median: float
    low: float
    high: float


@dataclass(frozen=True)
class Tried:
    """One number of classes: its BIC, its relative entropy (1: every person surely in one), its smallest class.

    `again` says whether its classes are found again; None for one class, which cannot but be.
    """

    number: int
    bic: float
    entropy: float
    smallest: float
    again: Again | None = None


@dataclass(frozen=True)
class Classes:
    """The classes of everybody.

    Attributes:
        labels: the class of each person, the largest being 0.
        certainty: the probability of that class.
        tried: the numbers that were tried.
    """

    labels: Whole
    certainty: Numbers
    tried: tuple[Tried, ...]


@dataclass(frozen=True)
class _Folded:
    """Answers without their doubles: rows that differ, how many gave each, and which row each person gave."""

    rows: Numbers
    counts: Numbers
    place: Whole

    @property
    def is_many(self) -> bool:
        """Whether fitting them takes long."""
        return len(self.rows) > _FOLDED

    def resampled(self, draw: np.random.Generator) -> "_Folded":
        """As many persons drawn with replacement, fewer of many."""
        size = min(len(self.place), _RESAMPLED) if self.is_many else len(self.place)
        times = np.bincount(self.place[draw.integers(0, len(self.place), size)], minlength=len(self.rows))
        rows = np.flatnonzero(times)
        return _Folded(self.rows[rows], times[rows].astype(np.float64), np.repeat(np.arange(len(rows)), times[rows]))


def classes_of(answers: Numbers, numbers: Sequence[int], seed: int, *, is_asked: bool = False) -> Classes:
    """Classes from answers: one row per person, one column per question, the place of the answer or NaN.

    Raises NoAnswer when all answer alike or one class explains the answers as well, and InvalidRequest without the
    package.
    """
    folded = _folded(answers[sample_of(answers, LEARNT_FROM, seed)])
    if len(folded.rows) < 2:
        raise NoAnswer(_ALIKE, remedy=_OTHERS)
    numbers = [each for each in numbers if each <= most_classes(answers)]
    if max(numbers, default=1) < 2:
        raise NoAnswer(_TOO_FEW, remedy=_MORE)
    with threadpool_limits(1):
        starts = _STARTS_OF_MANY if folded.is_many else _STARTS
        fitted = {each: model for each in numbers if (model := _fit(folded, each, seed, starts)) is not None}
        tried = tuple(_tried(model, number, folded, seed) for number, model in fitted.items())
    sound = [each for each in tried if each.smallest >= SMALLEST]
    if not sound:
        raise NoAnswer(_UNFOUND if not tried else _SMALL.with_(share=_percent(tried)), remedy=_OTHERS)
    best = min(sound, key=lambda each: each.bic)
    if best.number < 2 and not is_asked:
        raise NoAnswer(_ONE, remedy=_OTHERS)
    chances = _chances(fitted[best.number], answers)
    order = np.argsort(-np.bincount(chances.argmax(axis=1), minlength=chances.shape[1]), kind="stable")
    chances = chances[:, order]
    return Classes(chances.argmax(axis=1), chances.max(axis=1), tried)


def most_classes(answers: Numbers) -> int:
    """How many classes these questions can tell apart at most.

    Classes have a size each and a probability per answer: no more of these can be found than there are sets of answers
    (Goodman, Biometrika 61, 1974).
    """
    kinds = np.array([len(np.unique(each[~np.isnan(each)])) for each in answers.T])
    sets = np.prod(np.maximum(kinds, 1), dtype=np.float64)
    return max(1, int(min(sets // (1 + np.maximum(kinds - 1, 0).sum()), len(answers))))


def _folded(answers: Numbers) -> _Folded:
    rows, place, counts = np.unique(np.nan_to_num(answers, nan=-1), axis=0, return_inverse=True, return_counts=True)
    return _Folded(np.where(rows < 0, np.nan, rows), counts.astype(np.float64), place.ravel())


def _fit(folded: _Folded, number: int, seed: int, starts: int, tolerance: float = _TOLERANCE) -> Any:
    """The model of so many classes; None where no start comes to rest."""
    from sklearn.exceptions import ConvergenceWarning

    try:
        from stepmix import StepMix
    except ImportError as error:
        raise InvalidRequest(_NO_STEPMIX, remedy=_INSTALL) from error
    model = StepMix(
        number, measurement="categorical_nan", n_init=starts if number > 1 else 1, random_state=seed, max_iter=1_000,
        abs_tol=tolerance, verbose=0, progress_bar=0,
    )  # fmt: skip
    with warnings.catch_warnings():
        warnings.simplefilter("error", ConvergenceWarning)
        try:
            model.fit(folded.rows, sample_weight=folded.counts)
        except ConvergenceWarning:
            return None
    model.highest = np.nan_to_num(folded.rows, nan=-1).max(axis=0)
    return model


def _tried(model: Any, number: int, folded: _Folded, seed: int) -> Tried:
    sample = folded.rows[folded.place]
    chances = np.clip(np.asarray(model.predict_proba(sample)), _LEAST, 1)
    entropy = 1 + float((chances * np.log(chances)).sum() / (len(sample) * np.log(number))) if number > 1 else 1.0
    smallest = float(np.bincount(chances.argmax(axis=1), minlength=number).min() / len(sample))
    again = _again(folded, number, seed) if number > 1 else None
    return Tried(number, float(model.bic(sample)), entropy, smallest, again)


def _again(folded: _Folded, number: int, seed: int) -> Again | None:
    """Whether resamples give the same classes; None where fewer than two of them come to rest."""
    from sklearn.metrics import adjusted_rand_score

    drawn, starts, tolerance = (_DRAWN_OF_MANY, 1, _ROUGHLY_OF_MANY) if folded.is_many else (_DRAWN, _STARTS, _ROUGHLY)
    draw = np.random.default_rng([seed, number])
    models = [_fit(folded.resampled(draw), number, seed + place, starts, tolerance) for place in range(drawn)]
    sorted_ = [_chances(each, folded.rows).argmax(axis=1)[folded.place] for each in models if each is not None]
    found = [float(adjusted_rand_score(one, other)) for one, other in combinations(sorted_, 2)]
    return Again(len(sorted_), float(np.median(found)), min(found), max(found)) if found else None


def _chances(model: Any, answers: Numbers) -> Numbers:
    """The probability of each class; an answer that the model was not fitted to says nothing."""
    known = np.where(answers > model.highest, np.nan, answers)
    parts = [known[start : start + _AT_ONCE] for start in range(0, len(known), _AT_ONCE)]
    return np.vstack([np.asarray(model.predict_proba(each)) for each in parts])


def _percent(tried: Sequence[Tried]) -> int:
    return round(100 * max(each.smallest for each in tried))


_ONE = Text(
    en="one class explains these answers as well as several: persons do not answer in kinds",
    fr="une seule classe explique ces réponses aussi bien que plusieurs : il n'y a pas de façons types de répondre",
)
_ALIKE = Text(
    en="all persons gave the very same answers", fr="toutes les personnes ont donné exactement les mêmes réponses"
)
_TOO_FEW = Text(
    en="these questions have too few answers between them for so many classes to be told apart",
    fr="ces questions offrent trop peu de réponses pour distinguer autant de classes",
)
_MORE = Text(
    en="name more questions, or ask for fewer classes", fr="nommez plus de questions, ou demandez moins de classes"
)
_UNFOUND = Text(
    en="no number of classes comes to rest: these answers do not say which persons belong together",
    fr="aucun nombre de classes ne se stabilise : ces réponses ne disent pas quelles personnes vont ensemble",
)
_SMALL = Text(
    en="every number of classes leaves one of hardly anybody ({share}% at most)",
    fr="chaque nombre de classes en laisse une de presque personne ({share} % au plus)",
)
_OTHERS = Text(
    en="name questions that go together: needs, opinions, habits of one field",
    fr="nommez des questions qui vont ensemble : besoins, opinions, habitudes d'un même domaine",
)
_NO_STEPMIX = Text(
    en="classes of answers need the package StepMix", fr="les classes de réponses demandent le paquet StepMix"
)
_INSTALL = Text(en="install it: `pip install 'quartier[models]'`", fr="installez-le : `pip install 'quartier[models]'`")
