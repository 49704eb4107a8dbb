"""Ready-made segments on request that speak of what persons do: buying, browsing, reading."""

from typing import Any

from quartier.catalog import Family
from quartier.language import Text
from quartier.segment.kinds import ReadyMade
from quartier.segment.needs import (
    ADDITIONS,
    APP_OPENINGS,
    CATEGORY,
    CHECKOUTS,
    COUPON,
    DELIVERIES,
    OPENINGS,
    ORDERS,
    REFUNDS,
    REVENUE,
    VIEWS,
    Need,
)  # fmt: skip
from quartier.segment.recipes import Where, always, both, did, never

_ORDER = "Order Completed"
_YEAR = {"within": "1 year"}


def _kind(
    name: str, label: Text, about: Text, needs: tuple[Need, ...], where: Where, population: str | None = "customers"
) -> ReadyMade:
    return ReadyMade(name, label, about, needs, population, always(where), is_on_request=True)


def _left(event: str, within: str) -> dict[str, Any]:
    """That event, and no order within a day of it."""
    return {"sequence": [did(event), {"not": _ORDER, "within": "1 day"}], "within": within}


ON_REQUEST_OF_DEEDS: tuple[ReadyMade, ...] = (
    _kind("top-spenders", Text(en="Top tenth by spending", fr="Premier dixième par les achats"),
          Text(en="The tenth of the buyers who spent most in a year, ranked anew each time.",
               fr="Le dixième des acheteurs qui a le plus dépensé en un an, reclassé à chaque fois."),
          (REVENUE,), did(_ORDER, **_YEAR, sum="revenue", top="10 %")),
    _kind("most-of-revenue", Text(en="Those who bring 80% of revenue", fr="Ceux qui font 80 % du chiffre d'affaires"),
          Text(en="The biggest buyers of the year who together bring four fifths of it.",
               fr="Les plus gros acheteurs de l'année, qui en font à eux seuls les quatre cinquièmes."),
          (REVENUE,), did(_ORDER, **_YEAR, sum="revenue", share_of_total="80 %")),
    _kind("large-baskets", Text(en="Large baskets", fr="Gros paniers"),
          Text(en="The fifth of the buyers with the highest mean order in a year.",
               fr="Le cinquième des acheteurs au panier moyen le plus élevé sur un an."),
          (REVENUE,), did(_ORDER, **_YEAR, mean="revenue", top="20 %")),
    _kind("slipping-away", Text(en="Slipping away", fr="En train de s'éloigner"),
          Text(en="The last order is three to six months old: still time to call them back.",
               fr="Dernière commande il y a trois à six mois : il est encore temps de les rappeler."),
          (ORDERS,), did(_ORDER, days_since="last", between=[90, 179])),
    _kind("lapsed-a-year", Text(en="Lapsed for a year", fr="Perdus de vue depuis un an"),
          Text(en="No order for 365 days.", fr="Aucune commande depuis 365 jours."),
          (ORDERS,), did(_ORDER, days_since="last", at_least=365)),
    _kind("quick-second-order", Text(en="A second order within 60 days", fr="Deuxième commande en moins de 60 jours"),
          Text(en="Two orders at most 60 days apart: the habit has begun.",
               fr="Deux commandes à 60 jours d'écart au plus : l'habitude est prise."),
          (ORDERS,), {"sequence": [did(_ORDER), did(_ORDER, within="60 days")]}),
    _kind("regular-buyers", Text(en="Regular buyers", fr="Acheteurs réguliers"),
          Text(en="Orders in at least three different months of the last six.",
               fr="Des commandes sur au moins trois mois différents des six derniers."),
          (ORDERS,), did(_ORDER, within="6 months", months={"at_least": 3})),
    _kind("missed-this-month", Text(en="Bought last month, not this month", fr="Achat le mois dernier, pas ce mois-ci"),
          Text(en="At least one order in the calendar month before this one, none since it began.",
               fr="Au moins une commande le mois civil précédent, aucune depuis le début de celui-ci."),
          (ORDERS,), both(did(_ORDER, during="last month"), never(_ORDER, during="this month"))),
    _kind("back-after-a-year", Text(en="Back after a year", fr="De retour après un an"),
          Text(en="An order in the last 30 days, none in the year before them, and one earlier.",
               fr="Une commande ces 30 derniers jours, aucune dans l'année qui précède, une autre avant."),
          (ORDERS,), both(did(_ORDER, within="30 days"), never(_ORDER, ago={"between": ["30 days", "395 days"]}),
                          did(_ORDER, days_since="first", at_least=396))),
    _kind("weekend-buyers", Text(en="Weekend buyers", fr="Acheteurs du week-end"),
          Text(en="Two orders or more on a Saturday or Sunday in a year.",
               fr="Deux commandes ou plus un samedi ou un dimanche en un an."),
          (ORDERS,), did(_ORDER, when={"weekday": ["saturday", "sunday"]}, **_YEAR, count={"at_least": 2})),
    _kind("evening-buyers", Text(en="Evening buyers", fr="Acheteurs du soir"),
          Text(en="Two orders or more between 6 p.m. and 11 p.m. in a year.",
               fr="Deux commandes ou plus entre 18 h et 23 h en un an."),
          (ORDERS,), did(_ORDER, when={"hour": {"between": [18, 22]}}, **_YEAR, count={"at_least": 2})),
    _kind("coupon-users", Text(en="Coupon users", fr="Utilisateurs de bons de réduction"),
          Text(en="At least one order with a coupon in a year.",
               fr="Au moins une commande avec un bon de réduction en un an."),
          (COUPON,), did(_ORDER, where={"coupon": {"known": True}}, **_YEAR)),
    _kind("full-price-buyers", Text(en="Full-price buyers", fr="Acheteurs au prix fort"),
          Text(en="Two orders or more in a year, none of them with a coupon.",
               fr="Deux commandes ou plus en un an, aucune avec un bon de réduction."),
          (COUPON,), both(did(_ORDER, **_YEAR, count={"at_least": 2}),
                          never(_ORDER, where={"coupon": {"known": True}}, **_YEAR))),
    _kind("one-category", Text(en="Faithful to one category", fr="Fidèles à une seule catégorie"),
          Text(en="Three orders or more in a year, all in one category.",
               fr="Trois commandes ou plus en un an, toutes dans la même catégorie."),
          (CATEGORY,), both(did(_ORDER, **_YEAR, count={"at_least": 3}),
                            {**did(_ORDER, **_YEAR), "distinct": "products.category", "is": 1})),
    _kind("many-categories", Text(en="Buy from many categories", fr="Achètent dans plusieurs catégories"),
          Text(en="Products of at least three categories in a year.",
               fr="Des produits d'au moins trois catégories en un an."),
          (CATEGORY,), {**did(_ORDER, **_YEAR), "distinct": "products.category", "at_least": 3}),
    _kind("refund-prone", Text(en="Often refunded", fr="Souvent remboursés"),
          Text(en="Two refunds or more in a year.", fr="Deux remboursements ou plus en un an."),
          (ORDERS, REFUNDS), did("Order Refunded", **_YEAR, count={"at_least": 2})),
    _kind("cart-left-a-day", Text(en="Cart left for a day", fr="Panier laissé depuis un jour"),
          Text(en="Something put in the cart in the last 14 days, and no order within the day that followed.",
               fr="Un produit mis au panier ces 14 derniers jours, et aucune commande dans la journée qui a suivi."),
          (ADDITIONS, ORDERS), _left("Product Added", "14 days"), None),
    _kind("checkout-left", Text(en="Checkout begun, not completed", fr="Commande commencée, jamais validée"),
          Text(en="A checkout started in the last 30 days, and no order within the day that followed.",
               fr="Un passage en caisse ces 30 derniers jours, et aucune commande dans la journée qui a suivi."),
          (CHECKOUTS, ORDERS), _left("Checkout Started", "30 days"), None),
    _kind("browsed-never-bought", Text(en="Browsed, never bought", fr="Ont regardé, jamais acheté"),
          Text(en="A product view in a year and no order ever.", fr="Un produit consulté en un an, aucune commande."),
          (VIEWS, ORDERS), both(did("Product Viewed", **_YEAR), never(_ORDER)), None),
    _kind("engaged-readers", Text(en="Engaged readers", fr="Lecteurs assidus"),
          Text(en="Three e-mails opened or more in 30 days.", fr="Trois e-mails ouverts ou plus en 30 jours."),
          (OPENINGS,), did("Email Opened", within="30 days", count={"at_least": 3}), None),
    _kind("tired-of-emails", Text(en="Tired of e-mails", fr="Lassés des e-mails"),
          Text(en="Five e-mails or more delivered in 90 days, none of them opened.",
               fr="Cinq e-mails ou plus reçus en 90 jours, aucun ouvert."),
          (DELIVERIES, OPENINGS),
          both(did("Email Delivered", within="90 days", count={"at_least": 5}),
               never("Email Opened", within="90 days")),
          None),
    ReadyMade("app-users", Text(en="App users", fr="Utilisateurs de l'application"),
              Text(en="The application opened in the last 30 days.", fr="L'application ouverte ces 30 derniers jours."),
              (APP_OPENINGS,), None, always(did("Application Opened", within="30 days")), Family.TECHNOGRAPHIC,
              is_on_request=True),
)  # fmt: skip
"""Kinds that are made only when they are named."""
