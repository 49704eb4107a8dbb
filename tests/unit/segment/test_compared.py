"""Two numbers of a person compared: read without loss, said in both languages, explained, moved by both windows."""

import datetime as dt

import pytest

from quartier.catalog import Catalog, ValueType
from quartier.engine import DuckDBEngine
from quartier.segment.bind import bind
from quartier.segment.conditions import ComparedLeaf
from quartier.segment.definition import read_segment
from quartier.segment.edges import edges
from quartier.segment.evaluate import World
from quartier.segment.explain import explain
from quartier.segment.moments import Moment
from quartier.segment.past import has_times
from quartier.segment.reads import columns_read
from quartier.segment.sentence import sentence
from quartier.testing import load
from quartier.testing.loading import PARIS
from quartier.testing.worlds import TinyEvent, TinyPerson, TinyWorld
from tests.unit.segment.shop import SHOP, trait

NOW = dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)
GOAL = trait("goal", ValueType.NUMBER, None, "Yearly goal", "Objectif annuel")
WITH_GOAL = Catalog(traits=(*SHOP.traits, GOAL), events=SHOP.events)
OVER_GOAL = {"event": "Order Completed", "sum": "revenue", "within": "1 year",
             "more_than": {"trait": "goal", "times": 1.2}}  # fmt: skip
TWICE = {"event": "Order Completed", "within": "30 days",
         "count": {"at_least": {"earlier": {"between": ["30 days", "60 days"]}, "times": 2}}}  # fmt: skip
LESS = {"event": "Order Completed", "sum": "revenue", "during": "this month",
        "less_than": {"earlier": {"during": "last month"}}}  # fmt: skip
TRAITS = {"trait": "ltv", "is_not": {"trait": "goal"}}


def bound(where):
    return bind(read_segment({"segment": "s", "population": "everyone", "where": where}), WITH_GOAL)


SAID = {
    "a measure with a trait": (
        OVER_GOAL,
        "All persons whose total amount of orders in the last year is more than 1.2 times their “Yearly goal”.",
        "Toutes les personnes dont la somme du montant des commandes au cours des 12 derniers mois dépasse 1,2 fois "
        "« Objectif annuel ».",
    ),
    "a count with an earlier one": (
        TWICE,
        "All persons whose number of orders in the last 30 days is at least 2 times that between 30 and 60 days ago.",
        "Toutes les personnes dont le nombre de commandes au cours des 30 derniers jours vaut au moins 2 fois celui "
        "d'il y a entre 30 et 60 jours.",
    ),
    "a sum with the month before": (
        LESS,
        "All persons whose total amount of orders this month is less than that last month.",
        "Toutes les personnes dont la somme du montant des commandes de ce mois-ci vaut moins que celle du mois "
        "dernier.",
    ),
    "a trait with a trait": (
        TRAITS,
        "All persons whose lifetime value differs from their “Yearly goal”.",
        "Toutes les personnes dont la valeur vie ne vaut pas « Objectif annuel ».",
    ),
}


@pytest.mark.parametrize(("where", "english", "french"), SAID.values(), ids=SAID)
def test_a_comparison_of_two_numbers_reads_as_people_say_it(where, english, french):
    assert sentence(bound(where), "en") == english
    assert sentence(bound(where), "fr").replace("\N{NO-BREAK SPACE}", " ") == french


@pytest.mark.parametrize("where", [OVER_GOAL, TWICE, LESS, TRAITS])
def test_a_comparison_of_two_numbers_is_written_as_it_was_read(where):
    assert read_segment({"segment": "s", "where": where}).model_dump()["where"] == where


def test_both_windows_have_edges_that_move_with_the_clock():
    days_ago = [(NOW.replace(tzinfo=None) - each.value).days for each in edges(bound(TWICE).where, Moment(NOW, PARIS))]
    assert sorted(days_ago) == [0, 30, 30, 60]


def test_both_sides_are_read():
    columns = columns_read([bound(OVER_GOAL).where], WITH_GOAL)
    assert "goal" in columns["person"]
    assert {"revenue", "occurred_at"} <= set(columns["event_order_completed"])


def test_only_measures_on_both_sides_can_be_computed_for_the_past():
    assert has_times(bound(TWICE).where)
    assert not has_times(bound(OVER_GOAL).where)


@pytest.fixture(scope="module")
def world():
    def order(person: str, days_ago: int, revenue: float) -> TinyEvent:
        at = NOW - dt.timedelta(days=days_ago)
        return TinyEvent(person, "Order Completed", at, f"{person}-{days_ago}", {"revenue": revenue})

    persons = (TinyPerson("ada", {"goal": 100.0, "ltv": 100.0000001}), TinyPerson("bob", {}))
    tiny = TinyWorld(WITH_GOAL, persons, (order("ada", 3, 80.0), order("ada", 20, 45.0), order("ada", 40, 5.0)))
    engine = DuckDBEngine(memory_limit="256MB", threads=1)
    load(tiny, engine)
    yield World(engine, WITH_GOAL, Moment(NOW, PARIS))
    engine.close()


def test_an_explanation_shows_the_numbers_on_both_sides(world):
    found = explain(world, bound(OVER_GOAL), 0)
    assert isinstance(found.node, ComparedLeaf)
    assert (found.kind, found.holds, found.observed) == ("compared", True, (130.0, 100.0))
    assert found.lines("en")[0].endswith("“Yearly goal” (here 130 and 100)")
    assert found.as_json()["observed"] == [130.0, 100.0]


def test_an_explanation_shows_the_events_of_both_windows(world):
    found = explain(world, bound(TWICE), 0)
    assert (found.holds, found.observed) == (True, (2, 1))
    assert [(NOW - each.occurred_at).days for each in found.events] == [3, 20, 40]


def test_a_missing_side_is_said_to_be_unknown(world):
    found = explain(world, bound(OVER_GOAL), 1)
    assert (found.holds, found.observed) == (False, (0, None))
    assert found.lines("fr")[0].endswith("(ici 0 et inconnu)")


def test_numbers_are_the_same_to_six_decimals(world):
    assert not world.members(bound(TRAITS))
