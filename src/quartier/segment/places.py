"""Areas on the Earth: around a point, between two parallels and two meridians, or inside of a polygon.

Distances are great-circle distances on a sphere of 6371.0088 km, the mean radius of the Earth (IUGG), by the haversine
formula (R. W. Sinnott, “Virtues of the Haversine”, Sky and Telescope 68, 1984); the Earth's flattening makes them wrong
by half a percent at most. The sides of a polygon are straight lines of latitude and longitude, as on most maps.
"""

import math
from dataclasses import dataclass

EARTH_KM = 6371.0088
FARTHEST_KM = 20_015.0
"""About half of the Earth's circumference: nothing is farther."""
MOST_CORNERS = 100

Point = tuple[float, float]
"""Latitude and longitude in degrees."""


@dataclass(frozen=True)
class Circle:
    """All within a distance of a point, the distance itself included; `name` is the city that the user named."""

    latitude: float
    longitude: float
    km: float
    name: str | None = None


@dataclass(frozen=True)
class Box:
    """Between two parallels and two meridians, all included; with `west` above `east` it crosses the date line."""

    south: float
    west: float
    north: float
    east: float


@dataclass(frozen=True)
class Polygon:
    """Inside of a line through some corners that ends where it begins."""

    corners: tuple[Point, ...]


Area = Circle | Box | Polygon


def haversine_of(km: float) -> float:
    """The haversine of the angle that a distance makes: greater for greater distances."""
    return math.sin(min(km / (2 * EARTH_KM), math.pi / 2)) ** 2


def distance_km(first: Point, second: Point) -> float:
    """The great-circle distance between two points."""
    (lat1, lon1), (lat2, lon2) = ((math.radians(each[0]), math.radians(each[1])) for each in (first, second))
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(min(1.0, half)))
