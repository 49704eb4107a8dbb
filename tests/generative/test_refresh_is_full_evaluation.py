"""Whatever happens between two moments, evaluating the touched gives what evaluating everyone gives."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, Phase, event, given, note, settings
from hypothesis import strategies as st
from pyroaring import BitMap

from quartier.engine import DuckDBEngine
from quartier.segment import refresh
from quartier.segment.bind import bind
from quartier.segment.conditions import BoundSegment
from quartier.segment.definition import read_segment
from quartier.segment.evaluate import World
from quartier.segment.moments import Moment
from quartier.segment.refresh import Before, globals_of, members_after
from quartier.testing import TinyPerson, TinyWorld, load
from tests.generative.conditions import OTHERS, segments
from tests.generative.worlds import CATALOG, INSTANTS, ZONES, worlds

READ = {other["segment"]: read_segment(other) for other in OTHERS}
SEGMENTS_AT_ONCE = 5
QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]
STEPS = [dt.timedelta(**{unit: n}) for unit, n in (
    ("microseconds", 1), ("minutes", 10), ("hours", 1), ("hours", 3), ("days", 1), ("days", 7), ("days", 31),
    ("days", 366), ("hours", -2), ("days", -1),
)]  # fmt: skip


@dataclass(frozen=True)
class Step:
    """What is true after something happened, and for whom it happened."""

    world: TinyWorld
    now: dt.datetime
    changed: frozenset[str]
    what: str


def test_a_refresh_finds_what_a_full_evaluation_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    assert histories(monkeypatch, how_many=10, steps=6, derandomize=True) >= 40


@pytest.mark.slow
def test_a_refresh_finds_what_a_full_evaluation_finds_over_twenty_thousand_steps(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert histories(monkeypatch, how_many=2_000, steps=12, derandomize=False) >= 20_000


def histories(monkeypatch: pytest.MonkeyPatch, *, how_many: int, steps: int, derandomize: bool) -> int:
    """Draw worlds, conditions and what happens, and compare after each step; how many steps there were."""
    monkeypatch.setattr(refresh, "MOST_TOUCHED", 10.0)  # in a tiny world everyone is soon touched
    engine, compared = DuckDBEngine(memory_limit="256MB", threads=1), 0

    @settings(max_examples=how_many, derandomize=derandomize, deadline=None, suppress_health_check=QUIET,
              database=None, phases=[Phase.explicit, Phase.generate, Phase.shrink])  # fmt: skip
    @given(st.data())
    def check(data: st.DataObject) -> None:
        nonlocal compared
        now, zone = data.draw(st.sampled_from(INSTANTS)), data.draw(st.sampled_from(ZONES))
        step = Step(data.draw(worlds(now, zone)), now, frozenset(), "begin")
        known = _segments(data, now, zone)
        keys = {person.id: place for place, person in enumerate(step.world.persons)}
        load(step.world, engine, keys)
        first = World(engine, CATALOG, Moment(now, zone))
        members, kept = first.members_of_all(known), globals_of(first, known.values())
        for _ in range(data.draw(st.integers(max(1, steps - 2), steps + 2))):
            before, last = Before(members, frozenset({Moment(step.now, zone)}), kept=kept), step
            step = data.draw(after(last, zone))
            note(f"{step.what}: {step.now} {step.changed}")
            event(step.what)
            load(step.world, engine, keys)
            touched = BitMap(keys[each] for each in step.changed)
            world = World(engine, CATALOG, Moment(step.now, zone))
            found = members_after(world, engine, known, replace(before, changed=touched))
            assert found.touched is not None
            members = World(engine, CATALOG, Moment(step.now, zone)).members_of_all(known)
            assert found.members == members
            kept = found.kept
            compared += 1

    try:
        check()
    finally:
        engine.close()
    return compared


def _segments(data: st.DataObject, now: dt.datetime, zone: ZoneInfo) -> dict[str, BoundSegment]:
    drawn = data.draw(st.lists(segments(now, zone), min_size=1, max_size=SEGMENTS_AT_ONCE))
    note(str(drawn))
    return {f"s{place}": bind(read_segment(each), CATALOG, READ) for place, each in enumerate(drawn)}


@st.composite
def after(draw: Any, step: Step, zone: ZoneInfo) -> Step:
    """Something happens to somebody, or only time passes; the clock may be set back."""
    what = draw(st.sampled_from(["time", "time", "events", "traits", "merge", "deletion"]))
    now = step.now + draw(st.sampled_from(STEPS)) if what in ("time", "events") else step.now
    one, other = (draw(st.sampled_from(step.world.persons[:-1] or step.world.persons)) for _ in range(2))
    elsewhere = draw(worlds(now, zone))
    match what:
        case "events":  # some of them late, some of them in the future
            fresh = [replace(each, person=one.id, id=f"n{now}{each.id}") for each in elsewhere.events]
            return Step(replace(step.world, events=(*step.world.events, *fresh)), now, frozenset({one.id}), what)
        case "traits":
            persons = [replace(each, traits=elsewhere.persons[0].traits) if each is one else each
                       for each in step.world.persons]  # fmt: skip
            return Step(replace(step.world, persons=tuple(persons)), now, frozenset({one.id}), what)
        case "merge" if one is not other:
            events = tuple(
                replace(each, person=other.id) if each.person == one.id else each for each in step.world.events
            )
            return Step(_without(replace(step.world, events=events), one), now, frozenset({one.id, other.id}), what)
        case "deletion" if len(step.world.persons) > 1:
            return Step(_without(step.world, one), now, frozenset({one.id}), what)
    return Step(step.world, now, frozenset(), "time")


def _merged(world: TinyWorld, one: TinyPerson, other: TinyPerson) -> TinyWorld:
    events = tuple(replace(each, person=other.id) if each.person == one.id else each for each in world.events)
    return _without(replace(world, events=events), one)


def _without(world: TinyWorld, one: TinyPerson) -> TinyWorld:
    return replace(
        world,
        persons=tuple(each for each in world.persons if each is not one),
        events=tuple(each for each in world.events if each.person != one.id),
    )
