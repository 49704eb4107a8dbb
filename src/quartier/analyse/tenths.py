"""Tenths of persons by a value, and the segments of whoever has a value between two bounds."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from quartier.language import LANGUAGES, Said, Text

TENTHS = 10
Bounds = tuple[float, float | None]
"""From, and below; None for no upper bound."""


def bounds_of_tenths(values: npt.NDArray[np.float64]) -> Iterator[tuple[int, Bounds, npt.NDArray[np.bool_]]]:
    """Each tenth with its number (1 for the greatest values), its bounds and who is in it.

    Equal values stay together, so a tenth may be missing.
    """
    lows = np.unique(np.quantile(values, np.arange(TENTHS) / TENTHS, method="higher"))[::-1].tolist()
    for number, low in enumerate(lows, start=1):
        high = lows[number - 2] if number > 1 else None
        yield number, (low, high), (values >= low) & (values < high if high is not None else True)


def of_span(segment: str, label: Text | Said, *spans: tuple[str, float | None, float | None]) -> dict[str, Any]:
    """The segment of persons whose traits each lie from a bound on, below another; None for no bound."""
    parts: list[dict[str, Any]] = []
    for trait, low, high in spans:
        parts += [{"trait": trait, "at_least": low}] if low is not None else []
        parts += [{"trait": trait, "less_than": high}] if high is not None else []
    return described(segment, label, parts[0] if len(parts) == 1 else {"all": parts})


def described(segment: str, label: Text | Said, where: dict[str, Any]) -> dict[str, Any]:
    """The definition of a segment, its name as names of segments are written."""
    labels = {language: label.to(language) for language in LANGUAGES}
    return {"segment": segment.replace("_", "-"), "label": labels, "where": where}
