"""The limits within which identifiers that were seen together make persons: a document, kept with its versions."""

from collections.abc import Mapping
from typing import Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from quartier.config import problems_of
from quartier.errors import InvalidDefinition, Unusable
from quartier.identify.components import Limits
from quartier.language import Text

KIND, NAME = "identification", "persons"
Kind: TypeAlias = Literal["user_id", "email", "phone", "anonymous_id"]
KINDS: tuple[Kind, ...] = ("user_id", "email", "phone", "anonymous_id")


class LinkLimits(BaseModel):
    """When identifiers of one record are one person's.

    Attributes:
        trusted: the kinds of identifiers that say who somebody is; those of other kinds link nobody by being seen.
        most_identifiers: how many identifiers a person may have.
        most_customers: with how many user ids an identifier may come before it says nothing of who somebody is.
        most_others: the same with identifiers of any kind.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    identification: Literal["persons"] = "persons"
    trusted: tuple[Kind, ...] = KINDS
    most_identifiers: int = Field(default=Limits.identifiers, ge=2, le=100_000)
    most_customers: int = Field(default=Limits.users, ge=1, le=100_000)
    most_others: int = Field(default=Limits.partners, ge=1, le=100_000)

    @field_validator("trusted")
    @classmethod
    def _of_each_one(cls, value: tuple[Kind, ...]) -> tuple[Kind, ...]:
        if len(set(value)) != len(value):
            raise Unusable(_TWICE)
        return value

    @property
    def limits(self) -> Limits:
        """The limits as identification applies them."""
        untrusted = tuple(kind for kind in KINDS if kind not in self.trusted)
        return Limits(self.most_identifiers, self.most_customers, self.most_others, untrusted)

    def as_json(self) -> dict[str, Any]:
        """The document as plain data."""
        return self.model_dump(mode="json")


def read_limits(document: Mapping[str, Any]) -> LinkLimits:
    """Read limits from plain data. Raises InvalidDefinition with every problem."""
    try:
        return LinkLimits.model_validate(document)
    except ValidationError as error:
        raise InvalidDefinition(KIND, problems_of(error)) from error


_TWICE = Text(en="each kind is trusted once", fr="chaque type n'est cité qu'une fois")
