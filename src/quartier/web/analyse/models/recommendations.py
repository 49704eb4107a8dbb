"""The page of recommendations: measured against what most buy, products that go together, what is offered."""

from dataclasses import dataclass
from typing import Final

from quartier.analyse.recommend import selecting
from quartier.analyse.recommend.definition import Measure, PairFigure, RecommendFigures
from quartier.analyse.recommend.tables import MEASURES
from quartier.language import Language, Plural, Text, day, percent, with_sign
from quartier.web.analyse.links import editor_for
from quartier.web.analyse.models.views import Looking, View


@dataclass(frozen=True)
class MeasureView:
    """One measure: by recommendation, by what most buy, and the difference with its interval in words."""

    label: str
    ours: float
    popular: float
    difference: str


@dataclass(frozen=True)
class PairView:
    """Two products that go together; the address opens who bought the first, not yet the second."""

    first: str
    then: str
    together: int
    support: float
    confidence: float
    lift: float
    low: float
    high: float
    not_yet: int
    url: str


@dataclass(frozen=True)
class OfferView:
    """One product and whose next best offer it is."""

    product: str
    persons: int
    share: float
    url: str


@dataclass(frozen=True)
class RecommendPage:
    """All of it; measures are empty where nothing could be measured."""

    finding: str
    measures: tuple[MeasureView, ...]
    cut: str
    judged: int
    coverage: float
    popular_coverage: float
    pairs: tuple[PairView, ...]
    of_orders: bool
    baskets: int
    offers: tuple[OfferView, ...]
    customers: int


def build(figures: RecommendFigures, looking: Looking) -> RecommendPage:
    """The page in the reader's language."""
    language, check = looking.visitor.language, figures.check
    event = str(looking.run.parameters["purchase"])
    return RecommendPage(
        finding=_finding(figures, language),
        measures=tuple(_measure(each, language) for each in check.measures) if check else (),
        cut=day(check.cut, language) if check else "",
        judged=check.persons if check else 0,
        coverage=check.coverage if check else 0.0,
        popular_coverage=check.popular_coverage if check else 0.0,
        pairs=tuple(_pair(each, figures.product, event, looking) for each in figures.pairs),
        of_orders=figures.of_orders,
        baskets=figures.baskets,
        offers=tuple(
            OfferView(
                each.product, each.persons, each.persons / (figures.customers or 1),
                editor_for(looking.visitor, selecting.of_offer(f"{figures.name}_offer", each.product)),
            )
            for each in figures.offered
        ),
        customers=figures.customers,
    )  # fmt: skip


def _finding(figures: RecommendFigures, language: Language) -> str:
    if figures.check is None:
        return _UNMEASURED.to(language)
    recall = next(each for each in figures.check.measures if each.measure == "recall")
    said = _BETTER if figures.check.is_better else _NO_BETTER
    return said.to(language, ours=percent(recall.ours, language), popular=percent(recall.popular, language))


def _measure(measure: Measure, language: Language) -> MeasureView:
    points = [
        with_sign(_points(each, language), each) for each in (measure.ours - measure.popular, measure.low, measure.high)
    ]
    said = _DIFFERENCE.to(language, difference=points[0], low=points[1], high=points[2])
    return MeasureView(MEASURES[measure.measure].to(language), measure.ours, measure.popular, said)


def _points(value: float, language: Language) -> str:
    return percent(abs(value), language)


def _pair(pair: PairFigure, product: str, event: str, looking: Looking) -> PairView:
    document = selecting.of_pair(event, product, (pair.first, pair.first_label), (pair.then, pair.then_label))
    return PairView(
        pair.first_label, pair.then_label, pair.together, pair.support, pair.confidence, pair.lift, pair.low, pair.high,
        pair.not_yet, editor_for(looking.visitor, document) if pair.not_yet else "",
    )  # fmt: skip


_BETTER = Text(
    en="Ten recommendations find {ours} of what is bought next, the ten most bought products {popular}",
    fr="Dix recommandations trouvent {ours} des achats suivants, les dix produits les plus achetés {popular}",
)
_NO_BETTER = Text(
    en="Here recommendations do no better than the ten most bought products: {ours} against {popular}",
    fr="Ici, les recommandations ne font pas mieux que les dix produits les plus achetés : {ours} contre {popular}",
)
_UNMEASURED = Text(
    en="Too few purchases lately to measure recommendations",
    fr="Trop peu d'achats récents pour mesurer les recommandations",
)
_DIFFERENCE = Text(en="{difference} ({low} to {high})", fr="{difference} (de {low} à {high})")
WORDS: Final[dict[str, Text | Plural]] = {
    "measured_note": Text(
        en="Measured on what {n} customers bought since {cut}, which was kept back; the interval is over customers "
        "drawn "
        "again. Recommended at all: {coverage} of the products, against {popular}.",
        fr="Mesuré sur ce que {n} clients ont acheté depuis le {cut}, gardé à part ; l'intervalle vient de clients "
        "tirés de "
        "nouveau. Part des produits recommandés à quelqu'un : {coverage}, contre {popular}.",
    ),
    "measure": Text(en="measure", fr="mesure"),
    "ours": Text(en="recommended", fr="recommandé"),
    "popular": Text(en="most bought", fr="les plus achetés"),
    "difference": Text(en="difference (95%)", fr="écart (95 %)"),
    "pairs_title": Text(en="Products that go together", fr="Les produits qui vont ensemble"),
    "pairs_orders": Text(
        en="Counted over {n} orders. A row opens who bought the first and not yet the second.",
        fr="Compté sur {n} commandes. Une ligne ouvre ceux qui ont acheté le premier et pas encore le second.",
    ),
    "pairs_persons": Text(
        en="Counted over {n} customers, as orders hold one product. A row opens who bought the first and not yet the "
        "second.",
        fr="Compté sur {n} clients, les commandes n'ayant qu'un produit. Une ligne ouvre ceux qui ont acheté le "
        "premier et "
        "pas encore le second.",
    ),
    "no_pairs": Text(
        en="No two products are bought together more often than chance would have it.",
        fr="Aucun couple de produits ne s'achète ensemble plus que le hasard ne le voudrait.",
    ),
    "pair": Text(en="who buys → also buys", fr="qui achète → achète aussi"),
    "together": Text(en="together", fr="ensemble"),
    "support": Text(en="of all", fr="du total"),
    "confidence": Text(en="of those with the first", fr="de ceux qui ont le premier"),
    "lift": Text(en="lift (95%)", fr="lift (95 %)"),
    "interval": Text(en="{lift} ({low} to {high})", fr="{lift} (de {low} à {high})"),
    "not_yet": Text(en="not yet", fr="pas encore"),
    "offers_title": Text(en="Next best offers", fr="Prochaines offres"),
    "offers_caption": Text(
        en="The first recommendation of {n} customers; a row opens as a segment.",
        fr="La première recommandation de {n} clients ; une ligne s'ouvre en segment.",
    ),
    "product": Text(en="product", fr="produit"),
    "customers": Text(en="customers", fr="clients"),
    "share": Text(en="share", fr="part"),
}  # fmt: skip
VIEW = View("analyse/models/recommendations.html", WORDS, build)
