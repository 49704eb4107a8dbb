"""The plan of the clientele: a city whose districts are segments that do not overlap.

Area says how many (or how much), shade says how it goes, streets are gaps of paper, and lanes cut every district into
blocks of the same number of persons, so that sizes can be compared by eye and on a black-and-white print. The places
are found by squarify (Bruls, Huizing, van Wijk 2000); this module keeps order, lays out the streets and writes names
that never leave their district.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import squarify

from quartier.look.colours import INK, SHADES, SOFT_INK, SURFACE, on_shade
from quartier.look.labels import Label, fitted, shortened
from quartier.look.typeface import STACK, width_of

BOULEVARD, STREET, SIGN, SLIVER = 14.0, 4.0, 22.0, 0.5


@dataclass(frozen=True)
class District:
    """One segment on the plan. `size` is an area in any unit; `shade` goes from 0 (little) to 5 (much).

    `number` stands for the name where a district is too small for it.
    """

    name: str
    figure: str
    size: float
    shade: int
    title: str
    number: int
    link: str = ""
    ward: str = ""


@dataclass(frozen=True)
class Plan:
    """A drawn plan, and the districts too small for their name, to be explained beside it by their numbers."""

    svg: str
    numbered: tuple[District, ...]


@dataclass(frozen=True)
class _Plot:
    x: float
    y: float
    width: float
    height: float

    def within(self, margin: float, above: float = 0.0) -> "_Plot":
        """What a margin leaves, and a strip for a sign above; a plot too small for its margin keeps half of itself."""
        side, head = min(margin, self.width / 4), min(margin, self.height / 4)
        return _Plot(self.x + side, self.y + head + above, self.width - 2 * side, self.height - 2 * head - above)

    def clipped(self, ground: "_Plot") -> "_Plot":
        """The part that lies on the ground; what would lie beyond is a sliver along the edge."""
        left = min(max(self.x, ground.x), ground.x + ground.width - SLIVER)
        top = min(max(self.y, ground.y), ground.y + ground.height - SLIVER)
        right = min(self.x + self.width, ground.x + ground.width)
        foot = min(self.y + self.height, ground.y + ground.height)
        return _Plot(left, top, max(right - left, SLIVER), max(foot - top, SLIVER))

    @property
    def has_room_for_sign(self) -> bool:
        return self.height > 3 * SIGN


def draw(districts: Sequence[District], width: int, height: int, description: str, *, block: float = 0) -> Plan:
    """The plan in `width` x `height` units; `block` is the size that one block of a district stands for (0: no lanes).

    Districts of no size are left out. Larger wards and districts come first, ties in the order given.
    """
    lots = _lots([each for each in districts if each.size > 0], _Plot(0, 0, width, height))
    numbered: list[District] = []
    side = math.sqrt(width * height * block / max(sum(each.size for each in districts), 1e-9))
    parts = [_sign(name, lot) for name, lot in lots.wards]
    parts += [_district(each, lot, side, numbered) for each, lot in lots.districts]
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="plan" viewBox="0 0 {width} {height}" '
        f'role="group" aria-label="{escape(description)}" font-family="{escape(STACK)}">{"".join(parts)}</svg>'
    )
    return Plan(svg, tuple(numbered))


def heading(text: str, x: float, y: float) -> str:
    """A title to be set above a plan, as SVG."""
    return (
        f'<text x="{x:g}" y="{y:g}" font-family="{escape(STACK)}" font-size="18" font-weight="600" '
        f'fill="{INK.light}">{escape(text)}</text>'
    )


def block_size(total: float, blocks: int = 360) -> float:
    """A round number (1, 2 or 5 times a power of ten) that cuts `total` into about so many blocks."""
    if total <= 0:
        return 0.0
    exact = total / blocks
    power = 10.0 ** math.floor(math.log10(exact))
    return max(min((1, 2, 5, 10), key=lambda step: abs(math.log(exact / (step * power)))) * power, 1.0)


@dataclass(frozen=True)
class _Lots:
    wards: tuple[tuple[str, _Plot], ...]
    districts: tuple[tuple[District, _Plot], ...]


def _lots(districts: Sequence[District], ground: _Plot) -> _Lots:
    names = list(dict.fromkeys(each.ward for each in districts))
    groups = {name: [each for each in districts if each.ward == name] for name in names}
    whole = _Plot(
        ground.x - BOULEVARD / 2, ground.y - BOULEVARD / 2, ground.width + BOULEVARD, ground.height + BOULEVARD
    )
    largest = sorted(names, key=lambda name: -sum(each.size for each in groups[name]))
    plots = _shared([sum(each.size for each in groups[name]) for name in largest], whole)
    wards = [(name, plot.within(BOULEVARD / 2).clipped(ground)) for name, plot in zip(largest, plots, strict=True)]
    placed = []
    for name, plot in wards:
        inner = plot.within(-STREET / 2, SIGN if name and plot.has_room_for_sign else 0.0)
        members = sorted(groups[name], key=lambda each: -each.size)
        lots = _shared([each.size for each in members], inner)
        placed += [(each, lot.within(STREET / 2).clipped(plot)) for each, lot in zip(members, lots, strict=True)]
    return _Lots(tuple(wards), tuple(placed))


def _shared(sizes: list[float], ground: _Plot) -> list[_Plot]:
    if not sizes:
        return []
    areas = squarify.normalize_sizes(sizes, ground.width, ground.height)
    found = squarify.squarify(areas, ground.x, ground.y, ground.width, ground.height)
    return [_Plot(each["x"], each["y"], each["dx"], each["dy"]) for each in found]


def _sign(name: str, lot: _Plot) -> str:
    written, spacing = _lettering(name, lot.width)
    if not written or not lot.has_room_for_sign:
        return ""
    return (
        f'<text class="ward" x="{lot.x:.1f}" y="{lot.y + 13:.1f}" font-size="11" font-weight="600" '
        f'letter-spacing="{spacing:g}" '
        f'fill="{SOFT_INK.light}">{escape(written)}</text>'
    )


def _lettering(name: str, width: float) -> tuple[str, float]:
    """A sign and the space between its letters: spaced capitals, narrow ones, or as it is written, cut at worst."""
    for text, spacing in ((name.upper(), 1.0), (name.upper(), 0.2)):
        if width_of(text, 11, bold=True) + spacing * len(text) <= width:
            return text, spacing
    return shortened(name, width, 11, bold=True), 0.0


def _district(district: District, lot: _Plot, side: float, numbered: list[District]) -> str:
    shade = SHADES[district.shade]
    label = fitted(district.name, district.figure, lot.width, lot.height)
    if label is None:
        numbered.append(district)
        label = fitted(str(district.number), "", lot.width, lot.height)
    inside = (
        f"<title>{escape(district.title)}</title>"
        f'<rect x="{lot.x:.1f}" y="{lot.y:.1f}" width="{lot.width:.1f}" height="{lot.height:.1f}" rx="2" '
        f'fill="{shade.light}"/>{_lanes(lot, side)}{_written(label, lot, district.shade)}'
    )
    target = f' href="{escape(district.link)}"' if district.link else ""
    return f'<a class="district"{target}>{inside}</a>'  # its <title> names it, whatever there is room to write


def _lanes(lot: _Plot, side: float) -> str:
    if side < 4:
        return ""
    columns, rows = max(1, round(lot.width / side)), max(1, round(lot.height / side))
    upright = [f"M{lot.x + lot.width * k / columns:.1f} {lot.y:.1f}v{lot.height:.1f}" for k in range(1, columns)]
    level = [f"M{lot.x:.1f} {lot.y + lot.height * k / rows:.1f}h{lot.width:.1f}" for k in range(1, rows)]
    return (
        f'<path class="lanes" d="{"".join(upright + level)}" stroke="{SURFACE.light}" stroke-width="0.8" '
        'stroke-opacity="0.35"/>'
    )


def _written(label: Label | None, lot: _Plot, shade: int) -> str:
    if label is None:
        return ""
    ground, ink = SHADES[shade].light, on_shade(shade).light
    lines = "".join(
        f'<text x="{lot.x + line.x:.1f}" y="{lot.y + line.y:.1f}" font-size="{line.size:g}" '
        f'font-weight="{600 if line.bold else 400}">{escape(line.text)}</text>'
        for line in label.lines
    )
    # The outline in the district's own colour keeps the lanes from crossing the letters.
    return (
        f'<g fill="{ink}" stroke="{ground}" stroke-width="5" stroke-linejoin="round" paint-order="stroke">{lines}</g>'
    )
