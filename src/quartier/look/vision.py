"""How a colour is seen: contrast on its ground, and distance between two colours for every kind of eye.

Contrast is WCAG 2.2's ratio. Distance is Euclidean in OKLab (Ottosson 2020): about 0.02 is just noticeable.
Colour blindness is simulated by the matrices of Machado, Oliveira and Fernandes (2009) at full severity.

>>> contrast("#000000", "#ffffff")
21.0
"""

import math
from itertools import combinations
from typing import Literal

Eye = Literal["common", "protanope", "deuteranope", "tritanope"]
_Triple = tuple[float, float, float]


def contrast(first: str, second: str) -> float:
    """The ratio between 1 and 21 by which two colours differ in luminance."""
    low, high = sorted((_luminance(first), _luminance(second)))
    return round((high + 0.05) / (low + 0.05), 2)


def distance(first: str, second: str, eye: Eye = "common") -> float:
    """How far apart two colours are for an eye; below 0.02 they look the same."""
    here, there = (_oklab(_seen(_linear(colour), eye)) for colour in (first, second))
    return math.dist(here, there)


def closest(colours: list[str], eye: Eye) -> float:
    """The distance of the two colours that are hardest to tell apart."""
    return min(distance(first, second, eye) for first, second in combinations(colours, 2))


def grey_of(colour: str) -> str:
    """The grey of the same luminance: what a black-and-white printer makes of a colour."""
    level = _luminance(colour)
    value = level * 12.92 if level <= 0.0031308 else 1.055 * level ** (1 / 2.4) - 0.055
    return f"#{round(value * 255):02x}" + f"{round(value * 255):02x}" * 2


def _luminance(colour: str) -> float:
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(colour: str) -> _Triple:
    red, green, blue = (_ungamma(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return red, green, blue


def _ungamma(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def _seen(colour: _Triple, eye: Eye) -> _Triple:
    if eye == "common":
        return colour
    red, green, blue = (min(max(value, 0.0), 1.0) for value in _times(_EYES[eye], colour))
    return red, green, blue


def _oklab(colour: _Triple) -> _Triple:
    cones = _times(_TO_CONES, colour)
    long, medium, short = (value ** (1 / 3) for value in cones)
    return _times(_TO_OKLAB, (long, medium, short))


def _times(matrix: tuple[_Triple, _Triple, _Triple], vector: _Triple) -> _Triple:
    first, second, third = (sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)
    return first, second, third


_EYES: dict[Eye, tuple[_Triple, _Triple, _Triple]] = {
    "protanope": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranope": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanope": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
_TO_CONES = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
_TO_OKLAB = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)
