"""RFM of CDNOW from its raw rows, held against the published totals of the data set."""

import datetime as dt
import gzip
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pytest

from quartier.analyse.definition import Rfm
from quartier.analyse.modelling.run import run_model
from quartier.analyse.run import concentration, overview, rfm_grid
from quartier.catalog import Catalog, EventType, Label, Property, ValueType
from quartier.config import Config
from quartier.engine import DuckDBEngine, Query, event_schema, subject_schema
from quartier.store import Store, catalogs

pytestmark = pytest.mark.data

NAME = Label(fr="CDNOW", en="CDNOW")
REVENUE = Property(name="revenue", type=ValueType.NUMBER, label=NAME)
COMPLETED = EventType(name="Order Completed", label=NAME, properties=(REVENUE,))
CATALOG = Catalog(events=(COMPLETED,))
CONFIG = Config(name="CDNOW", time_zone="America/New_York", currency="USD")
END = dt.datetime(1998, 7, 1, 12, tzinfo=dt.UTC)


@pytest.fixture
def rows(shared_data: Callable[[str], Path]) -> pa.Table:
    with gzip.open(shared_data("cdnow_master.txt.gz"), "rt") as file:
        next(file)
        fields = [line.split() for line in file]
    person, day, _, amount = zip(*fields, strict=True)
    noon = [dt.datetime.strptime(each, "%Y%m%d").replace(hour=12) for each in day]  # noqa: DTZ007 - the file has no zone
    return pa.table(
        {
            "person_key": pa.array([int(each) for each in person], pa.int32()),
            "event_id": pa.array([str(place) for place in range(len(fields))]),
            "occurred_at": pa.array(noon, pa.timestamp("us")),
            "revenue": pa.array([float(each) for each in amount], pa.float64()),
        }
    ).sort_by("occurred_at")


@pytest.fixture
def engine(rows: pa.Table) -> Iterator[DuckDBEngine]:
    opened = DuckDBEngine(memory_limit="1GB", threads=2)
    opened.ensure("person", subject_schema(CATALOG))
    opened.ensure(COMPLETED.table, event_schema(COMPLETED))
    keys = np.unique(rows["person_key"].to_numpy())
    ids = pa.array(keys).cast(pa.string())
    opened.append("person", pa.table({"person_key": pa.array(keys, pa.int32()), "person_id": ids}))
    opened.append(COMPLETED.table, rows)
    yield opened
    opened.close()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(f"sqlite:///{tmp_path}/store.sqlite", END)
    with opened.begin() as connection:
        catalogs.save(connection, CATALOG, author="test", at=END)
    yield opened
    opened.close()


def test_rfm_scores_all_customers_of_the_master_file(store: Store, engine: DuckDBEngine) -> None:
    run = run_model(store, engine, CONFIG, Rfm(), END, END, author="test")
    assert run.scored == run.persons == sum(run.figures.classes.values()) == 23_570
    grid = rfm_grid(store, engine)
    assert grid is not None
    assert grid.revenue == pytest.approx(2_500_315.63, abs=0.005)
    assert sum(row.orders for row in grid.classes) == 69_659
    assert sum(cell.persons for cell in grid.cells) == 23_570
    assert _plain_rfm(engine) == _written(engine)


def test_the_overview_gives_the_published_totals(engine: DuckDBEngine) -> None:
    found = overview(engine, CATALOG, CONFIG, END)
    assert (found.customers, found.orders) == (23_570, 69_659)
    assert found.gross == pytest.approx(2_500_315.63, abs=0.005)
    assert (len(found.months), found.months[0].month) == (18, dt.date(1997, 1, 1))
    assert found.first_at == dt.datetime(1997, 1, 1, 12, tzinfo=dt.UTC)
    curve = concentration(engine, CATALOG, END)
    assert curve.revenue == pytest.approx(2_500_315.63, abs=0.005)
    assert 0.5 < (curve.gini or 0) < 0.8


def _plain_rfm(engine: DuckDBEngine) -> list[tuple[object, ...]]:
    """The same three numbers by a query written by hand."""
    sql = """
        select person_key, date_diff('day', max(occurred_at), timestamp '1998-07-01 12:00'), count(*),
               round(sum(revenue), 4)
        from event_order_completed group by 1 order by 1
    """
    return engine.rows(Query(sql))


def _written(engine: DuckDBEngine) -> list[tuple[object, ...]]:
    return engine.rows(Query("select person_key, rfm_recency_days, rfm_frequency, rfm_monetary from person order by 1"))
