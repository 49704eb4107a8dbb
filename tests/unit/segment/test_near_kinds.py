"""The smallest change for places, sequences and two numbers compared turns the truth when it is made."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from quartier.catalog import Catalog, Meaning, ValueType
from quartier.engine import DuckDBEngine
from quartier.segment.bind import bind
from quartier.segment.conditions import ComparedLeaf, PlaceLeaf, RankLeaf, SequenceLeaf, TraitLeaf
from quartier.segment.definition import read_segment
from quartier.segment.evaluate import World
from quartier.segment.explain import explain
from quartier.segment.moments import Moment
from quartier.segment.near import Change, NearMiss, near_miss
from quartier.segment.near_words import near_lines, plain_near_miss
from quartier.testing import load
from quartier.testing.loading import PARIS
from quartier.testing.reference import reference_members
from quartier.testing.worlds import TinyEvent, TinyPerson, TinyWorld
from tests.unit.segment.shop import SHOP, trait

NOW = dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)
MOMENT = Moment(NOW, PARIS)
PLACED = Catalog(
    traits=(
        *SHOP.traits,
        trait("lat", ValueType.NUMBER, Meaning.LATITUDE, "Latitude", "Latitude"),
        trait("lon", ValueType.NUMBER, Meaning.LONGITUDE, "Longitude", "Longitude"),
    ),
    events=SHOP.events,
)


def on(name: str, days_ago: float, **properties: float) -> TinyEvent:
    return TinyEvent("ada", name, NOW - dt.timedelta(days=days_ago), f"{name}-{days_ago}", properties)


TINY = TinyWorld(
    PLACED,
    (TinyPerson("ada", {"age": 41, "ltv": 99.5, "lat": 48.0, "lon": 2.0}), TinyPerson("bob", {}),
     TinyPerson("cyd", {"ltv": 300.0, "age": 20})),
    (on("Order Completed", 20, revenue=25.5), on("Order Completed", 3, revenue=40.0), on("Order Completed", 200),
     *(TinyEvent("cyd", "Page Viewed", NOW, f"cyd{n}") for n in range(3)),
     on("Product Viewed", 0.5), on("Product Added", 10)),
)  # fmt: skip
SOON = {"event": "Order Completed", "within": "1 day"}
TURNED = [
    {"place": {"near": [49.0, 2.0], "within": "50 km"}},
    {"place": {"near": [48.0, 2.0], "within": "50 km"}},
    {"trait": "ltv", "top": 1},
    {"trait": "age", "bottom": "50 %"},
    {"event": "Page Viewed", "count": {"top": 1}},
    {"trait": "ltv", "more_than": {"trait": "age", "times": 3}},
    {"trait": "age", "more_than": {"trait": "ltv"}},
    {"trait": "ltv", "more_than": {"trait": "age"}},
    {"event": "Order Completed", "count": {"more_than": {"earlier": {"ago": {"between": ["7 days", "1 year"]}}}},
     "within": "7 days"},
    {"event": "Order Completed", "sum": "revenue", "at_least": {"trait": "ltv"}},
    {"sequence": [{"event": "Product Viewed"}, SOON]},
    {"sequence": [{"event": "Product Added"}, SOON]},
    {"sequence": [{"event": "Product Viewed"}, {"event": "Product Added"}, SOON]},
    {"sequence": [{"event": "Email Opened"}, SOON], "within": "7 days"},
    {"all": [{"trait": "age", "at_least": 50}, {"sequence": [{"event": "Product Viewed"}, SOON]}]},
]  # fmt: skip
NOTHING = [
    {"place": {"in": {"south": 0, "west": 0, "north": 9, "east": 9}}},
    {"sequence": [{"event": "Product Viewed"}, {"not": "Product Viewed", "within": "7 days"}]},
    {"sequence": [{"event": "Email Opened"}, SOON], "until": "2026-01-01"},
    {"event": "Order Completed", "count": {"more_than": {"earlier": {"within": "1 year"}}}, "within": "7 days"},
]


@pytest.fixture(scope="module")
def world():
    engine = DuckDBEngine(memory_limit="256MB", threads=1)
    load(TINY, engine)
    yield World(engine, PLACED, MOMENT)
    engine.close()


def nearest(world: World, where: dict[str, Any], key: int = 0) -> NearMiss:
    segment = bind(read_segment({"segment": "s", "population": "everyone", "where": where}), PLACED)
    return near_miss(explain(world, segment, key), MOMENT)


@pytest.mark.parametrize("where", TURNED, ids=str)
def test_making_the_change_that_is_offered_turns_the_truth(world, where: dict[str, Any]) -> None:
    segment = bind(read_segment({"segment": "s", "population": "everyone", "where": where}), PLACED)
    found = nearest(world, where)
    assert found.changes
    assert found.is_sure
    changed = TINY
    for each in found.changes:
        changed = made(each, changed)
    was_in, is_in = ("ada" in reference_members(segment, each, NOW + AFTER, PARIS) for each in (TINY, changed))
    assert (was_in, is_in) == (not found.enters, found.enters)


AFTER = dt.timedelta(minutes=5)
"""Steps are done one after the other, a minute each."""


def made(change: Change, world: TinyWorld) -> TinyWorld:
    """The tiny world in which ada's data are changed as was offered."""
    match change.node:
        case PlaceLeaf(area=area):
            sign = 1 if change.before > change.after else -1
            degrees = sign * (change.more + 0.01) / 111.195
            return with_traits(world, lat=48.0 + (degrees if area.latitude > 48 else -abs(degrees)))
        case SequenceLeaf(steps):
            missing = steps[change.after - 1 :]
            assert len(missing) == change.more
            at = [NOW + dt.timedelta(minutes=minute) for minute in range(1, len(missing) + 1)]
            pairs = zip(missing, at, strict=True)
            done = (TinyEvent("ada", step.events[0].name, when, f"new{when}") for step, when in pairs)
            return replace(world, events=(*world.events, *done))
        case ComparedLeaf(left=TraitLeaf(each)) | RankLeaf(ranked=TraitLeaf(each)) | TraitLeaf(each):
            return with_traits(world, **{each.name: change.after})
    changed = change.node.ranked if isinstance(change.node, RankLeaf) else change.node.left
    is_sum = changed.measure.kind == "sum"
    more = [
        TinyEvent("ada", changed.events[0].name, NOW, f"new{n}", {"revenue": change.more} if is_sum else {})
        for n in range(1 if is_sum else int(change.more))
    ]
    return replace(world, events=(*world.events, *more))


def with_traits(world: TinyWorld, **traits: float) -> TinyWorld:
    ada, *others = world.persons
    return replace(world, persons=(replace(ada, traits={**ada.traits, **traits}), *others))


@pytest.mark.parametrize("where", NOTHING, ids=str)
def test_what_no_deed_of_today_turns_is_not_offered(world, where: dict[str, Any]) -> None:
    assert nearest(world, where).changes == ()


@pytest.mark.parametrize("where", [TURNED[0], TURNED[5]], ids=str)
def test_for_a_missing_value_there_is_no_distance(world, where: dict[str, Any]) -> None:
    assert nearest(world, where, key=1).changes == ()


def test_a_change_to_a_place_in_an_order_is_unsure_beside_another_condition_on_the_same(world) -> None:
    both = {"all": [{"trait": "ltv", "top": 1}, {"trait": "ltv", "less_than": 200}]}
    assert not nearest(world, both).is_sure


def test_places_sequences_and_comparisons_are_told_in_both_languages(world) -> None:
    place = {"place": {"near": [49.0, 2.0], "within": "50 km"}}
    assert near_lines(nearest(world, place), "en")[1] == "  • Is at most 50 km from the point (49; 2): 61.2 km too far"
    assert near_lines(nearest(world, place), "fr")[1].endswith(" 61,2\u00a0km de trop")
    inside = {"place": {"near": [48.0, 2.0], "within": "50 km"}}
    assert near_lines(nearest(world, inside), "en")[1].endswith(": 50 km from the edge")
    steps = {"sequence": [{"event": "Product Viewed"}, {"event": "Product Added"}, SOON]}
    told = near_lines(nearest(world, steps), "en")[1]
    assert told.endswith(": still to come: put a product in the cart and placed an order within 1 day")
    assert "il reste à faire\u00a0: a " in near_lines(nearest(world, steps), "fr")[1]
    more = {"trait": "ltv", "more_than": {"trait": "age", "times": 3}}
    first = near_lines(nearest(world, {"trait": "ltv", "top": 1}), "en")[1]
    assert first.endswith("300 instead of 99.5")
    assert near_lines(nearest(world, {"event": "Page Viewed", "count": {"top": 1}}), "en")[1].endswith(": 3 more")
    assert "instead of" in near_lines(nearest(world, more), "en")[1]
    assert plain_near_miss(nearest(world, steps))["changes"][0]["more"] == 2
