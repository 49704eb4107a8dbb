"""The figures of recommendations as tables."""

from quartier.analyse.modelling.shown import Share, Shown
from quartier.analyse.recommend.definition import RecommendFigures
from quartier.language import Text

MEASURES = {
    "hit": Text(en="customers with at least one right of ten", fr="clients avec au moins une bonne sur dix"),
    "recall": Text(en="of what was bought, found in ten", fr="des achats, trouvés dans dix"),
    "precision": Text(en="mean average precision at ten", fr="précision moyenne à dix"),
}


def tables(figures: RecommendFigures, customers: int) -> tuple[Shown, ...]:
    """The measures against popularity, the pairs, what is offered most."""
    found = []
    if figures.check:
        rows = tuple(
            (MEASURES[each.measure], Share(each.ours), Share(each.popular), Share(each.low), Share(each.high))
            for each in figures.check.measures
        )
        spread = ((_COVERAGE, Share(figures.check.coverage), Share(figures.check.popular_coverage), None, None),)
        found.append(Shown(_AGAINST, (_MEASURE, _OURS, _POPULAR, _LOW, _HIGH), (*rows, *spread)))
    pairs = tuple(
        (each.first_label, each.then_label, each.together, Share(each.support), Share(each.confidence), each.lift,
         each.low, each.high, each.not_yet)
        for each in figures.pairs
    )  # fmt: skip
    found.append(Shown(_PAIRS, (_FIRST, _THEN, _TOGETHER, _SUPPORT, _CONFIDENCE, _LIFT, _LOW, _HIGH, _NOT_YET), pairs))
    offered = tuple((each.product, each.persons, Share(each.persons / (customers or 1))) for each in figures.offered)
    found.append(Shown(_OFFERED, (_PRODUCT, _CUSTOMERS, _SHARE), offered))
    return tuple(found)


_AGAINST = Text(en="Measured on the time kept back", fr="Mesuré sur le temps gardé à part")
_MEASURE = Text(en="measure", fr="mesure")
_OURS = Text(en="recommended", fr="recommandé")
_POPULAR = Text(en="what most buy", fr="le plus acheté")
_LOW = Text(en="from", fr="de")
_HIGH = Text(en="to", fr="à")
_COVERAGE = Text(en="part of the products that anybody is offered", fr="part des produits proposés à quelqu'un")
_PAIRS = Text(en="Products that go together", fr="Produits qui vont ensemble")
_FIRST = Text(en="who buys", fr="qui achète")
_THEN = Text(en="also buys", fr="achète aussi")
_TOGETHER = Text(en="together", fr="ensemble")
_SUPPORT = Text(en="support", fr="support")
_CONFIDENCE = Text(en="confidence", fr="confiance")
_LIFT = Text(en="lift", fr="lift")
_NOT_YET = Text(en="not yet", fr="pas encore")
_OFFERED = Text(en="Next best offers", fr="Prochaines offres")
_PRODUCT = Text(en="product", fr="produit")
_CUSTOMERS = Text(en="customers", fr="clients")
_SHARE = Text(en="share", fr="part")
