"""The picture of paths: places from left to right, each branch as high as its persons are many, ribbons between."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from markupsafe import Markup, escape

from quartier.analyse.journeys.paths import Branch

COLUMN, NODE, HIGH, GAP, TOP = 210, 12, 360, 16, 14
FEWEST_PIXELS = 2.0
_LETTERS = 24


@dataclass(frozen=True)
class _Block:
    """One branch (or its rest) where it is drawn; ribbons leave it from `out` down."""

    x: float
    y: float
    height: float
    label: str
    persons: str
    title: str
    kind: str
    url: str


@dataclass(frozen=True)
class Words:
    """How the picture says things in the reader's language."""

    label: Callable[[str], str]
    persons: Callable[[int], str]
    others: Callable[[int], str]
    ended: str
    description: str


def drawn(root: Branch, words: Words, url_of: Callable[[Branch], str]) -> Markup:
    """The tree as SVG; a branch with an address is a link. It runs outward from the event."""
    blocks: list[_Block] = []
    ribbons: list[str] = []
    scale = HIGH / max(1, root.persons)
    height = max(HIGH, _draw(root, 0, 0.0, scale, words, url_of, blocks, ribbons)) + 2 * TOP
    width = COLUMN * (1 + max(len(each.events) for each in _every(root))) - COLUMN / 4
    inside = "".join(ribbons) + "".join(_block(each) for each in blocks)
    head = f'<svg class="paths" role="group" aria-label="{escape(words.description)}"'
    return Markup(f'{head} viewBox="0 {-TOP} {width:.0f} {height:.0f}" width="{width:.0f}">{inside}</svg>')  # noqa: S704 - escaped


def _draw(
    branch: Branch, depth: int, y: float, scale: float, words: Words, url_of: Callable[[Branch], str],
    blocks: list[_Block], ribbons: list[str],
) -> float:  # fmt: skip
    """Draw a branch from `y` down; gives where the room that it and all after it take ends."""
    own = max(FEWEST_PIXELS, branch.persons * scale)
    blocks.append(_of_branch(branch, depth, y, own, words, url_of(branch)))
    below, out = y, y
    for kind, persons, label, deeper in _nexts(branch, words):
        height = max(FEWEST_PIXELS, persons * scale)
        ribbons.append(_ribbon(depth, out, below, height, kind))
        out += persons * scale
        if deeper is not None:
            below = _draw(deeper, depth + 1, below, scale, words, url_of, blocks, ribbons)
        else:
            said = f"{label}: {words.persons(persons)}"
            blocks.append(_Block((depth + 1) * COLUMN, below, height, label, words.persons(persons), said, kind, ""))
            below += max(height, 2 * GAP)
        below += GAP / 2
    return max(below, y + max(own, 2 * GAP))


def _nexts(branch: Branch, words: Words) -> Iterator[tuple[str, int, str, Branch | None]]:
    for each in branch.branches:
        yield "next", each.persons, "", each
    if branch.others:
        yield "others", branch.others, words.others(branch.other_ways), None
    if branch.ended:
        yield "ended", branch.ended, words.ended, None


def _of_branch(branch: Branch, depth: int, y: float, height: float, words: Words, url: str) -> _Block:
    label, persons = words.label(branch.events[-1]), words.persons(branch.persons)
    way = " → ".join(words.label(each) for each in branch.events)
    kind = "anchor" if depth == 0 else "next"
    return _Block(depth * COLUMN, y, height, label, persons, f"{way}: {persons}", kind, url)


def _ribbon(depth: int, out: float, into: float, height: float, kind: str) -> str:
    left, right = depth * COLUMN + NODE, (depth + 1) * COLUMN
    middle = (left + right) / 2
    return (
        f'<path class="ribbon {kind}" d="M{left} {out:.1f}C{middle} {out:.1f} {middle} {into:.1f} {right} {into:.1f}'
        f'V{into + height:.1f}C{middle} {into + height:.1f} {middle} {out + height:.1f} {left} {out + height:.1f}Z"/>'
    )


def _block(each: _Block) -> str:
    label = each.label if len(each.label) <= _LETTERS else f"{each.label[: _LETTERS - 1]}…"
    x = each.x + NODE + 6
    drawn = (
        f'<rect class="{each.kind}" x="{each.x}" y="{each.y:.1f}" width="{NODE}" height="{each.height:.1f}"/>'
        f'<text x="{x}" y="{each.y + 11:.1f}">{escape(label)}'
        f'<tspan class="count" x="{x}" dy="15">{escape(each.persons)}</tspan></text>'
        f"<title>{escape(each.title)}</title>"
    )
    return f'<a href="{escape(each.url)}">{drawn}</a>' if each.url else f"<g>{drawn}</g>"


def _every(branch: Branch) -> Iterator[Branch]:
    yield branch
    for each in branch.branches:
        yield from _every(each)
