"""The kinds of questions that a survey asks: what each is made of, and which type of value answers it."""

from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from quartier.catalog import Family, Label, Sensitivity, ValueType
from quartier.collect.surveys import scales
from quartier.errors import Unusable
from quartier.language import Text

OTHER = "other"
"""The value of the option that lets a person write an answer of their own."""

QUESTION_NAME = r"^[a-z][a-z0-9_]{0,39}$"
LONGEST_TEXT = 5000


class Document(BaseModel):
    """A part of a survey's document."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Trait(Document):
    """As what an answer is kept beside the person: its family, its sensitivity, its label if not the question."""

    family: Family
    sensitivity: Sensitivity = Sensitivity.ORDINARY
    label: Label | None = None

    @model_validator(mode="before")
    @classmethod
    def _family_alone(cls, value: object) -> object:
        return {"family": value} if isinstance(value, str) else value

    @field_validator("sensitivity")
    @classmethod
    def _no_special_category(cls, value: Sensitivity) -> Sensitivity:
        if value is Sensitivity.SPECIAL:
            raise Unusable(_SPECIAL, _ASK_OTHERWISE)
        return value


class Option(Document):
    """One answer to choose: what is kept, and what is read."""

    value: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,59}$")
    label: Label


class _Question(Document):
    name: str = Field(pattern=QUESTION_NAME)
    text: Label
    help: Label | None = None
    required: bool = False
    only_if: dict[str, tuple[str | int, ...]] = Field(default_factory=dict)
    trait: Trait | None = None

    @field_validator("only_if", mode="before")
    @classmethod
    def _one_or_several(cls, value: object) -> object:
        if not isinstance(value, dict):
            return value
        return {name: each if isinstance(each, list | tuple) else [each] for name, each in value.items()}


class Scale(_Question):
    """A place on a row of points; what the kinds of scales have in common."""

    @property
    def points(self) -> tuple[int, ...]:
        """The places, from the lowest."""
        raise NotImplementedError

    @property
    def point_labels(self) -> tuple[Label, ...]:
        """The words of each place, or of both ends."""
        raise NotImplementedError

    @property
    def value_type(self) -> ValueType:
        """Places are whole numbers."""
        return ValueType.INTEGER

    @property
    def answers(self) -> frozenset[str | int]:
        """What may be answered."""
        return frozenset(self.points)

    def scored(self, answer: int) -> int:
        """The place as it counts in a mean."""
        return answer


class Likert(Scale):
    """How far a person agrees, on 5 or 7 points; `reversed` where agreeing speaks against what is measured."""

    type: Literal["likert"]
    scale: Literal[5, 7] = 5
    labels: tuple[Label, ...] = ()
    reversed: bool = False

    @model_validator(mode="after")
    def _labels_fit(self) -> Self:
        if len(self.labels) not in (0, 2, self.scale):
            raise Unusable(_LABELS.with_(n=len(self.labels), scale=self.scale), _LABEL_ENDS)
        return self

    @property
    def points(self) -> tuple[int, ...]:
        """From 1."""
        return tuple(range(1, self.scale + 1))

    @property
    def point_labels(self) -> tuple[Label, ...]:
        """From disagreement to agreement unless the document has its own words."""
        return self.labels or scales.AGREEMENT[self.scale]

    def scored(self, answer: int) -> int:
        """Turned round where the statement is."""
        return self.scale + 1 - answer if self.reversed else answer


class Nps(Scale):
    """How likely a person is to recommend, from 0 to 10 (Reichheld, Harvard Business Review, December 2003)."""

    type: Literal["nps"]

    @property
    def points(self) -> tuple[int, ...]:
        """From 0 to 10."""
        return tuple(range(11))

    @property
    def point_labels(self) -> tuple[Label, ...]:
        """Both ends."""
        return scales.RECOMMENDATION


class Csat(Scale):
    """How satisfied a person is, from 1 to 5."""

    type: Literal["csat"]

    @property
    def points(self) -> tuple[int, ...]:
        """From 1 to 5."""
        return (1, 2, 3, 4, 5)

    @property
    def point_labels(self) -> tuple[Label, ...]:
        """Every point."""
        return scales.SATISFACTION


class Choice(_Question):
    """One answer among several, or several of them; `other` lets a person write their own."""

    type: Literal["choice"]
    options: tuple[Option, ...] = Field(min_length=2)
    several: bool = False
    other: bool = False

    @model_validator(mode="after")
    def _options_differ(self) -> Self:
        values = [each.value for each in self.options]
        if doubled := sorted({each for each in values if values.count(each) > 1}):
            raise Unusable(_DOUBLED.with_(values=doubled), _RENAME)
        if self.other and OTHER in values:
            raise Unusable(_OTHER_TAKEN, _RENAME)
        return self

    @property
    def value_type(self) -> ValueType:
        """One text or several."""
        return ValueType.TEXTS if self.several else ValueType.TEXT

    @property
    def answers(self) -> frozenset[str | int]:
        """What may be chosen."""
        return frozenset([each.value for each in self.options] + [OTHER] * self.other)

    @property
    def other_name(self) -> str:
        """The property that holds what a person wrote of their own."""
        return f"{self.name}_{OTHER}"


class Number(_Question):
    """A number, within bounds where there are any."""

    type: Literal["number"]
    min: float | None = None
    max: float | None = None
    whole: bool = False
    unit: Label | None = None

    @field_validator("unit", mode="before")
    @classmethod
    def _same_in_both(cls, value: object) -> object:
        return {"en": value, "fr": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _bounds_in_order(self) -> Self:
        if self.min is not None and self.max is not None and self.min >= self.max:
            raise Unusable(_BOUNDS, _SWAP)
        return self

    @property
    def value_type(self) -> ValueType:
        """Whole or not."""
        return ValueType.INTEGER if self.whole else ValueType.NUMBER

    @property
    def answers(self) -> frozenset[str | int]:
        """Nothing that could be listed."""
        return frozenset()


class Words(_Question):
    """An answer in a person's own words."""

    type: Literal["text"]
    longest: int = Field(default=1000, ge=1, le=LONGEST_TEXT)

    @property
    def value_type(self) -> ValueType:
        """A text."""
        return ValueType.TEXT

    @property
    def answers(self) -> frozenset[str | int]:
        """Nothing that could be listed."""
        return frozenset()


Question = Annotated[Likert | Nps | Csat | Choice | Number | Words, Field(discriminator="type")]
KINDS = ("likert", "nps", "csat", "choice", "number", "text")


def properties_of(question: Any) -> dict[str, ValueType]:
    """The properties of the event that a question fills, with their types."""
    own = {question.name: question.value_type}
    return own | ({question.other_name: ValueType.TEXT} if isinstance(question, Choice) and question.other else {})


_SPECIAL = Text(
    en="answers of a special category (Article 9 GDPR) are not asked yet: no explicit consent can be kept for them",
    fr="les réponses d'une catégorie particulière (article 9 du RGPD) ne se demandent pas encore : rien ne garde le "
    "consentement explicite qu'il leur faut",
)
_ASK_OTHERWISE = Text(
    en="leave the question out, or ask for something that is not of a special category",
    fr="retirez la question, ou demandez autre chose qui ne relève pas d'une catégorie particulière",
)
_LABELS = Text(
    en="there are {n} labels for a scale of {scale} points",
    fr="il y a {n} libellés pour une échelle de {scale} points",
)
_LABEL_ENDS = Text(
    en="give one for each point, two for both ends, or none", fr="donnez-en un par point, deux pour les bouts, ou aucun"
)
_DOUBLED = Text(en="several options have the same value: {values}", fr="plusieurs choix ont la même valeur : {values}")
_RENAME = Text(en="give each option a value of its own", fr="donnez à chaque choix une valeur à lui")
_OTHER_TAKEN = Text(
    en="the value `other` is that of the answer in one's own words (`other: true`)",
    fr="la valeur `other` est celle de la réponse libre (`other: true`)",
)
_BOUNDS = Text(en="`min` is not below `max`", fr="`min` n'est pas inférieur à `max`")
_SWAP = Text(en="swap them, or leave one out", fr="inversez-les, ou retirez l'un des deux")
