"""What a ready-made segment needs to exist: traits by meaning, events, computed traits."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from quartier.catalog import Catalog, Family, Meaning, Sensitivity, Subject, Trait, ValueType
from quartier.language import Text
from quartier.segment.operators import NUMERIC, TIMES

Values = Callable[[Trait], Sequence[tuple[Any, float]]]
"""The values of a trait with their shares of the persons who have one, most frequent first."""


@dataclass(frozen=True)
class Means:
    """A trait that means this, of one of some types; of persons unless it says of accounts."""

    meaning: Meaning
    types: frozenset[ValueType] = frozenset({ValueType.TEXT})
    subject: Subject = "person"

    def is_met(self, catalog: Catalog) -> bool:
        """Whether there is such a trait."""
        return self.of(catalog) is not None

    def of(self, catalog: Catalog) -> Trait | None:
        """The trait, or None."""
        found = catalog.with_meaning(self.meaning, self.subject)
        return found if found and found.type in self.types else None

    @property
    def text(self) -> Text:
        """The need in words."""
        if self.subject == "account":
            return Text(
                en=f"a trait of accounts that means `{self.meaning}`",
                fr=f"un trait de comptes qui signifie `{self.meaning}`",
            )
        return Text(en=f"a trait that means `{self.meaning}`", fr=f"un trait qui signifie `{self.meaning}`")


@dataclass(frozen=True)
class InFamily:
    """A text that was collected of persons, of a family and of no sensitive kind."""

    family: Family

    def is_met(self, catalog: Catalog) -> bool:
        """Whether there is such a trait."""
        return self.of(catalog) is not None

    def of(self, catalog: Catalog) -> Trait | None:
        """The first such trait, or None; what may hurt a person divides nobody by itself."""
        return next((each for each in catalog.traits if self._fits(each)), None)

    def _fits(self, trait: Trait) -> bool:
        is_collected = trait.of == "person" and trait.origin == "given" and trait.type is ValueType.TEXT
        return is_collected and trait.family is self.family and trait.sensitivity is Sensitivity.ORDINARY

    @property
    def text(self) -> Text:
        """The need in words."""
        return Text(
            en=f"a text of the family “{self.family.label.en}” that is not sensitive",
            fr=f"un texte de la famille «\N{NO-BREAK SPACE}{self.family.label.fr}\N{NO-BREAK SPACE}» "
            "qui n'est pas délicat",
        )


@dataclass(frozen=True)
class Carries:
    """A property of an event type, of one of some types."""

    event: str
    path: str
    types: frozenset[ValueType] = frozenset(ValueType)

    def is_met(self, catalog: Catalog) -> bool:
        """Whether the event has it."""
        event = catalog.event(self.event)
        found = event.property(self.path) if event else None
        return found is not None and found.type in self.types

    @property
    def text(self) -> Text:
        """The need in words."""
        return Text(
            en=f"the property `{self.path}` of `{self.event}`", fr=f"la propriété `{self.path}` de `{self.event}`"
        )


@dataclass(frozen=True)
class Happens:
    """An event type."""

    name: str

    def is_met(self, catalog: Catalog) -> bool:
        """Whether the catalog has it."""
        return catalog.event(self.name) is not None

    @property
    def text(self) -> Text:
        """The need in words."""
        return Text(en=f"the event `{self.name}`", fr=f"l'événement `{self.name}`")


@dataclass(frozen=True)
class Computed:
    """A trait that a model writes."""

    name: str

    def is_met(self, catalog: Catalog) -> bool:
        """Whether the model has been run."""
        return catalog.trait(self.name) is not None

    @property
    def text(self) -> Text:
        """The need in words."""
        return Text(en=f"the computed trait `{self.name}`", fr=f"le trait calculé `{self.name}`")


@dataclass(frozen=True)
class OneOf:
    """Any of some needs."""

    needs: "tuple[Need, ...]"

    def is_met(self, catalog: Catalog) -> bool:
        """Whether one of them is met."""
        return any(need.is_met(catalog) for need in self.needs)

    @property
    def text(self) -> Text:
        """The needs in words."""
        return Text(
            en=" or ".join(need.text.en for need in self.needs), fr=" ou ".join(need.text.fr for need in self.needs)
        )


Need = Means | InFamily | Carries | Happens | Computed | OneOf

USER_ID, EMAIL, PHONE = Means(Meaning.USER_ID), Means(Meaning.EMAIL), Means(Meaning.PHONE)
IDENTIFIERS = OneOf((USER_ID, EMAIL, PHONE))
ANONYMOUS_ID = Means(Meaning.ANONYMOUS_ID)
COUNTRY, DEVICE, PLAN = Means(Meaning.COUNTRY), Means(Meaning.DEVICE), Means(Meaning.PLAN)
SIGNUP = Means(Meaning.SIGNUP_AT, TIMES)
BIRTH_DATE, AGE = Means(Meaning.BIRTH_DATE, TIMES), Means(Meaning.AGE, NUMERIC)
LIFETIME_VALUE = Means(Meaning.LIFETIME_VALUE, NUMERIC)
ORDERS, REFUNDS = Happens("Order Completed"), Happens("Order Refunded")
VIEWS, ADDITIONS, CLICKS = Happens("Product Viewed"), Happens("Product Added"), Happens("Email Link Clicked")
CHECKOUTS, APP_OPENINGS = Happens("Checkout Started"), Happens("Application Opened")
DELIVERIES, OPENINGS = Happens("Email Delivered"), Happens("Email Opened")
REVENUE, COUPON = Carries("Order Completed", "revenue", NUMERIC), Carries("Order Completed", "coupon")
CATEGORY = Carries("Order Completed", "products.category", frozenset({ValueType.TEXT}))
CITY, REGION, LANGUAGE = Means(Meaning.CITY), Means(Meaning.REGION), Means(Meaning.LANGUAGE)
BROWSER, OPERATING_SYSTEM = Means(Meaning.BROWSER), Means(Meaning.OPERATING_SYSTEM)
RECOMMENDATION = Means(Meaning.RECOMMENDATION, NUMERIC)
OF_ACCOUNT = Means(Meaning.ACCOUNT_ID, frozenset({ValueType.TEXT, ValueType.INTEGER}))
INDUSTRY = Means(Meaning.INDUSTRY, subject="account")
EMPLOYEES = Means(Meaning.EMPLOYEES, NUMERIC, "account")
INTERESTS, WANTS, CONVICTIONS = InFamily(Family.PSYCHOGRAPHIC), InFamily(Family.NEEDS), InFamily(Family.VALUES)
