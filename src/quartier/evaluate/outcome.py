"""What is measured: a document, and the same after its names were found in the catalog."""

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from quartier.catalog import EventType, Property, ValueType


class Measure(StrEnum):
    """What is made of a person's events in the window."""

    SUM = "sum"
    MEAN = "mean"
    COUNT = "count"
    DISTINCT = "distinct"
    ANY = "any"

    @property
    def has_property(self) -> bool:
        """Whether the measure is of a property, and not of the events themselves."""
        return self in (Measure.SUM, Measure.MEAN, Measure.DISTINCT)

    @property
    def is_numeric(self) -> bool:
        """Whether the property must be a number."""
        return self in (Measure.SUM, Measure.MEAN)


_HOURS = {"hour": 1, "day": 24, "week": 7 * 24}
_WITHIN = re.compile(r"(?P<n>[1-9]\d{0,4}) (?P<unit>hour|day|week)s?")


class Outcome(BaseModel):
    """One measure of one type of event, in a window that starts when a person is exposed.

    A day is 24 hours, a week 7 days: both arms get windows of the same length, whatever the clocks do.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Literal["outcome"] = "outcome"
    measure: Measure
    of: str | None = None
    event: str = Field(min_length=1)
    within: str

    @field_validator("within")
    @classmethod
    def _duration(cls, value: str) -> str:
        if not _WITHIN.fullmatch(value):
            raise ValueError("a window is written like 36 hours, 14 days or 2 weeks")
        return value

    @model_validator(mode="after")
    def _property_where_needed(self) -> Self:
        if self.measure.has_property != (self.of is not None):
            raise ValueError("sum, mean and distinct are of a property (`of`); count and any are not")
        return self

    @property
    def window(self) -> dt.timedelta:
        """How long after the exposure events count."""
        match = _WITHIN.fullmatch(self.within)
        assert match, "validated when the outcome was made"
        return dt.timedelta(hours=int(match["n"]) * _HOURS[match["unit"]])


_AMOUNTS = frozenset({"revenue", "total", "subtotal", "value", "shipping", "tax", "discount", "price"})
"""Property names that are amounts of money in Segment's e-commerce specification."""


@dataclass(frozen=True)
class BoundOutcome:
    """An outcome whose event and property are known to exist and to fit."""

    outcome: Outcome
    event: EventType
    of: Property | None

    @property
    def measure(self) -> Measure:
        """What is made of a person's events."""
        return self.outcome.measure

    @property
    def window(self) -> dt.timedelta:
        """How long after the exposure events count."""
        return self.outcome.window

    @property
    def lines(self) -> str | None:
        """The property that holds the lines, when the measure is of a property of lines."""
        head, dot, _ = (self.outcome.of or "").partition(".")
        return head if dot else None

    @property
    def is_money(self) -> bool:
        """Whether the outcome is an amount of money."""
        return self.measure.is_numeric and self.of is not None and self.of.name in _AMOUNTS

    @property
    def has_currency(self) -> bool:
        """Whether each event says the currency of its amounts."""
        known = self.event.property("currency")
        return self.is_money and known is not None and known.type is ValueType.TEXT

    @property
    def is_spending(self) -> bool:
        """Whether the outcome is what persons spent: the amounts of their orders."""
        return self.is_money and self.measure is Measure.SUM and self.event.name.casefold() == "order completed"
