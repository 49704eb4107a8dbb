"""An explanation never contradicts the members, nor the values that it shows its own verdicts."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from quartier.engine import DuckDBEngine
from quartier.segment.bind import bind
from quartier.segment.conditions import Condition, EventLeaf, SomePersons, TraitLeaf
from quartier.segment.definition import read_segment
from quartier.segment.evaluate import World
from quartier.segment.explain import Explanation, Headcount, explain
from quartier.segment.moments import Moment
from quartier.testing import load
from quartier.testing.reference_values import Now, satisfies
from tests.generative.conditions import OTHERS, segments
from tests.generative.worlds import CATALOG, INSTANTS, ZONES, worlds

READ = {other["segment"]: read_segment(other) for other in OTHERS}


def test_explanations_agree_with_the_members_and_with_the_values_they_show() -> None:
    agreed(max_examples=8, derandomize=True)


@pytest.mark.slow
def test_explanations_agree_in_many_worlds() -> None:
    agreed(max_examples=150, derandomize=False)


def agreed(*, max_examples: int, derandomize: bool) -> None:
    engine = DuckDBEngine(memory_limit="256MB", threads=1)

    @settings(
        max_examples=max_examples,
        derandomize=derandomize,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def check(data: st.DataObject) -> None:
        now, zone = data.draw(st.sampled_from(INSTANTS)), data.draw(st.sampled_from(ZONES))
        tiny = data.draw(worlds(now, zone))
        load(tiny, engine)
        document = data.draw(segments(now, zone))
        note(f"{now} {zone} {document}")
        segment, world = bind(read_segment(document), CATALOG, READ), World(engine, CATALOG, Moment(now, zone))
        members = world.members(segment)
        for key in range(len(tiny.persons if segment.of == "person" else tiny.accounts)):
            found = explain(world, segment, key)
            assert found.holds == (key in members)
            for each in all_of(found):
                if isinstance(each.node, TraitLeaf | EventLeaf):
                    assert each.holds == satisfies(each.observed, each.node.comparison, Now(now, zone))
                if isinstance(each.observed, Headcount):
                    assert each.holds == is_enough(each.node, each.observed)
                assert found.lines("fr")
                assert not each.parts or any(part.decides for part in each.parts)

    try:
        check()
    finally:
        engine.close()


def is_enough(node: Condition, found: Headcount) -> bool:
    if isinstance(node, SomePersons):
        return found.holding >= node.count
    return found.holding == found.persons > 0


def all_of(found: Explanation) -> Iterator[Explanation]:
    yield found
    for part in found.parts:
        yield from all_of(part)
