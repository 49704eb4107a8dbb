"""The smallest change that is offered turns the truth, by the reference, when it is made."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from quartier.engine import DuckDBEngine
from quartier.segment.bind import bind
from quartier.segment.conditions import EventLeaf, TraitLeaf
from quartier.segment.definition import read_segment
from quartier.segment.evaluate import World
from quartier.segment.explain import explain
from quartier.segment.moments import Moment
from quartier.segment.near import Change, NearMiss, near_miss
from quartier.segment.near_words import near_lines
from quartier.testing import load
from quartier.testing.loading import PARIS
from quartier.testing.reference import reference_members
from quartier.testing.worlds import TinyEvent, TinyPerson, TinyWorld
from tests.unit.segment.shop import SHOP

NOW = dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)
MOMENT = Moment(NOW, PARIS)


def order(person: str, days_ago: int, revenue: float) -> TinyEvent:
    at = NOW - dt.timedelta(days=days_ago)
    return TinyEvent(person, "Order Completed", at, f"{person}-{days_ago}", {"revenue": revenue})


TINY = TinyWorld(
    SHOP,
    (
        TinyPerson("ada", {"plan": "free", "age": 41, "ltv": 99.5, "newsletter": False, "country": "FR"}),
        TinyPerson("bob", {}),
    ),
    (order("ada", 3, 40.0), order("ada", 20, 25.5), order("ada", 200, 5.0)),
)


@pytest.fixture(scope="module")
def world():
    engine = DuckDBEngine(memory_limit="256MB", threads=1)
    load(TINY, engine)
    yield World(engine, SHOP, MOMENT)
    engine.close()


ORDERS = {"event": "Order Completed", "within": "90 days"}
FLIPPED = [
    {**ORDERS, "count": {"at_least": 4}},
    {**ORDERS, "sum": "revenue", "at_least": 100},
    {**ORDERS, "sum": "revenue", "more_than": 100},
    {**ORDERS, "count": {"at_most": 2}},
    {"not": ORDERS},
    {"event": "Page Viewed"},
    {"event": "Page Viewed", "days_since": "last", "at_most": 7},
    {"trait": "plan", "is": "pro"},
    {"trait": "plan", "in": ["pro", "team"]},
    {"trait": "plan", "is_not": "pro"},
    {"trait": "age", "between": [20, 30]},
    {"trait": "age", "is_not": 41},
    {"trait": "age", "more_than": 41.5},
    {"trait": "ltv", "more_than": 100},
    {"trait": "ltv", "less_than": 100},
    {"trait": "newsletter", "is": True},
    {"all": [{"trait": "plan", "is": "pro"}, {"trait": "country", "is": "FR"}, {**ORDERS, "count": {"at_least": 3}}]},
    {"any": [{"trait": "plan", "is": "pro"}, {"trait": "ltv", "more_than": 100}]},
    {"at_least": 2, "of": [{"trait": "plan", "is": "pro"}, {"trait": "ltv", "more_than": 100},
                           {"event": "Page Viewed"}]},
]  # fmt: skip

NOT_OFFERED = [{"not": ORDERS}, {"trait": "plan", "is_not": "pro"}]
"""What was done cannot be undone; for a missing value there is no one value that is another."""


def nearest(world: World, where: dict[str, Any], key: int = 0) -> NearMiss:
    segment = bind(read_segment({"segment": "s", "population": "everyone", "where": where}), SHOP)
    return near_miss(explain(world, segment, key), MOMENT)


@pytest.mark.parametrize("where", FLIPPED, ids=str)
@pytest.mark.parametrize("key", [0, 1])
def test_making_the_change_that_is_offered_turns_the_truth(world, where: dict[str, Any], key: int) -> None:
    segment = bind(read_segment({"segment": "s", "population": "everyone", "where": where}), SHOP)
    found, person = near_miss(explain(world, segment, key), MOMENT), TINY.persons[key].id
    was_in = person in reference_members(segment, TINY, NOW, PARIS)
    assert found.enters == (not was_in)
    if key == 0 or not was_in:
        changed = TINY
        for each in found.changes:
            changed = made(each, changed, key)
        if found.changes:
            assert found.is_sure
            assert (person in reference_members(segment, changed, NOW, PARIS)) != was_in
        else:
            assert was_in or where in NOT_OFFERED


def made(change: Change, world: TinyWorld, key: int) -> TinyWorld:
    """The tiny world in which the person's data are changed as was offered."""
    person = world.persons[key]
    if isinstance(change.node, TraitLeaf):
        traits = {**person.traits, change.node.trait.name: change.after}
        persons = tuple(replace(each, traits=traits) if each is person else each for each in world.persons)
        return replace(world, persons=persons)
    assert isinstance(change.node, EventLeaf)
    assert change.more is not None
    is_sum = change.node.measure.kind == "sum"
    more = [
        TinyEvent(person.id, change.node.events[0].name, NOW, f"new{n}", {"revenue": change.more} if is_sum else {})
        for n in range(1 if is_sum else int(change.more))
    ]
    return replace(world, events=(*world.events, *more))


def test_the_cheapest_way_is_offered_in_words(world) -> None:
    found = nearest(world, {"any": [{"trait": "plan", "is": "pro"}, {"trait": "ltv", "more_than": 100}]})
    assert near_lines(found, "en", currency="EUR") == [
        "The smallest change to enter:",
        "  • Lifetime value is more than €100: €100.01 instead of €99.50",
    ]
    found = nearest(world, {**ORDERS, "sum": "revenue", "at_least": 100})
    assert near_lines(found, "en", currency="EUR")[1].endswith(": €34.50 more")
    assert near_lines(found, "fr", currency="EUR")[1].replace("\N{NO-BREAK SPACE}", " ").endswith(": encore 34,50 €")


def test_conditions_that_read_the_same_data_make_it_unsure(world) -> None:
    where = {"all": [{**ORDERS, "count": {"at_least": 3}}, {"not": {**ORDERS, "sum": "revenue", "more_than": 70}}]}
    found = nearest(world, where)
    assert (len(found.changes), found.is_sure) == (1, False)
    assert "may turn as well" in near_lines(found, "en")[-1]


@pytest.mark.parametrize(
    "where",
    [
        {"trait": "country", "starts_with": "B"},
        {"trait": "ltv", "share_of_total": "1 %"},
        {"event": "Page Viewed", "ago": {"between": ["10 days", "20 days"]}},
        {"event": "Order Completed", "mean": "revenue", "more_than": 900},
    ],
    ids=str,
)
def test_no_change_is_offered_where_none_is_known(world, where: dict[str, Any]) -> None:
    found = nearest(world, where, key=1)
    assert found.changes == ()
    assert "No smallest change" in near_lines(found, "en")[0]
