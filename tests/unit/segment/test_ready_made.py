"""Ready-made segments appear when their data do, bind, mean what they say and keep strangers out."""

import datetime as dt

import pytest

from quartier.catalog import Catalog, Meaning, ValueType
from quartier.engine import DuckDBEngine
from quartier.language import LANGUAGES
from quartier.segment.bind import bind
from quartier.segment.evaluate import World
from quartier.segment.moments import Moment
from quartier.segment.population import admits_strangers_unsaid, holds_for_stranger
from quartier.segment.ready_made import READY_MADE, ready_made
from quartier.segment.sentence import sentence
from quartier.testing import load
from quartier.testing.loading import PARIS
from quartier.testing.worlds import TinyEvent, TinyPerson, TinyWorld
from tests.unit.segment.ready_made_page import PAGE, page
from tests.unit.segment.ready_made_shop import SHARES, values
from tests.unit.segment.shop import SHOP, event, trait

NOW = dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)
ALL = {segment.name: segment for segment in ready_made(SHOP, values)}


def where(name: str, catalog: Catalog = SHOP, shares=values) -> dict:
    return {each.name: each for each in ready_made(catalog, shares)}[name].where.model_dump()


def names(catalog: Catalog, shares=values) -> set[str]:
    return {each.name for each in ready_made(catalog, shares)}


def test_there_are_at_least_fifteen_kinds_with_stable_names():
    assert [kind.name for kind in READY_MADE] == [
        "frequent-buyers", "one-time-buyers", "new-customers", "lapsed-customers", "high-spenders",
        "high-lifetime-value", "low-lifetime-value", "rfm", "most-active", "inactive", "signed-up-without-order",
        "clicked-without-order", "cart-abandoners", "interested", "returners", "free-plan", "paid-plan", "identified",
        "anonymous", "country", "age", "device",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ALL)
def test_each_binds_has_labels_and_sentences_and_admits_no_stranger_unsaid(name):
    bound = bind(ALL[name], SHOP)
    assert bound.label.en
    assert bound.label.en != bound.label.fr
    assert not admits_strangers_unsaid(bound)
    assert not holds_for_stranger(bound.condition) or name == "anonymous"
    for language in LANGUAGES:
        assert len(sentence(bound, language)) > 20


def test_nothing_is_offered_without_data():
    assert ready_made(Catalog(), values) == []


@pytest.mark.parametrize("kind", READY_MADE, ids=lambda kind: kind.name)
def test_each_kind_disappears_with_the_last_thing_it_needs(kind):
    assert any(name.startswith(kind.name) for name in ALL)
    assert not kind.needs or not all(need.is_met(Catalog()) for need in kind.needs)
    for need in kind.needs:
        assert need.is_met(SHOP)
        assert need.text.en != need.text.fr


def test_orders_alone_give_the_segments_of_buying():
    assert names(Catalog(events=(event("Order Completed"),))) == {
        "frequent-buyers", "one-time-buyers", "new-customers", "lapsed-customers", "most-active",
    }  # fmt: skip


def test_the_top_fifth_is_a_plain_amount():
    assert where("high-spenders") == {"trait": "rfm_monetary", "at_least": 850.5}
    assert where("high-lifetime-value") == {"trait": "ltv", "at_least": 81.0}
    assert where("low-lifetime-value") == {"trait": "ltv", "at_most": 20.0}


def test_no_top_fifth_is_claimed_where_too_many_share_a_value():
    shares = {**SHARES, "rfm_monetary": [(5.0, 0.7), (9.0, 0.3)]}
    assert "high-spenders" not in names(SHOP, lambda each: shares[each.name])


def test_lifetime_value_falls_back_on_the_rfm_spending_score():
    without = SHOP.model_copy(update={"traits": tuple(t for t in SHOP.traits if t.name != "ltv")})
    assert where("high-lifetime-value", without) == {"trait": "rfm_m", "is": 5}
    assert where("low-lifetime-value", without) == {"trait": "rfm_m", "is": 1}


def test_rare_values_get_no_segment_and_codes_are_named():
    assert {name for name in ALL if name.startswith("country-")} == {"country-fr", "country-be", "country-ch"}
    assert ALL["country-be"].label.to("fr") == "Pays\N{NO-BREAK SPACE}: Belgique"
    assert where("country-be") == {"trait": "country", "is": "BE"}


def test_odd_values_still_give_names_and_labels():
    shares = {**SHARES, "device": [("{télé} 2", 0.5), ("手机", 0.5)]}
    found = {each.name: each for each in ready_made(SHOP, lambda each: shares[each.name])}
    assert found["device-tele-2"].label.en == "Device: {télé} 2"
    assert found["device-u624b-u673a"].where.model_dump() == {"trait": "device", "is": "手机"}


def test_plans_are_free_by_their_names_and_paid_otherwise():
    assert where("free-plan") == {"trait": "plan", "in": ["free"]}
    assert where("paid-plan") == {"trait": "plan", "in": ["plus", "pro"]}
    shares = {**SHARES, "plan": [("gold", 0.5), ("silver", 0.5)]}
    assert not {"free-plan", "paid-plan"} & names(SHOP, lambda each: shares[each.name])


def test_age_bands_use_the_birth_date_and_else_the_age():
    assert where("age-25-34") == {"trait": "birth_date", "age": {"between": [25, 34]}}
    by_age = Catalog(traits=(trait("years", ValueType.INTEGER, Meaning.AGE),))
    assert where("age-25-34", by_age) == {"trait": "years", "between": [25, 34]}
    assert where("age-under-25", by_age) == {"trait": "years", "less_than": 25}
    assert where("age-65-plus", by_age) == {"trait": "years", "at_least": 65}


def test_what_is_sent_to_persons_is_no_activity():
    sent = Catalog(events=(event("Email Delivered"), event("Page Viewed")))
    assert where("most-active", sent)["event"] == "Page Viewed"
    assert "most-active" not in names(Catalog(events=(event("Email Delivered"),)))


def test_members_are_those_whom_the_names_promise():
    engine = DuckDBEngine(memory_limit="256MB", threads=1)
    load(_tiny_shop(), engine)
    world = World(engine, SHOP, Moment(NOW, PARIS))
    found = {
        name: {_tiny_shop().persons[key].id for key in world.members(bind(segment, SHOP))}
        for name, segment in ALL.items()
    }
    engine.close()
    assert found["frequent-buyers"] == {"fan"}
    assert found["one-time-buyers"] == {"new", "gone"}
    assert found["new-customers"] == {"new"}
    assert found["lapsed-customers"] == {"gone"}
    assert found["cart-abandoners"] == {"cart"}
    assert found["clicked-without-order"] == {"cart"}
    assert found["signed-up-without-order"] == {"cart"}
    assert found["inactive"] == {"gone"}
    assert found["most-active"] == set()
    assert found["returners"] == {"fan"}
    assert found["identified"] == {"fan", "new", "gone", "cart"}
    assert found["anonymous"] == {"visitor"}


def _tiny_shop() -> TinyWorld:
    people = ("fan", "new", "gone", "cart")
    known = [TinyPerson(each, {"email": f"{each}@example.com"}) for each in people[:3]]
    cart = TinyPerson("cart", {"email": "cart@example.com", "signup": NOW.date() - dt.timedelta(days=5)})
    happened = [
        *(("fan", "Order Completed", days) for days in (1, 40, 100)),
        ("fan", "Order Refunded", 30),
        ("new", "Order Completed", 2),
        ("gone", "Order Completed", 400),
        ("cart", "Product Added", 2),
        ("cart", "Email Link Clicked", 3),
        ("visitor", "Page Viewed", 1),
    ]
    events = tuple(
        TinyEvent(person, name, NOW - dt.timedelta(days=days), f"{person}-{name}-{days}")
        for person, name, days in happened
    )
    return TinyWorld(SHOP, (*known, cart, TinyPerson("visitor", {"visitor": "v-1"})), events)


def test_the_reference_page_is_current():
    assert PAGE.read_text(encoding="utf-8") == page() + "\n", "run: python -m tests.unit.segment.ready_made_page"
