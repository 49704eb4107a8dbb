"""What is said of recommendations: of a run, of its traits, and why there is none."""

from typing import Final

from quartier.analyse.recommend.definition import RecommendFigures
from quartier.catalog import Label
from quartier.language import Plural, Said, Text, percent, verbatim

BY_PURCHASES, BY_POPULARITY = "purchases", "popularity"
"""The values of the trait that says what an offer stands on."""


def findings(figures: RecommendFigures) -> tuple[Said, ...]:
    """What a reader must know of a run."""
    told = [_about_check(figures)]
    if figures.by_popularity:
        told.append(_BY_POPULARITY.with_(n=figures.by_popularity, of=figures.customers))
    told.append(_REPLENISHED.with_(n=figures.replenished, of=figures.products))
    return tuple(told)


def _about_check(figures: RecommendFigures) -> Said:
    check = figures.check
    if check is None:
        return _UNMEASURED.with_()
    recall = next(each for each in check.measures if each.measure == "recall")
    text = _BETTER if check.is_better else _NO_BETTER
    return text.with_(
        days=check.days, persons=check.persons, ours=_share(recall.ours), popular=_share(recall.popular),
        low=_share(recall.low), high=_share(recall.high),
    )  # fmt: skip


def _share(value: float) -> Text:
    return verbatim(percent(value, "en"), percent(value, "fr"))


LABEL: Final = Text(en="Recommendations", fr="Recommandations")
SENTENCE: Final = Text(
    en="What each customer may buy next, by what those who bought the same bought too; measured against what most buy.",
    fr="Ce que chaque client peut acheter ensuite, d'après ce qu'ont aussi acheté ceux qui ont acheté la même chose ; "
    "mesuré contre ce que presque tous achètent.",
)
TRAITS: Final = {
    "offer": Label(en="Next best offer", fr="Prochaine offre"),
    "category": Label(en="Next category", fr="Prochaine catégorie"),
    "with": Label(en="Goes with the last order", fr="Va avec la dernière commande"),
    "dearer": Label(en="A step up from the last order", fr="Un cran au-dessus de la dernière commande"),
    "by": Label(en="What the next offer stands on", fr="Ce sur quoi repose la prochaine offre"),
}
_BETTER = Text(
    en="Over the last {days} days, kept back, ten recommendations found {ours} of what {persons} customers bought, the "
    "ten products that most buy {popular} (difference: {low} to {high}).",
    fr="Sur les {days} derniers jours, gardés pour mesurer, dix recommandations ont trouvé {ours} des achats de "
    "{persons} "
    "clients, les dix produits les plus achetés {popular} (écart : de {low} à {high}).",
)
_NO_BETTER = Text(
    en="Over the last {days} days, kept back, ten recommendations found {ours} of what {persons} customers bought, the "
    "ten products that most buy {popular}: no better than chance allows (difference: {low} to {high}). Offer what most "
    "buy.",
    fr="Sur les {days} derniers jours, gardés pour mesurer, dix recommandations ont trouvé {ours} des achats de "
    "{persons} "
    "clients, les dix produits les plus achetés {popular} : pas mieux que le hasard (écart : de {low} à {high}). "
    "Proposez ce que presque tous achètent.",
)
_UNMEASURED = Text(
    en="Too few customers bought in the time kept back: nobody can say whether this is better than what most buy.",
    fr="Trop peu de clients ont acheté dans le temps gardé pour mesurer : nul ne peut dire si c'est mieux que ce que "
    "presque tous achètent.",
)
_BY_POPULARITY = Plural(
    one=Text(
        en="For lack of anything nearer, {n} of {of} customers is offered what most buy.",
        fr="Faute de mieux, {n} client sur {of} se voit proposer ce que presque tous achètent.",
    ),
    other=Text(
        en="For lack of anything nearer, {n} of {of} customers are offered what most buy.",
        fr="Faute de mieux, {n} clients sur {of} se voient proposer ce que presque tous achètent.",
    ),
)
_REPLENISHED = Text(
    en="Of {of} products, {n} are bought over and over and may be offered again.",
    fr="Sur {of} produits, {n} se rachètent sans cesse et peuvent être proposés de nouveau.",
)
NO_PURCHASES = Text(en="nobody has bought a product yet", fr="personne n'a encore acheté de produit")
ONE_PRODUCT = Text(
    en="there is a single product: nothing else can be recommended",
    fr="il n'y a qu'un produit : rien d'autre ne peut être recommandé",
)
IMPORT_LINES = Text(
    en="import the lines of orders, each with its product",
    fr="importez les lignes de commande, chacune avec son produit",
)
FEW_SEVERAL = Plural(
    one=Text(
        en="{n} customer bought two products or more; it takes {fewest} to tell what goes together",
        fr="{n} client a acheté deux produits ou plus ; il en faut {fewest} pour dire ce qui va ensemble",
    ),
    other=Text(
        en="{n} customers bought two products or more; it takes {fewest} to tell what goes together",
        fr="{n} clients ont acheté deux produits ou plus ; il en faut {fewest} pour dire ce qui va ensemble",
    ),
)
WAIT = Text(
    en="wait for more orders, or recommend by category: `--set product=products.category`",
    fr="attendez d'autres commandes, ou recommandez par catégorie : `--set product=products.category`",
)
FEW_BUYERS = Plural(
    one=Text(
        en="{n} product has {fewest} buyers or more; two are the least",
        fr="{n} produit a {fewest} acheteurs ou plus ; il en faut deux",
    ),
    other=Text(
        en="{n} products have {fewest} buyers or more; two are the least",
        fr="{n} produits ont {fewest} acheteurs ou plus ; il en faut deux",
    ),
)
COARSER = Text(
    en="ask for fewer buyers (`fewest_buyers`), or recommend by category",
    fr="demandez moins d'acheteurs (`fewest_buyers`), ou recommandez par catégorie",
)
