"""How the conditions of ready-made segments are written for the data at hand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from babel import Locale

from quartier.analyse.classes import CLASSES
from quartier.catalog import Catalog, Trait, slug
from quartier.language import Language, Text, verbatim
from quartier.segment.needs import (
    AGE,
    BIRTH_DATE,
    EMAIL,
    LIFETIME_VALUE,
    PHONE,
    PLAN,
    SIGNUP,
    USER_ID,
    Computed,
    InFamily,
    Means,
    Values,
)  # fmt: skip

Where = dict[str, Any]


@dataclass(frozen=True)
class Facts:
    """What is known when ready-made segments are made: the catalog, and the values of traits."""

    catalog: Catalog
    values: Values

    def name(self, need: Means | InFamily) -> str:
        """The name of the trait that a need asks for and that is there."""
        return self.trait(need).name

    def trait(self, need: Means | InFamily) -> Trait:
        """The trait that a need asks for and that is there."""
        found = need.of(self.catalog)
        assert found is not None, "needs are checked before a segment is made"
        return found


@dataclass(frozen=True)
class Made:
    """One segment of a kind: what is added to the name and label of the kind, and its condition."""

    where: Where
    name: str = ""
    label: Text | None = None


FREQUENT_SHARE, MOST_VALUES = 0.02, 12
"""Which values of a trait get a segment of their own: at least 2 % of the persons, at most 12 values."""
FIFTH = 0.2


def always(where: Where) -> Callable[[Facts], list[Made]]:
    """The same condition whatever the data."""
    return lambda _facts: [Made(where)]


def both(*parts: Where) -> Where:
    """Every part holds."""
    return {"all": list(parts)}


def did(name: str, **rest: Any) -> Where:
    """An event, with what stands beside it in the document."""
    return {"event": name, **rest}


def never(name: str, **rest: Any) -> Where:
    """That event did not happen."""
    return {"not": did(name, **rest)}


def of_trait(need: Means | InFamily, **test: Any) -> Callable[[Facts], list[Made]]:
    """A test of the trait that a need asks for."""
    return lambda facts: [Made({"trait": facts.name(need), **test})]


def of_its_account(need: Means, **test: Any) -> Callable[[Facts], list[Made]]:
    """A test of a trait of the account that a person belongs to."""
    return lambda facts: [Made({"account": {"trait": facts.name(need), **test}})]


def signed_up_without_order(facts: Facts) -> list[Made]:
    """Registered lately and no order."""
    return [Made(both({"trait": facts.name(SIGNUP), "within": "30 days"}, never("Order Completed")))]


_NOT_THEIR_DOING = frozenset(
    ("Email Delivered", "Email Sent", "Email Bounced", "Email Marked as Spam", "Order Refunded", "Order Cancelled",
     "Order Updated", "Order Fulfilled", "Order Shipped", "Push Notification Received", "Push Notification Bounced")
)  # fmt: skip
"""Events that happen to persons: they say nothing of activity."""


def _activity(facts: Facts) -> list[str]:
    return [each.name for each in facts.catalog.events if each.name not in _NOT_THEIR_DOING]


def inactive(facts: Facts) -> list[Made]:
    """No action of any kind for 90 days."""
    events = _activity(facts)
    return [Made({"not": {"event": events, "within": "90 days"}})] if events else []


def most_active(facts: Facts) -> list[Made]:
    """Ten actions or more of any kind in 30 days."""
    events = _activity(facts)
    return [Made({"event": events, "within": "30 days", "count": {"at_least": 10}})] if events else []


def never_active(facts: Facts) -> list[Made]:
    """Registered more than 30 days ago, and no action of any kind."""
    events = _activity(facts)
    registered = {"trait": facts.name(SIGNUP), "older_than": "30 days"}
    return [Made(both(registered, {"not": {"event": events}}))] if events else []


def accounts_with_active_persons(facts: Facts) -> list[Made]:
    """Accounts of which at least three persons acted within 30 days."""
    events = _activity(facts)
    return [Made({"at_least": 3, "persons": {"event": events, "within": "30 days"}})] if events else []


def silent_accounts(facts: Facts) -> list[Made]:
    """Accounts of which no person acted within 90 days."""
    events = _activity(facts)
    return [Made({"no_person": {"event": events, "within": "90 days"}})] if events else []


def out_of_reach(facts: Facts) -> list[Made]:
    """Neither an e-mail nor a phone number is known."""
    return [Made(both(*({"trait": facts.name(need), "known": False} for need in (EMAIL, PHONE))))]


def identified(facts: Facts) -> list[Made]:
    """Some identifier is known."""
    return [Made({"any": [{"trait": name, "known": True} for name in _identifiers(facts)]})]


def anonymous(facts: Facts) -> list[Made]:
    """No identifier is known."""
    return [Made({"all": [{"trait": name, "known": False} for name in _identifiers(facts)]})]


def _identifiers(facts: Facts) -> list[str]:
    return [facts.name(need) for need in (USER_ID, EMAIL, PHONE) if need.is_met(facts.catalog)]


_FREE = frozenset(
    ("free", "gratuit", "gratuite", "freemium", "offert", "offerte", "découverte", "decouverte", "trial", "essai")
)
_NO_PLAN = frozenset(["none", "aucun", "aucune", "sans", "no", "non", "n/a"])


def on_plan(facts: Facts, *, is_free: bool) -> list[Made]:
    """The plans that are free by their names, or the others; nothing where no plan is free."""
    name = facts.name(PLAN)
    known = [str(value) for value, _ in facts.values(facts.trait(PLAN))]
    free = [value for value in known if value.casefold() in _FREE]
    paid = [value for value in known if value.casefold() not in _FREE | _NO_PLAN]
    chosen = free if is_free else paid
    return [Made({"trait": name, "in": sorted(chosen)})] if free and chosen else []


def at_an_end(need: Means | Computed, *, is_high: bool) -> Callable[[Facts], list[Made]]:
    """The fifth of the persons with the highest numbers, or with the lowest; nobody where too many share a number."""

    def make(facts: Facts) -> list[Made]:
        trait = facts.trait(need) if isinstance(need, Means) else facts.catalog.trait(need.name)
        bound = _bound(facts.values(trait), is_high=is_high) if trait else None
        return (
            []
            if bound is None or trait is None
            else [Made({"trait": trait.name, "at_least" if is_high else "at_most": bound})]
        )

    return make


def _bound(values: Sequence[tuple[Any, float]], *, is_high: bool) -> float | None:
    """The farthest value from an end up to which there is at most a fifth of the persons."""
    reached, bound = 0.0, None
    for value, share in sorted(values, reverse=is_high):
        reached += share
        if reached > FIFTH + 1e-9:
            break
        bound = value
    return bound


def lifetime_value(*, is_high: bool) -> Callable[[Facts], list[Made]]:
    """The fifth at an end by lifetime value; without that trait, the best or the lowest RFM spending score."""

    def make(facts: Facts) -> list[Made]:
        if LIFETIME_VALUE.is_met(facts.catalog):
            return at_an_end(LIFETIME_VALUE, is_high=is_high)(facts)
        trait = facts.catalog.trait("rfm_m")
        bins = [value for value, _ in facts.values(trait)] if trait else []
        return [Made({"trait": "rfm_m", "is": max(bins) if is_high else min(bins)})] if len(bins) > 1 else []

    return make


def rfm_classes(facts: Facts) -> list[Made]:
    """Each RFM class that somebody is in."""
    trait = facts.catalog.trait("rfm_class")
    present = {value for value, _ in facts.values(trait)} if trait else set()
    return [
        Made({"trait": "rfm_class", "is": each.id}, each.id.replace("_", "-"), each.label)
        for each in CLASSES
        if each.id in present
    ]


_BANDS: tuple[tuple[str, int | None, int | None], ...] = (
    ("under-25", None, 24), ("25-34", 25, 34), ("35-44", 35, 44),
    ("45-54", 45, 54), ("55-64", 55, 64), ("65-plus", 65, None),
)  # fmt: skip


def age_bands(facts: Facts) -> list[Made]:
    """Six bands of age, by birth date or else by age."""
    return [Made(_aged(facts, low, high), name, _band_label(low, high)) for name, low, high in _BANDS]


def _aged(facts: Facts, low: int | None, high: int | None) -> Where:
    compared: Where = {"between": [low, high]}
    if low is None and high is not None:
        compared = {"less_than": high + 1}
    elif high is None:
        compared = {"at_least": low}
    if BIRTH_DATE.is_met(facts.catalog):
        return {"trait": facts.name(BIRTH_DATE), "age": compared}
    return {"trait": facts.name(AGE), **compared}


def _band_label(low: int | None, high: int | None) -> Text:
    if low is None and high is not None:
        return Text(en=f"under {high + 1}", fr=f"moins de {high + 1} ans")
    if high is None:
        return Text(en=f"{low} and over", fr=f"{low} ans et plus")
    return Text(en=f"{low} to {high}", fr=f"{low} à {high} ans")


def each_value(need: Means | InFamily, label: Callable[[str], Text]) -> Callable[[Facts], list[Made]]:
    """One segment for each frequent value of a trait."""

    def make(facts: Facts) -> list[Made]:
        trait = facts.trait(need)
        frequent = [str(value) for value, share in facts.values(trait) if share >= FREQUENT_SHARE][:MOST_VALUES]
        return [Made({"trait": trait.name, "is": value}, _name_of(value), label(value)) for value in frequent]

    return make


def _name_of(value: str) -> str:
    """A value as part of a name; letters outside ASCII are written by their numbers, so that names stay apart."""
    plain = slug(f"x {value}").removeprefix("x").strip("_").replace("_", "-")
    return plain[:60] or "-".join(f"u{ord(letter):x}" for letter in value[:10])


def country_label(value: str) -> Text:
    """A country's name for its code; other values as they are."""
    return verbatim(_country_name(value, "en"), _country_name(value, "fr"))


def _country_name(value: str, language: Language) -> str:
    return str(Locale(language).territories.get(value.upper(), value)) if len(value) == 2 else value


def as_it_is(value: str) -> Text:
    """A value as its own label."""
    return verbatim(value, value)
