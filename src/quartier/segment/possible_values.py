"""Which values of one thing (a trait, a measure) can satisfy several comparisons together, some holding, some failing.

A missing value satisfies no comparison but `known: false`, so that it is possible wherever all others fail. What is
called impossible is impossible in every world; what is called possible may still not be.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from quartier.catalog import ValueType
from quartier.segment.conditions import Comparison
from quartier.segment.operators import NUMERIC, TIMES
from quartier.segment.possible_times import sides
from quartier.segment.spans import ANY, Spans, compared, meet, rest, whole

_WHOLE_SIDES = ("day", "months", "age")


@dataclass(frozen=True)
class Values:
    """What a thing can be before anything is asked.

    Attributes:
        type: the type of its known values.
        can_be_missing: whether it can be missing.
        spans: for numbers, those that it can be.
    """

    type: ValueType
    can_be_missing: bool = True
    spans: Spans = ANY


@dataclass(frozen=True)
class Asked:
    """A comparison that holds, or fails."""

    comparison: Comparison
    holds: bool

    @property
    def key(self) -> str:
        """The operator."""
        return self.comparison.operator_key

    @property
    def admits_missing(self) -> bool:
        """Whether it is so for a missing value."""
        return self.holds == (self.comparison == _MISSING)

    @property
    def admits_known(self) -> bool:
        """Whether it may be so for a known value."""
        return self.key != "known" or self.holds == (self.comparison.value is True)


def is_possible(values: Values, asked: Sequence[Asked]) -> bool:
    """Whether some value, or a missing one, may satisfy all that is asked."""
    if values.can_be_missing and all(each.admits_missing for each in asked):
        return True
    compared_with = [each for each in asked if each.key != "known"]
    if not all(each.admits_known for each in asked) or _is_contradicted(compared_with):
        return False
    if values.type in NUMERIC:
        return bool(spans_of(values, compared_with))
    if values.type in TIMES:
        return _is_time(values.type, compared_with)
    if values.type is ValueType.TEXTS:
        return _is_list(compared_with)
    return _is_text(values.type, compared_with)


def needs_known(asked: Iterable[Asked]) -> bool:
    """Whether a missing value does not do."""
    return not all(each.admits_missing for each in asked)


def spans_of(values: Values, asked: Iterable[Asked]) -> Spans:
    """The numbers that satisfy all that is asked."""
    left = values.spans
    for each in asked:
        spans = compared(each.key, each.comparison.value)
        left = meet(left, spans if each.holds else rest(spans))
    return whole(left) if values.type is ValueType.INTEGER else left


def _is_contradicted(asked: Sequence[Asked]) -> bool:
    """Whether one and the same comparison both holds and fails."""
    holding, failing = ({each.comparison for each in asked if each.holds is so} for so in (True, False))
    return bool(holding & failing)


def _is_time(type_: ValueType, asked: Sequence[Asked]) -> bool:
    left: dict[str, Spans] = {}
    for each in asked:
        for name, spans in sides(each.comparison, type_, holds=each.holds).items():
            left[name] = meet(left.get(name, ANY), spans)
    return all(whole(spans) if name in _WHOLE_SIDES else spans for name, spans in left.items())


def _is_list(asked: Sequence[Asked]) -> bool:
    """Whether a list may have all that it must have, and nothing that it must not."""
    in_it = _union(asked, "all_of", holds=True)
    not_in_it = _union(asked, "none_of", holds=True) | _union(asked, "any_of", holds=False)
    some = [set(_values(each)) for each in asked if (each.key, each.holds) in (("any_of", True), ("none_of", False))]
    lacking = [set(_values(each)) for each in asked if (each.key, each.holds) == ("all_of", False)]
    return not in_it & not_in_it and all(each - not_in_it for each in some) and all(each - in_it for each in lacking)


def _union(asked: Sequence[Asked], key: str, *, holds: bool) -> set[Any]:
    return {value for each in asked if (each.key, each.holds) == (key, holds) for value in _values(each)}


def _values(asked: Asked) -> tuple[Any, ...]:
    value: Any = asked.comparison.value
    return value if isinstance(value, tuple) else (value,)


def _is_text(type_: ValueType, asked: Sequence[Asked]) -> bool:
    """Whether a text (or true or false) may satisfy all that is asked."""
    candidates: set[Any] | None = {True, False} if type_ is ValueType.BOOLEAN else None
    for each in asked:
        if (each.key in ("is", "in")) == each.holds and each.key in _LISTED:
            own = set(_values(each))
            candidates = own if candidates is None else candidates & own
    if candidates is None:
        return not _texts_exclude(asked)
    return any(not any(_fails(value, each) for each in asked) for value in candidates)


def _fails(value: Any, asked: Asked) -> bool:
    """Whether a known value does not satisfy what is asked; what cannot be told in every engine is no reason."""
    holds = _holds(value, asked)
    return holds is not None and holds != asked.holds


def _holds(value: Any, asked: Asked) -> bool | None:
    if asked.key in _LISTED:
        return (value in _values(asked)) == (asked.key in ("is", "in"))
    part: Any = asked.comparison.value
    if asked.key not in _PARTS or not (str(value).isascii() and str(part).isascii()):
        return None  # letters beyond ASCII are put in lower case in more ways than one
    return _PARTS[asked.key](str(value).lower(), str(part).lower())


def _texts_exclude(asked: Sequence[Asked]) -> bool:
    """Whether a text would need to have a part that it must not have, or two beginnings, or two endings."""
    ascii_only = [each for each in asked if each.key in _PARTS and str(each.comparison.value).isascii()]
    written = [(each.key, str(each.comparison.value).lower(), each.holds) for each in ascii_only]
    has = [(key, part) for key, part, holds in written if holds and key in _HAS]
    has += [("contains", part) for key, part, holds in written if not holds and key == "not_contains"]
    lacks = [(key, part) for key, part, holds in written if not holds and key in _HAS]
    lacks += [("contains", part) for key, part, holds in written if holds and key == "not_contains"]
    starts = [part for key, part in has if key == "starts_with"]
    ends = [part for key, part in has if key == "ends_with"]
    return (
        any(_implies(one, other) for one in has for other in lacks)
        or any(not (a.startswith(b) or b.startswith(a)) for a in starts for b in starts)
        or any(not (a.endswith(b) or b.endswith(a)) for a in ends for b in ends)
    )


def _implies(has: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether a text that has one part in its place has another in its own."""
    if other[0] == "contains":
        return other[1] in has[1]
    return has[0] == other[0] and _PARTS[has[0]](has[1], other[1])


_MISSING = Comparison("known", False)
_LISTED = ("is", "is_not", "in", "not_in")
_HAS = ("contains", "starts_with", "ends_with")
_PARTS: dict[str, Callable[[str, str], bool]] = {
    "contains": lambda text, part: part in text,
    "starts_with": str.startswith,
    "ends_with": str.endswith,
    "not_contains": lambda text, part: part not in text,
}
