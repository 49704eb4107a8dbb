"""Near misses: the smallest change of a person's data that would turn a truth about them, leaf by leaf.

The rule: a leaf's change costs its distance to the nearest value that turns it, divided by the greater of the value
found and the value asked for (another text costs 1). Of the sets of leaves that turn the whole, through all, any, at
least and not, the one of least total cost is offered. What was done cannot be undone, so that fewer events are never
offered; nor is anything for a kind of condition that has not registered its own `smallest_change`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import singledispatch
from typing import Any

from quartier.catalog import ValueType
from quartier.identify.places.distance import distance_km
from quartier.segment.conditions import (
    All,
    AtLeast,
    ComparedLeaf,
    Comparison,
    Condition,
    EventLeaf,
    Everyone,
    InSegment,
    Not,
    PersonsLeaf,
    PlaceLeaf,
    RankLeaf,
    SequenceLeaf,
    TraitLeaf,
)
from quartier.segment.explain import Explanation
from quartier.segment.moments import Moment
from quartier.segment.numbers import holds_for_number
from quartier.segment.operators import COMPARISONS, NUMERIC
from quartier.segment.places import Circle
from quartier.segment.windows import Window

_CENT = 0.01


@dataclass(frozen=True)
class Change:
    """What would turn one leaf.

    Attributes:
        node: the leaf.
        before: what was found (of a place, the distance; of a sequence, the steps done); None when it is missing.
        after: the nearest value that turns it (of a place, the edge; of a sequence, the first step to do).
        more: by how much a measure of events must grow, in events or in what is summed; the kilometres to an edge; the
            steps still to do; None for a trait.
        cost: the distance, as a share of the greater of both values.
    """

    node: Condition
    before: Any
    after: Any
    more: float | None
    cost: float


@dataclass(frozen=True)
class NearMiss:
    """The least change that turns a truth.

    Attributes:
        enters: whether the condition would hold then, or fail.
        changes: what must change, all of it; empty when nothing is offered.
        is_sure: whether no other condition reads the same data, which could turn with them.
    """

    enters: bool
    changes: tuple[Change, ...]
    is_sure: bool

    @property
    def cost(self) -> float:
        """How far away it is; infinite when nothing is offered."""
        return sum(each.cost for each in self.changes) if self.changes else float("inf")


def near_miss(found: Explanation, moment: Moment) -> NearMiss:
    """The least change that would turn the whole of an explanation."""
    changes = _turning(found, moment) or ()
    changing = {each.node for each in changes}
    others = [node for node in _leaves(found) if node not in changing]
    read = {place for each in changes for place in _reads(each.node)}
    shared = any(not isinstance(node, _KNOWN) or read & set(_reads(node)) for node in others)
    doubled = len(read) < sum(len(set(_reads(each.node))) for each in changes)
    return NearMiss(not found.holds, tuple(changes), bool(changes) and not shared and not doubled)


@singledispatch
def smallest_change(_node: Condition, _found: Explanation, _moment: Moment) -> Change | None:
    """The smallest change that turns a leaf; None where none is offered."""
    return None


@smallest_change.register
def _(node: TraitLeaf, found: Explanation, _moment: Moment) -> Change | None:
    value: Any = node.comparison.value
    if node.trait.type in NUMERIC and node.comparison.operator_key in COMPARISONS:
        step = 1 if node.trait.type is ValueType.INTEGER else _CENT
        return _nearest_number(node, node.comparison, found, step)
    match node.comparison.operator_key:
        case "is" if isinstance(value, bool) and found.observed is not None:
            return Change(node, found.observed, not found.observed, None, 1.0)
        case "is" if not found.holds:
            return Change(node, found.observed, value, None, 1.0)
        case "in" if not found.holds:
            return Change(node, found.observed, value[0], None, 1.0)
        case "is_not" if found.holds:
            return Change(node, found.observed, value, None, 1.0)
    return None


@smallest_change.register
def _(node: EventLeaf, found: Explanation, moment: Moment) -> Change | None:
    kind = node.measure.kind
    if node.when or not _counts_now(node.window, moment):  # whatever is done from now on does not count
        return None
    if kind in ("count", "sum", "distinct") and node.comparison.operator_key in COMPARISONS:
        change = _nearest_number(node, node.comparison, found, _CENT if kind == "sum" else 1, is_growing=True)
        return change if change and change.more and change.more > 0 else None
    if kind == "days_since_last" and not found.holds and holds_for_number(node.comparison, 0):
        return Change(node, found.observed, 0, 1, 1.0)
    return None


@smallest_change.register
def _(node: ComparedLeaf, found: Explanation, moment: Moment) -> Change | None:
    """The left side is what changes; the right one is taken as it was found."""
    left, right = found.observed
    if right is None or node.left == node.right:
        return None
    wanted, seen = Comparison(node.operator_key, round(right * node.times, 6)), replace(found, observed=left)
    if isinstance(node.left, TraitLeaf):
        return _nearest_number(node, wanted, seen, 1 if node.left.trait.type is ValueType.INTEGER else _CENT)
    kind = node.left.measure.kind
    is_fixed = not isinstance(node.right, EventLeaf) or not _counts_now(node.right.window, moment)
    if kind not in ("count", "sum") or node.left.when or not is_fixed or not _counts_now(node.left.window, moment):
        return None
    change = _nearest_number(node, wanted, seen, _CENT if kind == "sum" else 1, is_growing=True)
    return change if change and change.more and change.more > 0 else None


@smallest_change.register
def _(node: PlaceLeaf, found: Explanation, _moment: Moment) -> Change | None:
    """How far the person is from the edge of a circle; for other areas nothing is offered."""
    if not isinstance(node.area, Circle) or found.observed is None:
        return None
    away, edge = distance_km(found.observed, (node.area.latitude, node.area.longitude)), node.area.km
    to_edge = abs(away - edge)
    return Change(node, away, edge, to_edge, to_edge / max(away, edge))


@smallest_change.register
def _(node: RankLeaf, found: Explanation, moment: Moment) -> Change | None:
    """As much as the last place has, the others being as they are; to leave, nothing is offered."""
    last, known = found.last_place, float(found.observed or 0)
    if found.holds or last is None or node.rank.kind == "share_of_total":
        return None
    cost = abs(last - known) / max(abs(last), abs(known), _CENT)
    if isinstance(node.ranked, TraitLeaf):
        return Change(node, found.observed, last, None, cost)
    counts = node.ranked.measure.kind in ("count", "sum") and not node.ranked.when
    if not counts or node.rank.kind != "top" or last <= known or not _counts_now(node.ranked.window, moment):
        return None
    return Change(node, found.observed, last, round(last - known, 6), cost)


@smallest_change.register
def _(node: SequenceLeaf, found: Explanation, moment: Moment) -> Change | None:
    """The steps that are missing, done one after the other from now on; `after` is the first of them, from 1."""
    if found.holds or found.stopped_at is None or node.times > 1 or node.same:
        return None
    first = found.stopped_at
    length = node.steps[first - 1].within
    if found.events and length and length.after(found.events[-1].occurred_at, moment.zone) <= moment.now:
        first = 1  # the time for the next step has passed: all begins again
    missing = node.steps[first - 1 :]
    if any(step.is_absent for step in missing) or (first == 1 and not _counts_now(node.window, moment)):
        return None
    return Change(node, first - 1, first, len(missing), len(missing) / len(node.steps))


def _counts_now(window: Window, moment: Moment) -> bool:
    """Whether what is done from now on lies in a window."""
    start, end = window.edges(moment.now, moment.zone)
    return end == moment.now and (start is None or start < moment.now)


def _nearest_number(
    node: Condition, comparison: Comparison, found: Explanation, step: float, *, is_growing: bool = False
) -> Change | None:
    """The nearest number that turns a comparison, by whole steps; only greater ones for what can only grow."""
    before, known = found.observed, float(found.observed or 0)
    near: list[float] = [
        each
        for bound in _bounds(comparison)
        for each in (bound, bound - step, bound + step, *_around(bound, step))
        if holds_for_number(comparison, each) != found.holds
        and not (is_growing and each <= known)
        and (step != 1 or each == int(each))
    ]
    if not near:
        return None
    closest: float = min(near, key=lambda each: abs(each - known))
    after = round(closest, 6)
    distance = abs(after - known) or step
    more = round(after - known, 6) if is_growing else None
    return Change(node, before, after, more, distance / max(abs(after), abs(known), step))


def _bounds(comparison: Comparison) -> Sequence[float]:
    value: Any = comparison.value
    return value if isinstance(value, tuple) else (value,)


def _around(bound: float, step: float) -> tuple[float, float]:
    """The whole numbers on either side of a bound that is none, for what goes by ones."""
    return (float(bound // 1), float(bound // 1 + 1)) if step == 1 else (bound, bound)


def _turning(found: Explanation, moment: Moment) -> list[Change] | None:
    """The changes that turn a condition at the least cost; None when some that are needed are not offered."""
    match found.node:
        case All():
            return _of_parts(found, moment, len(found.parts))
        case AtLeast(count=count):
            return _of_parts(found, moment, count)
        case Not() | InSegment():
            return _turning(found.parts[0], moment)
    change = smallest_change(found.node, found, moment)
    return None if change is None else [change]


def _of_parts(found: Explanation, moment: Moment, needed: int) -> list[Change] | None:
    """The cheapest parts to turn, as many as it takes for `needed` to hold, or for too few to."""
    holding = sum(part.holds for part in found.parts)
    missing = holding - needed + 1 if found.holds else needed - holding
    wanted = [part for part in found.parts if part.holds == found.holds]
    ways = [way for part in wanted if (way := _turning(part, moment)) is not None]
    if len(ways) < missing:
        return None
    cheapest = sorted(ways, key=lambda way: sum(each.cost for each in way))[:missing]
    return list(dict.fromkeys(each for way in cheapest for each in way))


def _leaves(found: Explanation) -> Iterator[Condition]:
    if not found.parts:
        yield found.node
    for part in found.parts:
        yield from _leaves(part)


_KNOWN = (TraitLeaf, EventLeaf, PersonsLeaf, Everyone, ComparedLeaf, PlaceLeaf, SequenceLeaf)
"""The kinds of which it is known what they read: beside any other, no change is sure."""


def _reads(node: Condition) -> Iterator[str]:
    """What a leaf reads, as far as a change of the same may turn it."""
    match node:
        case TraitLeaf():
            yield f"trait {node.trait.name}"
        case EventLeaf():
            yield from (f"event {event.name}" for event in node.events)
        case ComparedLeaf(left, _, right):
            yield from (*_reads(left), *_reads(right))
        case RankLeaf(ranked):
            yield from _reads(ranked)
        case PlaceLeaf(latitude, longitude):
            yield from (f"trait {latitude.name}", f"trait {longitude.name}")
        case SequenceLeaf(steps):
            yield from (f"event {event.name}" for step in steps for event in step.events)
