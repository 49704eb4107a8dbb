"""Segments that most companies want, offered as soon as the traits and events that they need exist.

Each is an ordinary document that can be changed once it is there. What depends on the data (the countries of the
base, the spending that only a fifth reaches) is written into the document as a plain value when it is made.
"""

from collections.abc import Collection

from quartier.catalog import Catalog, Family
from quartier.errors import UnknownName, suggestion
from quartier.language import Text
from quartier.segment.definition import Segment
from quartier.segment.kinds import ReadyMade
from quartier.segment.library_of_deeds import ON_REQUEST_OF_DEEDS
from quartier.segment.library_of_traits import ON_REQUEST_OF_TRAITS
from quartier.segment.needs import (
    ADDITIONS,
    AGE,
    ANONYMOUS_ID,
    BIRTH_DATE,
    CLICKS,
    COUNTRY,
    DEVICE,
    IDENTIFIERS,
    LIFETIME_VALUE,
    ORDERS,
    PLAN,
    REFUNDS,
    SIGNUP,
    VIEWS,
    Computed,
    OneOf,
    Values,
)  # fmt: skip
from quartier.segment.recipes import (
    Facts,
    age_bands,
    always,
    anonymous,
    as_it_is,
    at_an_end,
    both,
    country_label,
    did,
    each_value,
    identified,
    inactive,
    lifetime_value,
    most_active,
    never,
    on_plan,
    rfm_classes,
    signed_up_without_order,
)  # fmt: skip


def ready_made(catalog: Catalog, values: Values, named: Collection[str] = ()) -> list[Segment]:
    """The ready-made segments whose needs a catalog meets, those on request only when they are `named`.

    `values` gives the values of a trait with their shares; it is asked only about traits that some segment is made of.
    Raises UnknownName for a kind that does not exist.
    """
    check_kinds(named)
    facts = Facts(catalog, values)
    kinds = [kind for kind in LIBRARY if not kind.is_on_request or kind.name in named]
    found = [segment for kind in kinds for segment in kind.segments(facts)]
    return list({segment.name: segment for segment in found}.values())


def check_kinds(named: Collection[str]) -> None:
    """Raise UnknownName for the first of some names that is no kind of ready-made segment."""
    known = [kind.name for kind in LIBRARY]
    for name in named:
        if name not in known:
            raise UnknownName(_NO_KIND.with_(name=name), remedy=suggestion(name, known))


def _text(en: str, fr: str) -> Text:
    return Text(en=en, fr=fr)


READY_MADE: tuple[ReadyMade, ...] = (
    ReadyMade("frequent-buyers", _text("Frequent buyers", "Acheteurs fréquents"),
              _text("Three orders or more in a year.", "Trois commandes ou plus en un an."),
              (ORDERS,), "customers", always(did("Order Completed", within="1 year", count={"at_least": 3}))),
    ReadyMade("one-time-buyers", _text("One-time buyers", "Acheteurs d'une seule fois"),
              _text("One order, and never another: the second purchase is to be won.",
                    "Une commande, jamais d'autre : le deuxième achat reste à gagner."),
              (ORDERS,), "customers", always(did("Order Completed", count={"is": 1}))),
    ReadyMade("new-customers", _text("New customers", "Nouveaux clients"),
              _text("The first order is at most 30 days old.", "La première commande a 30 jours au plus."),
              (ORDERS,), "customers", always(did("Order Completed", days_since="first", at_most=30))),
    ReadyMade("lapsed-customers", _text("Lapsed customers", "Clients perdus de vue"),
              _text("No order for half a year (churned).", "Aucune commande depuis six mois (attrition)."),
              (ORDERS,), "customers", always(did("Order Completed", days_since="last", at_least=180))),
    ReadyMade("high-spenders",
              _text("High spenders (top fifth when made)", "Gros acheteurs (premier cinquième à la création)"),
              _text("Net spending that a fifth of the customers reach; the amount is fixed when the segment is made.",
                    "Un total net d'achats qu'un cinquième des clients atteint ; le montant est figé à la création."),
              (ORDERS, Computed("rfm_monetary")), "customers", at_an_end(Computed("rfm_monetary"), is_high=True)),
    ReadyMade("high-lifetime-value", _text("High lifetime value", "Forte valeur vie"),
              _text("The top fifth by lifetime value, the bound being fixed when the segment is made; "
                    "without that trait, the top RFM spending score.",
                    "Le premier cinquième par valeur vie, la borne étant figée à la création ; "
                    "à défaut de ce trait, la meilleure note RFM de montant."),
              (OneOf((LIFETIME_VALUE, Computed("rfm_m"))),), None, lifetime_value(is_high=True)),
    ReadyMade("low-lifetime-value", _text("Low lifetime value", "Faible valeur vie"),
              _text("The bottom fifth by lifetime value, the bound being fixed when the segment is made; "
                    "without that trait, the lowest RFM spending score.",
                    "Le dernier cinquième par valeur vie, la borne étant figée à la création ; "
                    "à défaut de ce trait, la plus basse note RFM de montant."),
              (OneOf((LIFETIME_VALUE, Computed("rfm_m"))),), None, lifetime_value(is_high=False)),
    ReadyMade("rfm", _text("RFM: {value}", "RFM : {value}"),
              _text("One segment for each RFM class that somebody is in.",
                    "Un segment par classe RFM où se trouve quelqu'un."),
              (Computed("rfm_class"),), None, rfm_classes),
    ReadyMade("most-active", _text("Most active", "Les plus actifs"),
              _text("Ten actions or more of any kind in 30 days (what is sent to persons does not count).",
                    "Dix actions ou plus, de toute sorte, en 30 jours (ce qui leur est envoyé ne compte pas)."),
              (), None, most_active),
    ReadyMade("inactive", _text("Inactive", "Inactifs"),
              _text("No action of any kind for 90 days (what is sent to persons does not count).",
                    "Aucune action, quelle qu'elle soit, depuis 90 jours (ce qui leur est envoyé ne compte pas)."),
              (IDENTIFIERS,), "identified", inactive),
    ReadyMade("signed-up-without-order", _text("Recent signups without an order", "Inscrits récents sans commande"),
              _text("Registered in the last 30 days, and have not bought yet.",
                    "Inscription de moins de 30 jours, encore aucun achat."),
              (SIGNUP, ORDERS), None, signed_up_without_order),
    ReadyMade("clicked-without-order", _text("E-mail clickers who did not buy", "Ont cliqué sans acheter"),
              _text("A click in an e-mail and no order in the same 30 days.",
                    "Un clic dans un e-mail et aucune commande dans les mêmes 30 jours."),
              (CLICKS, ORDERS), None,
              always(both(did("Email Link Clicked", within="30 days"), never("Order Completed", within="30 days")))),
    ReadyMade("cart-abandoners", _text("Carts left behind", "Paniers abandonnés"),
              _text("Something put in the cart and no order in the same 7 days.",
                    "Un produit mis au panier et aucune commande dans les mêmes 7 jours."),
              (ADDITIONS, ORDERS), None,
              always(both(did("Product Added", within="7 days"), never("Order Completed", within="7 days")))),
    ReadyMade("interested", _text("Interested, not yet buying", "Intéressés, pas encore acheteurs"),
              _text("Three product views or more and no order in the same 30 days.",
                    "Trois consultations de produit ou plus et aucune commande dans les mêmes 30 jours."),
              (VIEWS, ORDERS), None,
              always(both(did("Product Viewed", within="30 days", count={"at_least": 3}),
                        never("Order Completed", within="30 days")))),
    ReadyMade("returners", _text("Returned an order", "Ont renvoyé une commande"),
              _text("At least one refund in a year.", "Au moins un remboursement en un an."),
              (ORDERS, REFUNDS), "customers", always(did("Order Refunded", within="1 year"))),
    ReadyMade("free-plan", _text("On a free plan", "En formule gratuite"),
              _text("The plans whose names say that they cost nothing.", "Les formules dont le nom dit la gratuité."),
              (PLAN,), None, lambda facts: on_plan(facts, is_free=True), Family.ACCOUNT),
    ReadyMade("paid-plan", _text("On a paid plan", "En formule payante"),
              _text("Every other plan, where some plan is free.",
                    "Toutes les autres formules, s'il en est de gratuites."),
              (PLAN,), None, lambda facts: on_plan(facts, is_free=False), Family.ACCOUNT),
    ReadyMade("identified", _text("Identified", "Identifiés"),
              _text("A customer number, an e-mail or a phone number is known.",
                    "On connaît un numéro de client, un e-mail ou un téléphone."),
              (IDENTIFIERS,), None, identified, Family.ACCOUNT),
    ReadyMade("anonymous", _text("Anonymous visitors", "Visiteurs anonymes"),
              _text("Nothing is known by which to reach them.", "On ne connaît rien qui permette de les joindre."),
              (ANONYMOUS_ID, IDENTIFIERS), "everyone", anonymous, Family.ACCOUNT),
    ReadyMade("country", _text("Country: {value}", "Pays : {value}"),
              _text("One segment for each country of at least 2% of the persons, at most twelve.",
                    "Un segment par pays d'au moins 2 % des personnes, douze au plus."),
              (COUNTRY,), None, each_value(COUNTRY, country_label), Family.GEOGRAPHIC),
    ReadyMade("age", _text("Age: {value}", "Âge : {value}"),
              _text("Six bands, by birth date or by age.", "Six tranches, d'après la date de naissance ou l'âge."),
              (OneOf((BIRTH_DATE, AGE)),), None, age_bands, Family.DEMOGRAPHIC),
    ReadyMade("device", _text("Device: {value}", "Appareil : {value}"),
              _text("One segment for each device of at least 2% of the persons, at most twelve.",
                    "Un segment par appareil d'au moins 2 % des personnes, douze au plus."),
              (DEVICE,), None, each_value(DEVICE, as_it_is), Family.TECHNOGRAPHIC),
)  # fmt: skip
"""The kinds that are made as soon as the data support them, in this order."""

LIBRARY: tuple[ReadyMade, ...] = (*READY_MADE, *ON_REQUEST_OF_DEEDS, *ON_REQUEST_OF_TRAITS)
"""Every kind: those that make themselves, then those on request."""

_NO_KIND = Text(
    en="no ready-made segment is called “{name}”", fr="aucun segment prêt à l'emploi ne s'appelle « {name} »"
)
