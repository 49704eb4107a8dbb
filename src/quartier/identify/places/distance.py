"""Distances on the Earth.

Great-circle distances on a sphere of 6371.0088 km, the mean radius of the Earth (IUGG), by the haversine formula
(R. W. Sinnott, “Virtues of the Haversine”, Sky and Telescope 68, 1984); the Earth's flattening makes them wrong by half
a percent at most.
"""

import math

EARTH_KM = 6371.0088

Point = tuple[float, float]
"""Latitude and longitude in degrees."""


def haversine_of(km: float) -> float:
    """The haversine of the angle that a distance makes: greater for greater distances."""
    return math.sin(min(km / (2 * EARTH_KM), math.pi / 2)) ** 2


def distance_km(first: Point, second: Point) -> float:
    """The great-circle distance between two points."""
    (lat1, lon1), (lat2, lon2) = ((math.radians(each[0]), math.radians(each[1])) for each in (first, second))
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(min(1.0, half)))
