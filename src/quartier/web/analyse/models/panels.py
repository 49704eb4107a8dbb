"""Panels over numbers that were tried: a line whose taken point is large, whiskers, one panel beside another."""

from collections.abc import Sequence
from typing import Any

from quartier.look.colours import BRICK, INK, REST
from quartier.report.figures.figure import NARROW

HEIGHT, MARGIN, GAP = 170, 46, 30


def side_of(width: int) -> int:
    """How wide each of two panels is in a figure of a width; below each other where it is narrow."""
    return width - MARGIN if width <= NARROW else (width - 2 * MARGIN - GAP) // 2


def over_numbers(alt: Any, title: str) -> Any:
    """The chart of `rows` over their `number`, on which the layers of panels are made."""
    return alt.Chart(alt.Data(name="rows")).encode(
        x=alt.X("number:O", title=title, axis=alt.Axis(labelAngle=0, domain=True))
    )


def line(base: Any, alt: Any, field: str, **y: Any) -> list[Any]:
    """A field as a line with points; the one that was taken (`is_taken`) is large."""
    shown = alt.Y(f"{field}:Q", title=None, **{"axis": alt.Axis(tickCount=4)} | y)
    points = base.encode(y=shown)
    return [
        base.mark_line(color=BRICK.light).encode(y=shown),
        points.mark_point(color=BRICK.light, filled=True, size=30, opacity=1),
        points.transform_filter("datum.is_taken").mark_point(color=BRICK.light, filled=True, size=170, opacity=1),
    ]


def whiskers(base: Any, alt: Any) -> Any:
    """From `low` to `high`, on an axis from 0 to 1."""
    return base.mark_rule(color=REST.light, strokeWidth=3, opacity=0.6).encode(
        y=alt.Y("low:Q", title=None, scale=alt.Scale(domain=[0, 1])), y2="high:Q"
    )


def panel(alt: Any, side: int, title: str, *layers: Any) -> Any:
    """Layers under a title of their own."""
    head = {"text": title, "anchor": "start", "fontSize": 13, "offset": 8, "color": INK.light}
    return alt.layer(*layers).properties(width=side, height=HEIGHT, title=head)


def together(alt: Any, panels: Sequence[Any], width: int) -> Any:
    """Panels side by side, below each other where it is narrow."""
    return (alt.vconcat if width <= NARROW else alt.hconcat)(*panels, spacing=GAP)
