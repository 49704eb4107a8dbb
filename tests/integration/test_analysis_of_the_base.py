"""Overview, quality, concentration, profile and worth, read from tables small enough to count by hand."""

import datetime as dt
from collections.abc import Iterator

import ibis
import pyarrow as pa
import pytest
from pyroaring import BitMap

from quartier.analyse import MeanDifference, ShareDifference
from quartier.analyse.quality.run import quality
from quartier.analyse.run import cohorts, concentration, overview, profile, worth
from quartier.catalog import Catalog, EventType, Family, Meaning, Property, Sensitivity, Trait, ValueType
from quartier.config import Config
from quartier.engine import REST, DuckDBEngine, event_schema, subject_schema
from tests.integration.tables import AT, NAME, events, table

CONFIG = Config(name="tiny")
AMOUNTS = (
    Property(name="order_id", type=ValueType.TEXT, label=NAME),
    Property(name="revenue", type=ValueType.NUMBER, label=NAME),
)
COMPLETED = EventType(name="Order Completed", label=NAME, properties=AMOUNTS)
REFUNDED = EventType(name="Order Refunded", label=NAME, properties=AMOUNTS)
VIEWED = EventType(name="Page Viewed", label=NAME)
NEVER = EventType(name="Never Arrived", label=NAME)


def _trait(name: str, type_: ValueType, meaning: Meaning | None = None, how: str = "ordinary") -> Trait:
    sensitivity = Sensitivity(how)
    return Trait(name=name, type=type_, family=Family.DEMOGRAPHIC, label=NAME, meaning=meaning, sensitivity=sensitivity)


CATALOG = Catalog(
    traits=(
        _trait("email", ValueType.TEXT, Meaning.EMAIL, "personal"),
        _trait("born", ValueType.DATE, Meaning.BIRTH_DATE, "personal"),
        _trait("country", ValueType.TEXT, Meaning.COUNTRY),
        _trait("belief", ValueType.TEXT, None, "special"),
        _trait("income", ValueType.NUMBER, Meaning.INCOME, "sensitive"),
        _trait("visits", ValueType.INTEGER),
        _trait("is_pro", ValueType.BOOLEAN),
    ),
    events=(COMPLETED, REFUNDED, VIEWED, NEVER),
)
TYPES = {
    "person_key": pa.int32(), "person_id": pa.string(), "email": pa.string(), "born": pa.date32(),
    "country": pa.string(), "belief": pa.string(), "income": pa.float64(), "visits": pa.int64(), "is_pro": pa.bool_(),
}  # fmt: skip
OLD, YOUNG, ODD = dt.date(1956, 11, 21), dt.date(2006, 11, 21), dt.date(1799, 1, 1)


def _person(key: int) -> tuple[object, ...]:
    """Forty persons: 1 to 10 are French and old, the rest are half Belgian, half Swiss, and young."""
    first = key <= 10
    country = "FR" if first else ("BE" if key % 2 else "CH")
    email = {1: "not an address", 2: None}.get(key, f"p{key}@example.org")
    born = ODD if key == 40 else (OLD if first else YOUNG)
    return (
        key, f"p{key}", email, born, None if key == 39 else country, "secret", 1000.0 * key, key % 7, key % 4 == 0,
    )  # fmt: skip


@pytest.fixture(scope="module")
def engine() -> Iterator[DuckDBEngine]:
    opened = DuckDBEngine(memory_limit="512MB", threads=1)
    opened.ensure("person", subject_schema(CATALOG))
    opened.append("person", table([_person(key) for key in range(1, 41)], TYPES))
    orders = [(1, 1, "a", 100.0), (1, 100, "b", 300.0), (2, 1, "c", 50.0), (3, 2, None, None), (4, -3, "later", 1.0)]
    rows = {
        COMPLETED: events(orders),
        REFUNDED: events([(1, 1, "a", 40.0), (7, 2, "x", 5.0)]),
        # 23:30 UTC on 31 October is November in Paris.
        VIEWED: events([(9, 20.6), (9, 20.6), (8, 3)], {}),
    }
    for event, found in rows.items():
        opened.ensure(event.table, event_schema(event))
        opened.append(event.table, found)
    yield opened
    opened.close()


def test_the_overview_counts_persons_orders_and_money(engine: DuckDBEngine) -> None:
    found = overview(engine, CATALOG, CONFIG, AT)
    assert (found.persons, found.with_email, found.customers, found.repeat_customers) == (40, 39, 3, 1)
    assert (found.orders, found.gross, found.refunds, found.refunded, found.net) == (4, 450.0, 2, 45.0, 405.0)
    assert found.mean_order == 112.5
    assert (found.first_at, found.last_at) == (AT - dt.timedelta(days=100), AT - dt.timedelta(days=1))
    assert [(each.event, each.events, each.persons) for each in found.events] == [
        ("Order Completed", 4, 3), ("Page Viewed", 3, 2), ("Order Refunded", 2, 2),
    ]  # fmt: skip


def test_months_are_those_of_the_workspace_and_have_no_gap(engine: DuckDBEngine) -> None:
    found = overview(engine, CATALOG, CONFIG, AT)
    assert [(each.month.month, each.orders, each.net, each.customers, each.active) for each in found.months] == [
        (8, 1, 300.0, 1, 1), (9, 0, 0.0, 0, 0), (10, 0, 0.0, 0, 0), (11, 3, 105.0, 3, 6),
    ]  # fmt: skip
    in_utc = overview(engine, CATALOG, CONFIG.model_copy(update={"time_zone": "UTC"}), AT)
    assert [each.active for each in in_utc.months] == [1, 0, 1, 5]
    assert found.to_arrow().column("net").to_pylist() == [300.0, 0.0, 0.0, 105.0]
    assert found.as_json()["months"][0]["month"] == "2026-08-01"


def test_an_overview_of_nothing_is_all_zeros() -> None:
    found = overview(DuckDBEngine(memory_limit="512MB", threads=1), Catalog(), CONFIG, AT)
    assert (found.persons, found.customers, found.gross, found.months, found.events) == (0, 0, 0.0, (), ())
    assert (found.with_email, found.first_at, found.mean_order) == (None, None, None)


def test_cohorts_follow_customers_from_the_month_of_their_first_order(engine: DuckDBEngine) -> None:
    found = cohorts(engine, CATALOG, CONFIG, AT)
    # Person 1 ordered first in August and again in November, 2 and 3 in November; 4 will only order later.
    assert [(each.month.month, each.persons, each.ordered) for each in found.cohorts] == [
        (8, 1, (1, 0, 0, 1)), (9, 0, (0, 0, 0)), (10, 0, (0, 0)), (11, 2, (2,)),
    ]  # fmt: skip
    august, september, *_ = found.cohorts
    assert (august.share(3), august.share(1), august.share(4), september.share(0)) == (1.0, 0.0, None, None)
    assert found.customers == 3
    assert (found.again(1), found.again(3)) == (0.0, None), "a month that is not over says nothing yet"
    assert found.to_arrow().num_rows == 10
    assert found.as_json()["cohorts"][0]["month"] == "2026-08-01"


def test_a_month_of_a_first_order_is_that_of_the_workspace(engine: DuckDBEngine) -> None:
    late = {"Europe/Paris": 11, "America/New_York": 10}
    # Half past midnight in Paris on the first of November.
    at = dt.datetime(2026, 11, 1, 1, 0, tzinfo=dt.UTC)
    alone = DuckDBEngine(memory_limit="512MB", threads=1)
    alone.ensure("person", subject_schema(CATALOG))
    alone.append("person", table([_person(1)], TYPES))
    alone.ensure(COMPLETED.table, event_schema(COMPLETED))
    alone.append(COMPLETED.table, events([(1, (AT - at).total_seconds() / 86400 + 1 / 48, "a", 1.0)]))
    for zone, month in late.items():
        found = cohorts(alone, CATALOG, CONFIG.model_copy(update={"time_zone": zone}), at)
        assert [each.month.month for each in found.cohorts if each.persons] == [month]
    alone.close()


def test_without_orders_there_are_no_cohorts() -> None:
    found = cohorts(DuckDBEngine(memory_limit="512MB", threads=1), Catalog(), CONFIG, AT)
    assert (found.cohorts, found.customers, found.again(1)) == ((), 0, None)


def test_quality_counts_filled_distinct_and_valid(engine: DuckDBEngine) -> None:
    found = quality(engine, CATALOG, AT)
    by_name = {each.name: each for each in found.traits}
    assert (by_name["email"].filled, by_name["email"].distinct, by_name["email"].valid) == (39, 39, 38)
    assert (by_name["born"].distinct, by_name["born"].valid) == (3, 39)
    assert (by_name["country"].fill_rate, by_name["country"].valid_rate) == (39 / 40, 1.0)
    assert by_name["income"].valid == 40
    assert by_name["is_pro"].valid is None
    assert not by_name["email"].distinct_is_estimate


def test_quality_shows_values_of_ordinary_traits_only(engine: DuckDBEngine) -> None:
    found = {each.name: each.top for each in quality(engine, CATALOG, AT).traits}
    assert [(each.value, each.rows) for each in found["country"]] == [("CH", 15), ("BE", 14), ("FR", 10)]
    assert [(each.value, each.rows) for each in found["is_pro"]] == [("false", 30), ("true", 10)]
    assert found["email"] == found["born"] == found["belief"] == found["income"] == ()
    assert "secret" not in str(quality(engine, CATALOG, AT).as_json())


def test_events_with_something_that_does_not_fit_its_column_are_counted() -> None:
    engine = DuckDBEngine(memory_limit="512MB", threads=1)
    engine.ensure(COMPLETED.table, event_schema(COMPLETED))
    engine.append(COMPLETED.table, events([(1, 1, "a", 1.0), (1, 2, "b", 2.0)]))
    assert quality(engine, CATALOG, AT).events[0].unfitting == 0
    engine.ensure(COMPLETED.table, ibis.schema({REST: "string"}))
    engine.append(COMPLETED.table, events([(1, 1, "c", 1.0)]).append_column(REST, pa.array(['{"revenue": "a lot"}'])))
    assert quality(engine, CATALOG, AT).events[0].unfitting == 1
    engine.close()


def test_quality_says_how_fresh_events_are_and_which_lie_in_the_future(engine: DuckDBEngine) -> None:
    found = {each.event: each for each in quality(engine, CATALOG, AT).events}
    assert set(found) == {"Order Completed", "Order Refunded", "Page Viewed"}
    assert (found["Order Completed"].events, found["Order Completed"].in_the_future) == (5, 1)
    assert (found["Page Viewed"].days_since_last, found["Page Viewed"].in_the_future) == (3, 0)
    revenue = next(each for each in found["Order Completed"].properties if each.name == "revenue")
    assert (revenue.rows, revenue.filled, revenue.family) == (5, 4, None)
    assert quality(engine, CATALOG, AT).to_arrow().num_rows == 7 + 4


def test_concentration_is_that_of_net_revenue(engine: DuckDBEngine) -> None:
    found = concentration(engine, CATALOG, AT)
    assert (found.customers, found.revenue) == (3, 410.0)
    # 0, 50, 360: 2·(1·0 + 2·50 + 3·360) / (3·410) - 4/3.
    assert found.gini == pytest.approx(2 * 1180 / 1230 - 4 / 3)


def test_a_profile_finds_what_distinguishes_the_set(engine: DuckDBEngine) -> None:
    found = profile(engine, CATALOG, BitMap(range(1, 11)), AT)
    assert (found.persons, found.rest) == (10, 30)
    french = next(each for each in found.differences if isinstance(each, ShareDifference) and each.value == "FR")
    assert (french.share, french.rest, french.others, french.lift, french.is_distinct) == (1.0, 0.0, 29, None, True)
    age = next(each for each in found.differences if isinstance(each, MeanDifference) and each.trait == "born")
    assert age.unit == "years"
    assert age.mean == pytest.approx(70.0, abs=0.01)
    assert found.differences[0] == french
    assert found.to_arrow().num_rows == len(found.differences)


def test_a_profile_leaves_out_sensitive_traits_contacts_and_what_defines_the_set(engine: DuckDBEngine) -> None:
    found = profile(engine, CATALOG, BitMap(range(1, 11)), AT, excluded=["country"])
    assert {each.trait for each in found.differences} == {"born", "visits", "is_pro"}
    assert [each.value for each in found.differences if isinstance(each, ShareDifference)] == ["true"]


def test_a_set_like_the_rest_has_nothing_distinct(engine: DuckDBEngine) -> None:
    found = profile(engine, CATALOG, BitMap(range(11, 40, 3)), AT, population=BitMap(range(11, 40)))
    assert (found.persons, found.rest, found.distinct()) == (10, 19, ())


def test_a_set_without_members_or_without_rest_is_not_compared(engine: DuckDBEngine) -> None:
    assert profile(engine, CATALOG, BitMap(), AT).differences == ()
    assert profile(engine, CATALOG, BitMap(range(1, 41)), AT).differences == ()
    nobody = profile(DuckDBEngine(memory_limit="512MB", threads=1), CATALOG, BitMap([1]), AT)
    assert (nobody.persons, nobody.rest) == (0, 0)


def test_the_worth_of_a_set_is_its_part_of_orders_and_revenue(engine: DuckDBEngine) -> None:
    (found,) = worth(engine, CATALOG, {"first": BitMap([1, 30])}, AT)
    assert (found.persons, found.share_of_persons, found.customers, found.orders) == (2, 0.05, 1, 2)
    assert (found.revenue, found.share_of_revenue) == (360.0, pytest.approx(360 / 410))


def test_what_the_catalog_knows_and_the_engine_has_not_yet_is_left_out(engine: DuckDBEngine) -> None:
    known = CATALOG.with_traits(_trait("not_yet", ValueType.NUMBER))
    later = Property(name="coupon", type=ValueType.TEXT, label=NAME)
    known = known.with_event(COMPLETED.model_copy(update={"properties": (*AMOUNTS, later)}))
    assert quality(engine, known, AT).traits == quality(engine, CATALOG, AT).traits
    assert profile(engine, known, BitMap([1, 2]), AT) == profile(engine, CATALOG, BitMap([1, 2]), AT)
    assert overview(engine, known, CONFIG, AT).gross == 450.0
