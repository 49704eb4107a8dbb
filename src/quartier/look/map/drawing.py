"""The map as SVG: a quiet ground, countries by shade, cities as dots in brick, words where there is room, its key.

It says the same in black and white: shades fall in lightness from step to step, dots have a rim, countries in
question a line. Countries and cities are links, each named by its title, as the districts of the plan are.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from quartier.look.colours import BRICK, INK, LINE, SHADES, SOFT_INK, SURFACE, on_shade
from quartier.look.map.outlines import outlines
from quartier.look.map.placing import Sheet, Written
from quartier.look.map.shapes import graticule, inside, path_of, placed_lines, placed_rings
from quartier.look.map.view import View, view_of
from quartier.look.typeface import STACK, width_of

if TYPE_CHECKING:
    import numpy as np

    Points = np.ndarray[Any, np.dtype[np.float64]]

STEPS = 5
"""Shades of a map: the faintest of all is left to what is not in question."""
MOST_LABELLED = 12
"""Cities whose names are written, the largest, where there is room."""
_KEY_HEIGHT, _SWATCH, _SMALL = 22.0, 26.0, 11.5
_BARS_KM = (50, 100, 200, 500, 1000, 2000, 5000)


@dataclass(frozen=True)
class Land:
    """A country in question by its code; `step` goes from 1 (little) to 5 (much)."""

    code: str
    name: str
    figure: str
    title: str
    step: int
    link: str = ""


@dataclass(frozen=True)
class Dot:
    """A city; `size` is an area in any unit."""

    name: str
    title: str
    longitude: float
    latitude: float
    size: float
    link: str = ""


@dataclass(frozen=True)
class MapKey:
    """How to read a map: what shades say, from the least to the most, and what a dot of a size stands for."""

    shades: str
    least: str
    most: str
    dot: str = ""
    dot_size: float = 0.0


def draw(
    lands: Sequence[Land], dots: Sequence[Dot], framed: Sequence[str], width: int, highest: int, description: str,
    key: MapKey,
) -> str:  # fmt: skip
    """The map with its key below, around the countries `framed`; it is no higher than `highest`, but for the key."""
    view = view_of(framed, (), width, highest)
    height = view.height
    lines = placed_lines(view)
    shapes = {each.code: placed_rings(view, each.code, lines) for each in lands if each.code in outlines().countries}
    circles = _circles(dots, view)
    sheet = Sheet(width, height, tuple((x - r, y - r, x + r, y + r) for _, x, y, r in circles))
    below, key_height = _key(key, width, height, circles)
    inner = [
        f'<path d="{graticule(view)}" fill="none" stroke="{LINE.light}" stroke-width="0.6"/>',
        f'<path d="{_others(view, shapes, lines)}" fill="{LINE.light}" stroke="{SURFACE.light}" stroke-width="0.7"/>',
        *(_land(each, shapes[each.code]) for each in lands if each.code in shapes),
        *(_dot(*each) for each in circles),
        *(_words(each, _ground(each, lands, shapes)) for each in _placed(sheet, lands, shapes, circles)),
        _bar(view),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="map" viewBox="0 0 {width} {height + key_height:g}" '
        f'role="group" aria-label="{escape(description)}" font-family="{escape(STACK)}">'
        f'<svg width="{width}" height="{height:g}" viewBox="0 0 {width} {height:g}">{"".join(inner)}</svg>'
        f'<rect x="0.5" y="0.5" width="{width - 1}" height="{height - 1:g}" rx="3" fill="none" stroke="{LINE.light}"/>'
        f"{below}</svg>"
    )


_Circle = tuple[Dot, float, float, float]
_Shapes = dict[str, "list[list[Points]]"]


def _others(view: View, shapes: _Shapes, lines: "list[Points]") -> str:
    """All land that is not in question."""
    rest = (code for code in outlines().countries if code not in shapes)
    return "".join(path_of(polygon) for code in rest for polygon in placed_rings(view, code, lines))


def _land(land: Land, polygons: "list[list[Points]]") -> str:
    path = "".join(path_of(each) for each in polygons)
    if not path:
        return ""
    shape = (
        f'<path d="{path}" fill="{SHADES[land.step].light}" fill-rule="evenodd" stroke="{SURFACE.light}" '
        'stroke-width="1.2" stroke-linejoin="round"/>'
    )
    return _linked(land.title, land.link, shape)


def _circles(dots: Sequence[Dot], view: View) -> list[_Circle]:
    """The dots on the sheet, the largest first, so that smaller ones lie on top."""
    import numpy as np

    largest = max((each.size for each in dots), default=1.0)
    most = min(view.width, view.height) / 24
    placed = view.place(np.array([(each.longitude, each.latitude) for each in dots], np.float64).reshape(-1, 2))
    found = [
        (each, round(float(x), 1), round(float(y), 1), round(max(most * math.sqrt(each.size / largest), 2.2), 1))
        for each, (x, y) in zip(dots, placed, strict=True)
        if view.holds(float(x), float(y))
    ]
    return sorted(found, key=lambda one: -one[0].size)


def _dot(dot: Dot, x: float, y: float, radius: float) -> str:
    circle = (
        f'<circle cx="{x:g}" cy="{y:g}" r="{radius:g}" fill="{BRICK.light}" '
        f'stroke="{SURFACE.light}" stroke-width="1.2"/>'
    )
    return _linked(dot.title, dot.link, circle)


def _linked(title: str, link: str, shape: str) -> str:
    named = f"<title>{escape(title)}</title>{shape}"
    return f'<a class="place" href="{escape(link)}">{named}</a>' if link else f"<g>{named}</g>"


def _placed(sheet: Sheet, lands: Sequence[Land], shapes: _Shapes, circles: Sequence[_Circle]) -> list[Written]:
    found: list[Written] = []
    for land in lands:
        if polygons := shapes.get(land.code):
            found += sheet.name(polygons, land.name, land.figure)
    for dot, x, y, radius in circles[:MOST_LABELLED]:
        found += sheet.city(dot.name, x, y, radius)
    return found


def _ground(written: Written, lands: Sequence[Land], shapes: _Shapes) -> int | None:
    """The step of the country that words stand on with both ends; None where they reach beyond."""
    import numpy as np

    left, top, right, bottom = written.box
    middle = (top + bottom) / 2
    ends = np.array([(left, middle), ((left + right) / 2, middle), (right, middle)])
    on = (land.step for land in lands for rings in shapes.get(land.code, ()) if inside(rings, ends).all())
    return next(on, None)


def _words(written: Written, step: int | None) -> str:
    """Words in the ink that can be read on their ground, which goes around them so that no line crosses them."""
    ground, ink = (SURFACE, INK) if step is None else (SHADES[step], on_shade(step))
    return (
        f'<text class="words" x="{written.x:.1f}" y="{written.y:.1f}" font-size="{written.size:g}" '
        f'text-anchor="{written.anchor}" font-weight="{600 if written.is_name else 400}" fill="{ink.light}" '
        f'stroke="{ground.light}" stroke-width="3" stroke-opacity="0.85" stroke-linejoin="round" '
        f'paint-order="stroke">{escape(written.text)}</text>'
    )


def _bar(view: View) -> str:
    """How long a round number of kilometres is; nothing on a map of the world, where it differs from place to place."""
    if view.middle is None:
        return ""
    fitting = [each for each in _BARS_KM if each * view.unit_of_km <= view.width / 4]
    km = fitting[-1] if fitting else _BARS_KM[0]
    long, y = km * view.unit_of_km, view.height - 10
    return (
        f'<path d="M10 {y - 4:g}v4h{long:.1f}v-4" fill="none" stroke="{SOFT_INK.light}" stroke-width="1.2"/>'
        f'<text x="{14 + long:.1f}" y="{y:g}" font-size="10.5" fill="{SOFT_INK.light}" stroke="{SURFACE.light}" '
        f'stroke-width="3" stroke-opacity="0.85" paint-order="stroke">{km} km</text>'
    )


def _key(key: MapKey, width: float, top: float, circles: Sequence[_Circle]) -> tuple[str, float]:
    """The key under a map, and its height: shades from none to the most, and beside them, or below, what a dot says."""
    x, y = 2.0, top + _KEY_HEIGHT
    parts = [_small(key.shades, x, y)]
    x += width_of(key.shades, _SMALL) + 12
    scale = width_of(key.least, _SMALL) + 6 + STEPS * (_SWATCH + 2) + 4 + width_of(key.most, _SMALL)
    if x + scale > width:
        x, y = 2.0, y + _KEY_HEIGHT - 4
    parts.append(_scale(key, x, y))
    x += scale + 24
    if key.dot and circles:
        radius = circles[0][3] * math.sqrt(key.dot_size / circles[0][0].size)
        if x + 2 * radius + 6 + width_of(key.dot, _SMALL) > width:
            x, y = 2.0, y + _KEY_HEIGHT + 4
        circle = f'<circle cx="{x + radius:.1f}" cy="{y - 4:g}" r="{radius:.1f}" fill="{BRICK.light}"/>'
        parts += [circle, _small(key.dot, x + 2 * radius + 6, y)]
    return "".join(parts), y - top + 8


def _scale(key: MapKey, x: float, y: float) -> str:
    """The shades in a row, between the least and the most that they stand for."""
    begins = x + width_of(key.least, _SMALL) + 6
    boxes = "".join(
        f'<rect x="{begins + (step - 1) * (_SWATCH + 2):.1f}" y="{y - 9:g}" width="{_SWATCH:g}" height="10" '
        f'fill="{SHADES[step].light}" stroke="{SOFT_INK.light}" stroke-width="0.5"/>'
        for step in range(1, STEPS + 1)
    )
    return _small(key.least, x, y) + boxes + _small(key.most, begins + STEPS * (_SWATCH + 2) + 4, y)


def _small(text: str, x: float, y: float) -> str:
    return f'<text x="{x:.1f}" y="{y:g}" font-size="{_SMALL}" fill="{SOFT_INK.light}">{escape(text)}</text>'
