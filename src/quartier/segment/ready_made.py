"""Segments that most companies want, offered as soon as the traits and events that they need exist.

Each is an ordinary document that can be changed once it is there. What depends on the data (the countries of the
base, the spending that only a fifth reaches) is written into the document as a plain value when it is made.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from quartier.catalog import Catalog, Label
from quartier.language import Text
from quartier.segment.definition import Segment, read_segment
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
    Need,
    OneOf,
    Values,
)  # fmt: skip
from quartier.segment.recipes import (
    Facts,
    Made,
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


@dataclass(frozen=True)
class ReadyMade:
    """A kind of ready-made segment: one, or one for each value of a trait.

    Attributes:
        name: the segment's name, stable; the beginning of it where there are several.
        label: its label; with `{value}` where there are several.
        about: who these persons are, and where the bound comes from.
        needs: what must exist.
        population: the persons among whom it is drawn, None for all whose data satisfy it.
        make: the condition, or conditions, for a catalog that meets the needs.
    """

    name: str
    label: Text
    about: Text
    needs: tuple[Need, ...]
    population: str | None
    make: Callable[[Facts], Iterable[Made]]

    def segments(self, facts: Facts) -> list[Segment]:
        """The segments of this kind; none when a need is not met."""
        if not all(need.is_met(facts.catalog) for need in self.needs):
            return []
        return [self._segment(made) for made in self.make(facts)]

    def _segment(self, made: Made) -> Segment:
        label = Label(
            **{each: self.label.to(each, value=made.label.to(each) if made.label else "") for each in ("en", "fr")}
        )
        name = f"{self.name}-{made.name}" if made.name else self.name
        read = {"segment": name, "label": label, "population": self.population, "where": made.where}
        return read_segment({key: value for key, value in read.items() if value is not None})


def ready_made(catalog: Catalog, values: Values) -> list[Segment]:
    """The ready-made segments whose needs a catalog meets.

    `values` gives the values of a trait with their shares; it is asked only about traits that some segment is made of.
    """
    facts = Facts(catalog, values)
    found = [segment for kind in READY_MADE for segment in kind.segments(facts)]
    return list({segment.name: segment for segment in found}.values())


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
              (PLAN,), None, lambda facts: on_plan(facts, is_free=True)),
    ReadyMade("paid-plan", _text("On a paid plan", "En formule payante"),
              _text("Every other plan, where some plan is free.",
                    "Toutes les autres formules, s'il en est de gratuites."),
              (PLAN,), None, lambda facts: on_plan(facts, is_free=False)),
    ReadyMade("identified", _text("Identified", "Identifiés"),
              _text("A customer number, an e-mail or a phone number is known.",
                    "On connaît un numéro de client, un e-mail ou un téléphone."),
              (IDENTIFIERS,), None, identified),
    ReadyMade("anonymous", _text("Anonymous visitors", "Visiteurs anonymes"),
              _text("Nothing is known by which to reach them.", "On ne connaît rien qui permette de les joindre."),
              (ANONYMOUS_ID, IDENTIFIERS), "everyone", anonymous),
    ReadyMade("country", _text("Country: {value}", "Pays : {value}"),
              _text("One segment for each country of at least 2% of the persons, at most twelve.",
                    "Un segment par pays d'au moins 2 % des personnes, douze au plus."),
              (COUNTRY,), None, each_value(COUNTRY, country_label)),
    ReadyMade("age", _text("Age: {value}", "Âge : {value}"),
              _text("Six bands, by birth date or by age.", "Six tranches, d'après la date de naissance ou l'âge."),
              (OneOf((BIRTH_DATE, AGE)),), None, age_bands),
    ReadyMade("device", _text("Device: {value}", "Appareil : {value}"),
              _text("One segment for each device of at least 2% of the persons, at most twelve.",
                    "Un segment par appareil d'au moins 2 % des personnes, douze au plus."),
              (DEVICE,), None, each_value(DEVICE, as_it_is)),
)  # fmt: skip
"""Every kind, in the order in which they are offered."""
