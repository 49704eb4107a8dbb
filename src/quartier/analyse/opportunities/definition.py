"""The document of a table of the market: how many persons there are by traits, with its source and year.

kind: market
market: population-2025
source: Eurostat, demo_pjan
year: 2025
traits: [country, birth_date]
cells:
  - {values: [FR, 25-34], persons: 7901000}
  - {values: [FR, 65+], persons: 14912000}
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from quartier.catalog import Label
from quartier.config import problems_of
from quartier.errors import InvalidDefinition, Unusable
from quartier.language import Text

KIND = "market"
MARKET_NAME = r"^[a-z][a-z0-9-]{0,59}$"
MOST_TRAITS, MOST_CELLS = 3, 2000


class _Document(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Cell(_Document):
    """One line of the table: its value of each trait, the persons of the market, and what they spend in the year."""

    values: tuple[str, ...] = Field(min_length=1, max_length=MOST_TRAITS)
    persons: int = Field(ge=0)
    spend: float | None = Field(default=None, ge=0)


class Market(_Document):
    """A market by traits. A value is that of a trait, or a range of a number or an age: `25-34`, `65+`, `<25`."""

    kind: Literal["market"] = "market"
    market: str = Field(pattern=MARKET_NAME)
    label: Label | None = None
    source: str = Field(min_length=1, max_length=300)
    year: int = Field(ge=1900, le=2200)
    traits: tuple[str, ...] = Field(min_length=1, max_length=MOST_TRAITS)
    cells: tuple[Cell, ...] = Field(min_length=2, max_length=MOST_CELLS)

    @model_validator(mode="after")
    def _is_a_table(self) -> Self:
        for place, each in enumerate(self.cells):
            if len(each.values) != len(self.traits):
                raise Unusable(_NOT_AS_MANY.with_(n=place + 1, traits=len(self.traits)))
        twice = [values for values, n in Counter(each.values for each in self.cells).items() if n > 1]
        if twice:
            raise Unusable(_TWICE.with_(cell=" × ".join(twice[0])), _ADD_UP)
        if len({each.spend is None for each in self.cells}) > 1:
            raise Unusable(_SOME_SPEND, _ALL_OR_NONE)
        if not any(each.persons for each in self.cells):
            raise Unusable(_NOBODY)
        return self

    @classmethod
    def read(cls, document: Mapping[str, Any]) -> Self:
        """A market from plain data. Raises InvalidDefinition with all that is wrong."""
        try:
            return cls.model_validate(dict(document))
        except ValidationError as error:
            raise InvalidDefinition(str(document.get("market", KIND)), problems_of(error)) from error

    @property
    def persons(self) -> int:
        """Of the whole market."""
        return sum(each.persons for each in self.cells)

    def as_json(self) -> dict[str, Any]:
        """The document as plain data."""
        return self.model_dump(mode="json", exclude_none=True)


_NOT_AS_MANY = Text(
    en="cell {n} has not one value for each of the {traits} traits",
    fr="la case {n} n'a pas une valeur pour chacun des {traits} traits",
)
_TWICE = Text(en="the cell {cell} is there twice", fr="la case {cell} y est deux fois")
_ADD_UP = Text(en="add the two up", fr="additionnez les deux")
_SOME_SPEND = Text(
    en="some cells say what is spent, others do not", fr="certaines cases disent la dépense, d'autres non"
)
_ALL_OR_NONE = Text(en="give it for all, or leave the column out", fr="donnez-la partout, ou retirez la colonne")
_NOBODY = Text(en="no cell has persons", fr="aucune case n'a de personnes")
