"""What time alone can change: the edges that move over the values of a column as the clock goes on.

“In the last 30 days” has an edge over the instants of events that moves with the clock; an age has one over births
that moves at midnight. Between two moments a leaf can change, for those whose data have not, only where an edge has
passed over a value: these slices name the touched persons, and the next value in front of an edge names the next
instant at which something changes.

A leaf whose truth follows the calendar in a way that no moving edge describes says so by `turns_with_the_day`; one that
depends on all persons together is `is_global`. Both are computed anew and compared.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import singledispatch

from quartier.catalog import ValueType
from quartier.engine import OCCURRED_AT, change_table, known_table
from quartier.segment.conditions import (
    AccountsLeaf,
    CampaignLeaf,
    ChangedLeaf,
    ComparedLeaf,
    Comparison,
    EarlierLeaf,
    EventLeaf,
    Everyone,
    HistoryLeaf,
    Leaf,
    OwnTime,
    PersonsLeaf,
    PlaceLeaf,
    RankLeaf,
    SequenceLeaf,
    Step,
    TraitLeaf,
)
from quartier.segment.event_rows import Column
from quartier.segment.moments import Moment, days_since_edges, parameters

Value = dt.date | dt.datetime
"""Days, or instants as the engine's columns hold them: UTC without a zone."""


@dataclass(frozen=True)
class Edge:
    """An edge at a moment: the value that it has reached on the column of a table."""

    table: str
    column: Column
    value: Value


@dataclass(frozen=True)
class Slice:
    """The values of a column over which an edge has passed, both ends included: never too few."""

    table: str
    column: Column
    low: Value
    high: Value


@singledispatch
def edges(leaf: Leaf, _moment: Moment) -> tuple[Edge, ...]:
    """A leaf's edges at a moment, in the same order at every moment; none where time alone changes nothing."""
    raise TypeError(f"not a leaf: {type(leaf).__name__}")


@singledispatch
def turns_with_the_day(_leaf: Leaf) -> bool:
    """Whether the leaf may change at each local midnight for persons whom no edge can name."""
    return False


@singledispatch
def is_global(_leaf: Leaf) -> bool:
    """Whether more than one person's own data decides: the top 10 %, a share of the total, what is remembered."""
    return False


@singledispatch
def is_remembered(_leaf: Leaf) -> bool:
    """Whether the leaf reads what the store remembers: entries, exits, campaigns."""
    return False


def slices(leaf: Leaf, before: Moment, after: Moment) -> Iterator[Slice]:
    """Where the leaf's edges have passed between two moments, whichever of them is the earlier."""
    for old, new in zip(edges(leaf, before), edges(leaf, after), strict=True):
        if old.value != new.value:
            low, high = sorted([old.value, new.value])
            yield Slice(new.table, new.column, low, high)


def is_clocked(comparison: Comparison) -> bool:
    """Whether a comparison has an edge that moves: `within`, `older_than`, `in_next`, `age`."""
    return comparison.operator.takes in ("duration", "range")


def comparison_edges(table: str, column: Column, comparison: Comparison, moment: Moment) -> Iterator[Edge]:
    """The edges of a comparison with time over a column."""
    if is_clocked(comparison):
        for value in parameters(comparison, column.type, moment):
            yield Edge(table, column, value)


@edges.register(Everyone)
@edges.register(PersonsLeaf)
@edges.register(AccountsLeaf)
@edges.register(PlaceLeaf)
@edges.register(HistoryLeaf)
@edges.register(CampaignLeaf)
def _(_leaf: Leaf, _moment: Moment) -> tuple[Edge, ...]:
    return ()


@edges.register
def _(leaf: TraitLeaf, moment: Moment) -> tuple[Edge, ...]:
    column = Column(leaf.trait.name, leaf.trait.type)
    return tuple(comparison_edges(leaf.trait.of, column, leaf.comparison, moment))


@edges.register
def _(leaf: EventLeaf, moment: Moment) -> tuple[Edge, ...]:
    return tuple(edge for event in leaf.events for edge in _event_edges(leaf, event.table, moment))


@edges.register
def _(leaf: RankLeaf, moment: Moment) -> tuple[Edge, ...]:
    return edges(leaf.ranked, moment)


@edges.register
def _(leaf: ComparedLeaf, moment: Moment) -> tuple[Edge, ...]:
    return (*edges(leaf.left, moment), *edges(leaf.right, moment))


@edges.register
def _(leaf: ChangedLeaf, moment: Moment) -> tuple[Edge, ...]:
    return tuple(Edge(change_table(leaf.trait.of), WHEN, each) for each in moment.edges_of(leaf.window))


@edges.register
def _(leaf: EarlierLeaf, moment: Moment) -> tuple[Edge, ...]:
    now, then = (moment.naive(each) for each in (moment.now, leaf.ago.before(moment.now, moment.zone)))
    changes, known = change_table(leaf.trait.of), known_table(leaf.trait.of)
    return Edge(changes, WHEN, now), Edge(changes, WHEN, then), Edge(known, WHEN, then)


@edges.register
def _(leaf: OwnTime, moment: Moment) -> tuple[Edge, ...]:
    """On the clock of the moment: who asks for those of persons asks for the part at each of their moments."""
    return edges(leaf.part, moment)


@turns_with_the_day.register
def _(leaf: OwnTime) -> bool:
    return turns_with_the_day(leaf.part)


@turns_with_the_day.register
def _(leaf: ComparedLeaf) -> bool:
    return turns_with_the_day(leaf.left) or turns_with_the_day(leaf.right)


@is_global.register(HistoryLeaf)
@is_global.register(CampaignLeaf)
@is_remembered.register(HistoryLeaf)
@is_remembered.register(CampaignLeaf)
def _(_leaf: Leaf) -> bool:
    return True


@is_global.register
def _(_leaf: RankLeaf) -> bool:
    return True


@turns_with_the_day.register
def _(leaf: RankLeaf) -> bool:
    return turns_with_the_day(leaf.ranked)


@turns_with_the_day.register
def _(leaf: TraitLeaf) -> bool:
    return _comes_round(leaf.comparison)


@turns_with_the_day.register
def _(leaf: EventLeaf) -> bool:
    return any(_comes_round(each) for each in (leaf.comparison, *(test.comparison for test in leaf.where)))


def _comes_round(comparison: Comparison) -> bool:
    """Whether a comparison holds on some days of each year: no edge names those whose day it is."""
    return comparison.operator_key == "anniversary"


def _event_edges(leaf: EventLeaf, table: str, moment: Moment) -> Iterator[Edge]:
    instants = moment.edges_of(leaf.window)
    if leaf.measure.kind.startswith("days_since"):
        instants += days_since_edges(leaf.comparison, moment)
    for instant in instants:
        yield Edge(table, WHEN, instant)
    for test in leaf.where:
        yield from comparison_edges(table, Column(test.path, test.declared.type), test.comparison, moment)
    measured = leaf.measure.declared
    if leaf.measure.is_a_value and measured and leaf.measure.path:
        yield from comparison_edges(table, Column(leaf.measure.path, measured.type), leaf.comparison, moment)


@edges.register
def _(leaf: SequenceLeaf, moment: Moment) -> tuple[Edge, ...]:
    first = moment.edges_of(leaf.window)
    found = [Edge(event.table, WHEN, instant) for event in leaf.steps[0].events for instant in first]
    return (*found, *_waited(leaf, moment), *(edge for step in leaf.steps for edge in _step_edges(step, moment)))


def _waited(leaf: SequenceLeaf, moment: Moment) -> Iterator[Edge]:
    """A last step that must not happen holds once its time has passed since the event of the step before."""
    last = max(index for index, step in enumerate(leaf.steps) if not step.is_absent)
    for step in leaf.steps[last + 1 :]:
        if step.within:
            passed = moment.naive(step.within.before(moment.now, moment.zone))
            yield from (Edge(event.table, WHEN, passed) for event in leaf.steps[last].events)


def _step_edges(step: Step, moment: Moment) -> Iterator[Edge]:
    """What lies in the future does not count yet; tests of properties may have edges of their own."""
    for event in step.events:
        yield Edge(event.table, WHEN, moment.naive(moment.now))
        for test in step.where:
            yield from comparison_edges(event.table, Column(test.path, test.declared.type), test.comparison, moment)


WHEN = Column(OCCURRED_AT, ValueType.INSTANT)
"""The instants of events."""
