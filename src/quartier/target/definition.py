"""The document of a campaign: which segment, through which channel, for which purpose, and how many are kept apart."""

from collections.abc import Mapping
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from quartier.catalog import Label
from quartier.config import problems_of
from quartier.errors import InvalidDefinition, Unusable
from quartier.language import Text

DEFAULT_HOLDOUT = 0.1
"""Ten percent of a segment are kept apart unless the campaign says otherwise."""


class Campaign(BaseModel):
    """One message to a frozen audience; what `target` runs and `evaluate` measures."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Literal["campaign"] = "campaign"
    name: str = Field(min_length=1, max_length=200)
    segment: str = Field(min_length=1, max_length=200)
    label: Label | None = None
    holdout: float = Field(default=DEFAULT_HOLDOUT, ge=0, lt=1)
    channel: str = Field(default="file", min_length=1, max_length=32)
    purpose: str = Field(default="marketing", min_length=1, max_length=200)

    @field_validator("holdout", mode="before")
    @classmethod
    def _share(cls, value: object) -> object:
        """`10 %`, `10%`, `2,5 %` and `0.1` all say a share."""
        if isinstance(value, str):
            try:
                share = float(value.strip().removesuffix("%").replace(",", "."))
                return share / 100 if value.strip().endswith("%") else share
            except ValueError as error:
                raise Unusable(_NO_SHARE.with_(value=value), _WRITE_SHARE) from error
        return value

    @classmethod
    def read(cls, document: Mapping[str, object]) -> Self:
        """The campaign of a document. Raises InvalidDefinition with all that is wrong."""
        try:
            return cls.model_validate(document)
        except ValidationError as error:
            raise InvalidDefinition(str(document.get("name", "campaign")), problems_of(error)) from error


_NO_SHARE = Text(en="“{value}” is not a share", fr="«\N{NO-BREAK SPACE}{value}\N{NO-BREAK SPACE}» n'est pas une part")
_WRITE_SHARE = Text(en="write for example `10%` or `0.1`", fr="écrivez par exemple `10 %` ou `0.1`")
