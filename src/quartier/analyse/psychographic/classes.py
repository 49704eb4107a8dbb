"""Latent classes: kinds of persons who answer alike, as far as their answers say.

Each class has a probability for every answer to every question, and within a class the answers are independent
(Lazarsfeld and Henry, *Latent Structure Analysis*, 1968). Fitted by StepMix (Morin and others, J. Statistical Software
113, 2025); a missing answer says nothing. The number has the least BIC (Schwarz, Annals of Statistics 6, 1978;
Nylund, Asparouhov and Muthén, Structural Equation Modeling 14, 2007, find it the surest of the criteria).
"""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from threadpoolctl import threadpool_limits

from quartier.analyse.clusters.columns import Numbers, Whole
from quartier.analyse.clusters.fitting import sample_of
from quartier.errors import InvalidRequest, NoAnswer
from quartier.language import Text

LEARNT_FROM: Final = 2_000
SMALLEST: Final = 0.02
STARTS: Final = 2
_AT_ONCE: Final = 100_000
_LEAST: Final = 1e-9


@dataclass(frozen=True)
class Tried:
    """One number of classes: its BIC, its relative entropy (1: every person surely in one), its smallest class."""

    number: int
    bic: float
    entropy: float
    smallest: float


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


def classes_of(answers: Numbers, numbers: Sequence[int], seed: int, *, is_asked: bool = False) -> Classes:
    """Classes from answers: one row per person, one column per question, the place of the answer or NaN.

    Raises NoAnswer when one class explains the answers as well, and InvalidRequest without the package.
    """
    sample = answers[sample_of(answers, LEARNT_FROM, seed)]
    with threadpool_limits(1):
        fitted = {number: model for number in numbers if (model := _fit(sample, number, seed)) is not None}
    tried = tuple(_tried(model, number, sample) for number, model in fitted.items())
    sound = [each for each in tried if each.smallest >= SMALLEST]
    if not sound:
        raise NoAnswer(_UNFOUND, remedy=_OTHERS)
    best = min(sound, key=lambda each: each.bic)
    if best.number < 2 and not is_asked:
        raise NoAnswer(_ONE, remedy=_OTHERS)
    chances = _chances(fitted[best.number], answers)
    order = np.argsort(-np.bincount(chances.argmax(axis=1), minlength=chances.shape[1]), kind="stable")
    chances = chances[:, order]
    return Classes(chances.argmax(axis=1), chances.max(axis=1), tried)


def _fit(sample: Numbers, number: int, seed: int) -> Any:
    """The model of so many classes; None where no start comes to rest."""
    from sklearn.exceptions import ConvergenceWarning

    try:
        from stepmix import StepMix
    except ImportError as error:
        raise InvalidRequest(_NO_STEPMIX, remedy=_INSTALL) from error
    model = StepMix(
        number, measurement="categorical_nan", n_init=STARTS if number > 1 else 1, random_state=seed, max_iter=1_000,
        abs_tol=1e-7, verbose=0, progress_bar=0,
    )  # fmt: skip
    with warnings.catch_warnings():
        warnings.simplefilter("error", ConvergenceWarning)
        try:
            return model.fit(sample)
        except ConvergenceWarning:
            return None


def _tried(model: Any, number: int, sample: Numbers) -> Tried:
    chances = np.clip(np.asarray(model.predict_proba(sample)), _LEAST, 1)
    entropy = 1 + float((chances * np.log(chances)).sum() / (len(sample) * np.log(number))) if number > 1 else 1.0
    return Tried(
        number,
        float(model.bic(sample)),
        entropy,
        float(np.bincount(chances.argmax(axis=1), minlength=number).min() / len(sample)),
    )


def _chances(model: Any, answers: Numbers) -> Numbers:
    parts = [answers[start : start + _AT_ONCE] for start in range(0, len(answers), _AT_ONCE)]
    return np.vstack([np.asarray(model.predict_proba(each)) for each in parts])


_ONE = Text(
    en="one class explains these answers as well as several: persons do not answer in kinds",
    fr="une seule classe explique ces réponses aussi bien que plusieurs : il n'y a pas de façons types de répondre",
)
_UNFOUND = Text(
    en="no number of classes comes to rest, or each leaves classes of hardly anybody",
    fr="aucun nombre de classes ne se stabilise, ou chacun laisse des classes de presque personne",
)
_OTHERS = Text(
    en="name questions that go together: needs, opinions, habits of one field",
    fr="nommez des questions qui vont ensemble : besoins, opinions, habitudes d'un même domaine",
)
_NO_STEPMIX = Text(
    en="classes of answers need the package StepMix", fr="les classes de réponses demandent le paquet StepMix"
)
_INSTALL = Text(en="install it: `pip install 'quartier[models]'`", fr="installez-le : `pip install 'quartier[models]'`")
