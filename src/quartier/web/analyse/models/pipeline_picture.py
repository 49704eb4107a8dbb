"""The picture of the pipeline: a bar for each stage, arcs above for who went further, below for who went back."""

import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from quartier.analyse.relation.definition import STAGES, StageFigures

HIGH, TOP, STEP = 130, 130, 26
_BASE = TOP + HIGH
_MOST_ARCS = 6


@dataclass(frozen=True)
class Layout:
    """How wide a stage and its bar are, and after how many letters a name goes on in another line."""

    column: int
    bar: int
    letters: int


WIDE, NARROW = Layout(164, 92, 30), Layout(66, 40, 9)
"""For a page, and for a phone."""


def drawn(
    stages: Sequence[StageFigures],
    flows: Sequence[tuple[str, str, int]],
    names: Mapping[str, str],
    written: Callable[[int], str],
    description: str,
    layout: Layout = WIDE,
) -> Markup:
    """The pipeline as SVG; `names` are those of the stages, `written` says a number in the reader's language."""
    lines = {stage: _lines(name, layout.letters) for stage, name in names.items()}
    room = 16 * (max(map(len, lines.values())) - 1)
    most = max((each.persons for each in stages), default=0) or 1
    arcs = [each for each in flows if each[0] and each[1]][:_MOST_ARCS]
    widest = max((n for *_, n in arcs), default=1)
    inside = "".join(_arc(one, two, n, widest, written(n), layout, room) for one, two, n in arcs)
    for each in stages:
        inside += _bar(each, most, lines[each.stage], written(each.persons), layout)
    lowest = max((_heights(one, two, room)[1] for one, two, _ in arcs), default=0)
    width, height = layout.column * len(STAGES), max(_BASE + room + 50, lowest + 26)
    kind = "pipeline" if layout == WIDE else "pipeline small"
    head = f'<svg class="{kind}" role="img" aria-label="{escape(description)}" viewBox="0 0 {width} {height:.0f}"'
    return Markup(f'{head} width="{width}">{inside}</svg>')  # noqa: S704 - escaped


def _bar(each: StageFigures, most: int, name: Sequence[str], persons: str, layout: Layout) -> str:
    middle, height = _middle(each.stage, layout), max(2.0, HIGH * each.persons / most)
    kind = "customer" if each.stage == "customer" else "stage"
    named = "".join(
        f'<text class="name" x="{middle}" y="{_BASE + 20 + 16 * n}">{escape(line)}</text>'
        for n, line in enumerate(name)
    )
    return (
        f'<rect class="{kind}" x="{middle - layout.bar / 2}" y="{_BASE - height:.1f}" width="{layout.bar}" '
        f'height="{height:.1f}"/>{named}'
        f'<text class="count" x="{middle}" y="{_BASE + 23 + 16 * len(name)}">{escape(persons)}</text>'
    )


def _lines(name: str, letters: int) -> list[str]:
    """A name in lines of so many letters, broken between words."""
    return textwrap.wrap(name, letters, break_long_words=False) or [""]


def _arc(one: str, two: str, n: int, widest: int, written: str, layout: Layout, room: int) -> str:
    start, end, is_ahead = _middle(one, layout), _middle(two, layout), _is_ahead(one, two)
    level, away = _heights(one, two, room)
    middle, kind, tip = (start + end) / 2, "ahead" if is_ahead else "back", 6 if is_ahead else -6
    stroke = 1 + 7 * n / widest
    bend = f"M{start} {level}Q{middle} {away * 2 - level:.0f} {end} {level}"
    return (
        f'<path class="{kind}" stroke-width="{stroke:.1f}" d="{bend}"/>'
        f'<path class="tip {kind}" d="M{end - 6} {level - tip}L{end} {level + tip}L{end + 6} {level - tip}Z"/>'
        f'<text class="flow" x="{middle}" y="{away - 7 if is_ahead else away + 17:.0f}">{escape(written)}</text>'
    )


def _heights(one: str, two: str, room: int) -> tuple[float, float]:
    """Where an arc begins, and how far it goes from there; those below leave room for the longest name."""
    reach = STEP * abs(_place(two) - _place(one))
    return (TOP - 8, TOP - 8 - reach) if _is_ahead(one, two) else (_BASE + room + 48, _BASE + room + 48 + reach)


def _is_ahead(one: str, two: str) -> bool:
    """Who lapses goes back; who had lapsed and is anywhere again goes ahead."""
    return two != "lapsed" and (one == "lapsed" or _place(two) > _place(one))


def _middle(stage: str, layout: Layout) -> float:
    return layout.column * (_place(stage) + 0.5)


def _place(stage: str) -> int:
    return [*STAGES].index(stage)  # type: ignore[arg-type]  # one of them
