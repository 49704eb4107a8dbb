"""Until the instant that is named time alone changes nobody; at an instant at which a truth turns, it turns."""

import datetime as dt
import random
from collections.abc import Callable, Iterator
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, Phase, assume, given, note, settings
from hypothesis import strategies as st

from quartier.engine import DuckDBEngine
from quartier.segment.bind import bind
from quartier.segment.conditions import BoundSegment, is_of_persons_alone, leaves
from quartier.segment.definition import read_segment
from quartier.segment.due import FURTHEST, due_by_time
from quartier.segment.edges import is_global
from quartier.segment.evaluate import World
from quartier.segment.lasting import lasting
from quartier.segment.moments import Moment
from quartier.testing import TinyWorld, load
from quartier.testing.memories import TinyMemories
from quartier.testing.reference import Case, holds, reference_members
from quartier.testing.reference_values import Now
from tests.generative.conditions import OTHERS, segments, segments_that_use
from tests.generative.segments_compared import segments_in_own_time
from tests.generative.worlds import CATALOG, INSTANTS, ZONES, worlds

READ = {other["segment"]: read_segment(other) for other in OTHERS}
PHASES = [Phase.explicit, Phase.generate, Phase.shrink]
TICK = dt.timedelta(microseconds=1)
Drawing = Callable[[dt.datetime, ZoneInfo], st.SearchStrategy[dict[str, Any]]]


def test_nobody_enters_or_leaves_before_a_refresh_is_due() -> None:
    drawn(check_due, segments, max_examples=9, derandomize=True)


def test_windows_that_follow_the_calendar_are_due_in_time() -> None:
    drawn(check_due, lambda now, zone: segments_that_use(now, zone, window="within"), max_examples=9, derandomize=True)


def test_what_follows_the_clock_of_each_person_is_due_in_time() -> None:
    drawn(check_due, segments_in_own_time, max_examples=3, derandomize=True)
    drawn(check_lasting, segments_in_own_time, max_examples=1, derandomize=True)


@pytest.mark.slow
def test_what_follows_the_clock_of_each_person_is_due_in_time_in_many_worlds() -> None:
    drawn(check_due, segments_in_own_time, max_examples=500, derandomize=False)
    drawn(check_lasting, segments_in_own_time, max_examples=100, derandomize=False)


def test_a_truth_lasts_until_the_instant_that_is_named() -> None:
    drawn(check_lasting, segments, max_examples=6, derandomize=True)


@pytest.mark.slow
def test_nobody_enters_or_leaves_before_a_refresh_is_due_in_many_worlds() -> None:
    drawn(check_due, segments, max_examples=2_000, derandomize=False)


@pytest.mark.slow
@pytest.mark.parametrize("window", ["within", "ago", "until", "between days", "during"])
def test_windows_are_due_in_time_in_many_worlds(window: str) -> None:
    drawn(check_due, lambda now, zone: segments_that_use(now, zone, window=window), max_examples=500, derandomize=False)


@pytest.mark.slow
def test_a_truth_lasts_until_the_instant_that_is_named_in_many_worlds() -> None:
    drawn(check_lasting, segments, max_examples=500, derandomize=False)


def drawn(check: Callable[..., None], documents: Drawing, *, max_examples: int, derandomize: bool) -> None:
    engine = DuckDBEngine(memory_limit="256MB", threads=1)

    @settings(max_examples=max_examples, derandomize=derandomize, deadline=None, database=None, phases=PHASES,
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(st.data())
    def each(data: st.DataObject) -> None:
        now, zone = data.draw(st.sampled_from(INSTANTS)), data.draw(st.sampled_from(ZONES))
        tiny = data.draw(worlds(now, zone))
        document = data.draw(documents(now, zone))
        note(f"{now} {zone} {document}")
        load(tiny, engine)
        check(
            bind(read_segment(document), CATALOG, READ),
            tiny,
            World(engine, CATALOG, Moment(now, zone), memory=TinyMemories(tiny)),
            engine,
        )

    try:
        each()
    finally:
        engine.close()


def check_due(segment: BoundSegment, tiny: TinyWorld, world: World, _engine: DuckDBEngine) -> None:
    now, zone = world.moment.now, world.moment.zone
    due = due_by_time(world, {"drawn": segment})
    note(f"due {due.at}")
    assert due.at is None or due.at > now
    members = reference_members(segment, tiny, now, zone)
    for instant in between(now, due.at):
        assert reference_members(segment, tiny, instant, zone) == members, instant


def check_lasting(segment: BoundSegment, tiny: TinyWorld, world: World, engine: DuckDBEngine) -> None:
    assume(is_of_persons_alone(segment))  # accounts have more than their own rows to tell
    now, zone = world.moment.now, world.moment.zone
    for key, person in enumerate(tiny.persons):
        for node, until in lasting(world, engine, segment.condition, key).items():
            if any(is_global(leaf) for leaf in leaves(node)):
                assert until.depends_on_others
                continue
            note(f"{person.id} {until} {node}")
            before = holds(node, Case(person, tiny, Now(now, zone)))
            for instant in between(now, until.at):
                assert holds(node, Case(person, tiny, Now(instant, zone))) == before, instant
            if until.at and until.turns:
                assert holds(node, Case(person, tiny, Now(until.at, zone))) != before


def between(now: dt.datetime, end: dt.datetime | None) -> Iterator[dt.datetime]:
    """Instants after now and before the end: near both, around the next midnights and hours, and some in between."""
    chance, last = random.Random(7), (end or min(now + dt.timedelta(days=1500), FURTHEST)) - TICK
    near = [now + step for step in (TICK, *(dt.timedelta(minutes=15 * n) for n in range(1, 60, 3)))]
    far = [now + dt.timedelta(hours=n) for n in range(16, 120, 8)]
    some = [now + chance.random() * (last - now) for _ in range(10)]
    yield from (each for each in (*near, *far, *some, last) if now < each <= last)
