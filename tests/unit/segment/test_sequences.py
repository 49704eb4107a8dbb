"""A sequence reads as people say it, comes back as it was written, and shows how far a person came."""

import datetime as dt
import json
from typing import Any

import pytest

from quartier.engine import Dialect, DuckDBEngine
from quartier.errors import InvalidDefinition
from quartier.segment.bind import bind
from quartier.segment.definition import read_segment
from quartier.segment.evaluate import World
from quartier.segment.explain import Explanation, explain
from quartier.segment.leaves import Asking
from quartier.segment.moments import Moment
from quartier.segment.sentence import sentence
from quartier.segment.whole import members_query
from quartier.testing import load, tiny_world
from quartier.testing.loading import PARIS
from tests.unit.segment.shop import SHOP

ADDED = {"event": "Product Added"}
NOW = dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize(("where", "en", "fr"), [
    (
        {"sequence": [ADDED, {"event": "Order Completed", "where": {"revenue": {"more_than": 100}}, "within": "1 day"},
                      {"not": "Email Link Clicked", "within": "2 hours"}], "within": "30 days"},
        "Persons who put a product in the cart in the last 30 days, then placed an order whose amount is more than "
        "€100 within 1 day, then did not click a link in an e-mail within 2 hours.",
        "Personnes qui ont mis un produit au panier au cours des 30 derniers jours, puis ont passé une commande dont "
        "le montant dépasse 100 € dans les 24 heures, puis n'ont pas cliqué dans un e-mail dans les 2 heures.",
    ),
    (
        {"sequence": [ADDED, {"not": "Order Completed"}, ADDED | {"within": "1 week"}], "times": 2},
        "Persons who put a product in the cart, then did not place an order in between, then put a product in the "
        "cart within 1 week, all of this at least 2 times.",
        "Personnes qui ont mis un produit au panier, puis n'ont pas passé de commande entre-temps, puis ont mis un "
        "produit au panier dans les 7 jours, le tout au moins 2 fois.",
    ),
    (
        {"sequence": [{"event": "Order Completed"}, {"not": "Order Refunded"}], "same": "currency"},
        "Persons who placed an order, then did not have an order refunded since, with the same currency throughout.",
        "Personnes qui ont passé une commande, puis n'ont pas obtenu de remboursement depuis, la devise étant "
        "identique à chaque étape.",
    ),
])  # fmt: skip
def test_a_sequence_reads_as_people_say_it(where: dict[str, Any], en: str, fr: str) -> None:
    segment = bind(read_segment({"segment": "s", "where": where}), SHOP)
    assert sentence(segment, "en", currency="EUR") == en
    assert sentence(segment, "fr", currency="EUR").replace("\N{NO-BREAK SPACE}", " ") == fr


def test_a_sequence_comes_back_as_people_write_it() -> None:
    absent = {"not": {"event": "Order Completed", "where": {"currency": {"is": "EUR"}}}, "within": "1 day"}
    long = {"sequence": [{"event": ["Product Added"], "where": {}}, absent], "within": "30 days", "times": 1}
    assert read_segment({"segment": "s", "where": long}).model_dump(mode="json")["where"] == {
        "sequence": [ADDED, {"not": "Order Completed", "where": {"currency": "EUR"}, "within": "1 day"}],
        "within": "30 days",
    }


@pytest.mark.parametrize("wrong", [
    {"sequence": [ADDED, {"event": "Order Completed", "not": "Order Refunded"}]},
    {"sequence": [ADDED, {"within": "1 day"}]},
    {"sequence": [ADDED, {"not": {"event": "Order Completed", "within": "1 day"}}]},
    {"sequence": [ADDED, ADDED], "times": 11},
    {"sequence": [ADDED] * 11},
    {"sequence": [ADDED, ADDED], "window": {"within": "1 day"}},
    {"sequence": [ADDED, ADDED], "within": "1 day", "since": "2026-01-01"},
    {"sequence": [ADDED, {"event": "Bike Rented"}], "same": "a_texts"},
    {"sequence": [{"event": "Bike Rented"}, {"event": "Bike Rented"}], "same": "a_texts"},
    {"sequence": [ADDED, {"event": "Order Completed", "where": {"colour": "red"}}]},
])  # fmt: skip
def test_a_sequence_that_cannot_be_meant_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(InvalidDefinition) as refused:
        bind(read_segment({"segment": "s", "where": wrong}), SHOP)
    assert refused.value.to("en") != refused.value.to("fr")


def test_all_that_is_wrong_in_a_sequence_is_told_at_once_with_its_place() -> None:
    wrong = {"sequence": [{"not": "Product Add"}, {"event": "Order Completed", "within": "1 year"}], "within": "soon"}
    with pytest.raises(InvalidDefinition) as refused:
        bind(read_segment({"segment": "s", "where": wrong}), SHOP)
    assert [problem.place for problem in refused.value.problems] == [
        "where.sequence[0].not", "where.sequence[1].within", "where.sequence[0].not", "where.within",
    ]  # fmt: skip


WORLD = tiny_world("""
    Product Added | at                  | product_id
    ann           | 2026-11-01 10:00:00 | shoe
    ann           | 2026-11-05 10:00:00 | hat
    bob           | 2026-11-01 10:00:00 | shoe
    cid           | 2026-11-21 10:00:00 | shoe
    dan           | 2026-11-01 10:00:00 | shoe

    Order Completed | at                  | product_id
    ann             | 2026-11-01 12:00:00 | shoe
    ann             | 2026-11-05 12:00:00 | hat
    bob             | 2026-11-03 10:00:00 | shoe
    eve             | 2026-11-03 10:00:00 | shoe
    dan             | 2026-11-01 11:00:00 | shoe

    Order Refunded | at                  | product_id
    dan            | 2026-11-01 10:30:00 | shoe
""")


def explained(where: dict[str, Any], person: str) -> Explanation:
    engine = DuckDBEngine(memory_limit="256MB", threads=1)
    load(WORLD, engine)
    segment = bind(read_segment({"segment": "s", "where": where}), WORLD.catalog)
    key = [each.id for each in WORLD.persons].index(person)
    found = explain(World(engine, WORLD.catalog, Moment(NOW, PARIS)), segment, key)
    engine.close()
    return found


BOUGHT = {"sequence": [ADDED, {"event": "Order Completed", "within": "1 day"}], "same": "product_id"}


def test_the_last_time_that_a_sequence_happened_is_shown_with_its_events() -> None:
    found = explained(BOUGHT | {"times": 3}, "ann")
    assert (found.holds, found.observed, found.stopped_at) == (False, 2, None)
    assert [(each.event.name, dict(each.values)) for each in found.events] == [
        ("Product Added", {"product_id": "hat"}), ("Order Completed", {"product_id": "hat"}),
    ]  # fmt: skip
    assert found.lines("en")[0].endswith("(here 2 times)")
    assert json.loads(json.dumps(found.as_json()))["stopped_at"] is None


@pytest.mark.parametrize(("person", "step", "events"), [("bob", 2, 1), ("cid", 2, 1), ("eve", 1, 0)])
def test_the_step_at_which_a_sequence_stops_is_shown(person: str, step: int, events: int) -> None:
    found = explained(BOUGHT, person)
    assert (found.holds, found.stopped_at, len(found.events)) == (False, step, events)


def test_what_must_not_happen_is_the_step_at_which_a_sequence_stops() -> None:
    between = {"sequence": [ADDED, {"not": "Order Refunded"}, {"event": "Order Completed"}]}
    assert explained(between, "dan").stopped_at == 2
    waiting = {"sequence": [ADDED, {"not": "Order Completed", "within": "1 day"}]}
    assert explained(waiting, "cid").lines("fr")[0].replace("\N{NO-BREAK SPACE}", " ").endswith(
        "(pas à l'étape 2 : n'a pas passé de commande dans les 24 heures)"
    )  # fmt: skip


@pytest.mark.parametrize("dialect", ["duckdb", "postgres", "pyspark"])
def test_a_sequence_is_written_for_every_engine(dialect: Dialect) -> None:
    where = {"sequence": [ADDED, {"not": "Order Refunded", "within": "2 hours"}, {"event": "Order Completed"}],
             "same": "product_id", "times": 2, "within": "30 days"}  # fmt: skip
    segment = bind(read_segment({"segment": "s", "where": where}), WORLD.catalog)
    asked = members_query(segment, Moment(NOW, PARIS), Asking(dialect))
    assert {"now", "after", "first_until", "s1_minutes"} <= {key.split("_", 1)[-1] for key in asked.parameters}
    assert "event_order_refunded" in asked.sql
