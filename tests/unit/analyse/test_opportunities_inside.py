"""Opportunities within the base: those who promise much and are left alone, and what grows; by hand and by chance."""

import datetime as dt

import numpy as np
import pytest

from quartier.analyse.opportunities import catalogue, contact, contact_said, growth, growth_said
from quartier.analyse.opportunities.contact import Alone, Promise
from quartier.analyse.opportunities.growth import Arrived, Observed, grown, newer
from quartier.analyse.opportunities.market import Counted, weigh
from quartier.analyse.profile import Interval
from quartier.catalog import Catalog, EventType, Family, Label, Meaning, Property, Trait, ValueType
from quartier.language import Text
from quartier.store.runs import Run

NAME = Label(en="it", fr="cela")
AT = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)


def trait(name: str, type_: ValueType = ValueType.BOOLEAN, meaning: Meaning | None = None) -> Trait:
    return Trait(name=name, type=type_, family=Family.ACCOUNT, label=Label(en=name, fr=name), meaning=meaning)


def test_contact_is_what_was_sent_opened_or_exported_and_no_bounce():
    events = [
        EventType(name=each, label=NAME) for each in ("Email Delivered", "email opened", "Email Bounced", "Order")
    ]
    assert contact.contacts_of(events) == ("Email Delivered", "email opened")
    spring = {"campaign": "spring", "was": "exposed", "within": "9 days"}
    asked = contact.contacted(["Email Delivered"], ["spring"], 9)
    assert asked == {"any": [{"event": "Email Delivered", "within": "9 days"}, spring]}
    assert contact.contacted([], [], 90) is None


def test_consent_is_the_plainest_yes_or_no_of_its_name():
    found = contact.consent_of([trait("newsletter"), trait("marketing_consent"), trait("consent_text", ValueType.TEXT)])
    assert found is not None
    assert found.name == "marketing_consent"
    assert contact.consent_of([trait("is_member")]) is None


@pytest.mark.parametrize("name", ["newsletter_unsubscribed", "unsubscribed", "consent_withdrawn", "no_newsletter"])
def test_a_yes_that_means_no_is_never_taken_for_consent(name):
    assert contact.consent_of([trait(name)]) is None


def test_the_upper_tenth_begins_where_nine_tenths_end_and_equal_values_have_none():
    assert contact.upper_bound([float(each) for each in range(1, 101)]) == 91
    assert contact.upper_bound([1.0] * 50) is None
    assert contact.upper_bound([]) is None


def test_outcomes_expected_are_the_sum_of_chances_with_the_spread_of_each():
    total, between = contact.expected([0.5] * 100)
    assert total == 50
    assert (between.low, between.high) == (pytest.approx(50 - 1.959964 * 5), pytest.approx(50 + 1.959964 * 5))


def test_a_finding_proposes_those_who_agreed_and_says_that_a_holdout_tells_the_effect():
    promise = Promise("value", Text(en="The best", fr="Les meilleurs"), {"trait": "value", "at_least": 9.0})
    silence = {"event": "Email Delivered", "within": "90 days"}
    alone = Alone("value", promise.label, 100, 60, 10, 30, 6.0, Interval(2.0, 10.0), 900.0)
    found = contact_said.finding_of(promise, alone, 90, silence, trait("newsletter"), "EUR")
    assert found is not None
    assert found.document["where"] == {"all": [promise.where, {"trait": "newsletter", "is": True}, {"not": silence}]}
    assert found.said.to("en") == "The best: 30 persons without a follow-up for 90 days"
    assert "10 more were not contacted and have not agreed" in " ".join(each.to("en") for each in found.why)
    assert "holdout" in contact_said.notes_of(None)[-1].to("en")
    few = Alone("value", promise.label, 100, 96, 0, 4, None, None, None)
    assert contact_said.finding_of(promise, few, 90, silence, None, "EUR") is None


def test_a_run_whose_trait_is_gone_promises_nothing_and_what_would_help_is_said():
    run = Run(1, "lifetime_value", AT, AT, {"model": "lifetime_value"}, {})
    found, lacking = contact.promises_of([run], {}, lambda _: 1.0)
    assert found == []
    assert "Run a propensity" in lacking[0].to("en")
    found, lacking = contact.promises_of([run], {"lifetime_value": trait("lifetime_value")}, lambda _: 9.0)
    assert [each.where for each in found] == [{"trait": "lifetime_value", "at_least": 9.0}]
    assert lacking == []


def test_a_segment_that_doubled_while_the_base_grew_by_a_tenth_is_found_with_the_figures_of_a_hand():
    (found,) = grown([Observed("a", NAME, 100, 200, 120, 20)], 1000, 1100)
    error = np.sqrt(140 / 200**2 + 100 / 1100**2)
    assert found.ratio == pytest.approx(2 / 1.1)
    assert found.interval.low == pytest.approx(2 / 1.1 * np.exp(-1.959964 * error))
    assert found.more == pytest.approx(200 - 110)
    assert found.is_fast


def test_segments_that_grow_as_the_base_are_found_in_five_percent_of_cases_at_most():
    rng, found = np.random.default_rng(7), 0
    for _ in range(200):
        base_came = int(rng.poisson(500))
        observed = []
        for n in range(8):
            entries, exits = int(rng.poisson(150)), int(rng.poisson(100))
            observed.append(Observed(str(n), NAME, 500, 500 + entries - exits, entries, exits))
        found += any(each.is_fast for each in grown(observed, 5000, 5000 + base_came))
    assert found <= 10


def test_small_segments_and_an_empty_base_are_not_compared():
    assert grown([Observed("a", NAME, 5, 200, 195, 0)], 1000, 1100) == ()
    assert grown([Observed("a", NAME, 100, 200, 100, 0)], 0, 0) == ()


def test_a_value_that_is_twice_as_frequent_among_newcomers_is_found():
    (found,) = newer([Arrived("device", "mobile", NAME, 120, 200, 300, 1000)])
    assert (found.share, found.before, found.ratio, found.more) == (0.6, 0.3, 2.0, 60.0)
    assert found.is_fast


def test_values_alike_among_newcomers_are_found_in_five_percent_of_cases_at_most():
    rng, found = np.random.default_rng(11), 0
    for _ in range(200):
        values = [
            Arrived("t", str(n), NAME, int(rng.binomial(400, 0.3)), 400, int(rng.binomial(3000, 0.3)), 3000)
            for n in range(6)
        ]
        found += any(each.is_fast for each in newer(values))
    assert found <= 10


def test_growth_opens_as_who_entered_and_who_came():
    arrival = trait("signed_up_on", ValueType.DATE, Meaning.SIGNUP_AT)
    segments = grown([Observed("a", NAME, 100, 200, 120, 20)], 1000, 1100)
    values = newer([Arrived("device", "mobile", NAME, 120, 200, 300, 1000)])
    first, second = growth_said.findings_of(segments, values, arrival, growth.DAYS, growth.NEWCOMER_DAYS)
    assert first.document["where"] == {"all": [{"segment": "a"}, {"entered": "a", "within": "30 days"}]}
    assert second.document["where"] == {
        "all": [{"trait": "device", "is": "mobile"}, {"trait": "signed_up_on", "within": "90 days"}]
    }
    assert growth_said.heading((), is_compared=False).to("en") == "Growth cannot be compared yet"


def test_a_category_that_many_look_at_and_few_buy_opens_as_who_did_not_buy():
    def event(name: str) -> EventType:
        return EventType(name=name, label=NAME, properties=(
            Property(name="category", type=ValueType.TEXT, label=NAME),
            Property(name="product_id", type=ValueType.TEXT, label=NAME),
        ))  # fmt: skip

    shelves = catalogue.shelves_of(Catalog(events=(event("Product Viewed"), event("Order Completed"))))
    assert shelves is not None
    cells = weigh([Counted(("bags",), 1000, 50), Counted(("shoes",), 1000, 200)])
    (found,) = catalogue.findings_of(cells, shelves, {"bags": 30, "shoes": 70})
    assert found.said.to("en") == "bags: 5% of those who look buy, 20% in the other categories"
    assert found.size == pytest.approx(150)
    assert "30 products, 30% of those seen" in found.why[-1].to("en")
    assert found.document["where"] == {"all": [
        {"event": "Product Viewed", "where": {"category": "bags"}},
        {"none": [{"event": "Order Completed", "where": {"category": "bags"}}]},
    ]}  # fmt: skip
    assert catalogue.shelves_of(Catalog(events=(event("Product Viewed"),))) is None
