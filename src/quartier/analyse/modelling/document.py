"""The document that says how a model is to be run: what all of them have, and what those of purchases share."""

import calendar
import datetime as dt
import re
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from quartier.analyse.modelling.asked import Asked
from quartier.errors import Unusable
from quartier.language import Text


class ModelDocument(BaseModel):
    """What every model's document has. `name` begins the names of its traits, so two models of a kind can stand."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Literal["model"] = "model"
    model: str = Field(description="which statistics")
    name: str = Field(
        default="",
        pattern=r"^([a-z][a-z0-9_]{0,39})?$",
        description="what the model is called; its traits begin with it; the kind unless given",
    )

    @model_validator(mode="after")
    def _named(self) -> "ModelDocument":
        if not self.name:
            object.__setattr__(self, "name", self.model)  # frozen, and not yet out of its making
        return self


class OfPurchases(ModelDocument):
    """A model that reads purchases: which event they are, what they brought, how far back they count."""

    purchase: Annotated[
        str, Field(min_length=1, description="the event that is a purchase"),
        Asked(Text(en="What is a purchase", fr="Ce qui est un achat"), choose="purchase"),
    ] = "Order Completed"  # fmt: skip
    amount: Annotated[
        str, Field(min_length=1, description="the property that holds its amount"),
        Asked(Text(en="Its amount", fr="Son montant"), choose="amount"),
    ] = "revenue"  # fmt: skip
    refunds: Annotated[
        str | None, Field(description="the event that gives an amount back; null to leave refunds out"),
        Asked(
            Text(en="What gives money back", fr="Ce qui rembourse"), choose="event", is_advanced=True,
            options={"": Text(en="leave refunds out", fr="ne pas compter les remboursements")},
        ),
    ] = "Order Refunded"  # fmt: skip
    within: Annotated[
        str | None, Field(description="how far back purchases count, e.g. `2 years`; all of them unless given"),
        Asked(
            Text(en="Which purchases count", fr="Quels achats compter"), is_advanced=True,
            options={
                "": Text(en="all purchases", fr="tous les achats"),
                "1 year": Text(en="the last year", fr="la dernière année"),
                "2 years": Text(en="the last 2 years", fr="les 2 dernières années"),
                "3 years": Text(en="the last 3 years", fr="les 3 dernières années"),
                "5 years": Text(en="the last 5 years", fr="les 5 dernières années"),
            },
        ),
    ] = None  # fmt: skip

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
