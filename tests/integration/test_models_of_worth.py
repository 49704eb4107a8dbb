"""Lifetime value and profit, from the tables of an engine to values per person and what is said of them."""

import datetime as dt
from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pytest

from quartier.analyse.lifetime.definition import LifetimeValue
from quartier.analyse.lifetime.model import compute as lifetime
from quartier.analyse.modelling.reading import Reading
from quartier.analyse.profit.definition import Profit
from quartier.analyse.profit.model import compute as profit
from quartier.catalog import Catalog, EventType, Family, Label, Property, Trait, ValueType
from quartier.config import Config
from quartier.engine import DuckDBEngine, event_schema, subject_schema
from quartier.errors import NoAnswer, UnknownName

NAME = Label(fr="test", en="test")
REVENUE, COST = (Property(name=name, type=ValueType.NUMBER, label=NAME) for name in ("revenue", "cost"))
BOUGHT = EventType(name="Order Completed", label=NAME, properties=(REVENUE, COST))
BACK = EventType(name="Order Refunded", label=NAME, properties=(REVENUE,))
CALLED = EventType(name="Call Taken", label=NAME)
SOURCE = Trait(name="source", type=ValueType.TEXT, family=Family.BEHAVIOURAL, label=NAME)
CATALOG = Catalog(events=(BOUGHT, BACK, CALLED), traits=(SOURCE,))
CONFIG = Config(name="Tiny shop", time_zone="Europe/Paris", currency="EUR")
NOW = dt.datetime(2026, 11, 21, 14, 5, tzinfo=dt.UTC)
DAY = np.timedelta64(1, "D")


def engine_of(orders: pa.Table, refunds: pa.Table, calls: pa.Table, sources: dict[int, str | None]) -> DuckDBEngine:
    engine = DuckDBEngine(memory_limit="512MB", threads=1)
    engine.ensure("person", subject_schema(CATALOG))
    persons = {
        "person_key": pa.array(list(sources), pa.int32()),
        "person_id": [str(each) for each in sources],
        "source": pa.array(list(sources.values()), pa.string()),
    }
    engine.append("person", pa.table(persons))
    for event, rows in ((BOUGHT, orders), (BACK, refunds), (CALLED, calls)):
        engine.ensure(event.table, event_schema(event))
        engine.append(event.table, rows.sort_by("occurred_at"))
    return engine


def events(persons, days_ago, **numbers) -> pa.Table:
    at = np.datetime64("2026-11-21T12:00", "us") - (np.asarray(days_ago) * DAY).astype("timedelta64[us]")
    return pa.table(
        {
            "person_key": pa.array(persons, pa.int32()),
            "event_id": [str(place) for place in range(len(persons))],
            "occurred_at": pa.array(at, pa.timestamp("us")),
        }
        | {name: pa.array(values, pa.float64()) for name, values in numbers.items()}
    )


def said(computed) -> str:
    return " ".join(each.to("en") for each in computed.findings)


@pytest.fixture(scope="module")
def shop() -> Iterator[Reading]:
    """Three hundred customers of whom some come back, at a pace of their own, for prices of their own."""
    rng = np.random.default_rng(11)
    keys, days, amounts = [], [], []
    for key in range(1, 301):
        ago, chance, price = rng.uniform(20, 700), rng.beta(0.8, 2.5), 20 * rng.gamma(3)
        while ago > 0:
            keys.append(key)
            days.append(int(ago))
            amounts.append(round(price * rng.gamma(4) / 4, 2))
            ago = ago - rng.exponential(60 / rng.gamma(2)) if rng.random() > chance else 0
    orders = events(keys, days, revenue=amounts, cost=[None] * len(keys))
    nothing = events([], [])
    engine = engine_of(orders, events([], [], revenue=[]), nothing, dict.fromkeys(range(1, 320)))
    yield Reading(engine, CATALOG, CONFIG, NOW)
    engine.close()


@pytest.fixture(scope="module")
def small() -> Iterator[Reading]:
    """Three customers and one who never bought."""
    orders = events([1, 1, 2, 3], [90, 10, 50, 5], revenue=[100.0, 60, 40, 10], cost=[40.0, None, 25, 4])
    refunds, calls = events([2], [45], revenue=[40.0]), events([1, 2, 2, 4], [9, 44, 43, 3])
    engine = engine_of(orders, refunds, calls, {1: "ads", 2: "ads", 3: "friend", 4: None})
    yield Reading(engine, CATALOG, CONFIG, NOW)
    engine.close()


def values(computed, trait: str) -> dict[int, object]:
    table = computed.table
    return dict(zip(table["person_key"].to_pylist(), table[trait].to_pylist(), strict=True))


def test_every_customer_gets_a_forecast_and_nobody_else(shop):
    found = lifetime(shop, LifetimeValue())
    assert found.table.num_rows == found.figures.customers == 300
    assert set(found.table.column_names) - {"person_key"} == {each.name for each in found.traits}
    assert all(np.isfinite(each.to_numpy()).all() for each in found.table.columns)


@pytest.mark.parametrize("method", ["mbg-nbd", "pareto-nbd", "bg-bb"])
def test_other_laws_forecast_for_the_same_customers(shop, method):
    found = lifetime(shop, LifetimeValue(method=method))
    assert found.figures.customers == 300
    assert 0 < found.figures.purchases < 2 * lifetime(shop, LifetimeValue()).figures.purchases
    silent = found.table["lifetime_value_silent_days"].to_numpy()
    assert silent.tolist() == lifetime(shop, LifetimeValue()).table["lifetime_value_silent_days"].to_pylist()


def test_value_is_purchases_times_amount_times_margin(shop):
    found = lifetime(shop, LifetimeValue(margin=0.25, horizon=26)).table
    by_hand = found["lifetime_value_purchases"].to_numpy() * found["lifetime_value_spend"].to_numpy() * 0.25
    assert found["lifetime_value"].to_numpy() == pytest.approx(by_hand, abs=0.02)


def test_the_tenths_and_cells_hold_every_customer_once(shop):
    found = lifetime(shop, LifetimeValue()).figures
    assert sum(each.persons for each in found.tenths) == sum(each.persons for each in found.cells) == 300
    assert sum(each.value for each in found.tenths) == pytest.approx(found.value)


def test_the_forecast_says_how_it_was_checked_and_what_it_assumes(shop):
    told = said(lifetime(shop, LifetimeValue()))
    for part in ("Learned from", "which were kept back", "correlation", "Value is revenue", "bought once"):
        assert part in told


def test_without_purchases_there_is_no_forecast(small):
    with pytest.raises(NoAnswer, match="only 1 customer bought on a second day"):
        lifetime(small, LifetimeValue())
    early = Reading(small.engine, CATALOG, CONFIG, NOW - dt.timedelta(days=400))
    with pytest.raises(NoAnswer, match="nobody has bought"):
        lifetime(early, LifetimeValue())


def test_profit_takes_off_what_was_stated_and_no_more(small):
    found = profit(small, Profit(margin=0.5, service=("Call Taken",), service_cost=3.0))
    assert values(found, "profit") == {1: 77.0, 2: -6.0, 3: 5.0}
    assert values(found, "profit_service") == {1: 3.0, 2: 6.0, 3: 0.0}
    assert "profit_acquisition" not in found.table.column_names
    assert "Not stated, so not taken off: acquisition, follow-up." in said(found)


def test_the_cost_of_goods_comes_from_purchases_and_gaps_are_said(small):
    found = profit(small, Profit(cost="cost"))
    share = (40 + 25 + 4) / 150
    assert values(found, "profit_goods") == {1: round(40 + 60 * share, 2), 2: 0.0, 3: 4.0}
    assert "Purchases of 28.6% of revenue do not say what they cost: 46% of their revenue" in said(found)


def test_what_winning_a_customer_cost_may_depend_on_the_source(small):
    found = profit(small, Profit(margin=1.0, source="source", acquisition_by={"ads": 12.0}))
    assert values(found, "profit_acquisition") == {1: 12.0, 2: 12.0, 3: 0.0}
    assert "For 1 customer of 3 it is not known what winning them cost" in said(found)


def test_without_a_cost_of_goods_there_is_no_profit(small):
    with pytest.raises(NoAnswer, match="revenue, not profit"):
        profit(small, Profit())
    with pytest.raises(UnknownName, match="no number called"):
        profit(small, Profit(cost="costs"))
