"""The outlines of countries, from Natural Earth (README.md): read once, in degrees."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    Points = np.ndarray[Any, np.dtype[np.float64]]
    """Rows of longitude and latitude, or of x and y."""

FILE = Path(__file__).parent / "outlines.json"
Ring = Sequence[int]
"""Lines by their numbers; `~n` is line `n` from its end."""


@dataclass(frozen=True, eq=False)
class Outlines:
    """Lines that neighbours share, and the polygons of each country that are made of them."""

    lines: "tuple[Points, ...]"
    countries: dict[str, tuple[tuple[Ring, ...], ...]]

    def main_part(self, code: str) -> "tuple[Points, ...]":
        """The outline of the largest part of a country, and of the parts near it: France without what lies overseas."""
        rings = [_unbroken(joined(self.lines, polygon[0])) for polygon in self.countries[code]]
        largest = max(rings, key=_area)
        return tuple(each for each in rings if _gap(each, largest) < NEAR)


NEAR = 5.0
"""Degrees between parts of a country that are shown together."""


@cache
def outlines() -> Outlines:
    """What the file holds."""
    import numpy as np

    read: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    lines = tuple(np.cumsum(np.array(each, np.float64).reshape(-1, 2), axis=0) / 100 for each in read["arcs"])
    return Outlines(lines, {code: tuple(map(tuple, each)) for code, each in read["countries"].items()})


def is_drawn(code: str) -> bool:
    """Whether there is an outline of a country (ISO 3166)."""
    return bool(code) and code in outlines().countries


def joined(lines: "Sequence[Points]", ring: Ring) -> "Points":
    """The lines of a ring one after the other; where two meet, their common point stands once."""
    import numpy as np

    return np.concatenate([(lines[each] if each >= 0 else lines[~each][::-1])[:-1] for each in ring])


def _unbroken(ring: "Points") -> "Points":
    """A ring across the date line, its longitudes going on beyond 180 degrees."""
    import numpy as np

    return np.column_stack([np.unwrap(ring[:, 0], period=360), ring[:, 1]])


def _area(ring: "Points") -> float:
    """In square degrees; enough to tell which part is the largest."""
    import numpy as np

    x, y = ring[:, 0], ring[:, 1]
    return float(abs(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1))) / 2)


def _gap(one: "Points", other: "Points") -> float:
    """The degrees between the frames of two rings, across or up; 0 where they overlap."""
    low, high = other.min(axis=0) - one.max(axis=0), one.min(axis=0) - other.max(axis=0)
    return float(max(*low, *high, 0.0))
