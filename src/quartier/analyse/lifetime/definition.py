"""The document that says how lifetime value is to be computed."""

from typing import Annotated, Literal

from pydantic import Field

from quartier.analyse.lifetime.laws import NAMES, Method
from quartier.analyse.modelling.asked import Asked
from quartier.analyse.modelling.document import OfPurchases
from quartier.language import Text, verbatim


class LifetimeValue(OfPurchases):
    """What customers will bring within a horizon.

    >>> LifetimeValue(horizon=26, margin=0.4).name
    'lifetime_value'
    """

    model: Literal["lifetime_value"] = Field(default="lifetime_value", description="which statistics")
    horizon: Annotated[
        int, Field(ge=1, le=520, description="how many weeks ahead"),
        Asked(Text(en="Weeks ahead", fr="Semaines à venir")),
    ] = 52  # fmt: skip
    margin: Annotated[
        float | None,
        Field(gt=0, le=1, description="the share of revenue that stays as margin; without it value is revenue"),
        Asked(
            Text(en="Margin", fr="Marge"),
            Text(
                en="the share of revenue that stays, such as 0.4; empty: value is revenue",
                fr="la part du chiffre d'affaires qui reste, par exemple 0,4 ; vide : la valeur est un chiffre "
                "d'affaires",
            ),
        ),
    ] = None  # fmt: skip
    discount: Annotated[
        float, Field(ge=0, le=1, description="by how much less a year's wait makes an amount worth, e.g. 0.1"),
        Asked(Text(en="Yearly discount", fr="Actualisation annuelle"), is_advanced=True),
    ] = 0.0  # fmt: skip
    method: Annotated[
        Method, Field(description="the law of purchases"),
        Asked(
            Text(en="Law of purchases", fr="Loi des achats"),
            Text(
                en="BG/NBD unless its check is poor: then compare another",
                fr="BG/NBD, sauf si sa vérification est mauvaise : comparez alors une autre",
            ),
            options={name: verbatim(label, label) for name, label in NAMES.items()}, is_advanced=True,
        ),
    ] = "bg-nbd"  # fmt: skip
    occasion: Annotated[
        int,
        Field(ge=7, le=366, description="days of an occasion to buy, for BG/BB; purchases within one count as one"),
        Asked(
            Text(en="Days of an occasion", fr="Jours d'une occasion"),
            Text(en="for BG/BB only", fr="pour BG/BB seulement"),
            is_advanced=True,
        ),
    ] = 30
    kept_back: Annotated[
        float,
        Field(ge=0.05, le=0.6, description="the last share of the time, which is kept back to check the forecast"),
        Asked(Text(en="Time kept back for the check", fr="Part du temps gardée pour vérifier"), is_advanced=True),
    ] = 0.25  # fmt: skip
