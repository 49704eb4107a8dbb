"""Journeys over small tables: each count is that of the segment which the condition language makes of it."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest

from quartier.analyse.journeys import paths, selecting
from quartier.analyse.journeys.definition import Funnel, Paths, Retention, Sequences
from quartier.analyse.journeys.run import Journeys, run_funnel, run_paths, run_retention, run_sequences, seen
from quartier.analyse.months import later
from quartier.catalog import Catalog, EventType, Family, Sensitivity, Trait, ValueType
from quartier.config import Config
from quartier.engine import DuckDBEngine, event_schema, subject_schema
from quartier.errors import InvalidRequest, UnknownName
from quartier.segment.bind import bind
from quartier.segment.definition import read_segment
from quartier.segment.run import world
from tests.integration.tables import AT, NAME, events, table

A, B, C = (EventType(name=name, label=NAME) for name in ("Product Viewed", "Product Added", "Order Completed"))
COUNTRY = Trait(name="country", type=ValueType.TEXT, family=Family.GEOGRAPHIC, label=NAME)
CATALOG = Catalog(traits=(COUNTRY,), events=(A, B, C))
CONFIG = Config(name="tiny")
PERSONS = 120


@pytest.fixture(scope="module")
def asked() -> Iterator[Journeys]:
    engine, draw = DuckDBEngine(memory_limit="512MB", threads=1), np.random.default_rng(7)
    engine.ensure("person", subject_schema(CATALOG))
    rows = [(key, f"p{key}", ["FR", "BE", None][key % 3]) for key in range(1, PERSONS + 1)]
    engine.append("person", table(rows, {"person_key": pa.int32(), "person_id": pa.string(), "country": pa.string()}))
    for event, share in ((A, 6), (B, 3), (C, 2)):
        # Whole and half hours, so that many events of a person share an instant.
        drawn = [(int(draw.integers(1, PERSONS + 1)), int(draw.integers(0, 1200)) / 48) for _ in range(PERSONS * share)]
        engine.ensure(event.table, event_schema(event))
        found = events(drawn, {})
        ids = pa.array([f"{event.table}-{each}" for each in found["event_id"].to_pylist()])
        engine.append(event.table, found.set_column(found.column_names.index("event_id"), "event_id", ids))
    yield Journeys(engine, CATALOG, CONFIG, AT)
    engine.close()


def members(asked: Journeys, document: dict) -> int:
    segment = bind(read_segment({**document, "population": "everyone"}), CATALOG, {})
    return len(world(asked.engine, CATALOG, CONFIG, AT).members(segment))


@pytest.mark.parametrize(
    "document",
    [
        {"steps": [A.name, B.name, C.name]},
        {"steps": [A.name, B.name, C.name], "within": "2 days", "during": "20 days"},
        {"steps": [A.name, A.name, C.name], "within": "9 hours"},
    ],
)
def test_each_step_and_each_drop_off_counts_the_persons_of_its_segment(asked: Journeys, document: dict) -> None:
    funnel = Funnel.model_validate(document)
    found = run_funnel(asked, funnel)
    for place, step in enumerate(found.steps):
        assert members(asked, selecting.of_step(funnel, place, CATALOG)) == step.persons
        if place:
            assert members(asked, selecting.of_drop(funnel, place, CATALOG)) == step.dropped
    assert 0 < found.steps[-1].persons < found.steps[0].persons


def test_the_groups_of_a_trait_add_up_and_open_as_segments(asked: Journeys) -> None:
    funnel = Funnel(steps=(A.name, C.name), within="2 days", by="country")
    found = run_funnel(asked, funnel)
    assert found.others is not None
    assert {each.value for each in found.groups} == {"FR", "BE"}
    for place, step in enumerate(found.steps):
        assert sum(each.steps[place].persons for each in (*found.groups, found.others)) == step.persons
    french = next(each for each in found.groups if each.value == "FR")
    document = selecting.of_drop(funnel, 1, CATALOG, {"trait": "country", "is": "FR"})
    assert members(asked, document) == french.steps[1].dropped


def test_times_are_of_those_who_went_on_and_the_others_are_said(asked: Journeys) -> None:
    found = run_funnel(asked, Funnel(steps=(A.name, C.name)))
    (times,) = found.times
    assert (times.done, times.waiting) == (found.steps[1].persons, found.steps[1].dropped)
    assert times.of_done is not None
    assert times.of_all[1] is None or times.of_all[1] >= times.of_done[1]


@pytest.mark.parametrize("side", ["after", "before"])
def test_every_place_of_the_paths_adds_up_and_a_branch_opens_as_whoever_went_that_way(
    asked: Journeys, side: str
) -> None:
    wanted = Paths(event=C.name, side=side, places=3, within="3 days")
    found = run_paths(asked, wanted)
    names = [each.name for each in seen(CATALOG, C)]
    for each in paths.every(found.root):
        if len(each.events) <= wanted.places:
            assert sum(one.persons for one in each.branches) + each.others + each.ended == each.persons
        assert members(asked, selecting.of_branch(wanted, each.events, names, CATALOG)) >= each.persons
    assert found.root.persons == members(asked, selecting.of_branch(wanted, (C.name,), names, CATALOG))


def test_cohorts_of_any_event_count_who_came_back_in_each_month(asked: Journeys) -> None:
    found = run_retention(asked, Retention(start=A.name, back=C.name))
    (first, *_) = [each for each in found.cohorts if each.persons]
    assert first.month == dt.date(2026, 10, 1)
    assert members(asked, selecting.of_return(A.name, C.name, first.month)) == first.persons
    after = selecting.of_return(A.name, C.name, first.month, later(first.month, 1))
    assert members(asked, after) == first.ordered[1] > 0


def test_a_common_sequence_counts_the_persons_of_its_segment(asked: Journeys) -> None:
    wanted = Sequences(during="20 days", support=0.2)
    found = run_sequences(asked, wanted)
    assert found.is_whole
    assert found.looked_at == found.persons
    assert len(found.sequences) > 3
    for each in found.sequences:
        assert members(asked, selecting.of_sequence(wanted, each.events, CATALOG)) == each.persons
    ending = run_sequences(asked, Sequences(support=0.2, ending=C.name))
    assert {each.events[-1] for each in ending.sequences} == {C.name}


def test_an_event_that_is_not_there_is_refused_with_the_nearest_names(asked: Journeys) -> None:
    with pytest.raises(UnknownName, match="Order Completed"):
        run_funnel(asked, Funnel(steps=(A.name, "Order Complete")))


def test_values_that_point_at_persons_are_never_told_as_groups(asked: Journeys) -> None:
    personal = Catalog(
        traits=(COUNTRY.model_copy(update={"sensitivity": Sensitivity.PERSONAL}),), events=CATALOG.events
    )
    with pytest.raises(InvalidRequest, match="too closely"):
        run_funnel(replace(asked, catalog=personal), Funnel(steps=(A.name, C.name), by="country"))


def test_without_events_there_is_no_sequence() -> None:
    engine = DuckDBEngine(memory_limit="512MB", threads=1)
    found = run_sequences(Journeys(engine, CATALOG, CONFIG, AT), Sequences())
    assert (found.sequences, found.persons) == ((), 0)
    engine.close()
