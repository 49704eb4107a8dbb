"""Sets of numbers as stretches of the line, with or without their ends: what a comparison leaves possible.

An end is a pair: the number, and 0 for the number itself, 1 for just above it, -1 for just below it. So ends compare
as pairs do, and open and closed stretches need no cases.
"""

import math
from collections.abc import Iterable
from typing import Any

End = tuple[float, int]
Span = tuple[End, End]
Spans = tuple[Span, ...]
"""Stretches that do not meet, in order; none for no number at all."""

LOWEST: End = (-math.inf, 0)
HIGHEST: End = (math.inf, 0)
ANY: Spans = ((LOWEST, HIGHEST),)
NONE: Spans = ()


def span(low: float | None = None, high: float | None = None, *, above: int = 0, below: int = 0) -> Spans:
    """From `low` to `high`, both included unless `above` or `below` is 1; None where there is no bound."""
    first = LOWEST if low is None else (low, above)
    last = HIGHEST if high is None else (high, -below)
    return ((first, last),) if first <= last else NONE


def points(values: Iterable[float]) -> Spans:
    """Some numbers alone."""
    return tuple(((value, 0), (value, 0)) for value in sorted(set(values)))


def meet(one: Spans, other: Spans) -> Spans:
    """What lies in both."""
    pairs = [(max(a[0], b[0]), min(a[1], b[1])) for a in one for b in other]
    return tuple(sorted(each for each in pairs if each[0] <= each[1]))


def rest(spans: Spans) -> Spans:
    """What lies in none of them."""
    found: list[Span] = []
    low = LOWEST
    for first, last in spans:
        found.append((low, (first[0], first[1] - 1)))
        low = (last[0], last[1] + 1)
    return tuple(each for each in (*found, (low, HIGHEST)) if each[0] <= each[1])


def whole(spans: Spans) -> Spans:
    """The stretches of whole numbers among them."""
    narrowed = [(_up(first), _down(last)) for first, last in spans]
    return tuple(each for each in narrowed if each[0] <= each[1])


def compared(operator_key: str, value: Any) -> Spans:
    """The numbers that satisfy one of the comparisons of numbers."""
    match operator_key:
        case "is":
            return points([value])
        case "is_not":
            return rest(points([value]))
        case "in":
            return points(value)
        case "not_in":
            return rest(points(value))
        case "more_than":
            return span(value, above=1)
        case "at_least":
            return span(value)
        case "less_than":
            return span(high=value, below=1)
        case "at_most":
            return span(high=value)
        case "between":
            return span(*value)
    raise ValueError(f"not a comparison of numbers: {operator_key}")


def _up(end: End) -> End:
    value, side = end
    if math.isinf(value):
        return end
    return (math.floor(value) + 1, 0) if side > 0 else (math.ceil(value), 0)


def _down(end: End) -> End:
    value, side = end
    if math.isinf(value):
        return end
    return (math.ceil(value) - 1, 0) if side < 0 else (math.floor(value), 0)
