"""The definition of truth for sequences: every choice of events is tried."""

import datetime as dt
from collections.abc import Iterator, Sequence

from quartier.segment.conditions import SequenceLeaf, Step
from quartier.segment.windows import Duration
from quartier.testing.reference_events import is_in_window, passes
from quartier.testing.reference_values import Now
from quartier.testing.worlds import TinyEvent

Match = tuple[TinyEvent, ...]


def times_of(node: SequenceLeaf, events: Sequence[TinyEvent], now: Now) -> int:
    """How often the sequence happened to one person: each time later than the last event of the time before."""
    past = [event for event in events if event.at <= now.instant]
    if node.same is None:
        return most_in_a_row(list(matches(node, past, now)))
    values = {event.properties.get(node.same.name) for event in past} - {None}
    with_value = [[each for each in past if each.properties.get(node.same.name) == value] for value in values]
    return sum(most_in_a_row(list(matches(node, own, now))) for own in with_value)


def most_in_a_row(found: list[Match]) -> int:
    """The greatest number of matches that follow one another without meeting."""
    most: dict[tuple[dt.datetime, str], int] = {}
    for match in sorted(found, key=lambda match: place(match[-1])):
        before = [n for end, n in most.items() if end < place(match[0])]
        most[place(match[-1])] = max(most.get(place(match[-1]), 0), 1 + max(before, default=0))
    return max(most.values(), default=0)


def matches(node: SequenceLeaf, events: Sequence[TinyEvent], now: Now) -> Iterator[Match]:
    """Every choice of one event per step that must happen which satisfies the whole."""
    for event in events:
        if is_step(event, node.steps[0], now) and is_in_window(event.at, node.window, now):
            yield from matches_after((event,), node.steps[1:], events, now)


def matches_after(match: Match, steps: Sequence[Step], events: Sequence[TinyEvent], now: Now) -> Iterator[Match]:
    """The ways to go on from some events with the steps that are left."""
    absent = [step for index, step in enumerate(steps) if all(each.is_absent for each in steps[: index + 1])]
    rest = steps[len(absent) :]
    before = match[-1]
    if not rest:
        if all(has_passed(before, step, now) and not comes(before, step, events, now) for step in absent):
            yield match
        return
    for event in events:
        if place(event) > place(before) and is_step(event, rest[0], now) and is_near(before, event, rest[0].within):
            between = [each for each in events if place(each) < place(event)]
            if not any(comes(before, step, between, now) for step in absent):
                yield from matches_after((*match, event), rest[1:], events, now)


def has_passed(event: TinyEvent, step: Step, now: Now) -> bool:
    """Whether the time in which a step must not happen is over."""
    return step.within is None or now.instant - event.at >= length(step.within)


def comes(event: TinyEvent, step: Step, events: Sequence[TinyEvent], now: Now) -> bool:
    """Whether one of some events is what a step is about, later than an event and within the step's time."""
    return any(
        place(each) > place(event) and is_step(each, step, now) and is_near(event, each, step.within) for each in events
    )


def is_step(event: TinyEvent, step: Step, now: Now) -> bool:
    """Whether an event is of a step's types and passes its tests."""
    return event.name in {each.name for each in step.events} and passes(event, step.where, now)


def is_near(before: TinyEvent, after: TinyEvent, within: Duration | None) -> bool:
    """Whether so much time at most lies between two events."""
    return within is None or after.at - before.at <= length(within)


def length(duration: Duration) -> dt.timedelta:
    """Elapsed time; between steps there are no months and no years."""
    return dt.timedelta(**{f"{duration.unit}s": duration.count})


def place(event: TinyEvent) -> tuple[dt.datetime, str]:
    """The place of an event in order of time, the id deciding between events of one instant."""
    return event.at, event.id
