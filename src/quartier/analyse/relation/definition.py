"""The document of the stages of the relation, and what a run of it finds."""

from typing import Annotated, Any, Final, Literal

from pydantic import Field

from quartier.analyse.modelling.asked import Asked
from quartier.analyse.modelling.computed import Figures
from quartier.analyse.modelling.document import ModelDocument
from quartier.catalog import Label
from quartier.language import Text

StageName = Literal["lead", "prospect", "committed_prospect", "customer", "lapsed"]
STAGES: Final[tuple[StageName, ...]] = ("lead", "prospect", "committed_prospect", "customer", "lapsed")
"""In the order of the relation; a later one outdoes an earlier one where both conditions hold."""
LABELS: Final[dict[StageName, Text]] = {
    "lead": Text(en="Lead", fr="Piste"),
    "prospect": Text(en="Prospect", fr="Prospect"),
    "committed_prospect": Text(en="Committed prospect", fr="Prospect engagé"),
    "customer": Text(en="Customer", fr="Client"),
    "lapsed": Text(en="Lapsed", fr="Perdu"),
}


class Relation(ModelDocument):
    """Who is at which stage. What is not stated is proposed from the catalog and from the data.

    >>> Relation(lapsed_after=180).purchase
    'Order Completed'
    """

    model: Literal["relation"] = Field(default="relation", description="which statistics")
    purchase: Annotated[
        str, Field(min_length=1, description="the event that makes a customer"),
        Asked(Text(en="Purchase", fr="Achat"), choose="event"),
    ] = "Order Completed"  # fmt: skip
    lapsed_after: Annotated[
        int | None,
        Field(ge=1, le=3650, description="days without a purchase after which a customer has lapsed; proposed if null"),
        Asked(
            Text(en="Lapsed after so many days without a purchase", fr="Perdu après tant de jours sans achat"),
            Text(
                en="Empty: proposed from the intervals between purchases.",
                fr="Vide : proposé d'après les intervalles entre achats.",
            ),
        ),
    ] = None  # fmt: skip
    committed: Annotated[
        tuple[str, ...],
        Field(max_length=20, description="events that commit a prospect: a cart, a quote, a trial; proposed if empty"),
        Asked(
            Text(en="What commits a prospect", fr="Ce qui engage un prospect"),
            Text(en="A cart, a quote, a trial… Empty: proposed from the names of events.",
                 fr="Un panier, un devis, un essai… Vide : proposé d'après le nom des événements."),
            choose="events", is_advanced=True,
        ),
    ] = ()  # fmt: skip
    committed_for: Annotated[
        int, Field(ge=1, le=3650, description="days for which such an event commits"),
        Asked(Text(en="Committed for so many days", fr="Engagé pendant tant de jours"), is_advanced=True),
    ] = 90  # fmt: skip
    conditions: dict[StageName, dict[str, Any]] = Field(
        default_factory=dict, description="conditions in the condition language, in place of what is proposed"
    )


class StageFigures(Figures):
    """One stage: its condition, who is at it now and at the step before, who came and went between."""

    stage: StageName
    where: dict[str, Any] | None
    """None where the data hold nothing from which it could be told"""
    said: Label | None
    persons: int
    before: int
    entered: int
    left: int


class Moved(Figures):
    """Of those who were at a stage a while ago: how many are further now, still there, or back (lapsed or none)."""

    stage: StageName
    persons: int
    further: int
    still: int
    back: int
    low: float | None
    """the 95 % interval of the share that is further"""
    high: float | None


class Staying(Figures):
    """How long a stage lasts, of those whose coming was seen: days by which a quarter and half have left it."""

    stage: StageName
    ended: int
    lasting: int
    quarter: float | None
    half: float | None


class Lapse(Figures):
    """When a customer counts as lapsed, and what the data say of it."""

    days: int
    is_proposed: bool
    gaps: int
    """intervals between purchases that were looked at"""
    returned_after: float | None
    """the share of those silent for so long who bought again later all the same"""
    proposed: int | None = None
    """the days that the intervals suggest, whatever was stated; None where there are too few"""


class RelationFigures(Figures):
    """What a run found: stages, sizes over the last year, flows, moves, times, and what lapsing means."""

    stages: tuple[StageFigures, ...]
    without: int
    """persons at no stage"""
    step_days: int
    months: tuple[tuple[str, dict[str, int]], ...]
    """sizes per stage at each step, oldest first: the day, and persons by stage"""
    flows: tuple[tuple[str, str, int], ...]
    """over the last step: from, to (`` for no stage), persons; who stayed is left out"""
    moved_days: int
    moved: tuple[Moved, ...]
    staying: tuple[Staying, ...]
    lapse: Lapse | None
