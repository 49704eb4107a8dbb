"""What is found first, what is kept between refreshes, and how few are looked at when one person does something."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from pyroaring import BitMap

from quartier.catalog import Catalog, EventType, Family, Label, Meaning, Trait, ValueType
from quartier.engine import DuckDBEngine
from quartier.engine.feed import Changed
from quartier.segment.bind import bind
from quartier.segment.conditions import BoundSegment, OfAccount, SomePersons
from quartier.segment.definition import read_segment
from quartier.segment.evaluate import World
from quartier.segment.levels import Asked, kept_between, level_of, levels
from quartier.segment.moments import Moment
from quartier.segment.refresh import After, Before, kept_of, members_after
from quartier.testing import TinyAccount, TinyEvent, TinyPerson, TinyWorld, load

AT = Moment(dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC), ZoneInfo("Europe/Paris"))
ACCOUNTS, PERSONS_EACH = 40, 5
LABEL = Label(en="x", fr="x")
CATALOG = Catalog(
    traits=(
        Trait(name="company", type=ValueType.TEXT, family=Family.VALUES, label=LABEL, meaning=Meaning.ACCOUNT_ID),
        Trait(name="sector", type=ValueType.TEXT, family=Family.VALUES, label=LABEL, of="account"),
    ),
    events=(EventType(name="Order Completed", label=LABEL),),
)
BOUGHT = {"event": "Order Completed", "within": "30 days"}
DOCUMENTS = [
    {"segment": "recent", "where": BOUGHT},
    {"segment": "buying", "of": "account", "where": {"any_person": BOUGHT}},
    {"segment": "all-buying", "of": "account", "where": {"every_person": {"segment": "recent"}}},
    {"segment": "two-in-trade", "of": "account",
     "where": {"all": [{"trait": "sector", "is": "trade"}, {"at_least": 2, "persons": BOUGHT}]}},
    {"segment": "colleagues", "where": {"account": {"segment": "buying"}}},
    {"segment": "once-recent", "where": {"segment": "recent", "within": "1 year"}},
]  # fmt: skip


def segments() -> dict[str, BoundSegment]:
    read = {each["segment"]: read_segment(each) for each in DOCUMENTS}
    return {name: bind(each, CATALOG, read) for name, each in read.items()}


def shop(*events: TinyEvent, moved: dict[str, str] | None = None, sector: str = "trade") -> TinyWorld:
    """Accounts of five persons each, of whom the second of each account bought ten days ago."""
    company = {f"p{n}": f"a{n // PERSONS_EACH}" for n in range(ACCOUNTS * PERSONS_EACH)} | (moved or {})
    accounts = tuple(TinyAccount(f"a{n}", {"sector": sector if n == 0 else "trade"}) for n in range(ACCOUNTS))
    bought = [order(f"p{n}", days=10) for n in range(1, ACCOUNTS * PERSONS_EACH, PERSONS_EACH)]
    return TinyWorld(
        CATALOG, tuple(TinyPerson(k, {"company": v}) for k, v in company.items()), (*bought, *events), accounts
    )


def order(person: str, days: int) -> TinyEvent:
    return TinyEvent(person, "Order Completed", AT.now - dt.timedelta(days=days), f"{person}-{days}")


def after(before: TinyWorld, now: TinyWorld, changed: Changed) -> After:
    """A refresh at the same instant, held against the full evaluation."""
    engine = DuckDBEngine(memory_limit="256MB", threads=1)
    try:
        load(before, engine)
        first = World(engine, CATALOG, AT)
        members, kept = first.members_of_all(segments()), kept_of(first, segments().values())
        load(now, engine)
        known = Before(members, frozenset({AT}), changed, kept)
        found = members_after(World(engine, CATALOG, AT), engine, segments(), known)
        assert found.members == World(engine, CATALOG, AT).members_of_all(segments())
        return found
    finally:
        engine.close()


def test_one_order_looks_at_its_buyer_and_at_the_account_alone() -> None:
    found = after(shop(), shop(order("p0", days=1)), Changed(persons=BitMap([0])))
    assert found.touched == {"person": BitMap([0]), "account": BitMap([0])}
    assert found.members["recent"] - BitMap(range(1, 200, 5)) == BitMap([0])
    assert found.members["two-in-trade"] == BitMap([0])


def test_the_first_order_of_an_account_looks_at_all_of_its_persons() -> None:
    silent = shop()
    before = TinyWorld(CATALOG, silent.persons, silent.events[1:], silent.accounts)
    found = after(before, silent, Changed(persons=BitMap([1])))
    assert found.touched == {"person": BitMap(range(5)), "account": BitMap([0])}
    assert found.looked_at == 6


def test_a_changed_account_looks_at_no_person() -> None:
    found = after(shop(), shop(sector="craft"), Changed(accounts=BitMap([0])))
    assert found.touched == {"account": BitMap([0])}


def test_who_moves_to_another_account_takes_the_orders_along() -> None:
    moved = Changed(0, BitMap([1]), BitMap(), BitMap([1]), BitMap([0, 7]))
    found = after(shop(), shop(moved={"p1": "a7"}), moved)
    assert found.touched is not None
    assert found.touched["account"] == BitMap([0, 7])
    assert 0 not in found.members["buying"]
    assert found.members["two-in-trade"] == BitMap([7])
    assert found.touched["person"] <= BitMap([*range(5), *range(35, 40)])


def test_nothing_that_happened_looks_at_nobody() -> None:
    assert after(shop(), shop(), Changed()).looked_at == 0


def test_what_is_asked_of_others_is_found_on_a_level_below() -> None:
    bound = segments()
    assert {name: level_of(each.condition) for name, each in bound.items()} == {
        "recent": 0, "buying": 1, "all-buying": 1, "two-in-trade": 1, "colleagues": 2, "once-recent": 1,
    }  # fmt: skip
    lowest = levels(bound)[0]
    assert list(lowest.segments) == ["recent"]
    assert {type(node) for node in levels(bound)[1].crossings} == {OfAccount}


def test_a_crossing_is_kept_with_its_part_whatever_the_depth() -> None:
    kept = kept_between(segments()["colleagues"])
    assert {each.of for each in kept if isinstance(each.condition, SomePersons)} == {"account"}
    assert len(kept) == 4
    assert kept_between(segments()["recent"]) == set()


@pytest.mark.parametrize("name", ["colleagues", "once-recent", "two-in-trade"])
def test_a_segment_of_which_something_was_not_kept_is_evaluated_for_everyone(name: str) -> None:
    engine = DuckDBEngine(memory_limit="256MB", threads=1)
    try:
        load(shop(), engine)
        world, asked = World(engine, CATALOG, AT), {name: segments()[name]}
        found = members_after(world, engine, asked, Before({name: BitMap()}, frozenset({AT})))
        assert found.touched is None
        assert found.members == World(engine, CATALOG, AT).members_of_all(asked)
        assert {each for each in found.kept if isinstance(each, Asked)} == kept_between(asked[name])
    finally:
        engine.close()
