"""What is said to hold for nobody, or for everyone, does so in every drawn world, by the reference."""

import datetime as dt
from collections import Counter
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from quartier.catalog import ValueType
from quartier.segment.bind import bind
from quartier.segment.conditions import BoundSegment
from quartier.segment.definition import read_segment
from quartier.segment.possible import can_fail, can_hold
from quartier.testing import reference_members
from tests.generative.conditions import (
    OTHERS,
    PLACES,
    campaign_conditions,
    conditions,
    days_for_instants,
    event_conditions,
    fitting_tests,
    history_conditions,
    rank_conditions,
    segments,
    sequence_conditions,
)
from tests.generative.worlds import CATALOG, INSTANTS, ZONES, worlds

READ = {other["segment"]: read_segment(other) for other in OTHERS}
TRAITS = {each.name: each.type for each in CATALOG.traits if each.of == "person" and each.name.startswith("t_")}
COUNTS = [1, 2, {"at_least": 1}, {"less_than": 2}, {"at_most": 0}, {"at_least": 0}, {"between": [1, 3]}]
WINDOWS = [{}, {}, {"within": "7 days"}, {"within": "1 month"}, {"within": "1 year"}]
SUBJECTS = ["trait", "trait", "trait", "event", "event", "rank", "compared", "place", "memory", "anything"]
Document = dict[str, Any]


@st.composite
def opposed(draw: Any, now: dt.datetime, zone: ZoneInfo) -> Document:
    """Two to four conditions about the same, some of them denied: what is likely to exclude itself."""
    same = draw(st.sampled_from(SUBJECTS).flatmap(lambda kind: _about_the_same(kind, now, zone)))
    parts = [draw(same) for _ in range(draw(st.integers(2, 4)))]
    denied = [{"not": each} if draw(st.booleans()) else each for each in parts]
    if draw(st.integers(0, 3)) == 0:
        denied.append({"not": denied[0]})
    kind = draw(st.sampled_from(["all", "all", "any", "none", "mixed"]))
    where = {"all": [denied[0], {"any": denied[1:]}]} if kind == "mixed" else {kind: denied}
    return {"segment": "drawn", "population": draw(st.sampled_from(["everyone", "buyers"])), "where": where}


def _about_the_same(kind: str, now: dt.datetime, zone: ZoneInfo) -> st.SearchStrategy[st.SearchStrategy[Document]]:
    """Conditions on one trait, on measures of the same events, on places, on what one campaign did."""
    match kind:
        case "trait":
            return st.sampled_from(sorted(TRAITS)).map(lambda name: _about_a_trait(name, now, zone))
        case "event":
            return event_conditions(now, zone).map(lambda first: _about_the_same_events(first, now, zone))
        case "rank":
            return rank_conditions(now, zone).map(_with_another_rank)
        case "compared":
            keys = st.sampled_from(["is", "is_not", "more_than", "at_least", "less_than", "at_most"])
            return st.just(keys.map(lambda key: {"trait": "t_number", key: {"trait": "t_integer"}}))
        case "place":
            return st.just(st.one_of(st.sampled_from(PLACES), st.just({"trait": "latitude", "known": True})))
        case "memory":
            return st.just(st.one_of(history_conditions(now), campaign_conditions(now)))
    return st.just(conditions(now, zone))


def _about_a_trait(name: str, now: dt.datetime, zone: ZoneInfo) -> st.SearchStrategy[Document]:
    tests = fitting_tests(TRAITS[name], now, zone)
    if TRAITS[name] is ValueType.INSTANT:
        tests = st.one_of(tests, days_for_instants(now, zone))
    return tests.map(lambda test: {"trait": name, **test})


def _about_the_same_events(first: Document, now: dt.datetime, zone: ZoneInfo) -> st.SearchStrategy[Document]:
    """The condition itself, counts of its events in several windows, and sequences."""
    same = {key: first[key] for key in ("event", "where", "when") if key in first}
    bare = {"event": first["event"]}
    counted = st.builds(
        lambda events, n, window: {**events, "count": n, **window},
        st.sampled_from([same, same, bare]),
        st.sampled_from(COUNTS),
        st.sampled_from(WINDOWS),
    )
    return st.one_of(counted, counted, st.just(first), sequence_conditions(now, zone, is_plain=True))


def _with_another_rank(first: Document) -> st.SearchStrategy[Document]:
    if "trait" not in first:
        return st.just(first)
    trait = first["trait"]
    known = st.just({"trait": trait, "known": False})
    return st.one_of(known, st.sampled_from([1, 2, "50 %", "60 %"]).map(lambda top: {"trait": trait, "top": top}))


def check(document_of: Any, *, max_examples: int, derandomize: bool) -> Counter[str]:
    """Decide drawn conditions, and look at those that are decided in drawn worlds; how many were decided."""
    decided: Counter[str] = Counter()

    @settings(max_examples=max_examples, derandomize=derandomize, deadline=None, database=None,
              suppress_health_check=list(HealthCheck), phases=[Phase.generate, Phase.shrink])  # fmt: skip
    @given(st.data())
    def look(data: st.DataObject) -> None:
        now, zone = data.draw(st.sampled_from(INSTANTS)), data.draw(st.sampled_from(ZONES))
        drawn = data.draw(st.lists(document_of(now, zone), min_size=4, max_size=4))
        bound = [bind(read_segment(document), CATALOG, READ) for document in drawn]
        claimed = [(each, verdict) for each in bound if (verdict := verdict_on(each))]
        if claimed:
            world = data.draw(worlds(now, zone))
        for segment, verdict in claimed:
            decided[verdict] += 1
            note(f"{now} {zone} {verdict} {drawn[bound.index(segment)]}")
            subjects = world.persons if segment.of == "person" else world.accounts
            expected = {each.id for each in subjects} if verdict == "everyone" else set()
            assert reference_members(segment, world, now, zone) == expected

    look()
    return decided


def verdict_on(segment: BoundSegment) -> str | None:
    if not can_hold(segment.condition):
        return "nobody"
    return None if can_fail(segment.condition) else "everyone"


def test_what_is_said_to_hold_for_nobody_or_for_everyone_does_so_in_every_drawn_world() -> None:
    decided = check(opposed, max_examples=12, derandomize=True)
    assert decided["nobody"] > 5
    assert decided["everyone"] > 0


@pytest.mark.slow
def test_what_is_said_to_hold_for_nobody_or_for_everyone_does_so_in_thousands_of_worlds() -> None:
    decided = check(opposed, max_examples=2000, derandomize=False)
    decided += check(segments, max_examples=500, derandomize=False)
    assert min(decided["nobody"], decided["everyone"]) > 100
