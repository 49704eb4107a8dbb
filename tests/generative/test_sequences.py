"""Sequences over few instants and few values, where many events meet: the engine finds what every choice gives."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from quartier.engine import DuckDBEngine
from quartier.segment.bind import bind
from quartier.segment.conditions import BoundSegment, SequenceLeaf, leaves
from quartier.segment.definition import read_segment
from quartier.segment.edges import slices
from quartier.segment.evaluate import World
from quartier.segment.explain import explain
from quartier.segment.moments import Moment
from quartier.testing import TinyEvent, TinyPerson, TinyWorld, engine_members, load, reference_members
from quartier.testing.reference_sequences import times_of
from quartier.testing.reference_values import Now
from tests.generative.conditions import sequence_conditions
from tests.generative.worlds import CATALOG

NOW = dt.datetime(2026, 10, 25, 1, 30, tzinfo=dt.UTC)
PARIS = ZoneInfo("Europe/Paris")
AGO = [
    *(dt.timedelta(hours=hours) for hours in (0, 3, 6, 24, 27, 48, 168, 192, -24)),
    dt.timedelta(minutes=1),
    dt.timedelta(hours=3, microseconds=1),
]


@st.composite
def crowded_worlds(draw: Any) -> TinyWorld:
    """Two persons with up to nine events each, at few instants, with few values; ids meet between types."""
    instants = draw(st.lists(st.sampled_from(AGO), min_size=2, max_size=5))
    events = []
    for person in ("p0", "p1"):
        for number in range(draw(st.integers(3, 9))):
            type_ = draw(st.sampled_from(CATALOG.events))
            values = {"p_text": draw(st.sampled_from(["a", "a", "b", None])), "p_integer": draw(st.integers(0, 1))}
            at = NOW - draw(st.sampled_from(instants))
            events.append(TinyEvent(person, type_.name, at, f"e{draw(st.integers(0, 3))}{number}", values))
    persons = (*(TinyPerson(f"p{number}") for number in range(2)), TinyPerson("stranger"))
    return TinyWorld(CATALOG, persons, tuple(events))


def compared(documents: st.SearchStrategy[dict[str, Any]], *, max_examples: int, derandomize: bool) -> set[str]:
    """Compare on drawn worlds; the kinds of sequences that somebody did."""
    held: set[str] = set()
    engine = DuckDBEngine(memory_limit="256MB", threads=1)

    @settings(
        max_examples=max_examples,
        derandomize=derandomize,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def check(data: st.DataObject) -> None:
        world = data.draw(crowded_worlds())
        load(world, engine)
        for _ in range(5):
            document = data.draw(documents)
            note(str(document))
            segment = bind(read_segment({"segment": "drawn", "where": document}), CATALOG)
            truth = reference_members(segment, world, NOW, PARIS)
            assert engine_members(segment, world, engine, Moment(NOW, PARIS)) == truth
            check_explanations(segment, world, engine)
            check_edges(segment, world, data.draw(st.sampled_from([*AGO, dt.timedelta(microseconds=1)])))
            held.update(kinds(segment) if truth else ())

    try:
        check()
    finally:
        engine.close()
    return held


def check_explanations(segment: BoundSegment, world: TinyWorld, engine: DuckDBEngine) -> None:
    """What is shown of a person is what decides."""
    reader = World(engine, CATALOG, Moment(NOW, PARIS))
    for key, person in enumerate(world.persons):
        found, node = explain(reader, segment, key), segment.condition
        assert isinstance(node, SequenceLeaf)
        happened = times_of(node, world.events_of(person), Now(NOW, PARIS))
        assert found.observed == happened
        assert (found.stopped_at is None) == (happened > 0)
        assert len(found.events) == sum(not step.is_absent for step in node.steps) or not happened
        assert found.lines("fr")


def check_edges(segment: BoundSegment, world: TinyWorld, step: dt.timedelta) -> None:
    """Who changes as time goes on has a value in a slice over which an edge has passed."""
    before, after = sorted([NOW, NOW + step])
    changed = reference_members(segment, world, before, PARIS) ^ reference_members(segment, world, after, PARIS)
    (leaf,) = leaves(segment.condition)
    passed = list(slices(leaf, Moment(before, PARIS), Moment(after, PARIS)))
    touched = {each.person for each in world.events for slice_ in passed if lies_in(each, slice_)}
    assert changed <= touched


def lies_in(event: TinyEvent, slice_: Any) -> bool:
    if CATALOG.event(event.name).table != slice_.table:
        return False
    value = event.at if slice_.column.path == "occurred_at" else event.properties.get(slice_.column.path)
    if isinstance(value, dt.datetime):
        value = value.astimezone(dt.UTC).replace(tzinfo=None)
    return value is not None and slice_.low <= value <= slice_.high


def kinds(segment: BoundSegment) -> list[str]:
    """What a sequence asks for."""
    (leaf,) = leaves(segment.condition)
    assert isinstance(leaf, SequenceLeaf)
    absent = [step.is_absent for step in leaf.steps]
    between = any(absent[: max(index for index, each in enumerate(absent) if not each)])
    waits = absent[-1] and leaf.steps[-1].within is not None
    found = {"times": leaf.times > 1, "same": leaf.same is not None, "both": leaf.times > 1 and leaf.same is not None,
             "three": absent.count(False) > 2, "between": between, "waits": waits, "last": absent[-1],
             "within": any(step.within and not step.is_absent for step in leaf.steps)}  # fmt: skip
    return [kind for kind, is_there in found.items() if is_there]


KINDS = {"times", "same", "both", "three", "between", "waits", "last", "within"}
ADDED, ORDERED = {"event": "Page Viewed"}, {"event": "Order Completed"}
ANY: dict[str, Any] = {"event": ["Page Viewed", "Order Completed"]}
USUAL: list[dict[str, Any]] = [
    {"sequence": [ADDED, ORDERED | {"within": "3 hours"}], "times": 2},
    {"sequence": [ADDED, ORDERED, ANY | {"within": "1 day"}], "same": "p_text"},
    {"sequence": [ADDED, {"not": "Order Refunded", "within": "3 hours"}, ORDERED], "same": "p_integer"},
    {"sequence": [ANY, ANY], "same": "p_integer", "times": 2},
    {"sequence": [ANY, ANY, ANY]},
    {"sequence": [ANY, {"not": "Order Refunded"}, ANY, {"not": "Order Completed", "within": "3 hours"}], "times": 2},
    {"sequence": [ADDED, {"not": "Order Completed"}, {"not": "Order Refunded", "within": "1 day"}]},
    {"sequence": [ANY, ANY, {"not": "Order Refunded", "within": "1 day"}, ANY], "within": "7 days"},
]
GENERATED = st.booleans().flatmap(lambda is_plain: sequence_conditions(NOW, PARIS, is_plain=is_plain))


def test_the_engine_finds_the_usual_sequences_that_every_choice_of_events_gives() -> None:
    assert compared(st.sampled_from(USUAL), max_examples=12, derandomize=True) >= KINDS


def test_the_engine_finds_the_sequences_that_every_choice_of_events_gives() -> None:
    assert compared(GENERATED, max_examples=4, derandomize=True) <= KINDS


@pytest.mark.slow
def test_the_engine_finds_the_sequences_that_every_choice_gives_in_thousands_of_worlds() -> None:
    assert compared(GENERATED, max_examples=2000, derandomize=False) == KINDS
