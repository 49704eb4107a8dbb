"""The catalogue: categories that many look at and few buy, compared as cells of a market are.

The market of a category are the persons who looked at a product of it or bought one; those of them who bought are the
base. A person stands in every category that they looked at, so the counts of categories hang together a little; the
intervals take them as independent.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quartier.analyse.opportunities.found import Finding
from quartier.analyse.opportunities.market import Standing, Weighed
from quartier.analyse.opportunities.market_said import share
from quartier.catalog import Catalog, Label, slug
from quartier.language import LANGUAGES, Said, Text, verbatim

VIEW, PURCHASE = "Product Viewed", "Order Completed"
MOST_CATEGORIES = 60
_CATEGORIES, _PRODUCTS = ("category", "department"), ("product_id", "product", "sku")
_LONGEST = 100

Where = dict[str, Any]


@dataclass(frozen=True)
class Shelves:
    """Where events say of which category and which product they are: of views, and of purchases."""

    viewed: str
    viewed_product: str | None
    bought: str
    bought_product: str | None

    def looked(self, category: str) -> Where:
        """Who looked at a product of a category."""
        return {"event": VIEW, "where": {self.viewed: category}}

    def bought_in(self, category: str) -> Where:
        """Who bought a product of a category."""
        return {"event": PURCHASE, "where": {self.bought: category}}


def shelves_of(catalog: Catalog) -> Shelves | None:
    """Where a catalog's events name categories; None where views or purchases do not."""
    view, purchase = catalog.event(VIEW), catalog.event(PURCHASE)
    if view is None or purchase is None:
        return None
    viewed, bought = _named(view.paths(), _CATEGORIES), _named(purchase.paths(), _CATEGORIES)
    if viewed is None or bought is None:
        return None
    return Shelves(viewed, _named(view.paths(), _PRODUCTS), bought, _named(purchase.paths(), _PRODUCTS))


def findings_of(cells: Sequence[Weighed], shelves: Shelves, products: Mapping[str, int]) -> tuple[Finding, ...]:
    """The categories that are large and clearly less bought than the others, the one with the most to win first."""
    return tuple(_finding(each, shelves, products) for each in cells if each.standing is Standing.UNTAPPED)


def heading(findings: Sequence[Finding], *, is_compared: bool) -> Said:
    """The main finding."""
    if findings:
        return findings[0].said
    return (_NONE if is_compared else _NOT_COMPARED).with_()


def notes_of(*, is_known: bool, left_out: int) -> tuple[Said, ...]:
    """What limits it."""
    if not is_known:
        return (_NO_CATEGORIES.with_(view=VIEW, purchase=PURCHASE),)
    return ((_MANY.with_(n=left_out, most=MOST_CATEGORIES),) if left_out else ()) + (_WHY_NOT.with_(),)


def _finding(each: Weighed, shelves: Shelves, products: Mapping[str, int]) -> Finding:
    (category,) = each.values
    between = each.more_interval
    assert between is not None, "what is untapped has an estimate"
    named, all_products = verbatim(category, category), sum(products.values())
    said = _SAID.with_(category=named, own=share(each.penetration or 0.0), rest=share(each.rest or 0.0))
    why = [_WHY.with_(n=each.market, buyers=each.persons, more=round(each.more or 0), low=round(between.low),
                      high=round(between.high))]  # fmt: skip
    if products.get(category):
        why.append(_OFFERED.with_(n=products[category], share=share(products[category] / all_products)))
    label = Label(**{language: _LABEL.to(language, category=named) for language in LANGUAGES})
    document = {
        "segment": slug(f"looked-not-bought-{category}").replace("_", "-")[:_LONGEST].rstrip("-"),
        "label": label.model_dump(), "population": "everyone",
        "where": {"all": [shelves.looked(category), {"none": [shelves.bought_in(category)]}]},
    }  # fmt: skip
    return Finding(label, said, tuple(why), each.more or 0.0, between, document)


def _named(paths: Sequence[str], names: Sequence[str]) -> str | None:
    return next((path for name in names for path in paths if path.rpartition(".")[2] == name), None)


_SAID = Text(
    en="{category}: {own} of those who look buy, {rest} in the other categories",
    fr="{category} : {own} de ceux qui regardent achètent, {rest} dans les autres catégories",
)
_WHY = Text(
    en="{n} persons looked at it or bought it, {buyers} bought. At the share of the others there would be {more} more "
    "buyers (95% between {low} and {high}).",
    fr="{n} personnes l'ont regardée ou achetée, {buyers} ont acheté. À la part des autres, il y aurait {more} "
    "acheteurs de plus (95 % entre {low} et {high}).",
)
_OFFERED = Text(
    en="It holds {n} products, {share} of those seen.", fr="Elle compte {n} produits, {share} de ceux qui ont été vus."
)
_LABEL = Text(en="Looked at {category}, bought none", fr="Ont regardé {category} sans acheter")
_NONE = Text(
    en="No large category is clearly bought less by those who look at it",
    fr="Aucune grande catégorie n'est nettement moins achetée par ceux qui la regardent",
)
_NOT_COMPARED = Text(en="Categories cannot be compared", fr="Les catégories ne peuvent pas se comparer")
_NO_CATEGORIES = Text(
    en="“{view}” and “{purchase}” must both say the category of the product; send it with them.",
    fr="« {view} » et « {purchase} » doivent dire tous deux la catégorie du produit ; envoyez-la avec eux.",
)
_MANY = Text(
    en="{n} smaller categories are left out: the {most} most looked at are compared.",
    fr="{n} catégories plus petites sont laissées de côté : les {most} plus regardées sont comparées.",
)
_WHY_NOT = Text(
    en="Why they look and do not buy (price, size, stock, pictures) is not in these figures.",
    fr="Pourquoi l'on regarde sans acheter (prix, taille, stock, images), ces chiffres ne le disent pas.",
)
