"""How many events of some kind there can be: what several counts of the same or of narrower events say together.

Whoever placed three orders this month has placed three orders; whoever never ordered has no last order.
"""

import calendar
import math
from collections.abc import Iterable
from dataclasses import dataclass

from quartier.catalog import ValueType
from quartier.segment.conditions import EventLeaf, Measure, PropertyTest
from quartier.segment.possible_times import fewest_days, measure_of, most_days
from quartier.segment.possible_values import Asked, Values, is_possible, needs_known, spans_of
from quartier.segment.spans import Spans, meet, points, span
from quartier.segment.windows import EVER, Duration, Window

MOST_PAIRS = 20_000
_COUNTED = ("count", "days", "weeks", "months", "distinct")
_A_LEAP_YEAR = 2024


@dataclass(frozen=True)
class Deeds:
    """Which events are meant, whatever is measured of them.

    Attributes:
        what: the event types, or what a campaign or a segment did, by their names.
        where: the tests of their properties.
        when: each part of the clock that is tested, with the values that pass.
        window: the window of time.
    """

    what: frozenset[tuple[str, ...]]
    where: frozenset[PropertyTest] = frozenset()
    when: tuple[tuple[str, tuple[int, ...]], ...] = ()
    window: Window = EVER

    def are_among(self, other: "Deeds") -> bool:
        """Whether each of these is one of the others too."""
        passing = dict(self.when)
        return (
            self.what <= other.what
            and self.where >= other.where
            and all(part in passing and set(passing[part]) <= set(values) for part, values in other.when)
            and _is_inside(self.window, other.window)
        )

    @property
    def can_be(self) -> bool:
        """Whether there can be any: each test alone, and those of the clock together."""
        tests = all(is_possible(Values(each.declared.type), [Asked(each.comparison, True)]) for each in self.where)
        return tests and _can_be_shown(dict(self.when))


@dataclass(frozen=True)
class Count:
    """At least and at most how many of some events there are."""

    deeds: Deeds
    least: float = 0
    most: float = math.inf


def deeds_of(leaf: EventLeaf) -> Deeds:
    """The events that a leaf measures."""
    names = frozenset(("event", event.name) for event in leaf.events)
    return Deeds(names, frozenset(leaf.where), tuple((each.part, each.values) for each in leaf.when), leaf.window)


def values_of(measure: Measure, window: Window) -> Values:
    """What a measure can be."""
    if measure.is_a_value and measure.declared:
        return Values(measure.declared.type)
    if measure.kind in _COUNTED:
        return Values(ValueType.INTEGER, can_be_missing=False, spans=span(0))
    if measure.kind.startswith("days_since"):
        return Values(ValueType.INTEGER, spans=_days_since(window))
    return Values(ValueType.NUMBER, can_be_missing=not measure.is_zero_of_nothing)


def count_of(deeds: Deeds, measure: Measure, asked: list[Asked]) -> Count:
    """How many events there must and can be, where something is asked of their measure."""
    values = values_of(measure, deeds.window)
    if values.can_be_missing:
        return Count(deeds, least=1 if needs_known(asked) else 0)
    left = spans_of(values, asked)
    if measure.kind == "sum":
        return Count(deeds, least=0 if meet(left, points([0])) else 1)
    return _counted(deeds, measure, left)


def exclude_one_another(counts: Iterable[Count]) -> bool:
    """Whether there must be more of some events than there can be of those among which they are."""
    every = list(counts)
    some, few = [each for each in every if each.least > 0], [each for each in every if each.most < math.inf]
    if any(not each.deeds.can_be for each in some):
        return True
    if len(some) * len(few) > MOST_PAIRS:
        return False
    return any(one.least > other.most and one.deeds.are_among(other.deeds) for one in some for other in few)


def _counted(deeds: Deeds, measure: Measure, left: Spans) -> Count:
    if not left:
        return Count(deeds)
    least, most = max(left[0][0][0], 0), left[-1][1][0]
    if measure.kind == "count":
        return Count(deeds, least, most)
    none_at_all = 0 if most == 0 and measure.kind != "distinct" else math.inf
    return Count(deeds, min(least, 1) if measure.kind == "distinct" else least, none_at_all)


def _days_since(window: Window) -> Spans:
    """How many whole days ago an event of a window can be."""
    high = low = None
    if window.oldest:
        is_exact = measure_of(window.oldest)[0] == "minutes"
        high = math.ceil(most_days(window.oldest)) - 1 if is_exact else math.ceil(most_days(window.oldest)) + 1
    if window.newest:
        low = math.floor(fewest_days(window.newest)) - (0 if measure_of(window.newest)[0] == "minutes" else 1)
    return span(max(low or 0, 0), high)


def _is_inside(inner: Window, outer: Window) -> bool:
    """Whether all that counts in one window counts in the other, whatever the present is."""
    if outer in (EVER, inner):
        return True
    if inner.period or outer.period:
        return False
    if outer.since or outer.until:
        later = outer.since is None or (inner.since is not None and inner.since >= outer.since)
        return later and (outer.until is None or (inner.until is not None and inner.until <= outer.until))
    starts = outer.oldest is None or (inner.oldest is not None and _is_at_most(inner.oldest, outer.oldest))
    return starts and (outer.newest is None or (inner.newest is not None and _is_at_most(outer.newest, inner.newest)))


def _is_at_most(one: Duration, other: Duration) -> bool:
    """Whether a duration never lasts longer than another."""
    (kind, count), (other_kind, other_count) = measure_of(one), measure_of(other)
    return count <= other_count if kind == other_kind else most_days(one) + 1 < fewest_days(other) - 1


def _can_be_shown(when: dict[str, tuple[int, ...]]) -> bool:
    """Whether a month has one of the days."""
    if not {"month", "day_of_month"} <= set(when):
        return True
    return min(when["day_of_month"]) <= max(calendar.monthrange(_A_LEAP_YEAR, month)[1] for month in when["month"])
