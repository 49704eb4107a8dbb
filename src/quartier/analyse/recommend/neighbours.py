"""From what a person bought to what they may buy: products that are bought by the same persons.

Item-to-item collaborative filtering (Linden, Smith and York, "Amazon.com recommendations", IEEE Internet Computing 7,
2003) by implicit (MIT): the cosine of products over persons, or with the weights of BM25 (Robertson and Zaragoza, "The
probabilistic relevance framework", 2009). A person's score of a product is the sum over what they bought of how often
times how near; a product that they buy over and over is near to itself. Whoever has no neighbours left gets the
products that most persons buy, and is told so.
"""

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from quartier.analyse.recommend.bought import Flags, Matrix, Whole
from quartier.errors import NoAnswer
from quartier.language import Text

Method = Literal["cosine", "bm25"]
NEIGHBOURS: Final = 50
"""Products that each is near to; those further away add noise."""
NOTHING: Final = -1
_ROWS, _CELLS = 2048, 16_000_000
"""Persons at once, and persons by products at once: the memory that lists take."""


@dataclass(frozen=True)
class Lists:
    """The best products of each person, best first; NOTHING fills what is left over."""

    products: Whole
    """persons by places"""
    is_personal: Flags
    """the same shape: by what the person bought, else by what most buy"""


def near(times: Matrix, method: Method) -> Matrix:
    """How near each two products are, persons by products given. Raises NoAnswer when implicit is not installed."""
    try:
        from implicit.nearest_neighbours import BM25Recommender, CosineRecommender
    except ImportError as error:
        raise NoAnswer(_NO_LIBRARY, remedy=_INSTALL) from error
    weights = times.astype(np.float64).tocsr()
    weights.data = np.log1p(weights.data)
    model = (CosineRecommender if method == "cosine" else BM25Recommender)(K=NEIGHBOURS, num_threads=1)
    # Its weighting hands a matrix by coordinates to its own search, and warns itself of it.
    model.similarity = _fitted(model, weights)
    return model.similarity.tocsr()


def _fitted(model: object, weights: Matrix) -> Matrix:
    import warnings

    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Method expects CSR input")
        model.fit(weights, show_progress=False)  # type: ignore[attr-defined]  # either recommender
    return model.similarity  # type: ignore[attr-defined]


def lists(
    times: Matrix, nearness: Matrix | None, unwanted: Matrix, offered: Flags, places: int, *, among: Whole | None = None
) -> Lists:
    """The best products of every person, block by block.

    Args:
        times: persons by products, how often each was bought.
        nearness: how near products are; None for what most persons buy, for everybody.
        unwanted: persons by products, what a person cannot want.
        offered: the products that may be recommended.
        places: how many products each person gets.
        among: the persons who get a list, by their numbers; everybody unless given.
    """
    popular = _by_buyers(times, offered)
    whose = np.arange(times.shape[0]) if among is None else among
    products = np.full((len(whose), places), NOTHING, dtype=np.int64)
    is_personal = np.zeros((len(whose), places), dtype=bool)
    at_once = max(1, min(_ROWS, _CELLS // max(1, times.shape[1])))
    for start in range(0, len(whose), at_once):
        part = slice(start, start + at_once)
        free = _free(unwanted[whose[part]], offered)
        if nearness is not None:
            scored = (times[whose[part]] @ nearness).tocsr()
            is_personal[part] = _take_best(scored, free, products[part])
        _take_popular(popular, free, products[part])
    return Lists(products, is_personal)


def _by_buyers(times: Matrix, offered: Flags) -> Whole:
    buyers = np.bincount(times.indices, minlength=times.shape[1])
    order = np.lexsort((np.arange(len(buyers)), -buyers))
    return order[offered[order] & (buyers[order] > 0)]


def _free(unwanted: Matrix, offered: Flags) -> Flags:
    """Persons by products: what may still be put into a list."""
    free = np.repeat(offered[np.newaxis], unwanted.shape[0], axis=0)
    free[np.repeat(np.arange(unwanted.shape[0]), np.diff(unwanted.indptr)), unwanted.indices] = False
    return free


def _take_best(scored: Matrix, free: Flags, products: Whole) -> Flags:
    """Put the products of highest score into the lists, of equal ones the first by number. Returns the places taken."""
    scored.sort_indices()
    row = np.repeat(np.arange(len(products), dtype=np.uint16), np.diff(scored.indptr))
    is_able = free[row, scored.indices] & (scored.data > 0)
    row, product, score = row[is_able], scored.indices[is_able], scored.data[is_able]
    order = np.argsort(-score, kind="stable")
    order = order[np.argsort(row[order], kind="stable")]
    row, product = row[order].astype(np.int64), product[order]
    place = np.arange(len(row)) - np.searchsorted(row, row)
    fits = place < products.shape[1]
    products[row[fits], place[fits]] = product[fits]
    free[row[fits], product[fits]] = False
    taken: Flags = products != NOTHING
    return taken


def _take_popular(popular: Whole, free: Flags, products: Whole) -> None:
    """Fill what is left of the lists by what most buy."""
    place = np.count_nonzero(products != NOTHING, axis=1)
    rows = np.flatnonzero(place < products.shape[1])
    for product in popular:
        if not len(rows):
            return
        takes = rows[free[rows, product]]
        products[takes, place[takes]] = product
        place[takes] += 1
        rows = rows[place[rows] < products.shape[1]]


_NO_LIBRARY = Text(
    en="the library of recommendations is not installed", fr="la bibliothèque des recommandations n'est pas installée"
)
_INSTALL = Text(en="Run `pip install 'quartier[models]'`.", fr="Lancez `pip install 'quartier[models]'`.")
