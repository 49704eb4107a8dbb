"""A small catalog that has everything sentences, explanations and ready-made segments speak of."""

from quartier.analyse.traits import RFM_TRAITS
from quartier.catalog import Catalog, EventType, Family, Label, Meaning, Property, Trait, ValueType
from quartier.catalog.dictionary import ENTRIES

_LABELS = {entry.meaning: entry.label for entry in ENTRIES if entry.meaning}


def trait(name: str, type_: ValueType, meaning: Meaning | None = None, en: str = "", fr: str = "") -> Trait:
    label = _LABELS[meaning] if meaning and not en else Label(en=en or name, fr=fr or name)
    return Trait(name=name, type=type_, family=Family.BEHAVIOURAL, label=label, meaning=meaning)


def property_(name: str, type_: ValueType, en: str, fr: str, lines: tuple[Property, ...] = ()) -> Property:
    return Property(name=name, type=type_, label=Label(en=en, fr=fr), properties=lines)


def event(name: str, *properties: Property, en: str = "", fr: str = "") -> EventType:
    return EventType(name=name, label=Label(en=en or name, fr=fr or name), properties=properties)


T = ValueType
REVENUE = property_("revenue", T.NUMBER, "Revenue", "Montant")
CURRENCY = property_("currency", T.TEXT, "Currency", "Devise")
LINES = property_(
    "products",
    T.LINES,
    "Products",
    "Produits",
    (
        property_("category", T.TEXT, "Category", "Catégorie"),
        property_("price", T.NUMBER, "Price", "Prix"),
        property_("quantity", T.NUMBER, "Quantity", "Quantité"),
    ),
)
OF_EVERY_TYPE = tuple(
    property_(f"a_{type_.value}", type_, f"My {type_.value}", f"Mon {type_.value}")
    for type_ in T
    if type_ is not T.LINES
)
SHOP = Catalog(
    traits=(
        trait("customer_id", T.TEXT, Meaning.USER_ID),
        trait("visitor", T.TEXT, Meaning.ANONYMOUS_ID),
        trait("email", T.TEXT, Meaning.EMAIL),
        trait("country", T.TEXT, Meaning.COUNTRY),
        trait("birth_date", T.DATE, Meaning.BIRTH_DATE),
        trait("age", T.INTEGER, Meaning.AGE),
        trait("signup", T.DATE, Meaning.SIGNUP_AT),
        trait("plan", T.TEXT, Meaning.PLAN),
        trait("device", T.TEXT, Meaning.DEVICE),
        trait("ltv", T.NUMBER, Meaning.LIFETIME_VALUE),
        trait("newsletter", T.BOOLEAN, None, "Newsletter", "Newsletter"),
        trait("interests", T.TEXTS, None, "Interests", "Centres d'intérêt"),
        trait("seen_at", T.INSTANT, None, "Last seen", "Dernière visite"),
        *RFM_TRAITS,
    ),
    events=(
        event("Order Completed", REVENUE, CURRENCY, LINES),
        event("Order Refunded", REVENUE, CURRENCY, LINES),
        event("Product Viewed", property_("category", T.TEXT, "Category", "Catégorie")),
        event("Product Added"),
        event("Page Viewed"),
        event("Email Opened"),
        event("Email Link Clicked"),
        event("Bike Rented", *OF_EVERY_TYPE, en="Bike rented", fr="Vélo loué"),
    ),
)
