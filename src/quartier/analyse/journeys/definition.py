"""What may be asked of journeys: a funnel, paths around an event, cohorts that come back, common sequences."""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Annotated, Any, Final, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from quartier.config import problems_of
from quartier.errors import InvalidDefinition, Unusable
from quartier.language import Text

MOST_STEPS, MOST_PLACES, MOST_LENGTH = 8, 4, 5
"""Steps of a funnel, events of a path after its anchor, and events of a sequence: a condition holds ten at most."""
LENGTHS: Final = {
    "minute": dt.timedelta(minutes=1),
    "hour": dt.timedelta(hours=1),
    "day": dt.timedelta(days=1),
    "week": dt.timedelta(weeks=1),
}
_WRITTEN = re.compile(r"([1-9]\d{0,4}) (minute|hour|day|week)s?")


def length(written: str) -> dt.timedelta:
    """A time that passes: `30 minutes`, `2 hours`, `90 days`, `6 weeks`. Raises Unusable for anything else."""
    found = _WRITTEN.fullmatch(written.strip())
    if found is None:
        raise Unusable(_NO_LENGTH.with_(written=written), _WRITE_LENGTH)
    return int(found[1]) * LENGTHS[found[2]]


def _a_length(written: str) -> str:
    length(written)
    return written.strip()


Length = Annotated[str, AfterValidator(_a_length)]


class _Asked(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Funnel(_Asked):
    """Ordered steps: who gets to each, how many drop off before it, and how long it takes."""

    steps: tuple[str, ...] = Field(min_length=2, max_length=MOST_STEPS, description="events, the first step first")
    within: Length | None = Field(default=None, description="the longest time from one step to the next, as `7 days`")
    during: Length | None = Field(default=None, description="how far back all steps count, as `90 days`; ever if none")
    by: str | None = Field(default=None, description="a trait whose values are compared")
    segments: tuple[str, ...] = Field(default=(), max_length=8, description="segments that are compared")

    @model_validator(mode="after")
    def _one_comparison(self) -> "Funnel":
        if self.by and self.segments:
            raise Unusable(_BOTH)
        return self


class Paths(_Asked):
    """What persons did right after an event, or right before it: the first time that it happened."""

    event: str = Field(min_length=1)
    side: str = Field(default="after", pattern="^(after|before)$", description="`after` or `before`")
    places: int = Field(default=3, ge=1, le=MOST_PLACES, description="how many events are followed")
    within: Length = Field(default="30 days", description="how far from the event")
    during: Length | None = Field(default=None, description="how far back the event itself counts")
    width: int = Field(default=4, ge=1, le=10, description="branches drawn at each place; the rest is one")


class Retention(_Asked):
    """Cohorts by the month of a first event, and how many do another in each month after."""

    start: str = Field(min_length=1, description="the event whose first time makes the cohort")
    back: str = Field(min_length=1, description="the event that counts as coming back")


class Sequences(_Asked):
    """Ordered events that many persons have in common, other events between them allowed."""

    during: Length | None = Field(default="365 days", description="how far back events count; ever if none")
    support: float = Field(default=0.05, ge=0.001, le=1, description="the least share of persons")
    longest: int = Field(default=4, ge=2, le=MOST_LENGTH)
    ending: str | None = Field(default=None, description="only sequences that end with this event")


_Kind = TypeVar("_Kind", bound=_Asked)


def read(kind: type[_Kind], document: Mapping[str, Any]) -> _Kind:
    """What a document asks. Raises InvalidDefinition with everything that is wrong."""
    try:
        return kind.model_validate(document)
    except ValidationError as error:
        raise InvalidDefinition(kind.__name__.lower(), problems_of(error)) from error


_NO_LENGTH = Text(en="“{written}” is not a length of time", fr="« {written} » n'est pas une durée")
_WRITE_LENGTH = Text(
    en="write it as `30 minutes`, `2 hours`, `90 days` or `6 weeks`",
    fr="écrivez-la sous la forme `30 minutes`, `2 hours`, `90 days` ou `6 weeks`",
)
_BOTH = Text(
    en="a funnel compares the values of a trait or segments, not both at once",
    fr="un entonnoir compare les valeurs d'un trait ou des segments, pas les deux à la fois",
)
