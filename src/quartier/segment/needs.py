"""What a ready-made segment needs to exist: traits by meaning, events, computed traits."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from quartier.catalog import Catalog, Meaning, Trait, ValueType
from quartier.language import Text
from quartier.segment.operators import NUMERIC, TIMES

Values = Callable[[Trait], Sequence[tuple[Any, float]]]
"""The values of a trait with their shares of the persons who have one, most frequent first."""


@dataclass(frozen=True)
class Means:
    """A trait of persons that means this, of one of some types."""

    meaning: Meaning
    types: frozenset[ValueType] = frozenset({ValueType.TEXT})

    def is_met(self, catalog: Catalog) -> bool:
        """Whether there is such a trait."""
        return self.of(catalog) is not None

    def of(self, catalog: Catalog) -> Trait | None:
        """The trait, or None."""
        found = catalog.with_meaning(self.meaning)
        return found if found and found.type in self.types else None

    @property
    def text(self) -> Text:
        """The need in words."""
        return Text(en=f"a trait that means `{self.meaning}`", fr=f"un trait qui signifie `{self.meaning}`")


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


Need = Means | Happens | Computed | OneOf

USER_ID, EMAIL, PHONE = Means(Meaning.USER_ID), Means(Meaning.EMAIL), Means(Meaning.PHONE)
IDENTIFIERS = OneOf((USER_ID, EMAIL, PHONE))
ANONYMOUS_ID = Means(Meaning.ANONYMOUS_ID)
COUNTRY, DEVICE, PLAN = Means(Meaning.COUNTRY), Means(Meaning.DEVICE), Means(Meaning.PLAN)
SIGNUP = Means(Meaning.SIGNUP_AT, TIMES)
BIRTH_DATE, AGE = Means(Meaning.BIRTH_DATE, TIMES), Means(Meaning.AGE, NUMERIC)
LIFETIME_VALUE = Means(Meaning.LIFETIME_VALUE, NUMERIC)
ORDERS, REFUNDS = Happens("Order Completed"), Happens("Order Refunded")
VIEWS, ADDITIONS, CLICKS = Happens("Product Viewed"), Happens("Product Added"), Happens("Email Link Clicked")
