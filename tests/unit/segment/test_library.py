"""The library of ready-made segments is wide, speaks both languages, and means what its names say."""

import datetime as dt

import pytest

from quartier.catalog import Catalog, Family
from quartier.engine import DuckDBEngine
from quartier.errors import UnknownName
from quartier.language import LANGUAGES
from quartier.segment.bind import bind
from quartier.segment.contradiction import findings
from quartier.segment.evaluate import World
from quartier.segment.moments import Moment
from quartier.segment.population import admits_strangers_unsaid
from quartier.segment.ready_made import LIBRARY, ready_made
from quartier.segment.recipes import Facts
from quartier.segment.sentence import sentence
from quartier.testing import load
from quartier.testing.loading import PARIS
from quartier.testing.worlds import TinyAccount, TinyEvent, TinyPerson, TinyWorld
from tests.unit.segment.ready_made_shop import LIBRARY_SHOP, values

NOW = dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)  # a Saturday, 13:00 in Paris
ASKED = {kind.name: kind for kind in LIBRARY if kind.is_on_request}
MADE = {kind.name: kind.segments(Facts(LIBRARY_SHOP, values))[0] for kind in ASKED.values()}


def on(person: str, name: str, days: float, hour: int = 12, **properties: object) -> TinyEvent:
    at = (NOW - dt.timedelta(days=days)).replace(hour=hour)
    return TinyEvent(person, name, at, f"{person}-{name}-{days}-{hour}", properties)


def day(days: int) -> dt.date:
    return NOW.date() - dt.timedelta(days=days)


def lines(*categories: str) -> tuple[dict[str, str], ...]:
    return tuple({"category": each} for each in categories)


PEOPLE = {
    "ann": {"email": "ann@example.com", "phone": "+33600000000", "birth_date": dt.date(1990, 11, 25), "nps": 10,
            "signup": day(3), "account": "big", "hobby": "yoga", "reason": "price", "conviction": "fair trade"},
    "bob": {"email": "bob@example.com", "birth_date": dt.date(1980, 12, 15), "nps": 6, "signup": day(355),
            "account": "big", "hobby": "chess", "city": "Lyon", "browser": "Firefox"},
    "cid": {"customer_id": "C3", "birth_date": dt.date(1970, 3, 1), "nps": 8, "signup": day(100), "account": "big",
            "language": "fr", "region": "Bretagne", "system": "Android"},
    "dan": {"customer_id": "D4", "account": "mid"},
    "eve": {"customer_id": "E5", "account": "small"},
}  # fmt: skip
ORDER = "Order Completed"
EVENTS = (
    on("ann", ORDER, 14, revenue=900.0, coupon="NEW", products=lines("shoes")),  # Saturday
    on("ann", ORDER, 13, 19, revenue=900.0, products=lines("hats", "bags")),  # Sunday evening
    on("ann", ORDER, 60, 19, revenue=900.0, products=lines("shoes")),
    on("ann", "Order Refunded", 10),
    on("ann", "Order Refunded", 11),
    on("bob", ORDER, 24, revenue=30.0, products=lines("shoes")),
    on("bob", ORDER, 95, revenue=30.0, products=lines("shoes")),
    on("bob", ORDER, 170, revenue=30.0, products=lines("shoes")),
    *(on("bob", "Email Delivered", days) for days in (1, 2, 3, 4, 5)),
    *(on("ann", "Email Opened", days) for days in (1, 2, 3)),
    on("dan", ORDER, 2, revenue=50.0, products=lines("hats")),
    on("dan", ORDER, 500, revenue=50.0, products=lines("hats")),
    on("eve", ORDER, 400, revenue=10.0, products=lines("hats")),
    on("eve", "Product Viewed", 200),
    on("vip", ORDER, 120, revenue=20.0, products=lines("hats")),
    on("web", "Product Viewed", 5),
    on("web", "Product Added", 5),
    on("web", "Checkout Started", 5),
    on("bob", "Product Added", 24, 11),
    on("bob", "Checkout Started", 24, 11),
    on("web", "Application Opened", 5),
)
ACCOUNTS = (
    TinyAccount("big", {"industry": "Software", "employees": 250}),
    TinyAccount("mid", {"industry": "Trade", "employees": 249}),
    TinyAccount("small", {"industry": "Trade", "employees": 49}),
)
WORLD = TinyWorld(
    LIBRARY_SHOP,
    (*(TinyPerson(name, traits) for name, traits in PEOPLE.items()), TinyPerson("vip", {"visitor": "v"}),
     TinyPerson("web", {"visitor": "w"})),
    (*EVENTS, on("cid", "Email Delivered", 9)),
    ACCOUNTS,
)  # fmt: skip
STATED = {
    "top-spenders": {"ann"}, "most-of-revenue": {"ann"}, "large-baskets": {"ann"}, "slipping-away": {"vip"},
    "lapsed-a-year": {"eve"}, "quick-second-order": {"ann"}, "regular-buyers": {"bob"}, "missed-this-month": {"bob"},
    "back-after-a-year": {"dan"}, "weekend-buyers": {"ann"}, "evening-buyers": {"ann"}, "coupon-users": {"ann"},
    "full-price-buyers": {"bob"}, "one-category": {"bob"}, "many-categories": {"ann"}, "refund-prone": {"ann"},
    "cart-left-a-day": {"web"}, "checkout-left": {"web"}, "browsed-never-bought": {"web"}, "engaged-readers": {"ann"},
    "tired-of-emails": {"bob"}, "app-users": {"web"}, "birthday-7-days": {"ann"}, "birthday-30-days": {"ann", "bob"},
    "language": {"cid"}, "city": {"bob"}, "region": {"cid"}, "browser": {"bob"}, "system": {"cid"},
    "interest": {"ann"}, "need": {"ann"}, "value": {"ann"}, "promoters": {"ann"}, "detractors": {"bob"},
    "new-this-week": {"ann"}, "signup-anniversary": {"bob"}, "dormant-since-signup": {"cid"},
    "reachable-by-email": {"ann", "bob"}, "reachable-by-phone": {"ann"}, "out-of-reach": {"cid", "dan", "eve"},
    "of-large-companies": {"ann", "bob", "cid"}, "accounts-small": {"small"}, "accounts-medium": {"mid"},
    "accounts-large": {"big"}, "industry": {"big"}, "accounts-active": set(), "accounts-silent": {"small"},
}  # fmt: skip


def test_there_are_at_least_forty_kinds_over_all_nine_families():
    names = [kind.name for kind in LIBRARY]
    assert len(set(names)) == len(names) >= 40
    assert {kind.family for kind in LIBRARY} == set(Family)


def test_every_kind_on_request_has_its_members_stated():
    assert set(STATED) == set(ASKED)


@pytest.fixture(scope="module")
def world():
    engine = DuckDBEngine(memory_limit="256MB", threads=1)
    load(WORLD, engine)
    yield World(engine, LIBRARY_SHOP, Moment(NOW, PARIS))
    engine.close()


def members(world: World, name: str) -> set[str]:
    found = world.members(bind(MADE[name], LIBRARY_SHOP))
    rows = WORLD.accounts if ASKED[name].of == "account" else WORLD.persons
    return {rows[key].id for key in found}


@pytest.mark.parametrize("name", STATED)
def test_members_are_those_whom_the_name_promises(name: str, world: World):
    assert members(world, name) == STATED[name]


def test_three_persons_who_do_something_make_an_account_active():
    engine = DuckDBEngine(memory_limit="256MB", threads=1)
    lively = TinyWorld(LIBRARY_SHOP, WORLD.persons, (*EVENTS, on("cid", "Page Viewed", 1)), ACCOUNTS)
    load(lively, engine)
    assert members(World(engine, LIBRARY_SHOP, Moment(NOW, PARIS)), "accounts-active") == {"big"}
    engine.close()


@pytest.mark.parametrize("name", ASKED)
def test_each_binds_admits_no_stranger_unsaid_and_is_said_in_both_languages(name: str):
    bound = bind(MADE[name], LIBRARY_SHOP)
    assert not admits_strangers_unsaid(bound)
    assert ASKED[name].about.en != ASKED[name].about.fr
    assert bound.label.en != bound.label.fr
    said = [sentence(bound, language) for language in LANGUAGES]
    assert len(set(said)) == len(said)


@pytest.mark.parametrize("kind", ASKED.values(), ids=lambda kind: kind.name)
def test_each_is_made_only_when_named_and_when_its_needs_are_met(kind):
    assert MADE[kind.name] not in ready_made(LIBRARY_SHOP, values)
    assert MADE[kind.name] in ready_made(LIBRARY_SHOP, values, [kind.name])
    assert ready_made(Catalog(), values, [kind.name]) == []
    assert all(need.text.en != need.text.fr for need in kind.needs)


def test_a_name_that_is_no_kind_is_refused_with_the_nearest():
    with pytest.raises(UnknownName) as refused:
        ready_made(LIBRARY_SHOP, values, ["birthday-30-day"])
    assert "birthday-30-days" in str(refused.value.remedy)


def test_no_ready_made_segment_is_empty_or_whole_by_its_definition():
    every = [*MADE.values(), *ready_made(LIBRARY_SHOP, values)]
    known = {each.name: each for each in every}
    assert [each.name for each in every if findings(each, bind(each, LIBRARY_SHOP, known))] == []
