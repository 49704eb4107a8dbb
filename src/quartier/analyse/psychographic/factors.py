"""Factors: what several scales of a survey measure in common, and how reliably.

How many there are is said by parallel analysis (Horn, Psychometrika 30, 1965): as many components of the correlations
as have a larger eigenvalue than the same answers shuffled, each item by itself (the 95th percentile of the shuffles). A
factor that is the foremost of fewer than three items is not kept: nothing reliable is measured by two. Factors are
fitted by maximum likelihood and turned by varimax (Kaiser, Psychometrika 23, 1958; scikit-learn). Reliability is
Cronbach's alpha (Psychometrika 16, 1951) from pairwise covariances, and McDonald's omega (*Test Theory*, 1999) from the
loadings on one factor of the items alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from quartier.analyse.clusters.columns import Numbers, Whole
from quartier.errors import NoAnswer
from quartier.language import Text

SHUFFLES: Final = 20
LOADS: Final = 0.3
"""An item whose greatest loading is less belongs to no factor."""
FEWEST_ITEMS: Final = 3
FEWEST_BOTH: Final = 30
"""Persons who must have answered both of two items for their correlation to be looked at."""
_PERCENTILE: Final = 95


@dataclass(frozen=True)
class Factor:
    """One factor.

    Attributes:
        items: the places of its items, the strongest first.
        reversed_: those of them that speak against it.
        alpha: Cronbach's alpha of the items, turned the same way round.
        omega: McDonald's omega of the same.
        without: alpha without each of the items, in their order; None with two.
    """

    items: tuple[int, ...]
    reversed_: frozenset[int]
    alpha: float
    omega: float
    without: tuple[float, ...]


@dataclass(frozen=True)
class Found:
    """The factors of some items, and why there are so many.

    Attributes:
        factors: the one that explains most first.
        loadings: one row per item, one column per factor, turned so that most items speak for it.
        eigenvalues: of the items' correlations, the largest first.
        shuffled: what shuffled answers reach.
        suggested: how many parallel analysis suggests.
        alone: the places of items that belong to no factor.
    """

    factors: tuple[Factor, ...]
    loadings: Numbers
    eigenvalues: Numbers
    shuffled: Numbers
    suggested: int
    alone: tuple[int, ...]


def factors_of(answers: Numbers, number: int | None, seed: int) -> Found:
    """The factors of answers: one row per person, one column per item, NaN where nothing was answered.

    Raises NoAnswer when the items have no factor in common.
    """
    eigenvalues, shuffled = _parallel(answers, seed)
    suggested = int(np.argmin(np.append(eigenvalues > shuffled, [False])))
    related = correlations(answers)
    tried = range(number, number + 1) if number else range(min(suggested, answers.shape[1] // FEWEST_ITEMS), 0, -1)
    for each in tried:
        loadings = _loadings(related, each)
        foremost = np.where(np.abs(loadings).max(axis=1) >= LOADS, np.abs(loadings).argmax(axis=1), -1)
        sizes = [int((foremost == place).sum()) for place in range(each)]
        if min(sizes) >= (2 if number else FEWEST_ITEMS):
            return _found(answers, loadings, foremost, eigenvalues, shuffled, suggested)
    if number and suggested:
        raise NoAnswer(
            _TOO_MANY.with_(n=number), remedy=_FEWER.with_(n=min(suggested, answers.shape[1] // FEWEST_ITEMS))
        )
    raise NoAnswer(_NONE, remedy=ASK_MORE)


def apart(answers: Numbers) -> tuple[int, int] | None:
    """The places of two items that hardly anybody answered both of; None where there are none."""
    known = (~np.isnan(answers)).astype(np.float64)
    pairs = known.T @ known
    least = int(pairs.argmin())
    return None if pairs.flat[least] >= FEWEST_BOTH else divmod(least, len(pairs))


def alike(answers: Numbers) -> float:
    """The share of persons who gave the same answer to every item, of those who answered all."""
    whole = answers[~np.isnan(answers).any(axis=1)]
    return float((np.ptp(whole, axis=1) == 0).mean()) if len(whole) else 0.0


def scores(answers: Numbers, factor: Factor, low: Numbers, high: Numbers) -> Numbers:
    """The mean of a factor's items, reversed ones turned round; NaN for who answered fewer than half of them."""
    items = list(factor.items)
    turned = [place in factor.reversed_ for place in items]
    values = np.where(turned, low[items] + high[items] - answers[:, items], answers[:, items])
    answered = (~np.isnan(values)).sum(axis=1)
    total = np.nansum(values, axis=1)
    return np.where(2 * answered >= len(items), total / np.maximum(answered, 1), np.nan)


def alpha(covariances: Numbers) -> float:
    """Cronbach's alpha from the covariances of items that all speak the same way."""
    count = len(covariances)
    return float(count / (count - 1) * (1 - np.trace(covariances) / covariances.sum()))


def covariances(answers: Numbers) -> Numbers:
    """Of each pair of items, over the persons who answered both."""
    known = (~np.isnan(answers)).astype(np.float64)
    filled = np.nan_to_num(answers - np.nanmean(answers, axis=0))
    pairs = known.T @ known
    sums = filled.T @ known
    products = filled.T @ filled
    return np.asarray((products - sums * sums.T / pairs) / (pairs - 1))


def correlations(answers: Numbers) -> Numbers:
    """Of each pair of items, over the persons who answered both."""
    found = covariances(answers)
    spread = np.sqrt(np.diag(found))
    return np.asarray(found / np.outer(spread, spread))


def _parallel(answers: Numbers, seed: int) -> tuple[Numbers, Numbers]:
    draw = np.random.default_rng(seed)
    found = [_eigenvalues(np.column_stack([draw.permutation(item) for item in answers.T])) for _ in range(SHUFFLES)]
    return _eigenvalues(answers), np.percentile(found, _PERCENTILE, axis=0)


def _eigenvalues(answers: Numbers) -> Numbers:
    return np.asarray(np.linalg.eigvalsh(correlations(answers))[::-1])


def _loadings(related: Numbers, number: int) -> Numbers:
    """Items by factors, the factor that explains most first, each turned so that most of its items speak for it.

    scikit-learn takes persons, not correlations; two rows per item that have just these correlations say the same, and
    cost nothing for a million persons.
    """
    from sklearn.decomposition import FactorAnalysis

    values, vectors = np.linalg.eigh(related)
    # Correlations over different persons may contradict each other a little: then the least value is not above zero.
    root = (vectors * np.sqrt(np.clip(values, 1e-6, None))) @ vectors.T * np.sqrt(len(related))
    turned = "varimax" if number > 1 else None
    model = FactorAnalysis(number, rotation=turned, svd_method="lapack", max_iter=5_000)
    loadings = np.asarray(model.fit(np.vstack([root, -root])).components_.T)
    loadings = loadings[:, np.argsort(-(loadings**2).sum(axis=0), kind="stable")]
    own = np.abs(loadings) == np.abs(loadings).max(axis=1, keepdims=True)
    votes = (np.sign(loadings) * own).sum(axis=0)
    weights = (loadings * own).sum(axis=0)
    signs = np.sign(np.where(votes != 0, votes, weights))
    return np.asarray(loadings * np.where(signs == 0, 1, signs))


def _found(
    answers: Numbers, loadings: Numbers, foremost: Whole, eigenvalues: Numbers, shuffled: Numbers, suggested: int
) -> Found:
    factors = tuple(_factor(answers, loadings[:, place], foremost == place) for place in range(loadings.shape[1]))
    alone = tuple(int(each) for each in np.flatnonzero(foremost < 0))
    return Found(factors, loadings, eigenvalues, shuffled, suggested, alone)


def _factor(answers: Numbers, loading: Numbers, is_own: Whole) -> Factor:
    items = [int(each) for each in np.flatnonzero(is_own)]
    items.sort(key=lambda each: -abs(loading[each]))
    signs = np.where(loading[items] < 0, -1.0, 1.0)
    turned = answers[:, items] * signs
    shared = covariances(turned)
    without = tuple(
        alpha(np.delete(np.delete(shared, place, 0), place, 1)) for place in range(len(items)) if len(items) > 2
    )
    reversed_ = frozenset(each for each, sign in zip(items, signs, strict=True) if sign < 0)
    return Factor(tuple(items), reversed_, alpha(shared), _omega(turned), without)


def _omega(turned: Numbers) -> float:
    loading = np.abs(_loadings(correlations(turned), 1)[:, 0])
    common = loading.sum() ** 2
    return float(common / (common + (1 - loading**2).sum()))


def columns_of(items: Sequence[Numbers]) -> Numbers:
    """Items side by side."""
    return np.column_stack(list(items))


_NONE = Text(
    en="these items have no factor in common: they measure nothing together that shuffled answers do not",
    fr="ces questions n'ont pas de facteur commun : elles ne mesurent ensemble rien que des réponses mélangées ne "
    "montreraient aussi",
)
_TOO_MANY = Text(
    en="{n} factors cannot be told apart: one of them would be the foremost of fewer than two items",
    fr="{n} facteurs ne se distinguent pas : l'un d'eux dominerait moins de deux questions",
)
_FEWER = Text(
    en="ask for {n}, as parallel analysis suggests, or leave the number empty",
    fr="demandez-en {n}, comme le suggère l'analyse parallèle, ou laissez le nombre vide",
)
ASK_MORE = Text(
    en="name scales that ask after the same thing in different words, three or more of each",
    fr="nommez des échelles qui interrogent la même chose en d'autres mots, au moins trois de chaque",
)
