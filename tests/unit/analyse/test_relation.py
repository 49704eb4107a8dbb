"""Stages of the relation: what is proposed, when a customer has lapsed, and what moves, counted by hand."""

import numpy as np
import pytest

from quartier.analyse.relation import lapse, pipeline
from quartier.analyse.relation.definition import Relation
from quartier.analyse.relation.proposing import committing, conditions
from quartier.catalog import Catalog, EventType, Label

NAME = Label(en="name", fr="nom")


def _catalog(*events: str) -> Catalog:
    return Catalog(events=tuple(EventType(name=each, label=NAME) for each in events))


def test_a_cart_a_quote_and_a_trial_commit_and_taking_them_back_does_not() -> None:
    found = committing(
        _catalog("Product Added", "Product Removed", "Quote Requested", "Trial Started", "Cart Viewed", "Essai"),
        "Order Completed",
    )  # fmt: skip
    assert found == ("Product Added", "Quote Requested", "Trial Started", "Essai")


def test_what_is_stated_takes_the_place_of_what_is_proposed() -> None:
    stated = {"trait": "contract", "is": "signed"}
    asked = Relation(conditions={"customer": stated}, lapsed_after=60)
    found = conditions(asked, _catalog("Order Completed", "Page Viewed"), 60)
    assert list(found) == ["prospect", "customer", "lapsed"]
    assert found["customer"] == stated
    assert found["lapsed"]["all"][1] == {"not": {"event": "Order Completed", "within": "60 days"}}


def test_lapsing_is_proposed_where_nine_in_ten_of_those_who_return_have_returned() -> None:
    # 100 persons buy on day 0 and again after 1 to 100 days; 100 others never again. The reading is on day 1000.
    persons = np.repeat(np.arange(200, dtype=np.int32), [2] * 100 + [1] * 100)
    days = np.concatenate([np.column_stack([np.zeros(100), np.arange(1, 101)]).ravel(), np.zeros(100)]).astype(np.int64)
    found = lapse.proposed(persons, days, 1000)
    assert found is not None
    assert found.days == 100  # 90.1 days, rounded up to tens
    assert found.returned_after == 0.0
    assert lapse.proposed(persons[:20], days[:20], 1000) is None


def test_moves_count_persons_and_a_customer_who_lapses_goes_back() -> None:
    then = np.array([1, 1, 2, 4, 4, 5, 0], np.int8)
    now = np.array([1, 2, 4, 4, 5, 4, 1], np.int8)
    found = {each.stage: (each.persons, each.further, each.still, each.back) for each in pipeline.moved(then, now)}
    assert found == {
        "lead": (2, 1, 1, 0), "prospect": (1, 1, 0, 0), "committed_prospect": (0, 0, 0, 0), "customer": (2, 0, 1, 1),
        "lapsed": (1, 1, 0, 0),
    }  # fmt: skip
    assert pipeline.flows(then, now) == (
        ("", "lead", 1), ("customer", "lapsed", 1), ("lapsed", "customer", 1), ("lead", "prospect", 1),
        ("prospect", "customer", 1),
    )  # fmt: skip


def test_a_stay_is_counted_from_where_it_was_seen_to_begin() -> None:
    # Three persons over five steps: one comes and goes after two steps, one comes and stays, one was always there.
    history = [np.array(each, np.int8) for each in ([0, 0, 1], [1, 0, 1], [1, 1, 1], [2, 1, 1], [2, 1, 2])]
    lead = pipeline.staying(history, 30)[0]
    assert (lead.ended, lead.lasting, lead.quarter, lead.half) == (1, 1, 60.0, 60.0)


@pytest.mark.parametrize(("days", "expected"), [(5.2, 6), (20.0, 21), (61.0, 70), (205.0, 210)])
def test_a_proposal_is_a_number_that_people_would_choose(days: float, expected: int) -> None:
    assert lapse.rounded(days) == expected
