"""The document of RFM, and the way from any model's document to its kind."""

from typing import Annotated, Literal

from pydantic import Field

from quartier.analyse.classes import Bins
from quartier.analyse.modelling.asked import Asked
from quartier.analyse.modelling.document import OfPurchases
from quartier.language import Text


class Rfm(OfPurchases):
    """Recency, frequency and monetary value of customers.

    >>> Rfm(bins=4, within="2 years").amount
    'revenue'
    """

    model: Literal["rfm"] = Field(default="rfm", description="which statistics")
    name: Literal["rfm", ""] = Field(default="rfm", description="always `rfm`: its traits have these names")
    bins: Annotated[
        Bins, Field(description="bins per axis: 3, 4 or 5"),
        Asked(
            Text(en="Steps of each axis", fr="Paliers par axe"),
            Text(
                en="Five are usual; three or four are enough for a few hundred customers.",
                fr="Cinq d'ordinaire ; trois ou quatre suffisent pour quelques centaines de clients.",
            ),
        ),
    ] = 5  # fmt: skip
