"""What a measure or a trait may be compared with instead of a value: a trait, or the measure in an earlier window."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from quartier.catalog import ValueType
from quartier.errors import Unusable
from quartier.language import Text
from quartier.segment.documents import Test, Value, check_keys
from quartier.segment.values import single

SIDES = ("trait", "earlier")
"""The keys of a mapping that stands where a comparison has its value."""


@dataclass(frozen=True)
class Other:
    """The other side of a comparison: `{trait: yearly_goal, times: 1.2}` or `{earlier: {during: last month}}`.

    Either the name of a trait or a window as written is given; the side's value is taken so many `times`.
    """

    trait: str | None
    earlier: Mapping[str, Value] | None
    times: float


def is_other(test: Test) -> bool:
    """Whether a test compares with something else than a value."""
    return isinstance(test.value, Mapping) and any(key in test.value for key in SIDES)


def other_side(test: Test) -> Other:
    """The other side of a test for which `is_other` holds. Raises Unusable for a form that means nothing."""
    written: Mapping[str, Any] = test.value
    check_keys(written, (*SIDES, "times"))
    if "trait" in written and "earlier" in written:
        raise Unusable(_ONE_SIDE)
    if "trait" in written and not isinstance(written["trait"], str):
        raise Unusable(_NO_NAME)
    return Other(written.get("trait"), _window(written), factor(written.get("times", 1)))


def _window(written: Mapping[str, Any]) -> Mapping[str, Value] | None:
    """The window as written; `between` alone is short for `ago: {between: ...}`."""
    if "earlier" not in written:
        return None
    earlier = written["earlier"]
    if not isinstance(earlier, Mapping) or not earlier:
        raise Unusable(_NO_WINDOW)
    return {"ago": earlier} if set(earlier) == {"between"} else earlier


def factor(written: Any) -> float:
    """How many times. Raises Unusable for what is no such number."""
    found = single(written, ValueType.NUMBER)
    if not isinstance(found, int | float) or not 0 < found <= MOST_TIMES:
        raise Unusable(_NO_FACTOR)
    return found


MOST_TIMES = 1_000_000
"""The greatest factor."""
_ONE_SIDE = Text(
    en="compare either with a trait or with an earlier window", fr="comparez soit à un trait, soit à une fenêtre passée"
)
_NO_NAME = Text(en="`trait` takes the name of a trait", fr="`trait` attend le nom d'un trait")
_NO_WINDOW = Text(
    en="`earlier` takes a window of time, such as {{between: [30 days, 60 days]}} or {{during: last month}}",
    fr="`earlier` attend une fenêtre de temps, par exemple {{between: [30 days, 60 days]}} ou {{during: last month}}",
)
_NO_FACTOR = Text(
    en="`times` takes a number above 0, a million at most",
    fr="`times` attend un nombre supérieur à 0, un million au plus",
)
