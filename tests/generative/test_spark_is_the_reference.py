"""What Spark finds is what the reference finds: ten worlds and dozens of conditions in each job."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

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
from tests.generative.conditions import KINDS_OF_MEASURE, segments, segments_that_use
from tests.generative.test_engine_is_the_reference import QUIET, READ, kinds
from tests.generative.worlds import CATALOG, INSTANTS, ZONES, worlds
from tests.on_spark import found_by_spark, load_worlds

pytestmark = [pytest.mark.spark, pytest.mark.slow]

Documents = Callable[[dt.datetime, ZoneInfo], list[st.SearchStrategy[dict[str, Any]]]]
WORLDS, SEGMENTS, JOBS = 10, 25, 20
NODES = {All, AtLeast, EventLeaf, InSegment, Not, PersonsLeaf, TraitLeaf}


def test_spark_finds_the_members_of_the_reference_in_hundreds_of_worlds(spark: SparkEngine) -> None:
    seen, held = compared(spark, lambda now, zone: [segments(now, zone)] * SEGMENTS, jobs=JOBS)
    # A third to a half of what is drawn can be asked of Spark; which, follows from the constants of all code loaded.
    assert held > WORLDS * SEGMENTS * JOBS / 4
    assert not NODES - seen


def test_spark_finds_the_members_of_the_reference_for_each_operator_and_measure(spark: SparkEngine) -> None:
    seen, _ = compared(spark, one_of_each, jobs=3)
    assert not {f"operator {key}" for key in OPERATORS} - seen
    assert not {f"measure {key}" for key in {*KINDS_OF_MEASURE} & {*MEASURES}} - seen


def one_of_each(now: dt.datetime, zone: ZoneInfo) -> list[st.SearchStrategy[dict[str, Any]]]:
    """A segment of each operator and each measure."""
    by_operator = [segments_that_use(now, zone, operator=key) for key in OPERATORS]
    return by_operator + [segments_that_use(now, zone, measure=key) for key in KINDS_OF_MEASURE]


def compared(spark: SparkEngine, documents: Documents, *, jobs: int) -> tuple[set[object], int]:
    """Compare both on drawn worlds: what kinds of things were in the conditions, how many answers were compared."""
    seen: set[object] = set()
    held = 0

    @settings(max_examples=jobs, derandomize=True, deadline=None, suppress_health_check=QUIET, database=None,
              phases=[Phase.generate])  # fmt: skip
    @given(st.data())
    def check(data: st.DataObject) -> None:
        nonlocal held
        now, zone = data.draw(st.sampled_from(INSTANTS)), data.draw(st.sampled_from(ZONES))
        drawn = data.draw(st.lists(worlds(now, zone), min_size=WORLDS, max_size=WORLDS))
        asked = {}
        for number, each in enumerate(documents(now, zone)):
            segment = bind(read_segment(data.draw(each)), CATALOG, READ)
            if is_of_one_person(segment):
                asked[f"s{number}"] = segment
        load_worlds(spark, drawn)
        found = found_by_spark(spark, asked, drawn, Moment(now, zone))
        for name, segment in asked.items():
            note(f"{now} {zone} {segment.condition}")
            assert found[name] == [reference_members(segment, world, now, zone) for world in drawn]
            seen.update(kinds(segment.condition))
            held += len(drawn)

    check()
    return seen, held


def is_of_one_person(segment: BoundSegment) -> bool:
    """Whether no world decides over the persons of another, and nothing is found at home."""
    condition = segment.condition
    return (
        is_of_persons_alone(segment)
        and not found_at_home(condition)
        and not any(is_global(leaf) for leaf in leaves(condition))
    )
