"""Countries and the graticule as paths on a sheet: only what is on it, and no finer than it shows."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from quartier.look.map.outlines import Ring, joined, outlines
from quartier.look.map.projection import MIDDLE_OF_WORLD
from quartier.look.map.view import View

if TYPE_CHECKING:
    import numpy as np

    Points = np.ndarray[Any, np.dtype[np.float64]]

FINEST = 1.6
"""Units of the sheet between points of a line; nearer ones are left out."""
SMALLEST = 2.5
"""Units of the sheet across: smaller islands are left out."""
BLEED = 12.0
"""How far a shape is kept beyond the sheet, so that the edge where it is cut does not show."""
_STEPS = (1, 2, 5, 10, 20, 30)


def placed_rings(view: View, code: str, lines: "list[Points]") -> "list[list[Points]]":
    """The polygons of a country on a sheet, each its outline before its holes; `lines` are those of the view."""
    known = outlines()
    found = []
    for polygon in known.countries[code]:
        rings = [_clipped(joined(lines, ring), view) for ring in polygon if _is_near(view, ring, lines)]
        if kept := [each for each in rings if len(each) > 2]:
            found.append(kept)
    return found


def placed_lines(view: View) -> "list[Points]":
    """Every line on a sheet, its close points left out; its ends stay, so that neighbours fit."""
    return [_thinned(view.place(each)) for each in outlines().lines]


def path_of(rings: "Iterable[Points]") -> str:
    """Rings as one path, in tenths of a unit."""
    return "".join(_ring(each) for each in rings)


def graticule(view: View) -> str:
    """Meridians and parallels as one path, some three to seven of each."""
    import numpy as np

    if view.middle is None:
        across, up = MIDDLE_OF_WORLD + np.linspace(-179.9, 179.9, 120), np.arange(-60.0, 84, 2)
        meridians, parallels = range(-150, 181, 30), range(-60, 90, 30)
    else:
        reach = np.degrees(max(view.width, view.height) / view.scale) / 2
        step = next((each for each in _STEPS if reach / each <= 2.5), 30)
        longitude, latitude = view.middle
        half = min(reach * 1.6 / max(np.cos(np.radians(abs(latitude) + reach / 2)), 0.2), 170)
        west, south, north = longitude - half, max(latitude - reach * 1.5, -88), min(latitude + reach * 1.5, 88)
        across, up = np.linspace(west, longitude + half, 60), np.linspace(south, north, 60)
        meridians = range(_down(west, step), int(longitude + half) + step, step)
        parallels = range(_down(south, step), int(north) + step, step)
    lines = [np.column_stack([np.full_like(up, each), up]) for each in meridians]
    lines += [np.column_stack([across, np.full_like(across, each)]) for each in parallels if -90 < each < 90]
    return "".join(_line(view.place(each)) for each in lines)


def inside(rings: "list[Points]", points: "Points") -> "np.ndarray[Any, np.dtype[np.bool_]]":
    """Which points lie in a polygon: those from which a ray crosses its rings an odd number of times."""
    import numpy as np

    x, y = points[:, 0][:, None], points[:, 1][:, None]
    odd = np.zeros(len(points), bool)
    for ring in rings:
        ax, ay = ring[:, 0][None], ring[:, 1][None]
        bx, by = np.roll(ring[:, 0], -1)[None], np.roll(ring[:, 1], -1)[None]
        spans = (ay > y) != (by > y)
        with np.errstate(divide="ignore", invalid="ignore"):
            crosses = spans & (x < (bx - ax) * (y - ay) / (by - ay) + ax)
        odd ^= crosses.sum(axis=1) % 2 == 1
    return odd


def _is_near(view: View, ring: Ring, lines: "list[Points]") -> bool:
    known = outlines().lines
    if view.is_torn(joined(known, ring)):
        return False
    low, high = joined(lines, ring).min(axis=0), joined(lines, ring).max(axis=0)
    is_on = high[0] > 0 and high[1] > 0 and low[0] < view.width and low[1] < view.height
    return bool(is_on and max(high - low) >= SMALLEST)


def _thinned(points: "Points") -> "Points":
    import numpy as np

    length = np.concatenate([[0.0], np.cumsum(np.abs(np.diff(points, axis=0)).sum(axis=1))])
    is_kept = np.diff(length // FINEST, prepend=-1.0) > 0
    is_kept[-1] = True
    return np.asarray(points[is_kept], np.float64)


def _clipped(ring: "Points", view: View) -> "Points":
    """What of a ring is on the sheet and a little beyond (Sutherland and Hodgman 1974)."""
    import numpy as np

    corners = [(float(x), float(y)) for x, y in ring]
    for axis, edge, is_low in ((0, -BLEED, True), (0, view.width + BLEED, False),
                               (1, -BLEED, True), (1, view.height + BLEED, False)):  # fmt: skip
        corners = _cut(corners, axis, edge, is_low)
    return np.array(corners, np.float64).reshape(-1, 2)


def _cut(corners: list[tuple[float, float]], axis: int, edge: float, is_low: bool) -> list[tuple[float, float]]:
    found: list[tuple[float, float]] = []
    for place, here in enumerate(corners):
        before = corners[place - 1]
        is_in, was_in = (here[axis] >= edge) == is_low, (before[axis] >= edge) == is_low
        if is_in != was_in:
            part = (edge - before[axis]) / (here[axis] - before[axis])
            crossing = (before[0] + part * (here[0] - before[0]), before[1] + part * (here[1] - before[1]))
            found.append(crossing)
        if is_in:
            found.append(here)
    return found


def _ring(points: "Points") -> str:
    return f"{_line(points)}z" if len(points) > 2 else ""


def _line(points: "Points") -> str:
    import numpy as np

    tenths = np.round(points * 10).astype(int)
    steps = np.diff(tenths, axis=0)
    steps = steps[(steps != 0).any(axis=1)]
    first = f"M{tenths[0, 0] / 10:g} {tenths[0, 1] / 10:g}"
    return first + "l" + " ".join(f"{x / 10:g} {y / 10:g}" for x, y in steps.tolist()) if len(steps) else ""


def _down(degrees: float, step: int) -> int:
    return int(degrees // step) * step
