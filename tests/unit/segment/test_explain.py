"""An explanation says of one person what was asked, what was found and which part decided."""

import datetime as dt
import json

import pytest

from quartier.engine import DuckDBEngine
from quartier.errors import UnknownName
from quartier.segment.bind import bind
from quartier.segment.definition import read_segment
from quartier.segment.evaluate import World
from quartier.segment.explain import Explanation, explain
from quartier.segment.moments import Moment
from quartier.testing import load
from quartier.testing.loading import PARIS
from quartier.testing.worlds import TinyEvent, TinyPerson, TinyWorld
from tests.unit.segment.shop import SHOP

NOW = dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)
ADA, BOB = 0, 1


def order(person: str, days_ago: int, revenue: float, *categories: str) -> TinyEvent:
    lines = [{"category": each, "price": 10.0, "quantity": 1.0} for each in categories]
    at = NOW - dt.timedelta(days=days_ago)
    properties = {"revenue": revenue, "currency": "EUR", "products": lines}
    return TinyEvent(person, "Order Completed", at, f"{person}-{days_ago}", properties)


@pytest.fixture(scope="module")
def world():
    tiny = TinyWorld(
        SHOP,
        (
            TinyPerson("ada", {"country": "FR", "email": "ada@example.com", "birth_date": dt.date(1990, 3, 1)}),
            TinyPerson("bob", {}),
        ),
        (
            order("ada", 200, 5.0, "bags"),
            *(order("ada", days, 30.0 + days, "shoes", "bags") for days in (3, 10, 20, 80)),
        ),
    )
    engine = DuckDBEngine(memory_limit="256MB", threads=1)
    load(tiny, engine)
    yield World(engine, SHOP, Moment(NOW, PARIS))
    engine.close()


def explained(world, where: dict, person: int = ADA) -> Explanation:
    found = explain(world, bind(read_segment({"segment": "s", "population": "everyone", "where": where}), SHOP), person)
    json.dumps(found.as_json())
    return found


FR = {"trait": "country", "is": "FR"}
SHOES = {"event": "Order Completed", "where": {"products.category": "shoes"}, "within": "90 days",
         "count": {"at_least": 2}}  # fmt: skip


def test_a_trait_shows_its_value(world):
    found = explained(world, FR)
    assert (found.kind, found.holds, found.observed) == ("trait", True, "FR")
    assert found.lines("en") == ["✓ Country is France (here France)"]


def test_a_missing_trait_is_said_to_be_unknown(world):
    found = explained(world, FR, BOB)
    assert (found.holds, found.observed) == (False, None)
    assert found.lines("fr") == ["✗ Le pays est la France (ici inconnu)"]


def test_events_show_the_measure_and_the_newest_that_count(world):
    found = explained(world, SHOES)
    assert (found.holds, found.observed) == (True, 4)
    assert [each.occurred_at for each in found.events] == [NOW - dt.timedelta(days=days) for days in (3, 10, 20)]
    assert found.events[0].values == {"products.category": ["shoes", "bags"]}
    assert found.lines("en", currency="EUR")[1].strip() == (
        "18 November 2026, 13:00 · “Order Completed” · Category: “shoes” and “bags”"
    )


def test_nothing_to_count_is_zero_and_nothing_to_measure_is_unknown(world):
    assert explained(world, SHOES, BOB).observed == 0
    assert explained(world, {"event": "Order Completed", "mean": "revenue", "more_than": 1}, BOB).observed is None


def test_money_is_written_as_money_and_days_as_days(world):
    spent = explained(world, {"event": "Order Completed", "sum": "revenue", "more_than": 100, "within": "30 days"})
    assert spent.lines("en", currency="EUR")[0] == "✓ Spent more than €100 in the last 30 days (here €123)"
    last = explained(world, {"event": "Order Completed", "days_since": "last", "at_least": 30})
    assert last.observed == 3
    assert len(last.events) == 1


def test_the_first_event_is_shown_when_the_first_is_asked_for(world):
    found = explained(world, {"event": "Order Completed", "days_since": "first", "at_least": 30})
    assert [each.occurred_at for each in found.events] == [NOW - dt.timedelta(days=200)]


def test_in_a_group_the_parts_that_agree_with_it_decide(world):
    found = explained(world, {"all": [FR, {"trait": "plan", "known": True}, SHOES]})
    assert not found.holds
    assert [part.decides for part in found.parts] == [False, True, False]
    other = explained(world, {"any": [FR, {"trait": "plan", "known": True}]})
    assert other.holds
    assert [part.decides for part in other.parts] == [True, False]


def test_another_segment_is_explained_from_within(world):
    loyal = read_segment({"segment": "loyal", "label": {"fr": "Fidèles", "en": "Loyal"}, "where": SHOES})
    segment = bind(read_segment({"segment": "s", "where": {"not": {"segment": "loyal"}}, "population": "customers"}),
                   SHOP, {"loyal": loyal})  # fmt: skip
    found = explain(world, segment, ADA)
    assert found.lines("en")[:2] == ["✗ All of these", "  ✓ Placed an order (here 5)"]
    inside = found.parts[1].parts[0]
    assert (inside.kind, inside.sentence("en"), inside.holds) == ("segment", "Is in “Loyal”", True)
    assert inside.parts[0].observed == 4


def test_nobody_has_no_explanation(world):
    with pytest.raises(UnknownName):
        explained(world, FR, 99)


def test_the_json_form_has_stable_keys(world):
    found = explained(world, SHOES).as_json()
    assert list(found) == [
        "kind", "holds", "decides", "sentence", "observed", "events", "stopped_at", "valid_until", "turns_then",
        "depends_on_others", "parts",
    ]  # fmt: skip
    assert found["events"][0] == {
        "occurred_at": "2026-11-18T12:00:00+00:00",
        "event": "Order Completed",
        "values": {"products.category": ["shoes", "bags"]},
    }


def test_what_was_not_done_is_said_in_one_line(world):
    assert explained(world, {"not": {"event": "Page Viewed"}}).lines("fr")[0] == "✓ N'a jamais consulté de page"
