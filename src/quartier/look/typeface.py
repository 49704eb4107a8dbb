"""The one typeface, vendored: embedded in pages, given to the renderer of charts, and measured for the plan."""

import base64
import json
from functools import cache
from pathlib import Path

FAMILY = "Public Sans"
STACK = f'"{FAMILY}", "Segoe UI", "Helvetica Neue", Arial, sans-serif'
FOLDER = Path(__file__).parent / "fonts"

_LATIN = (
    "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,U+2000-206F,U+20AC,U+2122,"
    "U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD"
)
_LATIN_EXTENDED = (
    "U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+0304,U+0308,U+0329,U+1D00-1DBF,U+1E00-1E9F,"
    "U+1EF2-1EFF,U+2020,U+20A0-20AB,U+20AD-20C0,U+2113,U+2C60-2C7F,U+A720-A7FF"
)
_FACES = {
    "public-sans-latin-wght-normal.woff2": _LATIN,
    "public-sans-latin-ext-wght-normal.woff2": _LATIN_EXTENDED,
    # French groups digits with this space, which Public Sans lacks; other fonts draw it too thin or not at all.
    "public-sans-narrow-space.woff2": "U+202F",
}


@cache
def faces() -> str:
    """The typeface as CSS that needs no network."""
    return "\n".join(_face(name, characters) for name, characters in _FACES.items())


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """How long a line of text is, in the unit of `size`; an unknown character counts as a wide one."""
    widths = _widths()["600" if bold else "400"]
    return sum(widths.get(character, _WIDE) for character in text) * size / 1000


def _face(name: str, characters: str) -> str:
    data = base64.b64encode((FOLDER / name).read_bytes()).decode()
    return (
        f'@font-face{{font-family:"{FAMILY}";font-style:normal;font-weight:100 900;font-display:swap;'
        f"src:url(data:font/woff2;base64,{data}) format('woff2');unicode-range:{characters}}}"
    )


@cache
def _widths() -> dict[str, dict[str, int]]:
    read: dict[str, dict[str, int]] = json.loads((FOLDER / "widths.json").read_text(encoding="utf-8"))
    return read


_WIDE = 1000
