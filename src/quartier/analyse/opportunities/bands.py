"""Ranges as public tables write them: `25-34`, « 25 à 34 ans », `65+`, « moins de 18 ans »."""

import math
import re
from dataclasses import dataclass
from typing import Any

_NUMBER = r"(-?\d+(?:\.\d+)?)"
_UNIT = r"(?:\s*(?:ans|years|year olds))?"
_BETWEEN = re.compile(rf"(?:de |from )?{_NUMBER}{_UNIT}\s*(?:-|–|to|à|a)\s*{_NUMBER}{_UNIT}", re.IGNORECASE)
_FROM = re.compile(
    rf"(?:>=|≥)?\s*{_NUMBER}{_UNIT}\s*(?:\+|and over|and more|or more|or over|et plus|ou plus)", re.IGNORECASE
)
_AT_LEAST = re.compile(rf"(?:>=|≥)\s*{_NUMBER}{_UNIT}")
_UNDER = re.compile(rf"(?:<|under|less than|moins de)\s*{_NUMBER}{_UNIT}", re.IGNORECASE)
_ONE = re.compile(rf"{_NUMBER}{_UNIT}", re.IGNORECASE)


@dataclass(frozen=True)
class Band:
    """A range of a number, both ends in it; `below` is an end that is not. None where a side is open."""

    low: float | None = None
    high: float | None = None
    below: float | None = None

    def compared(self, *, is_whole: bool) -> dict[str, Any]:
        """The comparison as conditions write it: `{between: [25, 34]}`."""
        low, high, below = (_number(each, is_whole=is_whole) for each in (self.low, self.high, self.below))
        if below is not None:
            return {"less_than": below}
        if high is None:
            return {"at_least": low}
        return {"is": low} if low == high else {"between": [low, high]}

    def meets(self, other: "Band") -> bool:
        """Whether a number may lie in both."""
        (low, high), (other_low, other_high) = self._ends(), other._ends()
        return low <= other_high and other_low <= high

    def _ends(self) -> tuple[float, float]:
        high = math.nextafter(self.below, -math.inf) if self.below is not None else self.high
        return -math.inf if self.low is None else self.low, math.inf if high is None else high


def band(written: str) -> Band | None:
    """The range that is written, None for what is none. Decimals are written with a comma or a point."""
    text = re.sub(r"(\d),(\d)", r"\1.\2", written.replace("\N{NO-BREAK SPACE}", " ").strip())
    if found := _BETWEEN.fullmatch(text):
        low, high = float(found[1]), float(found[2])
        return Band(low, high) if low <= high else None
    if found := _FROM.fullmatch(text) or _AT_LEAST.fullmatch(text):
        return Band(low=float(found[1]))
    if found := _UNDER.fullmatch(text):
        return Band(below=float(found[1]))
    found = _ONE.fullmatch(text)
    return Band(float(found[1]), float(found[1])) if found else None


def _number(value: float | None, *, is_whole: bool) -> float | int | None:
    return int(value) if value is not None and is_whole else value
