"""Between two moments, data being as they are, a leaf changes only for those whose values an edge has passed over."""

import datetime as dt
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from quartier.segment.bind import bind
from quartier.segment.conditions import Leaf, leaves
from quartier.segment.definition import read_segment
from quartier.segment.edges import Slice, is_global, slices, turns_with_the_day
from quartier.segment.moments import Moment
from quartier.segment.operators import OPERATORS
from quartier.testing import TinyPerson, TinyWorld
from quartier.testing.reference import Case, holds
from quartier.testing.reference_values import Now
from tests.generative.conditions import segments_that_use
from tests.generative.segments_compared import segments_that_compare, segments_that_look_back
from tests.generative.worlds import CATALOG, INSTANTS, ZONES, worlds

Drawing = Callable[[dt.datetime, ZoneInfo], st.SearchStrategy[dict[str, Any]]]
MOVING = [key for key, row in OPERATORS.items() if row.takes in ("duration", "range", "days")]
STEPS = [dt.timedelta(**{unit: 1}) for unit in ("microseconds", "minutes", "hours", "days", "weeks")]
STEPS += [dt.timedelta(days=days) for days in (30, 31, 365, 366)]


@pytest.mark.parametrize("operator", MOVING)
def test_only_those_whose_values_an_edge_has_passed_change(operator: str) -> None:
    passed(partial(segments_that_use, operator=operator), max_examples=10, derandomize=True)


@pytest.mark.parametrize("window", ["within", "ago", "since", "until", "between days", "during"])
def test_only_those_whose_events_the_edge_of_a_window_has_passed_change(window: str) -> None:
    passed(partial(segments_that_use, window=window), max_examples=10, derandomize=True)


def test_only_those_over_whose_events_either_of_two_windows_has_moved_change() -> None:
    passed(segments_that_compare, max_examples=10, derandomize=True)


@pytest.mark.slow
def test_only_those_over_whose_events_either_of_two_windows_has_moved_change_in_many_worlds() -> None:
    passed(segments_that_compare, max_examples=500, derandomize=False)


def test_only_those_over_whose_changes_an_edge_has_passed_change() -> None:
    passed(segments_that_look_back, max_examples=15, derandomize=True)


@pytest.mark.slow
def test_only_those_over_whose_changes_an_edge_has_passed_change_in_many_worlds() -> None:
    passed(segments_that_look_back, max_examples=500, derandomize=False)


@pytest.mark.slow
@pytest.mark.parametrize("operator", MOVING)
def test_only_those_whose_values_an_edge_has_passed_change_in_many_worlds(operator: str) -> None:
    passed(partial(segments_that_use, operator=operator), max_examples=500, derandomize=False)


@pytest.mark.slow
@pytest.mark.parametrize("window", ["within", "ago", "until", "between days", "during"])
def test_only_those_whose_events_the_edge_of_a_window_has_passed_change_in_many_worlds(window: str) -> None:
    passed(partial(segments_that_use, window=window), max_examples=500, derandomize=False)


def passed(documents: Drawing, *, max_examples: int, derandomize: bool) -> None:
    @settings(max_examples=max_examples, derandomize=derandomize, deadline=None, database=None,
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(st.data())
    def check(data: st.DataObject) -> None:
        now, zone = data.draw(st.sampled_from(INSTANTS)), data.draw(st.sampled_from(ZONES))
        later = now + data.draw(st.sampled_from(STEPS))
        world = data.draw(worlds(now, zone))
        document = data.draw(documents(now, zone))
        note(f"{now} {later} {zone} {document}")
        for leaf in leaves(bind(read_segment(document), CATALOG).where):
            assert_untouched_stay(leaf, world, now, later, zone)

    check()


def assert_untouched_stay(leaf: Leaf, world: TinyWorld, now: dt.datetime, later: dt.datetime, zone: ZoneInfo) -> None:
    """Persons outside of all slices have not changed; a leaf that turns with the day changes at midnight only."""
    if is_global(leaf):
        return
    before, after = Moment(now, zone), Moment(later, zone)
    turns = turns_with_the_day(leaf) and before.today != after.today
    gone_over = list(slices(leaf, before, after))
    for person in world.persons:
        if not turns and not any(each.low <= value <= each.high for each, value in values(world, person, gone_over)):
            assert holds(leaf, Case(person, world, Now(now, zone))) == holds(
                leaf, Case(person, world, Now(later, zone))
            )


def values(world: TinyWorld, person: TinyPerson, gone_over: list[Slice]) -> Iterator[tuple[Slice, Any]]:
    """The person's known values in the columns of some slices."""
    for each in gone_over:
        for found in _in_table(world, person, each):
            if found is not None:
                is_instant = isinstance(found, dt.datetime)
                yield each, found.astimezone(dt.UTC).replace(tzinfo=None) if is_instant else found


def _in_table(world: TinyWorld, person: TinyPerson, each: Slice) -> Iterator[Any]:
    if each.table == "person_known":
        yield from (arrival.at for arrival in world.arrivals_of(person, "person"))
        return
    if each.table == "person_change":
        yield from (change.at for change in world.changes if (change.of, change.id) == ("person", person.id))
        return
    if each.table == "person":
        yield person.traits.get(each.column.path)
        return
    tables = {event.name: event.table for event in world.catalog.events}
    for event in world.events_of(person):
        if tables[event.name] == each.table:
            if each.column.path == "occurred_at":
                yield event.at
            elif each.column.line_field:
                lines: Any = event.properties.get(each.column.head) or ()
                yield from (line.get(each.column.line_field) for line in lines if line)
            else:
                yield event.properties.get(each.column.path)
