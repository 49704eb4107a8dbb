"""The document of a score: its criteria with their points, and what a run of it finds."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator, model_validator

from quartier.analyse.modelling.asked import Asked
from quartier.analyse.modelling.computed import Figures
from quartier.analyse.modelling.document import ModelDocument
from quartier.catalog import Label
from quartier.errors import Unusable
from quartier.language import Text

FULL: Final = 100
MOST_CRITERIA: Final = 60
Sort = Literal["explicit", "activity", "behaviour"]
SORTS: Final[dict[Sort, Text]] = {
    "explicit": Text(en="what is known", fr="ce que l'on sait"),
    "activity": Text(en="activity", fr="activité"),
    "behaviour": Text(en="behaviour", fr="comportement"),
}


class Criterion(BaseModel):
    """One reason for points. Exactly one of `trait`, `event` and `where` says which sort it is.

    >>> Criterion(trait="country", test={"is": "FR"}, points=10).sort
    'explicit'
    >>> Criterion(event="Page Viewed", points=2, at_most=20, half_life=30).most
    20.0
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    label: Label | None = None
    trait: str | None = Field(default=None, description="explicit: a trait, with `test`; a missing value makes a range")
    test: dict[str, Any] = Field(default_factory=dict, description="the operator and value of the trait's condition")
    event: str | None = Field(default=None, description="activity: an event, of which each time brings `points`")
    at_most: float | None = Field(default=None, gt=0, le=FULL, description="activity: the cap of its points")
    half_life: float | None = Field(default=None, gt=0, le=3650, description="activity: days after which half is left")
    where: dict[str, Any] | None = Field(default=None, description="behaviour: a condition of the condition language")
    points: float = Field(ge=-FULL, le=FULL, description="for the condition, or for each event; not 0")

    @model_validator(mode="after")
    def _of_one_sort(self) -> "Criterion":
        if sum(each is not None for each in (self.trait, self.event, self.where)) != 1 or not self.points:
            raise Unusable(_ONE_SORT)
        if (self.trait is not None) != bool(self.test):
            raise Unusable(_TEST)
        if self.event is not None and self.points > 0 and self.at_most is None:
            raise Unusable(_CAP)
        return self

    @property
    def sort(self) -> Sort:
        """Whether it reads what is known, how often something is done, or a behaviour."""
        return "explicit" if self.trait is not None else "activity" if self.event is not None else "behaviour"

    @property
    def most(self) -> float:
        """The most points that it can bring: 0 for one that takes points away."""
        return max(0.0, self.points) if self.event is None else max(0.0, min(self.at_most or 0, FULL))

    @property
    def condition(self) -> Mapping[str, Any]:
        """What it asks as a condition of the condition language."""
        if self.trait is not None:
            return {"trait": self.trait, **self.test}
        return self.where if self.where is not None else {"event": self.event}

    @property
    def asks(self) -> str:
        """What it asks, whatever points it brings."""
        at_most = None if self.at_most is None else 1.0
        return self.model_copy(update={"points": 1.0, "at_most": at_most}).model_dump_json()


class Score(ModelDocument):
    """Points out of 100. Without criteria those are taken that the catalog proposes."""

    model: Literal["score"] = Field(default="score", description="which statistics")
    outcome: Annotated[
        str, Field(min_length=1, description="the event that the score is held against"),
        Asked(Text(en="Held against", fr="Confronté à"), choose="event"),
    ] = "Order Completed"  # fmt: skip
    horizon: Annotated[
        int, Field(ge=1, le=730, description="days in which the outcome must follow"),
        Asked(
            Text(en="Within so many days", fr="En tant de jours"),
            Text(
                en="The score is computed as of so long ago, and compared with what happened since.",
                fr="Le score est calculé à cette date passée, et comparé à ce qui s'est passé depuis.",
            ),
        ),
    ] = 90  # fmt: skip
    weights: Annotated[
        Literal["stated", "proposed"],
        Field(description="points as they are stated, or as the data propose them at each run"),
        Asked(
            Text(en="Points", fr="Points"),
            options={
                "stated": Text(en="as stated", fr="tels qu'énoncés"),
                "proposed": Text(en="as the data propose them", fr="tels que les données les proposent"),
            },
        ),
    ] = "stated"  # fmt: skip
    converted: dict[str, Any] | None = Field(
        default=None, description="a condition in place of `outcome`, for data without times; then it is of today"
    )
    without: tuple[str, ...] = Field(
        default=(), max_length=200, description="traits never proposed as criteria: those filled in after the outcome"
    )
    seed: int = Field(default=7, ge=0, le=2**31, description="of the division into parts for learning and for testing")
    caps: dict[Sort, Annotated[float, Field(gt=0, le=FULL)]] = Field(
        default_factory=dict, description="the most points of all criteria of a family: `{explicit: 40, activity: 30}`"
    )
    criteria: tuple[Criterion, ...] = Field(default=(), max_length=MOST_CRITERIA, description="reasons for points")

    @field_validator("criteria")
    @classmethod
    def _out_of_100(cls, criteria: tuple[Criterion, ...], info: ValidationInfo) -> tuple[Criterion, ...]:
        total = most_of(criteria, info.data.get("caps", {}))
        if total > FULL + 1e-9:
            raise Unusable(_TOO_MANY.with_(total=round(total, 1)))
        return criteria


def most_of(criteria: Iterable[Criterion], caps: Mapping[Sort, float]) -> float:
    """The most points that anybody can have: of each family no more than its cap."""
    together = dict.fromkeys(SORTS, 0.0)
    for each in criteria:
        together[each.sort] += each.most
    return sum(min(most, caps.get(sort, most)) for sort, most in together.items())


class CriterionFigures(Figures):
    """One criterion as it was applied: what it says, its points, how many have it, and what the data propose."""

    criterion: dict[str, Any]
    sort: Sort
    said: Label
    most: float
    persons: int
    """who has points by it"""
    missing: int
    """of whom the fact is not known"""
    mean: float
    """mean points over everybody"""
    proposed: float | None
    """points that the data propose; None where nothing was learnt"""


class Band(Figures):
    """The persons whose score was in one band, and how many of them came to the outcome."""

    low: int
    high: int
    persons: int
    converted: int
    share: float | None
    share_low: float | None
    share_high: float | None


class Calibration(Figures):
    """The score as of an earlier instant against what happened since; `days` is 0 for data without times."""

    as_of: str
    days: int
    persons: int
    converted: int
    bands: tuple[Band, ...]
    auc: float
    auc_low: float
    auc_high: float
    is_held_out: bool
    """whether these persons had no part in choosing the points"""


class Learnt(Figures):
    """What the data propose: learnt on one part of the persons, measured on the other."""

    learnt_on: int
    tested_on: int
    auc: float
    auc_stated: float
    """of the stated points, on the same persons"""


class ScoreFigures(Figures):
    """What a run found: criteria, distribution, calibration, what the data propose."""

    weights: str
    criteria: tuple[CriterionFigures, ...]
    full: float
    """the most points that anybody can have"""
    distribution: tuple[int, ...]
    """persons per band of ten points"""
    ranged: int
    """persons whose score is a range, as a fact is not known"""
    calibration: Calibration | None
    learnt: Learnt | None


_ONE_SORT = Text(
    en="a criterion has points, and one of `trait` with `test`, `event`, or `where`",
    fr="un critère a des points, et l'un de `trait` avec `test`, `event` ou `where`",
)
_TEST = Text(
    en="`trait` needs a `test` such as `{{is: FR}}`, and nothing else has one",
    fr="`trait` demande un `test` comme `{{is: FR}}`, et rien d'autre n'en a",
)
_CAP = Text(
    en="an event that brings points needs a cap: `at_most`",
    fr="un événement qui rapporte demande un plafond : `at_most`",
)
_TOO_MANY = Text(
    en="these criteria can bring {total} points together, and a score is out of 100",
    fr="ces critères peuvent rapporter {total} points ensemble, et un score est sur 100",
)
