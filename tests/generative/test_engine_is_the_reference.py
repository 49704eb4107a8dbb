"""What the engine finds is what the reference finds, for worlds and conditions of every kind."""

from collections.abc import Iterator
from typing import get_args

import pytest
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from quartier.engine import DuckDBEngine
from quartier.segment.bind import bind
from quartier.segment.conditions import Comparison, Condition, EventLeaf, Leaf, TraitLeaf, parts
from quartier.segment.definition import read_segment
from quartier.segment.evaluate import World
from quartier.segment.measures import MEASURES
from quartier.segment.moments import Moment
from quartier.segment.operators import OPERATORS
from quartier.segment.population import holds_for_stranger
from quartier.testing import engine_members, load, reference_members
from tests.generative.conditions import OTHERS, segments
from tests.generative.worlds import CATALOG, INSTANTS, ZONES, worlds

READ = {other["segment"]: read_segment(other) for other in OTHERS}
CONDITIONS_PER_WORLD = 10
QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]
WINDOWS = {"ever", "within", "ago", "since"}


def test_the_engine_finds_the_members_of_the_reference_and_everything_was_tried() -> None:
    seen = compared(max_examples=150, derandomize=True)
    assert not everything() - seen


@pytest.mark.slow
def test_the_engine_finds_the_members_of_the_reference_in_thousands_of_worlds() -> None:
    compared(max_examples=5000, derandomize=False)


def compared(*, max_examples: int, derandomize: bool) -> set[object]:
    """Compare the two on drawn worlds; what kinds of things were in the conditions."""
    seen: set[object] = set()
    engine = DuckDBEngine(memory_limit="256MB", threads=1)

    @settings(max_examples=max_examples, derandomize=derandomize, deadline=None, suppress_health_check=QUIET,
              database=None, phases=[Phase.explicit, Phase.generate, Phase.shrink])  # fmt: skip
    @given(st.data())
    def check(data: st.DataObject) -> None:
        now, zone = data.draw(st.sampled_from(INSTANTS)), data.draw(st.sampled_from(ZONES))
        world = data.draw(worlds(now, zone))
        load(world, engine)
        documents = data.draw(st.lists(segments(now, zone), min_size=1, max_size=CONDITIONS_PER_WORLD))
        bound = [bind(read_segment(document), CATALOG, READ) for document in documents]
        together = World(engine, CATALOG, Moment(now, zone))
        together.learn(segment.condition for segment in bound)
        for document, segment in zip(documents, bound, strict=True):
            seen.update(kinds(segment.condition))
            truth = reference_members(segment, world, now, zone)
            note(f"{now} {zone} {document}")
            assert engine_members(segment, world, engine, Moment(now, zone)) == truth
            assert {world.persons[key].id for key in together.members(segment)} == truth
            assert holds_for_stranger(segment.condition) == ("stranger" in truth) or "stranger" in str(document)

    try:
        check()
    finally:
        engine.close()
    return seen


def kinds(node: Condition) -> Iterator[object]:
    """What a condition is made of: kinds of nodes, operators, measures, windows."""
    yield type(node)
    match node:
        case TraitLeaf(_, comparison):
            yield from _operators(comparison)
        case EventLeaf():
            yield f"measure {node.measure.kind}"
            yield f"measure {node.measure.kind} of lines: {'.' in (node.measure.path or '')}"
            yield "lines" if any(test.is_of_a_line for test in node.where) else "no lines"
            yield _window(node)
            for comparison in (node.comparison, *(test.comparison for test in node.where)):
                yield from _operators(comparison)
    for part in parts(node):
        yield from kinds(part)


def _operators(comparison: Comparison) -> Iterator[str]:
    yield f"operator {comparison.operator_key}"
    if isinstance(comparison.value, Comparison):
        yield f"range {comparison.value.operator_key}"


def _window(leaf: EventLeaf) -> str:
    if leaf.window.since:
        return "window since"
    return "window ago" if leaf.window.newest else "window within" if leaf.window.oldest else "window ever"


def everything() -> set[object]:
    """Every node kind, operator, measure and kind of window."""
    unordered = {f"measure {kind} of lines: True" for kind in ("distinct", "sum", "mean", "min", "max")}
    return {
        *get_args(Leaf), *(set(get_args(Condition)) - {Leaf}), *(f"operator {key}" for key in OPERATORS),
        *(f"measure {key}" for key in MEASURES), *(f"window {kind}" for kind in WINDOWS), "lines", *unordered,
    }  # fmt: skip
