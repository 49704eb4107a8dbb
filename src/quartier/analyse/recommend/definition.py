"""The document that says what is to be recommended, and the figures of a run."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field

from quartier.analyse.modelling.asked import Asked
from quartier.analyse.modelling.computed import Figures
from quartier.analyse.modelling.document import OfPurchases
from quartier.language import Text


class Recommendations(OfPurchases):
    """What each customer may buy next.

    >>> Recommendations(again_after=365).product
    'products.product_id'
    """

    model: Literal["recommendations"] = Field(default="recommendations", description="which statistics")
    product: Annotated[
        str, Field(min_length=1, description="the property of the purchase that says which product"),
        Asked(
            Text(en="Product", fr="Produit"),
            Text(en="a property of the purchase or of its lines", fr="une propriété de l'achat ou de ses lignes"),
        ),
    ] = "products.product_id"  # fmt: skip
    again_after: Annotated[
        int, Field(ge=1, le=3650, description="days within which a product is not offered again, unless replenished"),
        Asked(
            Text(en="Not again within (days)", fr="Pas de nouveau avant (jours)"),
            Text(
                en="what was bought in these days is not offered, unless it is bought over and over",
                fr="ce qui a été acheté ces jours-là n'est pas proposé, sauf ce qui se rachète sans cesse",
            ),
        ),
    ] = 180  # fmt: skip
    replenish: Annotated[
        float, Field(gt=0, le=1, description="the share of its buyers who bought a product again, to be replenished"),
        Asked(Text(en="Bought over and over: part of buyers who came back to it",
                   fr="Racheté sans cesse : part des acheteurs qui y sont revenus"), is_advanced=True),
    ] = 0.2  # fmt: skip
    fewest_buyers: Annotated[
        int, Field(ge=2, le=1000, description="buyers below whom a product is not recommended"),
        Asked(Text(en="Fewest buyers of a product", fr="Acheteurs d'un produit au moins"), is_advanced=True),
    ] = 10  # fmt: skip
    kept_back: Annotated[
        int, Field(ge=7, le=365, description="the last days, which are kept back to measure"),
        Asked(Text(en="Days kept back to measure", fr="Jours gardés pour mesurer"), is_advanced=True),
    ] = 30  # fmt: skip
    method: Annotated[
        Literal["auto", "cosine", "bm25"], Field(description="how near two products are"),
        Asked(
            Text(en="Nearness", fr="Proximité"), is_advanced=True,
            options={"auto": Text(en="the better of both", fr="la meilleure des deux"),
                     "cosine": Text(en="cosine", fr="cosinus"), "bm25": Text(en="BM25", fr="BM25")},
        ),
    ] = "auto"  # fmt: skip


class Part(Figures):
    """A piece of the figures."""


class Measure(Part):
    """One measure on the time kept back: `hit`, `recall` or `precision`; `low` and `high` are of the difference."""

    measure: Literal["hit", "recall", "precision"]
    ours: float
    popular: float
    low: float
    high: float


class Check(Part):
    """What the time kept back says, over how many persons."""

    cut: dt.date
    days: int
    persons: int
    measures: tuple[Measure, ...]
    coverage: float
    popular_coverage: float

    @property
    def is_better(self) -> bool:
        """Whether recall is above that of popularity by more than chance."""
        return next(each.low > 0 for each in self.measures if each.measure == "recall")


class PairFigure(Part):
    """Two products that go together, by their values and their names."""

    first: str
    then: str
    first_label: str
    then_label: str
    together: int
    support: float
    confidence: float
    lift: float
    low: float
    high: float
    not_yet: int


class Offered(Part):
    """A product that is the next best offer of so many persons."""

    product: str
    persons: int


class RecommendFigures(Figures):
    """What a run of recommendations found beside its traits."""

    name: str
    method: Literal["cosine", "bm25"]
    product: str
    customers: int
    products: int
    """that are bought by enough to be recommended"""
    replenished: int
    """of them, those that are bought over and over"""
    by_popularity: int
    """customers who get what most buy, for lack of anything nearer"""
    of_orders: bool
    """whether pairs are counted over orders; else over persons"""
    baskets: int
    check: Check | None
    pairs: tuple[PairFigure, ...]
    offered: tuple[Offered, ...]
