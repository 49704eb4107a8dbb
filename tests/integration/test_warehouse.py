"""A warehouse in the layout of Segment and RudderStack gives the members that the same data give when collected."""

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest

from quartier.catalog import Meaning, ValueType
from quartier.engine import DuckDBEngine, PostgresEngine, Query
from quartier.engine.warehouse import Warehouse, lay_out, open_warehouse, read_warehouse, survey
from quartier.errors import InvalidDefinition, UnknownName
from quartier.segment.bind import bind
from quartier.segment.definition import read_segment
from quartier.segment.evaluate import World
from quartier.segment.leaves import Asking
from quartier.segment.moments import Moment
from quartier.segment.whole import members_query
from quartier.testing import engine_members, load, reference_members, tiny_world

NOW, PARIS = dt.datetime(2026, 11, 21, 14, 5, tzinfo=dt.UTC), ZoneInfo("Europe/Paris")
MOMENT = Moment(NOW, PARIS)

MADE = """
create schema shop_prod;
set search_path = shop_prod;
set timezone = 'America/New_York';
create table users (id varchar primary key, country varchar, email varchar, birth_date date, visits integer,
  interests jsonb, received_at timestamptz, context_ip varchar);
insert into users values
  ('ann', 'FR', 'ann@example.org', '1990-02-28', 3, '["shoes", null]', now(), '192.0.2.1'),
  ('bob', 'BE', null, null, 12, '[]', now(), null),
  ('cid', null, 'cid@example.org', '2001-12-31', null, null, now(), null);
create table identifies (id varchar, user_id varchar, anonymous_id varchar, "timestamp" timestamptz);
insert into identifies values ('i1', 'ann', 'phone-1', now()), ('i2', 'bob', 'shared', now()),
  ('i3', 'cid', 'shared', now());
create table tracks (id varchar, user_id varchar, event varchar, event_text varchar, "timestamp" timestamptz);
create table order_completed (id varchar, user_id varchar, anonymous_id varchar, event varchar, event_text varchar,
  original_timestamp timestamptz, "timestamp" timestamptz, received_at timestamptz, revenue numeric, channel varchar,
  products varchar, context_page_path varchar);
insert into order_completed values
  ('o1', 'ann', null, 'order_completed', 'Order Completed', now(), '2026-11-20 23:30+01', now(), 25.10, 'web',
   '[{"category": "shoes", "price": 25.1}, null]', '/pay'),
  ('o2', null, 'phone-1', 'order_completed', 'Order Completed', now(), '2026-10-01 00:00+00', now(), 0.2, null,
   '[{"category": "hats"}]', '/pay'),
  ('o3', 'bob', 'shared', 'order_completed', 'Order Completed', now(), '2025-01-01 12:00+00', now(), null, '100% web',
   null, null),
  ('o4', null, 'shared', 'order_completed', 'Order Completed', now(), '2026-11-21 08:00+00', now(), 7, 'web',
   '[]', null),
  ('o5', 'dan', null, 'order_completed', 'Order Completed', now(), '2026-11-21 08:00+00', now(), 7, 'web', '[]', null);
create table pages (id varchar, user_id varchar, anonymous_id varchar, "timestamp" timestamptz, path varchar);
insert into pages values ('p1', null, 'nobody', '2026-11-21 08:00+00', '/');
"""
WORLD = tiny_world(
    """
    person | country | email           | birth_date: date | visits: integer | interests: texts
    ann    | FR      | ann@example.org | 1990-02-28       | 3               | [shoes, ~]
    bob    | BE      |                 |                  | 12              | []
    cid    |         | cid@example.org | 2001-12-31       |                 |
    dan    |         |                 |                  |                 |
    shared |         |                 |                  |                 |
    nobody |         |                 |                  |                 |

    Order Completed | id | at                  | revenue: number | channel  | products: [category text, price number]
    ann             | o1 | 2026-11-20 22:30:00 | 25.1            | web      | [{category: shoes, price: 25.1}, ~]
    ann             | o2 | 2026-10-01 00:00:00 | 0.2             |          | [{category: hats}]
    bob             | o3 | 2025-01-01 12:00:00 |                 | 100% web |
    shared          | o4 | 2026-11-21 08:00:00 | 7               | web      | []
    dan             | o5 | 2026-11-21 08:00:00 | 7               | web      | []

    Page Viewed | id | at                  | path
    nobody      | p1 | 2026-11-21 08:00:00 | /
    """
)
CONDITIONS = [
    {"trait": "country", "in": ["FR", "BE"]},
    {"trait": "birth_date", "age": {"at_least": 25}},
    {"trait": "visits", "more_than": 3},
    {"trait": "interests", "any_of": ["shoes"]},
    {"trait": "email", "known": False},
    {"event": "Order Completed", "within": "1 day"},
    {"event": "Order Completed", "sum": "revenue", "is": 25.3},
    {"event": "Order Completed", "last": "channel", "is": "web"},
    {"event": "Order Completed", "where": {"products.category": "hats"}},
    {"event": "Order Completed", "where": {"channel": {"contains": "100%"}}},
    {"event": "Order Completed", "max": "products.price", "at_least": 25},
    {"event": ["Order Completed", "Page Viewed"], "within": "7 days", "count": 1},
    {"not": {"event": "Order Completed"}},
    {"persons": ["ann", "nobody"]},
]


@pytest.fixture(scope="module")
def warehouse(postgres_url: str) -> Warehouse:
    maker = PostgresEngine(postgres_url, schema="shop_prod_maker")
    for statement in MADE.replace("%", "%%").split(";\n"):
        if statement.strip():
            maker.execute(Query(statement))
    maker.close()
    return read_warehouse({"warehouse": "shop", "schema": "shop_prod", "into": "shop_quartier", "url": postgres_url})


@pytest.fixture(scope="module")
def engine(warehouse: Warehouse) -> Iterator[PostgresEngine]:
    opened = open_warehouse(warehouse)
    lay_out(opened, survey(opened, warehouse))
    yield opened
    opened.close()


@pytest.mark.parametrize("where", CONDITIONS, ids=str)
def test_segments_over_a_warehouse_have_the_members_of_the_same_data_collected(
    where: dict, engine: PostgresEngine, warehouse: Warehouse
) -> None:
    catalog = survey(engine, warehouse).catalog
    document = read_segment({"segment": "some", "population": "everyone", "where": where})
    collected = bind(document, WORLD.catalog)
    truth = reference_members(collected, WORLD, NOW, PARIS)
    local = DuckDBEngine(threads=1)
    load(WORLD, local)
    assert engine_members(collected, WORLD, local, MOMENT) == truth
    local.close()
    ids = {int(str(key)): name for key, name in engine.rows(Query("select person_key, person_id from person"))}
    there = bind(document, catalog)
    assert {ids[key] for key in World(engine, catalog, MOMENT).members(there)} == truth
    whole = engine.keys(members_query(there, MOMENT, Asking.of(catalog, "postgres")))
    assert {ids[key] for key in whole.tolist()} == truth


def test_the_catalog_is_proposed_from_the_columns(engine: PostgresEngine, warehouse: Warehouse) -> None:
    catalog = survey(engine, warehouse).catalog
    assert {each.name: each.type for each in catalog.traits} == {
        "country": ValueType.TEXT, "email": ValueType.TEXT, "birth_date": ValueType.DATE, "visits": ValueType.INTEGER,
        "interests": ValueType.TEXTS,
    }  # fmt: skip
    assert {each.name for each in catalog.traits if each.meaning is Meaning.EMAIL} == {"email"}
    assert [each.name for each in catalog.events] == ["Order Completed", "Page Viewed"]
    order = catalog.event("Order Completed")
    assert order is not None
    assert order.paths() == ["revenue", "channel", "products.category", "products.price"]


def test_the_columns_of_the_context_are_read_when_asked_for(engine: PostgresEngine, warehouse: Warehouse) -> None:
    kept = warehouse.model_copy(update={"keep": ("context_page_path",)})
    order = survey(engine, kept).catalog.event("Order Completed")
    assert order is not None
    assert "context_page_path" in order.paths()


def test_nothing_of_an_event_is_copied(engine: PostgresEngine) -> None:
    query = (
        "select table_name, table_type from information_schema.tables where table_schema = 'shop_quartier' order by 1"
    )
    assert engine.rows(Query(query)) == [
        ("anonymous_links", "BASE TABLE"), ("event_order_completed", "VIEW"), ("event_page_viewed", "VIEW"),
        ("person", "VIEW"), ("person_keys", "BASE TABLE"),
    ]  # fmt: skip


def test_who_comes_later_gets_a_new_key_and_all_others_keep_theirs(
    engine: PostgresEngine, warehouse: Warehouse
) -> None:
    before = dict(engine.rows(Query("select person_id, person_key from person")))
    with engine.transaction():
        engine.execute(Query("insert into shop_prod.users (id, country) values ('aaa', 'CH')"))
        engine.execute(Query("alter table shop_prod.users add column city varchar"))
        assert lay_out(engine, survey(engine, warehouse)) == len(before) + 1
        after = dict(engine.rows(Query("select person_id, person_key from person")))
        engine.execute(Query("delete from shop_prod.users where id = 'aaa'"))
        engine.execute(Query("delete from person_keys where person_id = 'aaa'"))
    assert after == before | {"aaa": len(before)}


def test_a_schema_without_events_is_refused_with_the_nearest_name(engine: PostgresEngine, warehouse: Warehouse) -> None:
    with pytest.raises(UnknownName, match="shop_prod"):
        survey(engine, warehouse.model_copy(update={"schema_name": "shop_prd"}))


def test_all_problems_of_the_document_are_told_at_once() -> None:
    with pytest.raises(InvalidDefinition) as refused:
        read_warehouse({"warehouse": "Shop!", "into": "a-b", "url": "postgresql:///x", "typo": 1})
    assert {each.place for each in refused.value.problems} == {"warehouse", "schema", "into", "typo"}
