"""What the engine finds is what the reference finds, for worlds and conditions of every kind."""

import datetime as dt
import itertools
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, get_args
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from quartier.engine import DuckDBEngine, Engine
from quartier.segment.bind import bind
from quartier.segment.bind_compared import COMPARING
from quartier.segment.conditions import (
    ChangedLeaf,
    ComparedLeaf,
    Comparison,
    Condition,
    EarlierLeaf,
    EventLeaf,
    Leaf,
    OwnTime,
    PlaceLeaf,
    RankLeaf,
    SequenceLeaf,
    TraitLeaf,
    parts,
)
from quartier.segment.definition import read_segment
from quartier.segment.evaluate import World
from quartier.segment.measures import MEASURES
from quartier.segment.moments import Moment
from quartier.segment.operators import OPERATORS
from quartier.segment.periods import Unit as PeriodUnit
from quartier.segment.population import holds_for_stranger
from quartier.segment.ranks import RANKS
from quartier.segment.wall_clock import CLOCK_PARTS
from quartier.segment.windows import Window
from quartier.testing import engine_members, load, reference_members, whole_members
from quartier.testing.memories import TinyMemories
from tests.generative.conditions import (
    KINDS_OF_MEASURE,
    OTHERS,
    PERIODS,
    PLACES,
    segments,
    segments_of_accounts,
    segments_that_use,
)
from tests.generative.segments_compared import (
    segments_in_own_time,
    segments_that_compare,
    segments_that_look_back,
    segments_that_rank,
)
from tests.generative.worlds import CATALOG, INSTANTS, ZONES, worlds

READ = {other["segment"]: read_segment(other) for other in OTHERS}
Drawing = Callable[[dt.datetime, ZoneInfo], st.SearchStrategy[dict[str, Any]]]
CONDITIONS_PER_WORLD = 6
QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]
WINDOWS = {
    "ever": "ever", "within": "within", "ago": "ago", "since": "since", "until": "until", "between days": "since until",
}  # fmt: skip
"""How each kind of window is drawn, and what it is once bound."""
DURING = {
    "during a year ago",
    *(f"during {which} {unit}" for unit in get_args(PeriodUnit) for which in ("this", "last")),
}


@pytest.mark.parametrize("operator", OPERATORS)
def test_the_engine_finds_the_members_of_the_reference_for_each_operator(operator: str) -> None:
    seen = compared(partial(segments_that_use, operator=operator), max_examples=3, derandomize=True)
    assert f"operator {operator}" in seen


@pytest.mark.parametrize("measure", KINDS_OF_MEASURE)
def test_the_engine_finds_the_members_of_the_reference_for_each_measure(measure: str) -> None:
    seen = compared(partial(segments_that_use, measure=measure), max_examples=3, derandomize=True)
    assert any(str(each).startswith("measure ") for each in seen)


def test_the_engine_finds_the_members_of_the_reference_for_each_window() -> None:
    drawn = [compared(partial(segments_that_use, window=kind), max_examples=2, derandomize=True) for kind in WINDOWS]
    assert not {f"window {kind}" for kind in WINDOWS.values()} - set().union(*drawn)


def test_the_engine_finds_the_members_of_the_reference_for_each_period_of_the_calendar() -> None:
    drawn = [compared(partial(segments_that_use, window=each), max_examples=1, derandomize=True) for each in PERIODS]
    assert not {f"window {kind}" for kind in DURING} - set().union(*drawn)


def test_the_engine_finds_the_members_of_the_reference_for_two_numbers_compared() -> None:
    seen = compared(segments_that_compare, max_examples=9, derandomize=True)
    assert {"compared EventLeaf with EventLeaf", "compared EventLeaf with TraitLeaf"} <= seen


def test_the_engine_finds_the_members_of_the_reference_for_earlier_values() -> None:
    seen = compared(segments_that_look_back, max_examples=9, derandomize=True)
    assert {ChangedLeaf, EarlierLeaf} <= seen


@pytest.mark.slow
def test_the_engine_finds_the_members_of_the_reference_on_the_clock_of_each_person_in_many_worlds() -> None:
    seen = compared(segments_in_own_time, max_examples=300, derandomize=False)
    assert {"own time of TraitLeaf", "own time of EventLeaf", "own time of SequenceLeaf"} <= seen


def test_the_engine_finds_the_members_of_the_reference() -> None:
    seen = compared(segments, max_examples=8, derandomize=True)
    for rare in (somewhere, segments_that_rank, segments_in_own_time, segments_of_accounts):
        seen |= compared(rare, max_examples=1, derandomize=True)
    assert {PlaceLeaf, RankLeaf, OwnTime} <= seen


@pytest.mark.slow
def test_the_engine_finds_the_members_of_the_reference_and_every_kind_of_condition_was_tried() -> None:
    seen = compared(segments, max_examples=45, derandomize=True)
    rarely = (somewhere, segments_that_rank, segments_that_look_back, partial(segments_that_use, measure="sum"))
    for rare in (*rarely, segments_in_own_time, segments_of_accounts):
        seen |= compared(rare, max_examples=4, derandomize=True)
    missing = kinds_of_conditions() - seen
    assert not missing


def somewhere(_now: dt.datetime, _zone: ZoneInfo) -> st.SearchStrategy[dict[str, Any]]:
    """Segments of a place: few among all kinds, they are drawn for themselves and not left to chance."""
    return st.sampled_from(PLACES).map(lambda place: {"segment": "drawn", "population": "everyone", "where": place})


@pytest.mark.slow
def test_the_engine_finds_the_members_of_the_reference_in_thousands_of_worlds() -> None:
    seen = compared(segments, max_examples=5000, derandomize=False)
    assert not everything() - seen


def compared(documents: Drawing, *, max_examples: int, derandomize: bool) -> set[object]:
    """Compare the two on drawn worlds; what kinds of things were in the conditions."""
    engine = DuckDBEngine(memory_limit="256MB", threads=1)
    try:
        return compared_on(engine, documents, max_examples=max_examples, derandomize=derandomize)
    finally:
        engine.close()


def compared_on(engine: Engine, documents: Drawing, *, max_examples: int, derandomize: bool) -> set[object]:
    """The same on any engine."""
    seen: set[object] = set()

    @settings(max_examples=max_examples, derandomize=derandomize, deadline=None, suppress_health_check=QUIET,
              database=None, phases=[Phase.explicit, Phase.generate, Phase.shrink])  # fmt: skip
    @given(st.data())
    def check(data: st.DataObject) -> None:
        now, zone = data.draw(st.sampled_from(INSTANTS)), data.draw(st.sampled_from(ZONES))
        world = data.draw(worlds(now, zone))
        load(world, engine)
        drawn = data.draw(st.lists(documents(now, zone), min_size=1, max_size=CONDITIONS_PER_WORLD))
        bound = [bind(read_segment(document), CATALOG, READ) for document in drawn]
        together = World(engine, CATALOG, Moment(now, zone), memory=TinyMemories(world))
        together.learn(segment.condition for segment in bound)
        for document, segment in zip(drawn, bound, strict=True):
            seen.update({*kinds(segment.condition), *kinds(segment.population)})
            truth = reference_members(segment, world, now, zone)
            note(f"{now} {zone} {document}")
            assert engine_members(segment, world, engine, Moment(now, zone)) == truth
            subjects = world.persons if segment.of == "person" else world.accounts
            assert {subjects[key].id for key in together.members(segment)} == truth
            assert whole_members(segment, world, engine, Moment(now, zone)) == truth
            assert holds_for_stranger(segment.condition) == ("stranger" in truth) or "stranger" in str(document)

    check()
    return seen


def kinds(node: Condition) -> Iterator[object]:
    """What a condition is made of: kinds of nodes, operators, measures, windows."""
    yield type(node)
    yield from [f"own time of {type(node.part).__name__}"] if isinstance(node, OwnTime) else []
    match node:
        case TraitLeaf(_, comparison):
            yield from _operators(comparison)
        case PlaceLeaf():
            yield f"place {type(node.area).__name__}"
        case ComparedLeaf(left, operator_key, right):
            yield f"compared {type(left).__name__} with {type(right).__name__}"
            yield f"compared by {operator_key}"
        case ChangedLeaf():
            yield f"changed from: {node.before is not None}, to: {node.after is not None}"
            yield from (f"window {kind}" for kind in _windows(node.window))
        case EarlierLeaf():
            yield f"earlier by {node.operator_key}"
        case RankLeaf():
            yield f"rank {node.rank.kind}, in percent: {node.rank.percent is not None}"
            yield f"rank of {type(node.ranked).__name__}"
        case EventLeaf():
            yield f"measure {node.measure.kind}"
            yield f"measure {node.measure.kind} of lines: {'.' in (node.measure.path or '')}"
            yield from (f"clock {test.part}" for test in node.when)
            yield "lines" if any(test.is_of_a_line for test in node.where) else "no lines"
            yield from (f"window {kind}" for kind in _windows(node.window))
            for comparison in (node.comparison, *(test.comparison for test in node.where)):
                yield from _operators(comparison)
    for part in parts(node):
        yield from kinds(part)


def _operators(comparison: Comparison) -> Iterator[str]:
    yield f"operator {comparison.operator_key}"
    if isinstance(comparison.value, Comparison):
        yield f"range {comparison.value.operator_key}"


def _windows(window: Window) -> Iterator[str]:
    if window.period:
        yield f"during {'last' if window.period.count else 'this'} {window.period.unit}"
        if window.period.is_a_year_ago:
            yield "during a year ago"
    elif window.since or window.until:
        yield " ".join(key for key in ("since", "until") if getattr(window, key))
    else:
        yield "ago" if window.newest else "within" if window.oldest else "ever"


def kinds_of_conditions() -> set[object]:
    """Every kind of node, and events with tests of lines."""
    return {*get_args(Leaf), *(set(get_args(Condition)) - {Leaf}), "lines"}


def everything() -> set[object]:
    """The same, every operator and window, and every measure of an event and of its lines."""
    ranks = {f"rank {kind}, in percent: {share}" for kind, share in itertools.product(RANKS, (True, False))}
    return {
        *(ranks - {"rank share_of_total, in percent: False"}),
        "place Circle",
        "place Box",
        "place Polygon",
        *(
            f"compared {pair}"
            for pair in ("TraitLeaf with TraitLeaf", "EventLeaf with TraitLeaf", "EventLeaf with EventLeaf")
        ),
        *(f"compared by {key}" for key in COMPARING),
        *(f"earlier by {key}" for key in COMPARING),
        *(f"changed from: {before}, to: {after}" for before, after in itertools.product((True, False), repeat=2)),
        *(
            f"own time of {each.__name__}"
            for each in (TraitLeaf, EventLeaf, SequenceLeaf, ComparedLeaf, ChangedLeaf, EarlierLeaf)
        ),
        "rank of TraitLeaf",
        "rank of EventLeaf",
        *kinds_of_conditions(),
        *(f"window {kind}" for kind in (*WINDOWS.values(), *DURING)),
        *(f"operator {key}" for key in OPERATORS),
        *(f"clock {part}" for part in CLOCK_PARTS),
        *(f"measure {key}" for key in MEASURES),
        *(f"measure {kind} of lines: True" for kind in ("distinct", "sum", "mean", "min", "max", "most_frequent")),
    }
