"""How the traits, properties and events that most shops have are said in a sentence.

A trait or event that the user has given a label of their own is said by that label, in quotation marks.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from quartier.analyse.classes import CLASSES
from quartier.analyse.traits import RFM_TRAITS
from quartier.catalog import EventType, Label, Meaning, Property, Trait
from quartier.catalog.dictionary import ENTRIES
from quartier.language import Plural, Text, joined
from quartier.segment.clauses import Reader, quoted

Unit = Literal["money", "years", "days", "country", "rfm_class"]
"""What a value is counted in, or which names stand for its codes."""


@dataclass(frozen=True)
class Noun:
    """A thing that has a value: “country”, « le pays »; `labels` are other names that catalogs give it, in English."""

    text: Text
    unit: Unit | None = None
    labels: tuple[str, ...] = ()


@dataclass(frozen=True)
class Deed:
    """How an event is said.

    Attributes:
        done: “placed an order{tests}”, « passé une commande{tests} », after « a » or « ont ».
        not_done: after “did not” and « n'ont pas ».
        counted: with a number of times or of things, `{count}`.
        things: the events as a plural noun with `{tests}`, « commandes{tests} ».
        last, first: one of them as a noun, « la dernière commande{tests} ».
        labels: what catalogs call it unless the user says otherwise, in lower case.
    """

    done: Text
    not_done: Text
    counted: Plural
    things: Text
    last: Text
    first: Text
    labels: frozenset[str] = frozenset()


def trait_noun(trait: Trait, reader: Reader) -> tuple[str, Unit | None]:
    """How a trait is named inside a sentence, and what its values are counted in."""
    known, usual = _usual(trait)
    said = reader.said(known.text) if known and trait.label == usual else _by_label(trait.label, reader)
    return said, known.unit if known else None


def property_noun(declared: Property, reader: Reader) -> tuple[str, Unit | None]:
    """How a property of an event or line is named inside a sentence, and what its values are counted in."""
    known = _PROPERTY_NOUNS.get(declared.name)
    label = declared.label.en.casefold()
    if known and label in (declared.name, declared.name.replace("_", " "), known.text.en, *known.labels):
        return reader.said(known.text), known.unit
    return _by_label(declared.label, reader), known.unit if known else None


def deed(event: EventType, reader: Reader) -> Deed:
    """How an event is said."""
    known = DEEDS.get(event.name)
    label = event.label.to(reader.language)
    if known and label.casefold() in known.labels | {event.name.casefold()}:
        return known
    name = quoted(label, reader).replace("{", "{{").replace("}", "}}")
    return _deed_called(name)


def together(deeds: Sequence[Deed], reader: Reader) -> Deed:
    """Many kinds of events as one: “took at least 10 actions (orders, page views or searches)”."""
    names = joined([reader.said(each.things, tests="") for each in deeds], reader.language, "or")
    kinds = names.replace("{", "{{").replace("}", "}}")
    return Deed(
        done=_text(f"took any action ({kinds}){{tests}}", f"fait une action ({kinds}){{tests}}"),
        not_done=_text(f"take any action ({kinds}){{tests}}", f"fait la moindre action ({kinds}){{tests}}"),
        counted=Plural(
            _text(f"took {{count}} action ({kinds}){{tests}}", f"fait {{count}} action ({kinds}){{tests}}"),
            _text(f"took {{count}} actions ({kinds}){{tests}}", f"fait {{count}} actions ({kinds}){{tests}}"),
        ),
        things=_text(f"actions ({kinds}){{tests}}", f"actions ({kinds}){{tests}}"),
        last=_text(f"last action ({kinds}){{tests}}", f"la dernière action ({kinds}){{tests}}"),
        first=_text(f"first action ({kinds}){{tests}}", f"la première action ({kinds}){{tests}}"),
    )


def line_noun(head: str, event: EventType, reader: Reader) -> str:
    """One line of an event: “a product”."""
    declared = event.property(head)
    if head == "products" or declared is None:
        return reader.said(_A_PRODUCT)
    return reader.said(_A_LINE, label=quoted(declared.label.to(reader.language), reader))


def _usual(trait: Trait) -> tuple[Noun | None, Label | None]:
    """The noun of a trait that most shops have, and the label that it has unless the user gave another."""
    if trait.meaning in _TRAIT_NOUNS:
        return _TRAIT_NOUNS[trait.meaning], _DEFAULT_LABELS.get(trait.meaning)
    return _RFM_NOUNS.get(trait.name), _RFM_LABELS.get(trait.name)


def _by_label(label: Label, reader: Reader) -> str:
    return quoted(label.to(reader.language), reader)


def _text(en: str, fr: str) -> Text:
    return Text(en=en, fr=fr)


def _noun(en: str, fr: str, unit: Unit | None = None) -> Noun:
    return Noun(_text(en, fr), unit)


def _deed_called(name: str) -> Deed:
    """An event of which only the name is known: “did “Bike rented””, « fait l'action « Vélo loué » »."""
    return Deed(
        done=_text(f"did {name}{{tests}}", f"fait l'action {name}{{tests}}"),
        not_done=_text(f"do {name}{{tests}}", f"fait l'action {name}{{tests}}"),
        counted=_times(f"did {name}{{tests}}", f"fait l'action {name}{{tests}}"),
        things=_text(f"{name} actions{{tests}}", f"actions {name}{{tests}}"),
        last=_text(f"last {name}{{tests}}", f"la dernière action {name}{{tests}}"),
        first=_text(f"first {name}{{tests}}", f"la première action {name}{{tests}}"),
    )


def _deed(past: str, base: str, things: str, one: str, fr_done: str, fr_not: str, fr_things: str, fr_one: str,
          *, thing: tuple[str, str] | None = None, labels: str = "") -> Deed:  # fmt: skip
    """A row; « la dernière » and « la première » agree with the article that `fr_one` begins with.

    `thing` gives the verbs of an event that is counted in things (2 orders) and not in times.
    """
    article, _, noun = fr_one.partition(" ")
    last, first = ("la dernière", "la première") if article == "une" else ("le dernier", "le premier")
    return Deed(
        done=_text(past + "{tests}", fr_done + "{tests}"),
        not_done=_text(base + "{tests}", fr_not + "{tests}"),
        counted=_things(thing, (one, things), (noun, fr_things))
        if thing
        else _times(past + "{tests}", fr_done + "{tests}"),
        things=_text(things + "{tests}", fr_things + "{tests}"),
        last=_text(f"last {one}{{tests}}", f"{last} {noun}{{tests}}"),
        first=_text(f"first {one}{{tests}}", f"{first} {noun}{{tests}}"),
        labels=frozenset({one, things, noun, fr_things, *(each for each in labels.split("|") if each)}),
    )


def _times(en: str, fr: str) -> Plural:
    return Plural(
        _text(f"{en} {{count}} time", f"{fr} {{count}} fois"), _text(f"{en} {{count}} times", f"{fr} {{count}} fois")
    )


def _things(verbs: tuple[str, str], en: tuple[str, str], fr: tuple[str, str]) -> Plural:
    forms = (_text(f"{verbs[0]} {{count}} {en[i]}{{tests}}", f"{verbs[1]} {{count}} {fr[i]}{{tests}}") for i in (0, 1))
    return Plural(*forms)


DEEDS: dict[str, Deed] = {
    "Order Completed": _deed(
        "placed an order", "place an order", "orders", "order",
        "passé une commande", "passé de commande", "commandes", "une commande",
        thing=("placed", "passé"),
        labels="purchase|purchases|achat|achats|commande passée|commande effectuée|commande terminée|order placed",
    ),
    "Order Refunded": _deed(
        "had an order refunded", "have an order refunded", "refunds", "refund",
        "obtenu un remboursement", "obtenu de remboursement", "remboursements", "un remboursement",
        thing=("had", "obtenu"),
        labels="return|returns|retour|retours|commande remboursée",
    ),
    "Order Cancelled": _deed(
        "cancelled an order", "cancel an order", "cancelled orders", "cancelled order",
        "annulé une commande", "annulé de commande", "commandes annulées", "une commande annulée",
        labels="commande annulée",
    ),
    "Product Added": _deed(
        "put a product in the cart", "put a product in the cart", "products put in the cart", "product put in the cart",
        "mis un produit au panier", "mis de produit au panier", "ajouts au panier", "un ajout au panier",
        labels="cart additions|produit ajouté|produit ajouté au panier|product added to cart",
    ),
    "Product Removed": _deed(
        "took a product out of the cart", "take a product out of the cart", "products taken out of the cart",
        "product taken out of the cart", "retiré un produit du panier", "retiré de produit du panier",
        "retraits du panier", "un retrait du panier",
        labels="produit retiré|produit retiré du panier|product removed from cart",
    ),
    "Product Viewed": _deed(
        "viewed a product", "view a product", "product views", "product view",
        "consulté un produit", "consulté de produit", "consultations de produit", "une consultation de produit",
        labels="produit consulté|produit vu|vue de produit",
    ),
    "Products Searched": _deed(
        "searched the shop", "search the shop", "searches", "search",
        "fait une recherche", "fait de recherche", "recherches", "une recherche", labels="recherche de produits",
    ),
    "Checkout Started": _deed(
        "started a checkout", "start a checkout", "checkouts", "checkout",
        "commencé à payer", "commencé à payer", "passages en caisse", "un passage en caisse",
        labels="paiement commencé",
    ),
    "Page Viewed": _deed(
        "viewed a page", "view a page", "page views", "page view",
        "consulté une page", "consulté de page", "pages consultées", "une page consultée", labels="page vue|pages vues",
    ),
    "Email Delivered": _deed(
        "received an e-mail", "receive an e-mail", "e-mails received", "e-mail received",
        "reçu un e-mail", "reçu d'e-mail", "e-mails reçus", "un e-mail reçu",
        labels="e-mail remis|e-mail delivered|e-mail délivré",
    ),
    "Email Opened": _deed(
        "opened an e-mail", "open an e-mail", "e-mails opened", "e-mail opened",
        "ouvert un e-mail", "ouvert d'e-mail", "e-mails ouverts", "un e-mail ouvert",
        labels="e-mail opened|e-mail ouvert",
    ),
    "Email Link Clicked": _deed(
        "clicked a link in an e-mail", "click a link in an e-mail", "clicks in e-mails", "click in an e-mail",
        "cliqué dans un e-mail", "cliqué dans un e-mail", "clics dans les e-mails", "un clic dans un e-mail",
        labels="e-mail link clicked|clic dans un e-mail|lien d'e-mail cliqué|clic e-mail|e-mail cliqué|e-mail click",
    ),
    "Signed Up": _deed(
        "signed up", "sign up", "registrations", "registration",
        "créé un compte", "créé de compte", "créations de compte", "une création de compte", labels="inscription",
    ),
    "Rage Clicked": _deed(
        "clicked in anger", "click in anger", "bursts of rage clicks", "burst of rage clicks",
        "cliqué d'agacement", "cliqué d'agacement", "séries de clics d'agacement", "une série de clics d'agacement",
        labels="rage clicks|clics d'agacement",
    ),
    "Dead Clicked": _deed(
        "clicked without effect", "click without effect", "dead clicks", "dead click",
        "cliqué sans effet", "cliqué sans effet", "clics sans effet", "un clic sans effet",
        labels="dead click|clic sans effet",
    ),
    "U-Turned": _deed(
        "made a U-turn", "make a U-turn", "U-turns", "U-turn",
        "fait demi-tour", "fait demi-tour", "demi-tours", "un demi-tour", labels="u-turn|demi-tour",
    ),
    "Form Abandoned": _deed(
        "abandoned a form", "abandon a form", "abandoned forms", "abandoned form",
        "abandonné un formulaire", "abandonné de formulaire", "abandons de formulaire", "un abandon de formulaire",
        labels="abandoned form|formulaire abandonné",
    ),
    "Error Seen": _deed(
        "met an error", "meet an error", "errors met", "error met",
        "rencontré une erreur", "rencontré d'erreur", "erreurs rencontrées", "une erreur rencontrée",
        labels="error seen|erreur rencontrée",
    ),
    "Clicked While Loading": _deed(
        "clicked while a page was loading", "click while a page was loading", "clicks while a page was loading",
        "click while a page was loading", "cliqué pendant un chargement", "cliqué pendant un chargement",
        "clics pendant un chargement", "un clic pendant un chargement",
        labels="clicks while loading|clics pendant un chargement",
    ),
}  # fmt: skip

_TRAIT_NOUNS: dict[Meaning, Noun] = {
    Meaning.USER_ID: _noun("customer number", "le numéro de client"),
    Meaning.ANONYMOUS_ID: _noun("visitor number", "le numéro de visiteur"),
    Meaning.ACCOUNT_ID: _noun("account number", "le numéro de compte"),
    Meaning.EMAIL: _noun("e-mail", "l'e-mail"),
    Meaning.PHONE: _noun("phone number", "le téléphone"),
    Meaning.FIRST_NAME: _noun("first name", "le prénom"),
    Meaning.LAST_NAME: _noun("last name", "le nom"),
    Meaning.FULL_NAME: _noun("full name", "le nom complet"),
    Meaning.GENDER: _noun("gender", "le genre"),
    Meaning.BIRTH_DATE: _noun("birth date", "la date de naissance"),
    Meaning.BIRTH_YEAR: _noun("birth year", "l'année de naissance"),
    Meaning.AGE: _noun("age", "l'âge", "years"),
    Meaning.ADDRESS: _noun("address", "l'adresse"),
    Meaning.POSTAL_CODE: _noun("postal code", "le code postal"),
    Meaning.CITY: _noun("city", "la ville"),
    Meaning.REGION: _noun("region", "la région"),
    Meaning.COUNTRY: _noun("country", "le pays", "country"),
    Meaning.LATITUDE: _noun("latitude", "la latitude"),
    Meaning.LONGITUDE: _noun("longitude", "la longitude"),
    Meaning.LANGUAGE: _noun("language", "la langue"),
    Meaning.CURRENCY: _noun("currency", "la devise"),
    Meaning.INCOME: _noun("income", "le revenu", "money"),
    Meaning.SIGNUP_AT: _noun("registration date", "la date d'inscription"),
    Meaning.PLAN: _noun("plan", "la formule"),
    Meaning.DEVICE: _noun("device", "l'appareil"),
    Meaning.BROWSER: _noun("browser", "le navigateur"),
    Meaning.OPERATING_SYSTEM: _noun("operating system", "le système d'exploitation"),
    Meaning.COMPANY: _noun("company", "l'entreprise"),
    Meaning.INDUSTRY: _noun("industry", "le secteur"),
    Meaning.EMPLOYEES: _noun("number of employees", "l'effectif"),
    Meaning.LIFETIME_VALUE: _noun("lifetime value", "la valeur vie", "money"),
}
_DEFAULT_LABELS = {entry.meaning: entry.label for entry in ENTRIES if entry.meaning}

_RFM_LABELS = {each.name: each.label for each in RFM_TRAITS}
_RFM_NOUNS: dict[str, Noun] = {
    "rfm_recency_days": _noun("time since the last purchase", "le temps écoulé depuis le dernier achat", "days"),
    "rfm_frequency": _noun("number of orders", "le nombre de commandes"),
    "rfm_monetary": _noun("net spending", "le total net des achats", "money"),
    "rfm_r": _noun("recency score", "la note de récence"),
    "rfm_f": _noun("frequency score", "la note de fréquence"),
    "rfm_m": _noun("spending score", "la note de montant"),
    "rfm_score": _noun("RFM score", "le score RFM"),
    "rfm_class": _noun("RFM class", "la classe RFM", "rfm_class"),
}
CLASS_NAMES = {each.id: each.label for each in CLASSES}

_PROPERTY_NOUNS: dict[str, Noun] = {
    "revenue": _noun("amount", "le montant", "money"),
    "total": _noun("total", "le total", "money"),
    "price": _noun("price", "le prix", "money"),
    "quantity": _noun("quantity", "la quantité"),
    "category": _noun("category", "la catégorie"),
    "amount": _noun("amount", "le montant", "money"),
    "name": Noun(_text("name", "le nom"), labels=("product",)),
    "brand": _noun("brand", "la marque"),
    "currency": _noun("currency", "la devise"),
    "coupon": _noun("coupon", "le code promotionnel"),
    "product_id": _noun("product number", "la référence"),
    "order_id": _noun("order number", "le numéro de commande"),
    "campaign": _noun("campaign", "la campagne"),
}
_A_PRODUCT = _text("a product", "un produit")
_A_LINE = _text("a line of {label}", "une ligne de {label}")
