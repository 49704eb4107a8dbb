"""The flows of a segment: who came on the left, who went on the right, ribbons as wide as there are persons.

Who left several segments is in each of their ribbons, so that these lie over one another where they reach the segment;
one scale serves both sides. On a narrow sheet the sides stand one below the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from quartier.look.colours import BRICK, INK, REST, SOFT_INK
from quartier.look.labels import shortened
from quartier.look.typeface import STACK, width_of

TALLEST, PITCH, GAP = 150.0, 36.0, 10.0
"""The tallest side, the least room for a stream with its two lines, and what stays free between two."""
NARROW = 600
"""Below this width the sides stand one below the other."""
_NAME, _FIGURE, _BAR, _BLOCK, _HEAD, _RIBBON = 13.0, 11.5, 6.0, 12.0, 30.0, 110.0
_CENTRE = 150.0


@dataclass(frozen=True)
class Stream:
    """Those who came from one segment, or went to it; `is_rest` for those who came from none or went to none."""

    name: str
    figure: str
    title: str
    size: int
    link: str = ""
    is_rest: bool = False


@dataclass(frozen=True)
class Side:
    """All who entered, or all who left: how many, in words, and the streams, the largest first."""

    head: str
    total: int
    streams: tuple[Stream, ...]


def draw(entries: Side, exits: Side, middle: Sequence[str], width: int, description: str) -> str:
    """Both sides, and what is said of the segment between them: its name, then how many stayed."""
    unit = TALLEST / max(entries.total, exits.total, 1)
    heights = [_height(each, unit) for each in (entries, exits)]
    if width < NARROW:
        second = heights[0] + _HEAD + 26
        parts = [_side(entries, unit, 0, width, 0, heights[0], is_entry=True)]
        parts.append(_side(exits, unit, 0, width, second, heights[1], is_entry=False))
        height = second + heights[1] + _HEAD
    else:
        half, tall = (width - _CENTRE) / 2, max(heights)
        parts = [_side(entries, unit, 0, half, 0, tall, is_entry=True)]
        parts.append(_side(exits, unit, half + _CENTRE, width, 0, tall, is_entry=False))
        parts.append(_said(middle, width / 2, _HEAD + tall / 2))
        height = tall + _HEAD
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="flow" viewBox="0 0 {width} {height:g}" role="group" '
        f'aria-label="{escape(description)}" font-family="{escape(STACK)}">{"".join(parts)}</svg>'
    )


def _height(side: Side, unit: float) -> float:
    return max(sum(_pitch(each, unit) for each in side.streams), side.total * unit, PITCH)


def _pitch(stream: Stream, unit: float) -> float:
    return max(PITCH, stream.size * unit + GAP)


def _side(side: Side, unit: float, left: float, right: float, top: float, tall: float, *, is_entry: bool) -> str:
    """One side between two edges; the block of the segment at its inner edge, streams at the outer one."""
    block = max(side.total * unit, 2.0)
    inner, ribbon_end = (right - _BLOCK, right - _BLOCK) if is_entry else (left, left + _BLOCK)
    bar = ribbon_end - _RIBBON - _BAR if is_entry else ribbon_end + _RIBBON
    room = bar - left - 10 if is_entry else right - bar - _BAR - 10
    y, block_top = top + _HEAD, top + _HEAD + (tall - block) / 2
    at = y + (tall - sum(_pitch(each, unit) for each in side.streams)) / 2
    parts, last = [], max(len(side.streams) - 1, 1)
    for place, each in enumerate(side.streams):
        pitch, thick = _pitch(each, unit), max(each.size * unit, 1.2)
        start = at + (pitch - thick) / 2
        end = block_top + (block - min(thick, block)) * (place / last if len(side.streams) > 1 else 0.5)
        parts.append(_stream(each, (bar, start), (ribbon_end, end), thick, room, is_entry=is_entry))
        at += pitch
    parts.append(
        f'<rect x="{inner:g}" y="{block_top:.1f}" width="{_BLOCK:g}" height="{block:.1f}" rx="1.5" '
        f'fill="{BRICK.light}"/>'
    )
    anchor, x = ("end", right) if is_entry else ("start", left)
    head_y = block_top - 9
    parts.append(_text(side.head, x, head_y, _NAME, anchor, bold=True))
    return "".join(parts)


def _stream(
    stream: Stream, bar: tuple[float, float], end: tuple[float, float], thick: float, room: float, *, is_entry: bool
) -> str:
    """A bar with its name outside, and the ribbon from it to the block."""
    (x, y), (to_x, to_y) = bar, end
    from_x = x + _BAR if is_entry else x
    half = (from_x + to_x) / 2
    ribbon = (
        f'<path d="M{from_x:.1f} {y:.1f}C{half:.1f} {y:.1f} {half:.1f} {to_y:.1f} {to_x:.1f} {to_y:.1f}v{thick:.1f}'
        f'C{half:.1f} {to_y + thick:.1f} {half:.1f} {y + thick:.1f} {from_x:.1f} {y + thick:.1f}z" '
        f'fill="{REST.light}" fill-opacity="{0.18 if stream.is_rest else 0.38}"/>'
    )
    rect = (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{_BAR:g}" height="{thick:.1f}" fill="{REST.light}"'
        f"{' fill-opacity=' + chr(34) + '0.5' + chr(34) if stream.is_rest else ''}/>"
    )
    anchor, at = ("end", x - 8) if is_entry else ("start", x + _BAR + 8)
    middle = y + thick / 2
    name = shortened(stream.name, room, _NAME) or stream.name[:3]
    words = _text(name, at, middle - 2, _NAME, anchor, soft=stream.is_rest) + _text(
        stream.figure, at, middle + 12, _FIGURE, anchor, soft=True
    )
    inside = f"<title>{escape(stream.title)}</title>{ribbon}{rect}{words}"
    return f'<a class="stream" href="{escape(stream.link)}">{inside}</a>' if stream.link else f"<g>{inside}</g>"


def _said(middle: Sequence[str], x: float, y: float) -> str:
    """The lines about the segment, around a point; its name on as many lines as it needs."""
    name = _rows(middle[0])
    lines = [(each, True) for each in name] + [(each, False) for each in middle[1:]]
    top = y - len(lines) * 9 + 9
    return "".join(
        _text(text, x, top + 18 * place, _NAME if is_name else _FIGURE, "middle", bold=is_name, soft=not is_name)
        for place, (text, is_name) in enumerate(lines)
    )


def _rows(name: str) -> list[str]:
    rows: list[str] = []
    for word in name.split(" "):
        longer = f"{rows[-1]} {word}" if rows else word
        if rows and width_of(longer, _NAME, bold=True) <= _CENTRE - 2 * _BLOCK:
            rows[-1] = longer
        else:
            rows.append(shortened(word, _CENTRE - 2 * _BLOCK, _NAME, bold=True))
    return rows[:3]


def _text(text: str, x: float, y: float, size: float, anchor: str, *, bold: bool = False, soft: bool = False) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" text-anchor="{anchor}" '
        f'font-weight="{600 if bold else 400}" fill="{(SOFT_INK if soft else INK).light}">{escape(text)}</text>'
    )
