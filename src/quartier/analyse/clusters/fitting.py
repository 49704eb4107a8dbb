"""Groups of persons who lie close together, by the methods of scikit-learn and kmodes.

k-means (Lloyd, "Least Squares Quantization in PCM", IEEE Trans. Inf. Theory 28, 1982; started as Arthur and
Vassilvitskii, "k-means++", SODA 2007) finds compact groups of similar spread. A Gaussian mixture (McLachlan and Peel,
*Finite Mixture Models*, 2000) lets groups be stretched and of different size. HDBSCAN (Campello, Moulavi and Sander,
PAKDD 2013) finds dense places, says itself how many, and leaves persons between them in none. k-prototypes (Huang,
"Extensions to the k-Means Algorithm", Data Mining and Knowledge Discovery 2, 1998) has a mean for numbers and the most
frequent word for categories.

Each is fitted to a sample and then assigns everybody, so that cost follows the sample and one pass over the rest.
"""

from collections.abc import Callable
from typing import Final

import numpy as np
from threadpoolctl import threadpool_limits

from quartier.analyse.clusters.columns import Form, Numbers, Whole
from quartier.analyse.clusters.definition import Method
from quartier.analyse.clusters.preparing import Prepared
from quartier.errors import InvalidRequest
from quartier.language import Text

NOWHERE: Final = -1
"""The group of who is in none; only HDBSCAN says so."""
LARGEST: Final = {"k_means": 100_000, "mixture": 50_000, "hdbscan": 10_000, "k_prototypes": 5_000}
"""How many persons are looked at to find the groups; everybody is then assigned."""
TRIED: Final = {"k_means": 4_000, "mixture": 2_000, "hdbscan": 3_000, "k_prototypes": 500}
"""How many are looked at, each time, to find out how many groups there are."""
_AT_ONCE: Final = 100_000
_SMALLEST: Final = 0.02
"""The least group of HDBSCAN, as a share of the sample."""
_HALF_A_DEVIATION: Final = 0.5
"""What a differing word weighs beside a number of deviation 1, as Huang proposes."""

Assign = Callable[[Numbers], Whole]
Fit = Callable[[Numbers, int, int], Assign]
"""From a sample, a number of groups and a seed to what assigns anybody, by rows of the same matrix."""


def fitter(method: Method, prepared: Prepared) -> Fit:
    """The method for a matrix. Raises InvalidRequest when its package is not installed."""
    match method:
        case "mixture":
            return _mixture
        case "hdbscan":
            return _dense
        case "k_prototypes":
            return _prototypes(prepared)
        case _:
            return means


def assigned(assign: Assign, matrix: Numbers) -> Whole:
    """The group of every row, some at a time: distances to all groups are kept for those only."""
    if len(matrix) == 0:
        return np.zeros(0, dtype=np.int64)
    starts = range(0, len(matrix), _AT_ONCE)
    return np.concatenate([assign(matrix[start : start + _AT_ONCE]) for start in starts]).astype(np.int64)


def sample_of(matrix: Numbers, size: int, seed: int) -> Whole:
    """The rows of a sample without doubles, all where there are no more; in order."""
    if len(matrix) <= size:
        return np.arange(len(matrix))
    return np.sort(np.random.default_rng(seed).choice(len(matrix), size, replace=False))


def means(sample: Numbers, number: int, seed: int) -> Assign:
    """k-means of a sample."""
    from sklearn.cluster import KMeans

    distinct = len(np.unique(sample.round(9), axis=0))
    with threadpool_limits(1):  # small samples: threads would wait for each other longer than they work
        model = KMeans(min(number, distinct), n_init=4, random_state=seed).fit(sample)
    centres = np.asarray(model.cluster_centers_)
    return lambda rows: _nearest(rows, centres)


def _mixture(sample: Numbers, number: int, seed: int) -> Assign:
    """Groups as stretched as the data says; a floor under the variance keeps a group from closing on one value."""
    from sklearn.mixture import GaussianMixture

    with threadpool_limits(1):
        model = GaussianMixture(number, reg_covar=1e-2, n_init=1, random_state=seed, max_iter=500).fit(sample)
    return lambda rows: np.asarray(model.predict(rows))


def _dense(sample: Numbers, _number: int, _seed: int) -> Assign:
    """Dense places; who was not in the sample goes where the nearest of it went. The number is found, not given."""
    from sklearn.cluster import HDBSCAN
    from sklearn.neighbors import KNeighborsClassifier

    least = max(5, round(_SMALLEST * len(sample)))
    labels = HDBSCAN(min_cluster_size=least, min_samples=5, copy=True).fit_predict(sample)
    nearest = KNeighborsClassifier(1).fit(sample, labels)
    return lambda rows: np.asarray(nearest.predict(rows))


def _prototypes(prepared: Prepared) -> Fit:
    """k-prototypes over the numbers and the categories of a matrix."""
    try:
        from kmodes.kprototypes import KPrototypes
    except ImportError as error:
        raise InvalidRequest(_NO_KMODES, remedy=_INSTALL) from error
    blocks = [each.places for each in prepared.used if each.column.form is Form.CATEGORY]
    if not blocks:
        return means
    weights = np.ones(prepared.matrix.shape[1])
    for block in blocks:
        weights[block] = np.sqrt(_HALF_A_DEVIATION / 2)  # two words that differ are two columns that differ
    is_number = np.ones(len(weights), dtype=np.bool_)
    is_number[np.concatenate([np.arange(block.start, block.stop) for block in blocks])] = False

    def fit(sample: Numbers, number: int, seed: int) -> Assign:
        words = np.column_stack([sample[:, block].argmax(axis=1) for block in blocks]).astype(np.float64)
        numbers = sample[:, is_number]
        given = np.hstack([numbers, words])
        places = list(range(numbers.shape[1], given.shape[1]))
        if not numbers.shape[1]:
            given, places = np.hstack([np.zeros((len(given), 1)), given]), [each + 1 for each in places]
        model = KPrototypes(number, init="Huang", n_init=2, gamma=_HALF_A_DEVIATION, random_state=seed)
        labels = model.fit_predict(given, categorical=places)
        centres = np.zeros((number, len(weights)))
        for group in range(number):
            members = sample[labels == group]
            centres[group, is_number] = members[:, is_number].mean(axis=0)
            for block in blocks:
                centres[group, block.start + int(members[:, block].sum(axis=0).argmax())] = 1.0
        return lambda rows: _nearest(rows * weights, centres * weights)

    return fit


def _nearest(rows: Numbers, centres: Numbers) -> Whole:
    """The nearest centre of each row: |x - c|² without |x|², which is the same for all centres."""
    return np.asarray(((centres**2).sum(axis=1) - 2 * (rows @ centres.T)).argmin(axis=1))


_NO_KMODES = Text(en="k-prototypes needs the package kmodes", fr="k-prototypes demande le paquet kmodes")
_INSTALL = Text(
    en="install it: `pip install 'quartier[models]'`, or take k-means",
    fr="installez-le : `pip install 'quartier[models]'`, ou prenez k-means",
)
