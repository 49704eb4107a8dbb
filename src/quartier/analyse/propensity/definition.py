"""The document of a propensity: which outcome, within how long, among whom."""

from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from quartier.analyse.modelling.asked import Asked
from quartier.analyse.modelling.document import ModelDocument
from quartier.errors import Unusable
from quartier.language import Text

OUTCOMES = {
    "event": Text(en="does something: next purchase, conversion", fr="fait quelque chose : prochain achat, conversion"),
    "silence": Text(en="does it no more: churn", fr="ne le fait plus : attrition"),
    "value": Text(en="has a value now (no time)", fr="a une valeur aujourd'hui (sans durée)"),
    "change": Text(en="takes a value later: upgrade", fr="prend une valeur plus tard : montée en gamme"),
    "segment": Text(en="is a member of a segment later", fr="sera membre d'un segment"),
    "leaving": Text(en="is no longer a member of a segment later", fr="ne sera plus membre d'un segment"),
}
AMONG = {
    "everyone": Text(en="everybody who has done anything", fr="tous ceux qui ont fait quelque chose"),
    "did": Text(en="those who did it before", fr="ceux qui l'ont déjà fait"),
    "did_not": Text(en="those who never did it", fr="ceux qui ne l'ont jamais fait"),
}


class Propensity(ModelDocument):
    """How likely each person is to have an outcome."""

    model: Literal["propensity"] = "propensity"
    outcome: Annotated[
        Literal["event", "silence", "value", "change", "segment", "leaving"],
        Field(description="what is foretold of each person"),
        Asked(Text(en="Who …", fr="Qui …"), options=OUTCOMES),
    ] = "event"  # fmt: skip
    event: Annotated[
        str, Field(min_length=1, description="the event of `event` and `silence`"),
        Asked(Text(en="Event", fr="Événement"), choose="event"),
    ] = "Order Completed"  # fmt: skip
    days: Annotated[
        int, Field(ge=1, le=730, description="within how many days; how long a silence; how much later"),
        Asked(Text(en="Days", fr="Jours"), Text(en="within how long, how long a silence, how much later",
                                                fr="dans quel délai, pendant quelle absence, combien plus tard")),
    ] = 90  # fmt: skip
    among: Annotated[
        Literal["everyone", "did", "did_not"],
        Field(description="among whom an event is foretold; a silence is foretold of those active in as many days"),
        Asked(Text(en="Among", fr="Parmi"), options=AMONG),
    ] = "everyone"
    trait: Annotated[
        str | None, Field(description="the trait of `value` and `change`"),
        Asked(Text(en="Trait", fr="Trait"), choose="trait"),
    ] = None  # fmt: skip
    value: Annotated[
        str | None, Field(max_length=200, description="its value, as text; `true` for yes"),
        Asked(Text(en="Value", fr="Valeur"), Text(en="e.g. true, premium", fr="p. ex. true, premium")),
    ] = None  # fmt: skip
    segment: Annotated[
        str | None, Field(description="the segment of `segment` and `leaving`"),
        Asked(Text(en="Segment", fr="Segment"), Text(en="of membership", fr="dont on sera ou non membre"),
              choose="segment"),
    ] = None  # fmt: skip
    traits: Annotated[
        tuple[str, ...],
        Field(description="the traits that may be read, sensitive ones among them; all ordinary ones unless given"),
        Asked(Text(en="Only these traits", fr="Ces traits seulement"), choose="traits", is_advanced=True),
    ] = ()
    seed: Annotated[int, Field(ge=0, description="of every draw by chance")] = 0

    @field_validator("value", mode="before")
    @classmethod
    def _as_text(cls, value: object) -> object:
        """Files and command lines read 1 and true as what they are; here they are the text of a value."""
        if isinstance(value, bool | int | float):
            return str(value).lower()
        return value

    @model_validator(mode="after")
    def _is_whole(self) -> "Propensity":
        if self.outcome in ("value", "change") and not (self.trait and self.value):
            raise Unusable(_WHICH, _SAY)
        if self.is_of_segment and not self.segment:
            raise Unusable(_WHICH_SEGMENT, _SAY_SEGMENT)
        return self

    @property
    def has_time(self) -> bool:
        """Whether the outcome comes after a cut."""
        return self.outcome != "value"

    @property
    def is_of_segment(self) -> bool:
        """Whether membership of a segment is foretold."""
        return self.outcome in ("segment", "leaving")


_WHICH = Text(en="it is not said which value of which trait", fr="on ne sait pas quelle valeur de quel trait")
_SAY = Text(en="give `trait` and `value`", fr="donnez `trait` et `value`")
_WHICH_SEGMENT = Text(en="it is not said which segment", fr="on ne sait pas quel segment")
_SAY_SEGMENT = Text(en="give `segment`", fr="donnez `segment`")
