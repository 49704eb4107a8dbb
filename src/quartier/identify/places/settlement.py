"""Urban, suburban or rural, by how many people are known to live around a place.

The limits are those of Eurostat's Degree of urbanisation (Applying the Degree of Urbanisation, 2021, chapter 2): 50,000
inhabitants for a centre, 5,000 for a town, 300 a square kilometre for a cluster. That method counts inhabitants on a
grid of one square kilometre; here only places of 1,000 inhabitants and more are known, each as a point with all of its
people. So the edge of a large commune counts as its middle, villages count as nobody, and neighbours across a border
are not seen.
"""

import math
from enum import StrEnum

from quartier.identify.places.cities import City
from quartier.identify.places.gazetteer import Places
from quartier.language import Text

NEAR_KM = 5.0
CENTRE, TOWN = 50_000, 5_000
CLUSTER = round(300 * math.pi * NEAR_KM**2)
"""300 inhabitants a square kilometre over the circle: 23,562."""


class Settlement(StrEnum):
    """How densely people live around a place."""

    URBAN = "urban"
    SUBURBAN = "suburban"
    RURAL = "rural"

    @property
    def label(self) -> Text:
        """The degree's name for a reader."""
        return _LABELS[self]


def settlement_of(city: City, places: Places) -> Settlement:
    """The degree of a city among the places of its country."""
    around = sum(each.inhabitants for each in places.around((city.latitude, city.longitude), NEAR_KM))
    if around >= CENTRE:
        return Settlement.URBAN
    return Settlement.SUBURBAN if city.inhabitants >= TOWN or around >= CLUSTER else Settlement.RURAL


_LABELS = {
    Settlement.URBAN: Text(en="urban", fr="urbain"),
    Settlement.SUBURBAN: Text(en="suburban or a town", fr="périurbain ou petite ville"),
    Settlement.RURAL: Text(en="rural", fr="rural"),
}
