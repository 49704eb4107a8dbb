"""The document that states what customers cost."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from quartier.analyse.modelling.asked import Asked
from quartier.analyse.modelling.document import OfPurchases
from quartier.errors import Unusable
from quartier.language import Text


class Profit(OfPurchases):
    """What each customer brought in profit. What is not stated is not known, and is said to be missing.

    >>> Profit(margin=0.35, acquisition=12).acquisition
    12.0
    """

    model: Literal["profit"] = Field(default="profit", description="which statistics")
    margin: Annotated[
        float | None, Field(ge=0, le=1, description="the share of revenue that the goods leave as margin"),
        Asked(
            Text(en="Margin on goods", fr="Marge sur les produits"),
            Text(en="the share of revenue that stays, such as 0.35", fr="la part qui reste, par exemple 0,35"),
        ),
    ] = None  # fmt: skip
    cost: Annotated[
        str | None, Field(description="the property of a purchase that holds what its goods cost"),
        Asked(
            Text(en="Cost of goods", fr="Coût des produits"),
            Text(
                en="a number of each purchase; where it is missing, the margin above, else the share of the others",
                fr="un nombre de chaque achat ; là où il manque, la marge ci-dessus, sinon la part des autres",
            ),
            choose="amount",
        ),
    ] = None  # fmt: skip
    acquisition: Annotated[
        float | None, Field(ge=0, description="what winning one customer cost"),
        Asked(Text(en="Cost of winning a customer", fr="Coût d'acquisition d'un client")),
    ] = None  # fmt: skip
    acquisition_trait: Annotated[
        str | None, Field(description="the trait that holds what winning this customer cost"),
        Asked(
            Text(en="The same, as a trait", fr="Le même, dans un trait"),
            Text(en="the constant counts where it is missing", fr="la constante compte là où il manque"),
            choose="trait", is_advanced=True,
        ),
    ] = None  # fmt: skip
    source: Annotated[
        str | None, Field(description="the trait that says where a customer came from, for `acquisition_by`"),
    ] = None  # fmt: skip
    acquisition_by: Annotated[
        dict[str, float], Field(description="what winning a customer cost, by value of `source`"),
    ] = Field(default_factory=dict)  # fmt: skip
    service: Annotated[
        tuple[str, ...], Field(description="events that each cost service: calls, returns, tickets"),
        Asked(Text(en="Events that cost service", fr="Événements qui coûtent du service"), choose="events"),
    ] = ()  # fmt: skip
    service_cost: Annotated[
        float | None, Field(ge=0, description="what one of these costs"),
        Asked(Text(en="Cost of one of them", fr="Coût de l'un d'eux")),
    ] = None  # fmt: skip
    follow_ups: Annotated[
        tuple[str, ...], Field(description="events that each cost a follow-up: mails sent, visits, calls made"),
        Asked(Text(en="Follow-ups", fr="Relances"), choose="events"),
    ] = ()  # fmt: skip
    follow_up_cost: Annotated[
        float | None, Field(ge=0, description="what one of these costs"),
        Asked(Text(en="Cost of one follow-up", fr="Coût d'une relance")),
    ] = None  # fmt: skip
    even: Annotated[
        float | None,
        Field(ge=0, description="profit or loss up to this much is break-even; 5 % of mean revenue unless given"),
        Asked(
            Text(en="Break-even within", fr="Équilibre à moins de"),
            Text(en="empty: 5% of the mean revenue", fr="vide : 5 % du chiffre d'affaires moyen"), is_advanced=True,
        ),
    ] = None  # fmt: skip
    high: Annotated[
        float | None,
        Field(gt=0, description="very profitable from here on; from where the best fifth begin unless given"),
        Asked(
            Text(en="Very profitable from", fr="Très rentable à partir de"),
            Text(en="empty: where the best fifth begin", fr="vide : là où commence le meilleur cinquième"),
            is_advanced=True,
        ),
    ] = None  # fmt: skip

    @model_validator(mode="after")
    def _stated_whole(self) -> "Profit":
        """A cost needs both halves: what it is of, and how much."""
        for events, each in ((self.service, self.service_cost), (self.follow_ups, self.follow_up_cost)):
            if bool(events) != (each is not None):
                raise Unusable(_HALF_A_COST, _STATE_BOTH)
        if bool(self.acquisition_by) != (self.source is not None):
            raise Unusable(_HALF_A_SOURCE, _STATE_SOURCE)
        if self.even is not None and self.high is not None and self.high <= self.even:
            raise Unusable(_LIMITS, None)
        return self


_HALF_A_COST = Text(
    en="events are named without what one costs, or a cost without its events",
    fr="des événements sont nommés sans leur coût, ou un coût sans ses événements",
)
_STATE_BOTH = Text(
    en="state both, or neither: what is not stated is said to be missing",
    fr="indiquez les deux, ou aucun : ce qui n'est pas indiqué est signalé comme manquant",
)
_HALF_A_SOURCE = Text(
    en="`acquisition_by` and `source` belong together", fr="`acquisition_by` et `source` vont ensemble"
)
_STATE_SOURCE = Text(
    en="name in `source` the trait whose values `acquisition_by` lists",
    fr="nommez dans `source` le trait dont `acquisition_by` liste les valeurs",
)
_LIMITS = Text(
    en="very profitable must begin above break-even", fr="très rentable doit commencer au-dessus de l'équilibre"
)
