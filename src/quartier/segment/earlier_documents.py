"""The earlier values of a trait, as users write them: `changed: {within: 30 days}`, `more_than: {ago: 90 days}`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from quartier.errors import Unusable
from quartier.language import Text
from quartier.segment.compared_documents import factor
from quartier.segment.documents import Test, Value, check_keys
from quartier.segment.event_documents import WINDOW_KEYS
from quartier.segment.values import duration
from quartier.segment.windows import Duration

CHANGED = "changed"
"""The key that stands where a comparison of a trait can stand."""
AGO = "ago"
"""The key of a mapping that stands where a comparison has its value."""
_CHANGE_KEYS = (*WINDOW_KEYS, "from", "to")
_AGO_KEYS = (AGO, "times")


@dataclass(frozen=True)
class Change:
    """`{within: 30 days, from: free, to: [pro, team]}` taken apart: the window as written, the tests of both values."""

    window: Mapping[str, Value]
    before: Test | None
    after: Test | None


def is_own_earlier(test: Test) -> bool:
    """Whether a test compares a trait with its own earlier value."""
    return isinstance(test.value, Mapping) and AGO in test.value


def change(written: Value) -> Change:
    """What is asked of a change. Raises Unusable for a form that means nothing."""
    if not isinstance(written, Mapping):
        raise Unusable(_NO_CHANGE, _WRITE_CHANGE)
    check_keys(written, _CHANGE_KEYS)
    window = {key: value for key, value in written.items() if key in WINDOW_KEYS}
    return Change(window, _value_test(written, "from"), _value_test(written, "to"))


def own_earlier(written: Mapping[str, Any]) -> tuple[Duration, float]:
    """How long ago, and how many times. Raises Unusable for a form that means nothing."""
    check_keys(written, _AGO_KEYS)
    return duration(written[AGO]), factor(written.get("times", 1))


def _value_test(written: Mapping[str, Any], key: str) -> Test | None:
    if key not in written:
        return None
    value = written[key]
    return Test(operator="in" if isinstance(value, list | tuple) else "is", value=value)


_NO_CHANGE = Text(en="this does not say which change", fr="ceci ne dit pas quel changement")
_WRITE_CHANGE = Text(
    en="write `changed: {{within: 30 days}}`, with `from` and `to` if it matters, or `changed: {{}}` for ever",
    fr="écrivez `changed: {{within: 30 days}}`, avec `from` et `to` si cela compte, ou `changed: {{}}` pour toujours",
)
