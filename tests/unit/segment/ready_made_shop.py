"""What the small shop's traits hold, as ready-made segments ask for it."""

from quartier.analyse.classes import CLASSES
from quartier.catalog import Catalog, Family, Label, Meaning, Trait, ValueType
from tests.unit.segment.shop import SHOP, event, property_, trait

SHARES = {
    "country": [("FR", 0.6), ("BE", 0.3), ("CH", 0.09), ("LU", 0.01)],
    "plan": [("free", 0.7), ("plus", 0.2), ("pro", 0.1)],
    "device": [("mobile", 0.6), ("desktop", 0.4)],
    "ltv": [(float(n), 0.01) for n in range(1, 101)],
    "rfm_monetary": [(10.5 * n, 0.01) for n in range(1, 101)],
    "rfm_m": [(1, 0.5), (3, 0.2), (5, 0.3)],
    "language": [("fr", 1.0)],
    "city": [("Lyon", 1.0)],
    "region": [("Bretagne", 1.0)],
    "browser": [("Firefox", 1.0)],
    "system": [("Android", 1.0)],
    "hobby": [("yoga", 0.6), ("chess", 0.4)],
    "reason": [("price", 1.0)],
    "conviction": [("fair trade", 1.0)],
    "industry": [("Software", 1.0)],
    "rfm_class": [(each.id, 1 / len(CLASSES)) for each in CLASSES],
}


def values(trait: Trait) -> list[tuple[object, float]]:
    return SHARES[trait.name]


def _text(name: str, family: Family, en: str, fr: str) -> Trait:
    return Trait(name=name, type=ValueType.TEXT, family=family, label=Label(en=en, fr=fr))


def _of_account(name: str, type_: ValueType, meaning: Meaning) -> Trait:
    return trait(name, type_, meaning).model_copy(update={"of": "account"})


_ORDER = SHOP.event("Order Completed")
LIBRARY_SHOP: Catalog = (
    SHOP.with_traits(
        trait("phone", ValueType.TEXT, Meaning.PHONE),
        trait("account", ValueType.TEXT, Meaning.ACCOUNT_ID),
        trait("language", ValueType.TEXT, Meaning.LANGUAGE),
        trait("city", ValueType.TEXT, Meaning.CITY),
        trait("region", ValueType.TEXT, Meaning.REGION),
        trait("browser", ValueType.TEXT, Meaning.BROWSER),
        trait("system", ValueType.TEXT, Meaning.OPERATING_SYSTEM),
        trait("nps", ValueType.INTEGER, Meaning.RECOMMENDATION),
        _text("hobby", Family.PSYCHOGRAPHIC, "Hobby", "Loisir"),
        _text("reason", Family.NEEDS, "Reason", "Raison"),
        _text("conviction", Family.VALUES, "Conviction", "Conviction"),
        _of_account("industry", ValueType.TEXT, Meaning.INDUSTRY),
        _of_account("employees", ValueType.INTEGER, Meaning.EMPLOYEES),
    )
    .with_event(
        _ORDER.model_copy(
            update={
                "properties": (*_ORDER.properties, property_("coupon", ValueType.TEXT, "Coupon", "Bon de réduction"))
            }
        )
    )
    .with_event(event("Checkout Started"))
    .with_event(event("Email Delivered"))
    .with_event(event("Application Opened"))
)
"""The small shop with everything that the ready-made segments on request need."""
