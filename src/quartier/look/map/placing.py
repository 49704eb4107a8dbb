"""Where the words of a map stand: on their country, beside their city, never one upon the other."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from quartier.look.map.shapes import inside
from quartier.look.typeface import width_of

if TYPE_CHECKING:
    import numpy as np

    Points = np.ndarray[Any, np.dtype[np.float64]]

NAME, FIGURE, CITY = 13.0, 11.5, 11.0
LEADING = 1.25
_GRID, _FLAT, _AIR = 8.0, 0.45, 3.0
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True)
class Written:
    """Words on a map: `x` is the middle of each line, or its beginning or end; `y` the baseline."""

    text: str
    x: float
    y: float
    size: float
    anchor: str = "middle"
    is_name: bool = False

    @property
    def box(self) -> Box:
        """What the words cover."""
        wide = width_of(self.text, self.size, bold=self.is_name)
        left = self.x - {"start": 0.0, "middle": wide / 2, "end": wide}[self.anchor]
        return (left, self.y - self.size * 0.8, left + wide, self.y + self.size * 0.2)


@dataclass
class Sheet:
    """The ground of a map, and what of it is taken."""

    width: float
    height: float
    dots: tuple[Box, ...]
    taken: list[Box] = field(default_factory=list)

    def name(self, polygons: "Sequence[list[Points]]", name: str, figure: str) -> tuple[Written, ...]:
        """The name of a country with its figure, deep inside its largest part; the name alone where room is short.

        Where not even half of the name stands on the country, it is written beside it.
        """
        for lines, part in (((name, figure), 0.9), ((name,), 0.9), ((name,), 0.5)):
            wide = max(width_of(lines[0], NAME, bold=True), *(width_of(each, FIGURE) for each in lines[1:]), 0)
            box = (wide, NAME * LEADING + FIGURE * LEADING * len(lines[1:]))
            if (spot := self._spot(polygons, box, part)) is not None:
                self.taken.append(_around(*spot, *box))
                top = spot[1] - box[1] / 2 + NAME
                below = [Written(each, spot[0], top + FIGURE * LEADING, FIGURE) for each in lines[1:]]
                return (Written(lines[0], spot[0], top, NAME, is_name=True), *below)
        return self._beside_country(polygons, name)

    def city(self, name: str, x: float, y: float, radius: float) -> tuple[Written, ...]:
        """The name of a city on a side of its dot that is free; nothing where none is."""
        own = (x - radius, y - radius, x + radius, y + radius)
        return self._beside(name, (x, y), (radius, radius), [each for each in self.dots if each != own])

    def _beside_country(self, polygons: "Sequence[list[Points]]", name: str) -> tuple[Written, ...]:
        outline = max((each[0] for each in polygons), key=_spread, default=None)
        if outline is None:
            return ()
        low, high = outline.min(axis=0), outline.max(axis=0)
        (x, y), (across, down) = (low + high) / 2, (high - low) / 2
        if not (0 <= x <= self.width and 0 <= y <= self.height):
            return ()
        return self._beside(name, (float(x), float(y)), (float(across), float(down)), self.dots, is_name=True)

    def _beside(
        self, name: str, middle: tuple[float, float], half: tuple[float, float], dots: Sequence[Box], *,
        is_name: bool = False,
    ) -> tuple[Written, ...]:  # fmt: skip
        """Words to the right, to the left, above or below something: the first side that is free."""
        size = NAME if is_name else CITY
        wide, (x, y), (across, down) = width_of(name, size, bold=is_name), middle, (half[0] + 3, half[1] + 3)
        sides = ((across, 4, "start"), (-across, 4, "end"), (0, -down, "middle"), (0, down + size, "middle"))
        for dx, dy, anchor in sides:
            left = x + dx - {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
            box = (left, y + dy - size, left + wide, y + dy + 3)
            if self._is_free(box, dots):
                self.taken.append(box)
                return (Written(name, x + dx, y + dy, size, anchor, is_name),)
        return ()

    def _spot(
        self, polygons: "Sequence[list[Points]]", box: tuple[float, float], part: float
    ) -> tuple[float, float] | None:
        """The place where `part` of the words stands on the country: it covers the fewest dots, then is the deepest."""
        import numpy as np

        rings = max(polygons, key=lambda each: _spread(each[0]), default=None)
        if rings is None:
            return None
        low, high = np.maximum(rings[0].min(axis=0), 0), np.minimum(rings[0].max(axis=0), (self.width, self.height))
        across, down = np.arange(low[0], high[0], _GRID), np.arange(low[1], high[1], _GRID)
        points = np.array([(x, y) for y in down for x in across], np.float64).reshape(-1, 2)
        spots = self._deepest(_fitting(points, rings, box, part), np.concatenate(rings))
        wide, high = box
        free = [(x, y) for x, y in spots if self._is_free(_around(x, y, wide, high), ())]
        return min(free, key=lambda each: self._covered(_around(each[0], each[1], wide, high)), default=None)

    def _deepest(self, points: "Points", edge: "Points") -> list[tuple[float, float]]:
        """The points, those farthest from the edge first; words are flat, so that what lies beside them counts less."""
        import numpy as np

        if not len(points):
            return []
        away = (points[:, None] - edge[None]) * (_FLAT, 1)
        depth = np.minimum((away**2).sum(axis=2).min(axis=1), self._from_border(points) ** 2)
        return [(float(x), float(y)) for x, y in points[np.argsort(-depth, kind="stable")]]

    def _from_border(self, points: "Points") -> "Points":
        import numpy as np

        x, y = points[:, 0], points[:, 1]
        return np.asarray(np.minimum.reduce([x * _FLAT, (self.width - x) * _FLAT, y, self.height - y]), np.float64)

    def _covered(self, box: Box) -> int:
        return sum(_overlap(box, each) for each in self.dots)

    def _is_free(self, box: Box, dots: Iterable[Box]) -> bool:
        left, top, right, bottom = box
        is_on = left >= 2 and top >= 2 and right <= self.width - 2 and bottom <= self.height - 2
        return is_on and not any(_overlap(box, each) for each in (*self.taken, *dots))


def _fitting(points: "Points", rings: "list[Points]", box: tuple[float, float], part: float) -> "Points":
    """The points around which `part` of the width of some words, and most of their height, stands on a country."""
    wide, high = box[0] * part / 2, box[1] * 0.4
    for corner in ((-wide, -high), (wide, -high), (-wide, high), (wide, high)):
        points = points[inside(rings, points + corner)] if len(points) else points
    return points


def _around(x: float, y: float, wide: float, high: float) -> Box:
    return (x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)


def _overlap(one: Box, other: Box) -> bool:
    return one[0] - _AIR < other[2] and other[0] - _AIR < one[2] and one[1] - 1 < other[3] and other[1] - 1 < one[3]


def _spread(ring: "Points") -> float:
    across, down = ring.max(axis=0) - ring.min(axis=0)
    return float(across * down)
