"""From the globe to the plane, in two projections that keep areas: one around a point, one for the whole world."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    Points = np.ndarray[Any, np.dtype[np.float64]]

EARTH_KM = 6371.0
MIDDLE_OF_WORLD = 11.0
"""Degrees east; the edge of the map then cuts no country but small islands."""
Projection = Callable[["Points"], "Points"]
"""From rows of longitude and latitude in degrees to rows of x (east) and y (south) in radii of the earth."""

_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796


def around(longitude: float, latitude: float) -> Projection:
    """Lambert's azimuthal equal-area projection around a point (Snyder 1987, Map Projections, 24-2 to 24-4).

    Its antipode is at infinity; what is drawn stays within a third of the way there.
    """
    import numpy as np

    middle = np.radians(latitude)

    def project(points: "Points") -> "Points":
        east, north = np.radians(points[:, 0] - longitude), np.radians(points[:, 1])
        towards = np.sin(middle) * np.sin(north) + np.cos(middle) * np.cos(north) * np.cos(east)
        scale = np.sqrt(2 / np.maximum(1 + towards, 1e-6))
        x = scale * np.cos(north) * np.sin(east)
        y = scale * (np.cos(middle) * np.sin(north) - np.sin(middle) * np.cos(north) * np.cos(east))
        return np.column_stack([x, -y])

    return project


def of_world(points: "Points") -> "Points":
    """Equal Earth (Šavrič, Patterson and Jenny 2018), its edge in the strait between Asia and America."""
    import numpy as np

    east, north = np.radians(turned(points[:, 0])), np.radians(points[:, 1])
    t = np.arcsin(np.sqrt(3) / 2 * np.sin(north))
    slope = 9 * _A4 * t**8 + 7 * _A3 * t**6 + 3 * _A2 * t**2 + _A1
    x = 2 * np.sqrt(3) * east * np.cos(t) / (3 * slope)
    y = _A4 * t**9 + _A3 * t**7 + _A2 * t**3 + _A1 * t
    return np.column_stack([x, -y])


def turned(longitudes: "Points") -> "Points":
    """Degrees east of the middle of the map of the world, from -180 to 180."""
    return (longitudes - MIDDLE_OF_WORLD + 180) % 360 - 180


def degrees_between(points: "Points", longitude: float, latitude: float) -> "Points":
    """How far points are from one, as angles at the middle of the earth."""
    import numpy as np

    east, north, middle = np.radians(points[:, 0] - longitude), np.radians(points[:, 1]), np.radians(latitude)
    towards = np.sin(middle) * np.sin(north) + np.cos(middle) * np.cos(north) * np.cos(east)
    return np.asarray(np.degrees(np.arccos(np.clip(towards, -1, 1))), np.float64)
