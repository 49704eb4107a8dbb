"""Whether areas have no point in common."""

import math
from collections.abc import Sequence
from itertools import combinations

from quartier.identify.places.distance import EARTH_KM, distance_km
from quartier.segment.places import Area, Box, Circle, Polygon

_SLACK = 1.001
"""Engines and this file may round distances differently."""
_A_DEGREE_KM = math.radians(EARTH_KM)
MOST_AREAS = 50


def are_apart(areas: Sequence[Area]) -> bool:
    """Whether two of the areas have no point in common; False where that is not certain."""
    return any(_two_are_apart(one, other) for one, other in combinations(areas[:MOST_AREAS], 2))


def _two_are_apart(one: Area, other: Area) -> bool:
    if isinstance(one, Circle) and isinstance(other, Circle):
        away = distance_km((one.latitude, one.longitude), (other.latitude, other.longitude))
        return away > (one.km + other.km) * _SLACK
    (south, north), (other_south, other_north) = _latitudes(one), _latitudes(other)
    if south > other_north or other_south > north:
        return True
    (west, east), (other_west, other_east) = _longitudes(one), _longitudes(other)
    return west > other_east or other_west > east


def _latitudes(area: Area) -> tuple[float, float]:
    match area:
        case Circle(latitude=latitude, km=km):
            degrees = km / _A_DEGREE_KM * _SLACK
            return latitude - degrees, latitude + degrees
        case Box(south=south, north=north):
            return south, north
        case Polygon(corners=corners):
            return min(each[0] for each in corners), max(each[0] for each in corners)


def _longitudes(area: Area) -> tuple[float, float]:
    """From west to east; all around the Earth where the area may cross the date line."""
    match area:
        case Box(west=west, east=east) if west <= east:
            return west, east
        case Polygon(corners=corners):
            return min(each[1] for each in corners), max(each[1] for each in corners)
    return -180.0, 180.0
