"""The sources of the page on warehouses, over tables as Segment and RudderStack write them."""

from pathlib import Path

import pytest
import sqlalchemy as sa
import yaml

import quartier
from tests.needs import REPOSITORY
from tests.sources.workspaces import counts, rows, run

pytest.importorskip("dlt")
PAGE = REPOSITORY / "docs" / "how-to" / "read-a-warehouse.md"
MADE = (
    "create table order_completed (id text, received_at timestamp, timestamp timestamp, user_id text, "
    "anonymous_id text, event text, event_text text, order_id text, revenue numeric, products text, context_ip text)",
    "create table users (id text, received_at timestamp, email text, country text, context_locale text)",
)
ORDER = (
    "insert into order_completed values ('m{n}', '2026-01-0{n} 10:00:05', '2026-01-0{n} 10:00:00', '{who}', 'a{n}', "
    "'order_completed', 'Order Completed', 'o{n}', 0.35, '[]', null)"
)


def test_the_tables_of_a_warehouse_come_as_the_page_says_and_only_what_is_new(
    workspace: quartier.Workspace, folder: Path
) -> None:
    warehouse = sa.create_engine(f"sqlite:///{folder / 'warehouse.sqlite'}")
    _do(warehouse, *MADE, ORDER.format(n=1, who="c1"), ORDER.format(n=2, who="c2"),
        "insert into users values ('c1', '2026-01-01 10:00:05', 'c1@example.org', 'FR', null)")  # fmt: skip
    text = PAGE.read_text(encoding="utf-8").split("## Or copy it")[1].split("```yaml")[1].split("```")[0]
    orders, users = yaml.safe_load_all(text.replace("schema: shop_prod, ", ""))  # SQLite has one schema
    environ = {"WAREHOUSE_URL": str(warehouse.url)}
    done = [run(workspace, each, each["source"], environ=environ) for each in (orders, users)]
    assert [(counts(each), each.error) for each in done] == [((2, 2, 0), None), ((1, 1, 0), None)]
    _do(warehouse, ORDER.format(n=3, who="c1"))
    assert counts(run(workspace, None, orders["source"], environ=environ))[1:] == (1, 0)
    known = "select user_id, email, country, revenue from person join event_order_completed using (person_key)"
    assert rows(workspace, f"{known} order by event_id") == [
        ("c1", "c1@example.org", "FR", 0.35), ("c2", None, None, 0.35), ("c1", "c1@example.org", "FR", 0.35),
    ]  # fmt: skip
    warehouse.dispose()


def _do(warehouse: sa.Engine, *statements: str) -> None:
    with warehouse.begin() as connection:
        for each in statements:
            connection.exec_driver_sql(each)
