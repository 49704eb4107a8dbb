"""A table of a database: all of it the first time, then what is new or changed."""

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

import quartier
from quartier.collect.sources import fetch
from tests.sources.workspaces import counts, rows, run, said

pytest.importorskip("dlt")
COLUMNS = {"id": "order_id", "customer": "user_id", "at": "time", "total": "property.revenue"}


def document(**settings: Any) -> dict[str, Any]:
    own = {"url": "SHOP_URL", "table": "orders", "cursor": "at", "primary_key": "id", **settings}
    return {
        "kind": "source",
        "source": "crm",
        "from": {"database": own},
        "into": {"layout": "orders", "columns": COLUMNS},
    }


class Shop:
    """A database of orders."""

    def __init__(self, url: str) -> None:
        self.url, self.engine = url, sa.create_engine(url)
        self.table = sa.Table(
            "orders", sa.MetaData(),
            sa.Column("id", sa.String(20), primary_key=True), sa.Column("customer", sa.Integer),
            sa.Column("at", sa.DateTime(timezone=True)), sa.Column("total", sa.Numeric(10, 2)),
            sa.Column("note", sa.Text),
        )  # fmt: skip
        self.table.create(self.engine)

    def add(self, *numbers: int) -> None:
        with self.engine.begin() as connection:
            for n in numbers:
                at = dt.datetime(2026, 1, n, 10, tzinfo=dt.UTC)
                connection.execute(sa.insert(self.table).values(id=f"o{n}", customer=n % 3, at=at, total=n * 1.5))

    def execute(self, statement: str) -> None:
        with self.engine.begin() as connection:
            connection.exec_driver_sql(statement)

    @property
    def environ(self) -> dict[str, str]:
        return {"SHOP_URL": self.url}


@pytest.fixture
def shop(folder: Path) -> Iterator[Shop]:
    made = Shop(f"sqlite:///{folder / 'shop.sqlite'}")
    yield made
    made.engine.dispose()


def test_a_table_comes_in_and_then_what_is_new(
    workspace: quartier.Workspace, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetch, "ROWS_IN_A_LOAD", 4)
    shop.add(*range(1, 7))
    first = run(workspace, document(rows_at_once=2), environ=shop.environ)
    assert (counts(first), first.error) == ((6, 6, 0), None)
    assert first.newest_at == dt.datetime(2026, 1, 6, 10, tzinfo=dt.UTC)
    shop.add(7, 8)
    assert counts(run(workspace, environ=shop.environ)) == (3, 2, 0)
    assert rows(workspace, "select count(*), sum(revenue) from event_order_completed") == [(8, 54.0)]


def test_columns_that_appear_or_vanish_are_told_and_stop_nothing(workspace: quartier.Workspace, shop: Shop) -> None:
    shop.add(1)
    run(workspace, document(), environ=shop.environ)
    shop.execute("alter table orders add column coupon text")
    shop.execute("alter table orders drop column note")
    shop.execute("alter table orders drop column total")
    shop.execute("insert into orders (id, customer, at) values ('o9', 1, '2026-01-09 10:00:00')")
    done = run(workspace, environ=shop.environ)
    assert (counts(done), done.error) == ((2, 1, 1), None)
    assert {(each["column"], each["what"]) for each in done.changes} == {
        ("coupon", "appeared"), ("note", "vanished"), ("total", "vanished"),
    }  # fmt: skip


@pytest.mark.slow
def test_a_column_without_which_rows_mean_nothing_is_asked_for_and_comes_back(
    workspace: quartier.Workspace, shop: Shop
) -> None:
    shop.add(1)
    run(workspace, document(), environ=shop.environ)
    shop.execute("alter table orders rename column customer to client")
    shop.execute("insert into orders (id, client, at, total) values ('o9', 1, '2026-01-09 10:00:00', 2)")
    assert "the column “customer” is gone" in said(run(workspace, environ=shop.environ))
    mended = document() | {"into": {"layout": "orders", "columns": COLUMNS | {"client": "user_id"}}}
    del mended["into"]["columns"]["customer"]
    assert run(workspace, mended, environ=shop.environ).error is not None  # what was fetched before lacks it
    assert rows(workspace, "select count(*) from event_order_completed") == [(1,)]


@pytest.mark.parametrize("url", ["sqlite:///nowhere/shop.sqlite", "no url", "postgresql://u:secret@127.0.0.1:9/x"])
def test_a_database_that_cannot_be_asked_is_named_without_its_password(workspace: quartier.Workspace, url: str) -> None:
    done = run(workspace, document(), environ={"SHOP_URL": url})
    assert "the database cannot be asked" in said(done)
    assert "secret" not in json.dumps(done.error)


@pytest.mark.slow
def test_a_table_of_postgresql_comes_in_and_then_what_is_new(workspace: quartier.Workspace, postgres_url: str) -> None:
    shop = Shop(postgres_url)
    try:
        shop.add(1, 2, 3)
        assert counts(run(workspace, document(), environ=shop.environ)) == (3, 3, 0)
        shop.add(4)
        assert counts(run(workspace, environ=shop.environ)) == (2, 1, 0)
    finally:
        shop.table.drop(shop.engine)
        shop.engine.dispose()
    assert rows(workspace, "select count(*), sum(revenue) from event_order_completed") == [(4, 15.0)]
