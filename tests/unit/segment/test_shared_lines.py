"""Leaves that test different fields of the same lines share a scan."""

import datetime as dt
from zoneinfo import ZoneInfo

from quartier.engine import DuckDBEngine
from quartier.segment.bind import bind
from quartier.segment.definition import read_segment
from quartier.segment.evaluate import World
from quartier.segment.moments import Moment
from quartier.testing import load, tiny_world

NOW = dt.datetime(2026, 11, 21, 14, tzinfo=dt.UTC)
WORLD = tiny_world("""
Order Completed | at                  | products: [category text, price number]
ann             | 2026-11-01 10:00:00 | [{category: shoes, price: 20}]
bea             | 2026-11-01 10:00:00 | [{category: hats, price: 90}]
""")


def test_leaves_that_test_different_fields_of_the_same_lines_share_a_scan():
    tests = [{"products.category": "shoes"}, {"products.price": {"more_than": 50}}]
    documents = [{"segment": "s", "where": {"event": "Order Completed", "where": test}} for test in tests]
    segments = [bind(read_segment(document), WORLD.catalog) for document in documents]
    engine = DuckDBEngine(memory_limit="256MB", threads=1)
    try:
        load(WORLD, engine)
        world = World(engine, WORLD.catalog, Moment(NOW, ZoneInfo("Europe/Paris")))
        world.learn(segment.condition for segment in segments)
        assert [WORLD.persons[key].id for segment in segments for key in world.known[segment.where]] == ["ann", "bea"]
    finally:
        engine.close()
