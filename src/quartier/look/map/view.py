"""What part of the world a map shows: as little as holds the countries and cities in question."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from quartier.look.map.outlines import outlines
from quartier.look.map.projection import (
    EARTH_KM,
    MIDDLE_OF_WORLD,
    Projection,
    around,
    degrees_between,
    of_world,
    turned,
)

if TYPE_CHECKING:
    import numpy as np

    Points = np.ndarray[Any, np.dtype[np.float64]]

WIDEST = 55.0
"""Degrees from the middle of a map; what needs more is shown on a map of the world."""
NARROWEST = 150 / EARTH_KM
"""Half of the least that a map shows, in radii of the earth: the outlines are not made for more."""
MARGIN = 14.0
LOWEST = 0.55
"""The least height of a map, as a part of its width; a map of the world may be lower."""
_WEST, _EAST = MIDDLE_OF_WORLD - 179.99, MIDDLE_OF_WORLD + 179.99
_WORLD = ((_WEST, 0.0), (_EAST, 0.0), (0.0, 83.0), (0.0, -56.0))
_BEYOND = 130.0
"""Degrees from the middle; a ring that reaches further is left out, as the projection tears it."""


@dataclass(frozen=True, eq=False)
class View:
    """A part of the world on a sheet of `width` x `height`.

    Attributes:
        projection: onto the plane, in radii of the earth.
        middle: longitude and latitude of the middle; None for the whole world.
        scale: units of the sheet to a radius of the earth.
        origin: where the projection's origin lies on the sheet.
    """

    projection: Projection
    middle: tuple[float, float] | None
    scale: float
    origin: tuple[float, float]
    width: float
    height: float

    def place(self, points: "Points") -> "Points":
        """Rows of longitude and latitude, on the sheet."""
        return self.projection(points) * self.scale + self.origin

    def is_torn(self, ring: "Points") -> bool:
        """Whether a ring cannot be drawn: it reaches too far from the middle, or across the edge of the world."""
        import numpy as np

        if self.middle is None:
            return bool((np.abs(np.diff(turned(ring[:, 0]))) > 180).any())
        return bool((degrees_between(ring, *self.middle) > _BEYOND).any())

    def holds(self, x: float, y: float) -> bool:
        """Whether a point of the sheet is on it."""
        return 0 <= x <= self.width and 0 <= y <= self.height

    @property
    def unit_of_km(self) -> float:
        """Units of the sheet to a kilometre; in a map of the world it holds nowhere in particular."""
        return self.scale / EARTH_KM


def view_of(codes: Sequence[str], dots: Sequence[tuple[float, float]], width: float, highest: float) -> View:
    """The view that holds the main parts of some countries, and some points (longitude, latitude).

    It is as wide as asked for, and as high as what it shows needs, up to `highest`.
    """
    import numpy as np

    known = outlines()
    rings = [ring for code in codes if code in known.countries for ring in known.main_part(code)]
    wanted = np.concatenate([*rings, np.array(dots, np.float64).reshape(-1, 2)]) if rings or dots else np.empty((0, 2))
    middle = _middle(wanted)
    if middle is None:
        return _fitted(of_world, None, np.array(_WORLD), width, highest)
    return _fitted(around(*middle), middle, wanted, width, highest)


def _middle(wanted: "Points") -> tuple[float, float] | None:
    if not len(wanted):
        return None
    longitude, latitude = (wanted.min(axis=0) + wanted.max(axis=0)) / 2
    is_near = bool((degrees_between(wanted, longitude, latitude) <= WIDEST).all())
    return (float(longitude), float(latitude)) if is_near else None


def _fitted(
    projection: Projection, middle: tuple[float, float] | None, wanted: "Points", width: float, highest: float
) -> View:
    placed = projection(wanted)
    low, high = placed.min(axis=0), placed.max(axis=0)
    across, up = (max(float(each), 2 * NARROWEST) for each in high - low)
    scale = min((width - 2 * MARGIN) / across, (highest - 2 * MARGIN) / up)
    height = max(round(up * scale + 2 * MARGIN), round(width * LOWEST) if middle else 0)
    x, y = (low + high) / 2 * scale
    return View(projection, middle, scale, (width / 2 - float(x), height / 2 - float(y)), width, height)
