"""Comparisons of whole numbers and of measures, in plain Python, and as ranges."""

import math
from collections.abc import Callable
from typing import Any

from quartier.segment.conditions import Comparison, EventLeaf

_HOLDS: dict[str, Callable[[float, Any], bool]] = {
    "is": lambda x, v: x == v,
    "is_not": lambda x, v: x != v,
    "more_than": lambda x, v: x > v,
    "at_least": lambda x, v: x >= v,
    "less_than": lambda x, v: x < v,
    "at_most": lambda x, v: x <= v,
    "between": lambda x, v: v[0] <= x <= v[1],
}


def holds_for_number(comparison: Comparison, number: float) -> bool:
    """Whether a known number satisfies one of the numeric comparisons."""
    return _HOLDS[comparison.operator_key](number, comparison.value)


def holds_for_nothing(leaf: EventLeaf) -> bool:
    """Whether the leaf holds for a person without an event that counts: a zero, or a missing value."""
    if leaf.measure.is_zero_of_nothing:
        return holds_for_number(leaf.comparison, 0)
    return leaf.comparison == Comparison("known", False)


def whole_range(comparison: Comparison) -> tuple[int | None, int | None]:
    """The whole numbers from low to high that satisfy one of `RANGES`; None where there is no bound."""
    value: Any = comparison.value
    match comparison.operator_key:
        case "is":
            return (value, value) if value == int(value) else (1, 0)
        case "at_least":
            return math.ceil(value), None
        case "more_than":
            return math.floor(value) + 1, None
        case "at_most":
            return None, math.floor(value)
        case "less_than":
            return None, math.ceil(value) - 1
        case "between":
            return math.ceil(value[0]), math.floor(value[1])
    raise ValueError(f"not a comparison of numbers: {comparison.operator_key}")
