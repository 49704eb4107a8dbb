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
_ROWS: Final = 2048


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


def lists(times: Matrix, nearness: Matrix | None, unwanted: Matrix, offered: Flags, places: int) -> Lists:
    """The best products of every person.

    Args:
        times: persons by products, how often each was bought.
        nearness: how near products are; None for what most persons buy, for everybody.
        unwanted: persons by products, what a person cannot want.
        offered: the products that may be recommended.
        places: how many products each person gets.
    """
    popular = _by_buyers(times, offered)
    products = np.full((times.shape[0], places), NOTHING, dtype=np.int64)
    is_personal = np.zeros((times.shape[0], places), dtype=bool)
    for start in range(0, times.shape[0], _ROWS):
        rows = slice(start, start + _ROWS)
        scored = (times[rows] @ nearness).tocsr() if nearness is not None else None
        for row in range(min(_ROWS, times.shape[0] - start)):
            person = start + row
            out = unwanted.indices[unwanted.indptr[person] : unwanted.indptr[person + 1]]
            own = _best(scored, row, out, offered, places) if scored is not None else np.empty(0, dtype=np.int64)
            most = popular[: places + len(out) + len(own)]
            found = np.concatenate([own, most[~np.isin(most, np.concatenate([out, own]))]])[:places]
            products[person, : len(found)] = found
            is_personal[person, : len(own)] = True
    return Lists(products, is_personal)


def _by_buyers(times: Matrix, offered: Flags) -> Whole:
    buyers = np.bincount(times.indices, minlength=times.shape[1])
    order = np.lexsort((np.arange(len(buyers)), -buyers))
    return order[offered[order] & (buyers[order] > 0)]


def _best(scored: Matrix, row: int, out: Whole, offered: Flags, places: int) -> Whole:
    """The products of highest score, of equal ones the first by number."""
    part = slice(scored.indptr[row], scored.indptr[row + 1])
    product, score = scored.indices[part], scored.data[part]
    kept = offered[product] & (score > 0) & ~np.isin(product, out)
    product, score = product[kept], score[kept]
    if len(product) > 4 * places:
        most = np.argpartition(-score, 4 * places)[: 4 * places]
        product, score = product[most], score[most]
    best: Whole = product[np.lexsort((product, -score))][:places].astype(np.int64)
    return best


_NO_LIBRARY = Text(
    en="the library of recommendations is not installed", fr="la bibliothèque des recommandations n'est pas installée"
)
_INSTALL = Text(en="Run `pip install 'quartier[models]'`.", fr="Lancez `pip install 'quartier[models]'`.")
