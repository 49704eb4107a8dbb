"""The picture of identifiers and links: boxes on lines, each line with its reason; what is undone is dashed."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from markupsafe import Markup

from quartier.identify.profile.words import kind_said, reason_said, standing_said
from quartier.language import Language, Text
from quartier.look.labels import shortened
from quartier.report.person.tree import Branch
from quartier.report.written import short_day

HEIGHT, ROUND = 50.0, 6.0
_SMALL, _LARGE = 12.0, 14.5


@dataclass(frozen=True)
class Layout:
    """Sizes in pixels: of a box, of what is left for the words of a link, and from one row to the next."""

    box: float
    gap: float
    row: float
    is_wide: bool


NARROW = Layout(box=262.0, gap=26.0, row=106.0, is_wide=False)
_BY_DEPTH = {
    0: Layout(box=260.0, gap=0.0, row=66.0, is_wide=True), 1: Layout(box=270.0, gap=220.0, row=74.0, is_wide=True),
    2: Layout(box=196.0, gap=142.0, row=74.0, is_wide=True),
}  # fmt: skip
"""How a wide page is filled, by how deep the identifiers hang; deeper ones go down as on a phone."""


@dataclass(frozen=True)
class Placed:
    """A branch with the upper left corner of its box."""

    branch: Branch
    x: float
    y: float


def wide_for(branches: Sequence[Branch]) -> Layout:
    """The layout for a wide page."""
    return _BY_DEPTH.get(max(each.depth for each in branches), NARROW)


def picture(branches: Sequence[Branch], layout: Layout, language: Language, description: str) -> Markup:
    """The picture as SVG whose colours are those of the page around it."""
    placed = _placed(branches, layout)
    at = {each.branch.identifier.number: each for each in placed}
    width = max(each.x for each in placed) + layout.box + 2
    height = max(each.y for each in placed) + HEIGHT + 6
    lines = [_line(at[each.branch.parent], each, layout, language) for each in placed if each.branch.parent in at]
    boxes = [_box(each, layout, language) for each in placed]
    head = f'<svg class="links" role="img" aria-label="{escape(description)}" viewBox="0 0 {width:.0f} {height:.0f}"'
    return Markup(f'{head} width="{width:.0f}" height="{height:.0f}">{"".join([*lines, *boxes])}</svg>')  # noqa: S704 - words are escaped


def _placed(branches: Sequence[Branch], layout: Layout) -> list[Placed]:
    """On a wide page a chain goes to the right and its first box stands beside it; on a phone all goes down."""
    found, y, before = [], 1.0, -1
    step = layout.box + layout.gap if layout.is_wide else layout.gap
    for place, each in enumerate(branches):
        goes_right = layout.is_wide and each.depth == before + 1
        y += layout.row if place and not goes_right else 0.0
        found.append(Placed(each, 1.0 + each.depth * step, y))
        before = each.depth
    return found


def _line(parent: Placed, child: Placed, layout: Layout, language: Language) -> str:
    said = _said(child.branch, language)
    path, texts = _across(parent, child, layout, said) if layout.is_wide else _down(parent, child, layout, said)
    return f'<g class="{"followed" if child.branch.is_followed else "undone"}"><path d="{path}"/>{"".join(texts)}</g>'


def _across(parent: Placed, child: Placed, layout: Layout, said: list[str]) -> tuple[str, list[str]]:
    """A line to the right, with words above and below it."""
    start, end, middle = parent.x + layout.box, child.x, parent.x + layout.box + 18
    y0, y1 = parent.y + HEIGHT / 2, child.y + HEIGHT / 2
    path = f"M{start:.0f} {y0:.0f}H{end:.0f}" if y0 == y1 else _elbow(start, y0, middle, y1, end)
    above, below = (
        _text(words, middle + 8, y1 + down, name, end - middle - 14)
        for words, down, name in zip(said, (-7, 16), ("why", "note"), strict=True)
    )
    return path, [above, below]


def _down(parent: Placed, child: Placed, layout: Layout, said: list[str]) -> tuple[str, list[str]]:
    """A line down and to the right, with words over the lower box."""
    x, y0, y1 = parent.x + 13, parent.y + HEIGHT, child.y + HEIGHT / 2
    path = f"M{x:.0f} {y0:.0f}V{y1 - ROUND:.0f}q0 {ROUND:.0f} {child.x - x:.0f} {ROUND:.0f}"
    first, second = (
        _text(words, child.x + 2, child.y + up, name, layout.box)
        for words, up, name in zip(said, (-24, -8), ("why", "note"), strict=True)
    )
    return path, [first, second]


def _elbow(start: float, y0: float, middle: float, y1: float, end: float) -> str:
    return (
        f"M{start:.0f} {y0:.0f}H{middle - ROUND:.0f}q{ROUND:.0f} 0 {ROUND:.0f} {ROUND:.0f}V{y1 - ROUND:.0f}"
        f"q0 {ROUND:.0f} {ROUND:.0f} {ROUND:.0f}H{end:.0f}"
    )


def _said(branch: Branch, language: Language) -> list[str]:
    """Why the two are held together, and below when, or who decided otherwise."""
    link = next((each for each in branch.links if each.is_followed), branch.links[0])
    reasons = " + ".join(dict.fromkeys(reason_said(each, language) for each in branch.links))
    standing = standing_said(link, language) or (short_day(link.at.date(), language) if link.at else "")
    return [reasons, standing]


def _box(placed: Placed, layout: Layout, language: Language) -> str:
    each, x, y = placed.branch.identifier, placed.x, placed.y
    kind, room = kind_said(each.kind, language), layout.box - 30
    head = kind if each.is_own else _OF_ANOTHER.to(language, kind=kind)
    frame = f'<rect x="{x:.0f}" y="{y:.0f}" width="{layout.box:.0f}" height="{HEIGHT:.0f}" rx="{ROUND:.0f}"/>'
    side = f'<rect class="side" x="{x:.0f}" y="{y + 8:.0f}" width="4" height="{HEIGHT - 16:.0f}" rx="2"/>'
    words = _text(head, x + 16, y + 20, "kind", room) + _text(each.value, x + 16, y + 38, "value", room, _LARGE)
    return f'<g class="{"own" if each.is_own else "other"}"><title>{escape(each.value)}</title>{frame}{side}{words}</g>'


def _text(words: str, x: float, y: float, name: str, room: float, size: float = _SMALL) -> str:
    shown = shortened(words, room, size, bold=size == _LARGE)
    return f'<text x="{x:.0f}" y="{y:.0f}" class="{name}">{escape(shown)}</text>' if shown else ""


_OF_ANOTHER = Text(en="another person: {kind}", fr="autre personne : {kind}")
