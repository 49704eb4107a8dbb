"""Documents keep what was written, and what cannot be used is refused with reasons, never with a defect."""

import copy
import datetime as dt
import json
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quartier.engine import DuckDBEngine
from quartier.errors import InvalidDefinition
from quartier.segment.bind import bind
from quartier.segment.definition import read_segment
from quartier.segment.event_documents import EVENT_KEYS, MEASURES
from quartier.segment.moments import Moment
from quartier.segment.operators import OPERATORS
from quartier.segment.ranks import RANKS
from quartier.store.definitions import digest_of
from quartier.testing import TinyPerson, TinyWorld, engine_members, load, reference_members
from tests.generative.conditions import OTHERS, segments
from tests.generative.worlds import CATALOG, INSTANTS

PARIS = ZoneInfo("Europe/Paris")
NOW = INSTANTS[0]
READ = {other["segment"]: read_segment(other) for other in OTHERS}
FAST = settings(
    max_examples=30, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)
LONG = settings(max_examples=5000, deadline=None, database=None, suppress_health_check=list(HealthCheck))

KEYS = [
    *OPERATORS, *MEASURES, *EVENT_KEYS, *RANKS,
    "trait", "segment", "persons", "all", "any", "none", "not", "of", "where",
    "test", "operator", "value", "population", "label", "measure", "path", "between",
    "place", "near", "in", "within", "south", "west", "north", "east", "city", "country",
]  # fmt: skip
WORDS = [
    *(trait.name for trait in CATALOG.traits), *(event.name for event in CATALOG.events), "products.line_text",
    "p_number", "buyers", "everyone", "30 days", "999999 weeks", "999999 years", "2026-02-29", "0001-01-01",
    "0001-01-01T00:00:00+14:00", "9999-12-31", "last", "\ud800", "\x00", "{x}", "",
]  # fmt: skip
SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.sampled_from(WORDS), st.sampled_from(KEYS),
    st.text(max_size=5), st.dates(), st.datetimes(),
)  # fmt: skip
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.one_of(st.sampled_from(KEYS), st.sampled_from(WORDS), st.integers()), inner, max_size=4),
    ),
    max_leaves=12,
)


@st.composite
def damaged(draw: Any) -> Any:
    """A valid document in which one value or key was replaced by something else."""
    document = copy.deepcopy(draw(segments(NOW, PARIS)))  # parts of it may be constants of the strategies
    places = list(_places(document))
    holder, key = draw(st.sampled_from(places))
    if draw(st.booleans()):
        holder[key] = draw(ANYTHING)
    elif isinstance(holder, dict):
        holder[draw(st.sampled_from(KEYS))] = holder.pop(key)
    return document


def _places(node: Any) -> Any:
    items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in list(items):
        yield node, key
        yield from _places(value)


def check_round_trip(document: dict[str, Any]) -> None:
    segment = read_segment(document)
    plain = segment.model_dump(mode="json")
    by_yaml = read_segment(yaml.safe_load(yaml.safe_dump(plain, allow_unicode=True, sort_keys=False)))
    by_json = read_segment(json.loads(json.dumps(plain)))
    assert by_yaml == by_json == segment
    assert digest_of(by_yaml.model_dump(mode="json")) == digest_of(by_json.model_dump(mode="json")) == digest_of(plain)
    assert bind(by_yaml, CATALOG, READ) == bind(segment, CATALOG, READ)


@FAST
@given(document=segments(NOW, PARIS))
def test_a_document_comes_back_from_yaml_and_json_as_it_was(document: dict[str, Any]) -> None:
    check_round_trip(document)


@pytest.mark.slow
@LONG
@given(document=segments(NOW, PARIS))
def test_thousands_of_documents_come_back_from_yaml_and_json_as_they_were(document: dict[str, Any]) -> None:
    check_round_trip(document)


def check_refusal(document: Any) -> None:
    """Either refused with reasons that can be said in both languages, or usable at any instant by both evaluators."""
    try:
        segment = bind(read_segment(document), CATALOG, READ)
    except InvalidDefinition as error:
        return _assert_said(error)
    world = TinyWorld(CATALOG, (TinyPerson("stranger"),))
    engine = DuckDBEngine(memory_limit="256MB", threads=1)
    try:
        load(world, engine)
        for zone in (PARIS, ZoneInfo("Pacific/Kiritimati"), ZoneInfo("America/New_York")):
            found = engine_members(segment, world, engine, Moment(NOW, zone))
            assert found == reference_members(segment, world, NOW, zone)
    finally:
        engine.close()


@FAST
@given(document=st.one_of(ANYTHING, damaged(), ANYTHING.map(lambda each: {"segment": "x", "where": each})))
def test_any_document_is_used_or_refused_with_reasons(document: Any) -> None:
    check_refusal(document)


@pytest.mark.slow
@LONG
@given(document=st.one_of(ANYTHING, damaged(), ANYTHING.map(lambda each: {"segment": "x", "where": each})))
def test_thousands_of_documents_are_used_or_refused_with_reasons(document: Any) -> None:
    check_refusal(document)


def _assert_said(error: InvalidDefinition) -> None:
    assert error.problems
    assert error.to("en")
    assert error.to("fr")


def test_a_document_that_is_nested_without_end_is_refused() -> None:
    document: dict[str, Any] = {"trait": "email", "known": True}
    for _ in range(3000):
        document = {"not": document}
    with pytest.raises(InvalidDefinition, match="nested"):
        read_segment({"segment": "deep", "where": document})


def test_all_problems_of_a_document_are_told_at_once() -> None:
    wrong = [
        {"trait": "no_such_trait", "is": 1},
        {"event": "Order Complete"},
        {"segment": "nobody"},
        {"trait": "t_number", "contains": "a"},
        {"trait": "t_date", "within": "3 hours"},
        {"event": "Order Completed", "where": {"colour": "red"}},
        {"event": "Order Completed", "within": "some days"},
        {"event": "Order Completed", "ago": {"between": ["90 days", "30 days"]}},
        {"at_least": 2, "of": [{"trait": "email", "known": True}]},
    ]
    with pytest.raises(InvalidDefinition) as refused:
        bind(read_segment({"segment": "wrong", "population": "nowhere", "where": {"all": wrong}}), CATALOG)
    assert len(refused.value.problems) == len(wrong) + 1
    assert {problem.place.split("]")[0] for problem in refused.value.problems[1:]} == {
        f"where.all[{index}" for index in range(len(wrong))
    }


@pytest.mark.parametrize("length", [1, 2, 5])
def test_a_cycle_of_any_length_is_refused(length: int) -> None:
    names = [f"s{index}" for index in range(length)]
    documents = [
        {"segment": name, "where": {"segment": names[(index + 1) % length]}} for index, name in enumerate(names)
    ]
    read = {document["segment"]: read_segment(document) for document in documents}
    with pytest.raises(InvalidDefinition, match=r"refer to one another: s0 → .*s0"):
        bind(read["s0"], CATALOG, read)


def test_a_cycle_through_a_population_is_refused() -> None:
    read = {
        "a": read_segment({"segment": "a", "population": "b", "where": {"trait": "email", "known": True}}),
        "b": read_segment({"segment": "b", "where": {"segment": "a"}}),
    }
    with pytest.raises(InvalidDefinition, match="refer to one another: a → b → a"):
        bind(read["a"], CATALOG, read)


def test_dates_that_yaml_reads_as_dates_are_kept_as_text() -> None:
    document = yaml.safe_load("{segment: s, where: {trait: t_date, since: 2026-01-31}}")
    assert isinstance(document["where"]["since"], dt.date)
    assert read_segment(document).model_dump()["where"]["since"] == "2026-01-31"


def test_segments_that_double_at_each_reference_are_refused_at_once() -> None:
    doubling = [
        {"segment": f"s{n}", "where": {"any": [{"segment": f"s{n + 1}"}, {"segment": f"s{n + 1}"}]}} for n in range(60)
    ]
    read = {each["segment"]: read_segment(each) for each in doubling}
    read["s60"] = read_segment({"segment": "s60", "where": {"trait": "email", "known": True}})
    with pytest.raises(InvalidDefinition, match="conditions with those of the segments it refers to"):
        bind(read["s0"], CATALOG, read)


def test_a_segment_of_too_many_conditions_is_refused_with_what_to_do() -> None:
    many = [{"trait": "email", "is": f"{n}@x.fr"} for n in range(2_001)]
    with pytest.raises(InvalidDefinition, match="divide it"):
        bind(read_segment({"segment": "many", "where": {"any": many}}), CATALOG)
