"""A segment's past is what it is evaluated to be at each instant, whatever is shared between the instants."""

import datetime as dt

import pytest
from hypothesis import Phase, given, note, settings
from hypothesis import strategies as st

from quartier.config import Config
from quartier.engine import DuckDBEngine
from quartier.segment import past
from quartier.segment.bind import bind
from quartier.segment.definition import read_segment
from quartier.testing import load, reference_members
from tests.generative.conditions import segments, segments_that_use
from tests.generative.test_engine_is_the_reference import QUIET, READ
from tests.generative.worlds import CATALOG, INSTANTS, ZONES, worlds

STEPS = [dt.timedelta(hours=5), dt.timedelta(days=1), dt.timedelta(days=30), dt.timedelta(days=400)]


def test_each_instant_of_a_past_has_the_members_of_the_reference() -> None:
    compared(max_examples=25, derandomize=True)


def test_each_instant_of_a_past_is_right_when_only_few_are_computed_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(past, "NUMBERS_AT_ONCE", 1)
    compared(max_examples=10, derandomize=True)


@pytest.mark.slow
def test_each_instant_of_a_past_has_the_members_of_the_reference_in_many_worlds() -> None:
    compared(max_examples=1000, derandomize=False)


def compared(*, max_examples: int, derandomize: bool) -> None:
    """Compare on drawn worlds, conditions and steps."""
    engine = DuckDBEngine(memory_limit="256MB", threads=1)

    @settings(max_examples=max_examples, derandomize=derandomize, deadline=None, suppress_health_check=QUIET,
              database=None, phases=[Phase.explicit, Phase.generate, Phase.shrink])  # fmt: skip
    @given(st.data())
    def check(data: st.DataObject) -> None:
        now, zone = data.draw(st.sampled_from(INSTANTS)), data.draw(st.sampled_from(ZONES))
        world = data.draw(worlds(now, zone))
        load(world, engine)
        drawn = st.one_of(segments(now, zone), segments_that_use(now, zone, measure="count"))
        document, step = data.draw(drawn), data.draw(st.sampled_from(STEPS))
        note(f"{now} {zone} {step} {document}")
        segment = bind(read_segment(document), CATALOG, READ)
        moments = [now - step * n for n in range(4)]
        found = past.members_at_each(engine, CATALOG, Config(name="x", time_zone=zone.key), segment, moments)
        assert list(found) == moments
        for moment, members in found.items():
            truth = reference_members(segment, world, moment, zone)
            subjects = world.accounts if segment.of == "account" else world.persons
            assert {subjects[key].id for key in members} == truth

    try:
        check()
    finally:
        engine.close()
