"""Areas on the Earth: around a point, between two parallels and two meridians, or inside of a polygon.

The sides of a polygon are straight lines of latitude and longitude, as on most maps.
"""

from dataclasses import dataclass

from quartier.identify.places.distance import Point

FARTHEST_KM = 20_015.0
"""About half of the Earth's circumference: nothing is farther."""
MOST_CORNERS = 100


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
