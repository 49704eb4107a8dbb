"""The definition of truth for places, on a sphere of 6371.0088 km and on a map of latitudes and longitudes."""

import math
from typing import Any

from quartier.identify.places.distance import Point
from quartier.segment.places import Area, Box, Circle


def is_in_area(latitude: Any, longitude: Any, area: Area) -> bool:
    """Whether a position is known, on Earth and in the area."""
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
        return False
    here = (float(latitude), float(longitude))
    if isinstance(area, Circle):
        return kilometres(here, (area.latitude, area.longitude)) <= area.km
    return is_in_box(here, area) if isinstance(area, Box) else is_in_polygon(here, area.corners)


def kilometres(here: Point, there: Point) -> float:
    """Along the great circle, by the angle between the two directions from the centre of the Earth."""
    first, second = direction(here), direction(there)
    across = math.dist(first, second)  # the straight way through the Earth
    return 2 * 6371.0088 * math.asin(min(1.0, across / 2))


def direction(point: Point) -> tuple[float, float, float]:
    """The point on a sphere of radius 1."""
    latitude, longitude = math.radians(point[0]), math.radians(point[1])
    return (
        math.cos(latitude) * math.cos(longitude),
        math.cos(latitude) * math.sin(longitude),
        math.sin(latitude),
    )


def is_in_box(here: Point, box: Box) -> bool:
    """Between the parallels and, going east from the western side, before the eastern side."""
    latitude, longitude = here
    if not box.south <= latitude <= box.north:
        return False
    if box.west <= box.east:
        return box.west <= longitude <= box.east
    return longitude >= box.west or longitude <= box.east


def is_in_polygon(here: Point, corners: tuple[Point, ...]) -> bool:
    """Whether going east from the point one leaves the area once more than one enters it."""
    latitude, longitude = here
    crossed = 0
    for (lat1, lon1), (lat2, lon2) in zip(corners, (*corners[1:], corners[0]), strict=True):
        is_between = min(lat1, lat2) <= latitude < max(lat1, lat2)
        if is_between and longitude < (lon2 - lon1) * (latitude - lat1) / (lat2 - lat1) + lon1:
            crossed += 1
    return crossed % 2 == 1
