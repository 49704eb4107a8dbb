"""RFM from tables in the engine to traits, catalog, record and grid, on a shop small enough to count by hand."""

import datetime as dt
from collections.abc import Iterator

import pyarrow as pa
import pytest

from quartier.analyse.definition import Rfm
from quartier.analyse.modelling.computed import ModelRun
from quartier.analyse.modelling.run import rerun, run_model
from quartier.analyse.run import rfm_grid
from quartier.catalog import Catalog, EventType, Family, Property, Trait, ValueType
from quartier.config import Config
from quartier.engine import DuckDBEngine, event_schema, subject_schema
from quartier.errors import InvalidRequest, UnknownName
from quartier.store import Store, catalogs, definitions, runs
from tests.integration.tables import AT, NAME, events, table

CONFIG = Config(name="tiny")
AMOUNTS = (
    Property(name="order_id", type=ValueType.TEXT, label=NAME),
    Property(name="revenue", type=ValueType.NUMBER, label=NAME),
)
COMPLETED = EventType(name="Order Completed", label=NAME, properties=AMOUNTS)
REFUNDED = EventType(name="Order Refunded", label=NAME, properties=AMOUNTS)
CITY = Trait(name="city", type=ValueType.TEXT, family=Family.GEOGRAPHIC, label=NAME)
CATALOG = Catalog(traits=(CITY,), events=(COMPLETED, REFUNDED))
NONE = (None,) * 8

# person, days before, order, amount
ORDERS = [
    (1, 1, "a", 100.0),
    (1, 40, "b", 50.0),
    (1, 40, "b", 25.0),  # a second row of the same order
    (2, 10, "c", 60.0),
    (3, 300, "d", 10.0),
    (3, 301, None, 5.0),  # no order id: an order of its own
    (4, 20, "e", 30.0),
]
REFUNDS = [(2, 5, "c", 20.0), (4, 3, "e", 45.0), (5, 3, "z", 9.0)]


@pytest.fixture
def store(tmp_path: object) -> Iterator[Store]:
    opened = Store(f"sqlite:///{tmp_path}/store.sqlite", AT)
    with opened.begin() as connection:
        catalogs.save(connection, CATALOG, author="test", at=AT)
    yield opened
    opened.close()


@pytest.fixture
def engine() -> Iterator[DuckDBEngine]:
    opened = DuckDBEngine(memory_limit="512MB", threads=1)
    opened.ensure("person", subject_schema(CATALOG))
    people = [(key, f"p{key}", "Lyon") for key in range(1, 7)]
    opened.append("person", table(people, {"person_key": pa.int32(), "person_id": pa.string(), "city": pa.string()}))
    for event, rows in ((COMPLETED, ORDERS), (REFUNDED, REFUNDS)):
        opened.ensure(event.table, event_schema(event))
        opened.append(event.table, events(rows))
    yield opened
    opened.close()


def test_each_customer_gets_recency_frequency_and_net_amount(store: Store, engine: DuckDBEngine) -> None:
    run = _run(store, engine)
    assert _values(engine, "rfm_recency_days", "rfm_frequency", "rfm_monetary") == {
        1: (1, 2, 175.0),
        2: (10, 1, 40.0),
        3: (300, 2, 15.0),
        4: (20, 1, -15.0),
        5: (None, None, None),  # refunded, and never bought
        6: (None, None, None),
    }
    assert (run.persons, run.scored) == (6, 4)
    assert sum(run.figures.classes.values()) == 4


def test_bins_scores_and_classes_are_those_counted_by_hand(store: Store, engine: DuckDBEngine) -> None:
    _run(store, engine)
    # R: 1, 10, 20, 300 days → stretched 1, 2/3, 1/3, 0. F: 2, 1, 2, 1 → 1 or 0. M: 175, 40, 15, -15.
    assert _values(engine, "rfm_r", "rfm_f", "rfm_m", "rfm_score", "rfm_class") == {
        1: (5, 5, 5, "555", "champions"),
        2: (4, 1, 4, "414", "potential_loyal"),
        3: (1, 5, 2, "152", "at_risk"),
        4: (2, 1, 1, "211", "hibernating"),
        5: (None,) * 5,
        6: (None,) * 5,
    }


def test_findings_say_ties_few_customers_and_negative_amounts(store: Store, engine: DuckDBEngine) -> None:
    said = [each.to("en") for each in _run(store, engine).findings]
    assert any("4 customers for 5 bins" in each for each in said)
    assert any(each.startswith("frequency: only 2 of 5 bins") for each in said)
    assert any("1 customer was given back more" in each for each in said)


def test_without_refunds_the_monetary_value_is_gross(store: Store, engine: DuckDBEngine) -> None:
    _run(store, engine, Rfm(refunds=None))
    assert _values(engine, "rfm_monetary")[2] == (60.0,)


def test_a_run_as_of_an_earlier_instant_does_not_know_laterevents(store: Store, engine: DuckDBEngine) -> None:
    run = _run(store, engine, as_of=AT - dt.timedelta(days=30))
    assert run.scored == 2
    assert _values(engine, "rfm_recency_days", "rfm_frequency", "rfm_monetary")[1] == (10, 1, 75.0)


def test_an_event_at_the_very_instant_counts(store: Store, engine: DuckDBEngine) -> None:
    _run(store, engine, as_of=AT - dt.timedelta(days=1))
    assert _values(engine, "rfm_recency_days")[1] == (0,)


def test_only_purchases_and_refunds_within_the_window_count(store: Store, engine: DuckDBEngine) -> None:
    run = _run(store, engine, Rfm(within="15 days"))
    assert _values(engine, "rfm_frequency", "rfm_monetary") == {
        1: (1, 100.0), 2: (1, 40.0), 3: (None, None), 4: (None, None), 5: (None, None), 6: (None, None),
    }  # fmt: skip
    assert run.scored == 2


def test_a_second_run_clears_who_is_no_longer_a_customer(store: Store, engine: DuckDBEngine) -> None:
    _run(store, engine)
    _run(store, engine, Rfm(within="15 days"))
    names = [each.name for each in _catalog(store).traits if each.name.startswith("rfm_")]
    assert _values(engine, *names)[3] == NONE
    assert _values(engine, "city")[3] == ("Lyon",)


def test_the_catalog_gets_the_traits_once_and_keeps_its_own(store: Store, engine: DuckDBEngine) -> None:
    _run(store, engine)
    _run(store, engine)
    traits = _catalog(store).traits
    assert traits[0] == CITY
    assert {each.origin for each in traits[1:]} == {"computed"}
    assert {each.family for each in traits[1:]} == {Family.BEHAVIOURAL}
    assert len(traits) == 9


def test_a_run_is_recorded_with_its_document_and_summary(store: Store, engine: DuckDBEngine) -> None:
    run = _run(store, engine, Rfm(bins=4))
    with store.begin() as connection:
        recorded = runs.last(connection, "rfm")
        document = definitions.latest(connection, "model", "rfm")
    assert recorded is not None
    assert document is not None
    assert (recorded.as_of, recorded.parameters["bins"]) == (AT, 4)
    assert recorded.summary == run.as_json()
    assert document.document == recorded.parameters


def test_rerun_writes_the_same_traits_into_tables_made_again(store: Store, engine: DuckDBEngine) -> None:
    first = _run(store, engine, Rfm(bins=3, within="1 year"))
    names = first.traits
    before = _values(engine, *names)
    engine.clear("person", *names)
    assert rerun(store, engine, CONFIG) == ([first], ())
    assert _values(engine, *names) == before
    with store.begin() as connection:
        assert len(runs.history(connection, "rfm")) == 1


def test_rerun_of_nothing_does_nothing(store: Store, engine: DuckDBEngine) -> None:
    assert rerun(store, engine, CONFIG) == ([], ())


def test_the_grid_holds_every_customer_once(store: Store, engine: DuckDBEngine) -> None:
    _run(store, engine)
    grid = rfm_grid(store, engine)
    assert grid is not None
    assert (grid.customers, grid.revenue, len(grid.cells)) == (4, 215.0, 25)
    assert sum(cell.persons for cell in grid.cells) == sum(row.persons for row in grid.classes) == 4
    assert (grid.cell(5, 5).persons, grid.cell(5, 5).revenue, grid.cell(5, 5).mean_revenue) == (1, 175.0, 175.0)
    assert (grid.cell(4, 3).rfm_class.id, grid.cell(4, 3).persons) == ("potential_loyal", 1)
    assert grid.cell(1, 1).mean_revenue is None
    champions = next(row for row in grid.classes if row.rfm_class.id == "champions")
    assert (champions.share_of_persons, champions.orders, champions.mean_recency_days) == (0.25, 2, 1.0)
    assert champions.share_of_revenue == pytest.approx(175 / 215)
    frequent = [each for each in grid.ranges if each.axis == "frequency"]
    assert [(each.bin, each.persons, each.low, each.high) for each in frequent] == [(1, 2, 1, 1), (5, 2, 2, 2)]
    assert grid.to_arrow().num_rows == 25
    assert grid.as_json()["as_of"] == "2026-11-21T14:05:00+00:00"


def test_there_is_no_grid_before_a_run(store: Store, engine: DuckDBEngine) -> None:
    assert rfm_grid(store, engine) is None


def test_a_shop_without_a_purchase_gets_no_class_and_is_told_so(store: Store) -> None:
    empty = DuckDBEngine(memory_limit="512MB", threads=1)
    empty.ensure("person", subject_schema(CATALOG))
    run = _run(store, empty)
    assert (run.scored, sum(run.figures.classes.values())) == (0, 0)
    assert "nobody has bought" in run.findings[0].to("en")
    grid = rfm_grid(store, empty)
    assert grid is not None
    assert (grid.customers, grid.ranges) == (0, ())


def test_a_workspace_without_any_table_gets_no_class_either(store: Store) -> None:
    assert _run(store, DuckDBEngine(memory_limit="512MB", threads=1)).persons == 0


def test_an_unknown_event_or_amount_offers_the_nearest_and_stores_nothing(store: Store, engine: DuckDBEngine) -> None:
    with pytest.raises(UnknownName, match="did you mean Order Completed"):
        _run(store, engine, Rfm(purchase="Order Complete"))
    with pytest.raises(UnknownName, match="did you mean revenue"):
        _run(store, engine, Rfm(amount="revenu"))
    with store.begin() as connection:
        assert runs.last_of_each(connection) == []
    assert _catalog(store) == CATALOG


def test_an_instant_in_the_future_or_without_zone_is_refused(store: Store, engine: DuckDBEngine) -> None:
    with pytest.raises(InvalidRequest):
        _run(store, engine, as_of=AT + dt.timedelta(seconds=1))
    with pytest.raises(InvalidRequest):
        _run(store, engine, as_of=AT.replace(tzinfo=None))


def _run(store: Store, engine: DuckDBEngine, model: Rfm | None = None, as_of: dt.datetime = AT) -> ModelRun:
    return run_model(store, engine, CONFIG, model or Rfm(), as_of, AT, author="test")


def _catalog(store: Store) -> Catalog:
    with store.begin() as connection:
        return catalogs.load(connection)


def _values(engine: DuckDBEngine, *names: str) -> dict[int, tuple[object, ...]]:
    from quartier.engine import Query

    columns = ", ".join(names)
    rows = engine.rows(Query(f"select person_key, {columns} from person order by 1"))
    return {row[0]: row[1:] for row in rows}  # type: ignore[misc]
