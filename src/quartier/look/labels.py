"""Words in a box: as large as they may be, on as many lines as there is room for, never outside."""

from dataclasses import dataclass

from quartier.look.typeface import width_of

MARGIN = 9.0
LARGEST, SMALLEST, FIGURE = 21, 11, 12
_LEADING = 1.18


@dataclass(frozen=True)
class Line:
    """One line of text; `x` and `y` are its left and its baseline, from the box's upper left corner."""

    text: str
    x: float
    y: float
    size: float
    bold: bool


@dataclass(frozen=True)
class Label:
    """The lines of a name and its figure."""

    lines: tuple[Line, ...]


def fitted(name: str, figure: str, width: float, height: float) -> Label | None:
    """The name with its figure as large as the box allows; the name alone when that is all that fits; or None."""
    desired = min(LARGEST, max(SMALLEST + 1, int((width * height) ** 0.5 / 8)))
    for below in dict.fromkeys((figure, "")):
        for size in range(desired, SMALLEST - 1, -1):
            if label := _laid_out(name, below, width, height, size):
                return label
    return None


def shortened(text: str, width: float, size: float, *, bold: bool = False, spacing: float = 0.0) -> str:
    """The text, cut at a word or letter with “…” when it is too long; nothing when not even that would say much."""
    for length in range(len(text), min(3, len(text) - 1), -1):
        shown = text if length == len(text) else text[:length].rstrip(" -,'’") + "…"
        if width_of(shown, size, bold=bold) + spacing * len(shown) <= width:
            return shown
    return ""


def _laid_out(name: str, figure: str, width: float, height: float, size: float) -> Label | None:
    margin = MARGIN if min(width, height) > 40 else 4.0
    room = width - 2 * margin
    rows = wrapped(name, room, size)
    if rows is None or width_of(figure, FIGURE) > room:
        return None
    needed = 2 * margin + len(rows) * size * _LEADING + (FIGURE * 1.35 if figure else 0)
    if needed > height:
        return None
    lines = [Line(row, margin, margin + size * (0.85 + _LEADING * k), size, True) for k, row in enumerate(rows)]
    if figure:
        lines.append(Line(figure, margin, lines[-1].y + FIGURE * 1.45, FIGURE, False))
    return Label(tuple(lines))


def wrapped(name: str, room: float, size: float) -> list[str] | None:
    """The name on as few lines as fit the room, broken between words; None when a word is too long."""
    rows: list[str] = []
    for word in name.split(" "):
        longer = f"{rows[-1]} {word}" if rows else word
        if rows and width_of(longer, size, bold=True) <= room:
            rows[-1] = longer
        elif width_of(word, size, bold=True) <= room:
            rows.append(word)
        else:
            return None
    return rows
