"""What Spark finds is what the reference finds: ten worlds and up to 25 conditions of every kind in each job."""

import pytest
from hypothesis import Phase, given, note, settings
from hypothesis import strategies as st

from quartier.engine import SparkEngine
from quartier.segment.bind import bind
from quartier.segment.conditions import (
    All,
    AtLeast,
    BoundSegment,
    EventLeaf,
    InSegment,
    Not,
    PersonsLeaf,
    TraitLeaf,
    is_of_persons_alone,
    leaves,
)
from quartier.segment.definition import read_segment
from quartier.segment.edges import is_global
from quartier.segment.measures import MEASURES
from quartier.segment.moments import Moment
from quartier.segment.operators import OPERATORS
from quartier.segment.whole import found_at_home
from quartier.testing import reference_members
from tests.generative.conditions import segments
from tests.generative.test_engine_is_the_reference import QUIET, READ, kinds
from tests.generative.worlds import CATALOG, INSTANTS, ZONES, worlds
from tests.on_spark import found_by_spark, load_worlds

pytestmark = [pytest.mark.spark, pytest.mark.slow]

WORLDS, SEGMENTS, JOBS = 10, 25, 40
"""Ten thousand comparisons of a segment in a world."""
ALWAYS = {All, AtLeast, EventLeaf, InSegment, Not, PersonsLeaf, TraitLeaf, *(f"operator {key}" for key in OPERATORS),
          *(f"measure {key}" for key in MEASURES)}  # fmt: skip


def test_spark_finds_the_members_of_the_reference_in_hundreds_of_worlds(spark: SparkEngine) -> None:
    seen: set[object] = set()
    compared = 0

    @settings(max_examples=JOBS, derandomize=True, deadline=None, suppress_health_check=QUIET, database=None,
              phases=[Phase.generate])  # fmt: skip
    @given(st.data())
    def check(data: st.DataObject) -> None:
        nonlocal compared
        now, zone = data.draw(st.sampled_from(INSTANTS)), data.draw(st.sampled_from(ZONES))
        drawn = data.draw(st.lists(worlds(now, zone), min_size=WORLDS, max_size=WORLDS))
        documents = [data.draw(segments(now, zone)) for _ in range(SEGMENTS)]
        bound = {f"s{number}": bind(read_segment(each), CATALOG, READ) for number, each in enumerate(documents)}
        asked = {name: each for name, each in bound.items() if is_of_one_person(each)}
        load_worlds(spark, drawn)
        found = found_by_spark(spark, asked, drawn, Moment(now, zone))
        for (name, segment), document in zip(bound.items(), documents, strict=True):
            if name in asked:
                note(f"{now} {zone} {document}")
                assert found[name] == [reference_members(segment, world, now, zone) for world in drawn]
                seen.update(kinds(segment.condition))
                compared += len(drawn)

    check()
    assert compared > WORLDS * SEGMENTS * JOBS / 2
    assert not ALWAYS - seen


def is_of_one_person(segment: BoundSegment) -> bool:
    """Whether no world decides over the persons of another, and nothing is found at home."""
    condition = segment.condition
    return (
        is_of_persons_alone(segment)
        and not found_at_home(condition)
        and not any(is_global(leaf) for leaf in leaves(condition))
    )
