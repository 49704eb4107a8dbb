"""The document that says how a model is to be run."""

import calendar
import datetime as dt
import re
from collections.abc import Mapping
from typing import Any, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from quartier.analyse.classes import Bins
from quartier.config import problems_of
from quartier.errors import InvalidDefinition, Unusable
from quartier.language import Text


class Model(BaseModel):
    """Statistics that write a computed trait. RFM is the first.

    >>> Model(bins=4, within="2 years").amount
    'revenue'
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Literal["model"] = "model"
    model: Literal["rfm"] = Field(default="rfm", description="which statistics")
    bins: Bins = Field(default=5, description="bins per axis: 3, 4 or 5")
    purchase: str = Field(default="Order Completed", min_length=1, description="the event that is a purchase")
    amount: str = Field(default="revenue", min_length=1, description="the property that holds its amount")
    refunds: str | None = Field(
        default="Order Refunded", description="the event that gives an amount back; null to leave refunds out"
    )
    within: str | None = Field(
        default=None,
        description="how far back purchases count, e.g. `2 years`; all of them unless given",
    )

    @field_validator("within")
    @classmethod
    def _a_duration(cls, value: str | None) -> str | None:
        if value is not None and not re.fullmatch(r"[1-9]\d{0,3} (day|week|month|year)s?", value):
            raise Unusable(_NO_DURATION.with_(value=value), _WRITE_DURATION)
        return value

    def since(self, as_of: dt.datetime, zone: ZoneInfo) -> dt.datetime | None:
        """The instant after which purchases count, None for all; months and years follow the calendar of `zone`."""
        if self.within is None:
            return None
        number, unit = self.within.split()
        return _earlier(as_of.astimezone(zone), int(number), unit.removesuffix("s")).astimezone(dt.UTC)


def read_model(document: Mapping[str, Any]) -> Model:
    """The model that a document describes. Raises InvalidDefinition with everything that is wrong."""
    try:
        return Model.model_validate(document)
    except ValidationError as error:
        raise InvalidDefinition(str(document.get("model", "model")), problems_of(error)) from error


def _earlier(local: dt.datetime, number: int, unit: str) -> dt.datetime:
    """A number of units before, at the same wall clock; the last day of a month where the day does not exist."""
    if unit in ("day", "week"):
        return _not_before_the_calendar(local, dt.timedelta(days=number * (7 if unit == "week" else 1)))
    months = local.year * 12 + local.month - 1 - number * (12 if unit == "year" else 1)
    year, month = max(months // 12, dt.MINYEAR + 1), months % 12 + 1
    return local.replace(year=year, month=month, day=min(local.day, calendar.monthrange(year, month)[1]))


def _not_before_the_calendar(local: dt.datetime, back: dt.timedelta) -> dt.datetime:
    first = dt.datetime(dt.MINYEAR + 1, 1, 1, tzinfo=local.tzinfo)
    return max(local - back, first) if local - first > back else first


_NO_DURATION = Text(
    en="“{value}” is not a duration", fr="«\N{NO-BREAK SPACE}{value}\N{NO-BREAK SPACE}» n'est pas une durée"
)
_WRITE_DURATION = Text(
    en="write for example `90 days`, `24 months` or `2 years`",
    fr="écrivez par exemple `90 days`, `24 months` ou `2 years`",
)
