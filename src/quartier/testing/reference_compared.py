"""The definition of truth for two numbers compared: as on paper, to six decimals."""

from decimal import Decimal
from typing import Any

from quartier.testing.reference_events import to_six_decimals


def is_compared(left: Any, operator_key: str, right: Any, times: float) -> bool:
    """Whether a number stands so to so many times another; a missing one stands in no relation to anything."""
    if left is None or right is None:
        return False
    one, other = to_six_decimals(exact(left)), to_six_decimals(exact(right) * exact(times))
    match operator_key:
        case "is":
            return one == other
        case "is_not":
            return one != other
        case "more_than":
            return one > other
        case "at_least":
            return one >= other
        case "less_than":
            return one < other
        case "at_most":
            return one <= other
    raise ValueError(operator_key)


def exact(number: float) -> Decimal:
    """The number as it is written."""
    return Decimal(repr(number))
