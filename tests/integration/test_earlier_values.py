"""Earlier values of traits: what imports change is kept, a rebuild keeps it again, segments follow it exactly."""

import datetime as dt

import pyarrow as pa
import pytest

import quartier
from quartier.clock import FixedClock
from quartier.collect.definition import Mapping
from quartier.engine import Query
from quartier.segment.explain import Explanation
from quartier.testing.audit import audit

COLUMNS = {"id": "user_id", "plan": "trait.plan", "income": {"to": "trait.income", "type": "number"}}
PERSONS = {"layout": "persons", "columns": COLUMNS}
WHOLE = {"layout": "persons", "columns": {**COLUMNS, "income": {"to": "trait.income", "type": "integer"}}}
CHANGES = """select user_id, trait, before_text, after_text, before_number, after_number, c.seq, c.occurred_at
             from person_change c join person using (person_key) order by c.occurred_at, c.seq, trait, user_id"""
KNOWN = "select user_id, occurred_at from person_known join person using (person_key) order by user_id"
Row = tuple[str, str | None, float | None]


def collect(ws: quartier.Workspace, *rows: Row, mapping: dict[str, object] = PERSONS) -> None:
    ids, plans, incomes = zip(*rows, strict=True)
    frame = pa.table({"id": list(ids), "plan": pa.array(plans, pa.string()), "income": list(incomes)})
    ws.collect(frame, Mapping.read(mapping))


def rows(ws: quartier.Workspace, sql: str) -> list[tuple[object, ...]]:
    return ws.engine.rows(Query(sql))


@pytest.fixture
def shop(workspace: quartier.Workspace, clock: FixedClock) -> quartier.Workspace:
    """Two imports, a hundred days apart, the second of which is told twice."""
    collect(workspace, ("ann", "free", 100.0), ("bea", "free", 50.0), ("cid", None, 10.0))
    clock.advance(dt.timedelta(days=100))
    for _ in range(2):
        collect(workspace, ("ann", "pro", 120.0), ("bea", None, 50.0), ("cid", "pro", 10.0), ("dan", "pro", 1.0))
    return workspace


def test_what_an_import_changes_is_kept_with_its_instant(shop: quartier.Workspace, clock: FixedClock) -> None:
    now = clock.now().replace(tzinfo=None)
    assert rows(shop, CHANGES) == [
        ("ann", "income", None, None, 100.0, 120.0, 2, now),
        ("ann", "plan", "free", "pro", None, None, 2, now),
        ("cid", "plan", None, "pro", None, None, 2, now),
    ]
    first = now - dt.timedelta(days=100)
    assert rows(shop, KNOWN) == [("ann", first), ("bea", first), ("cid", first), ("dan", now)]


def test_a_rebuild_gives_the_same_history(shop: quartier.Workspace, clock: FixedClock) -> None:
    before = rows(shop, CHANGES), rows(shop, KNOWN)
    clock.advance(dt.timedelta(days=7))
    shop.rebuild()
    assert (rows(shop, CHANGES), rows(shop, KNOWN)) == before


def test_imports_are_in_order_though_the_clock_was_set_back(shop: quartier.Workspace, clock: FixedClock) -> None:
    later = clock.now().replace(tzinfo=None)
    clock.advance(dt.timedelta(days=-50))
    collect(shop, ("ann", "free", 120.0))
    assert rows(shop, CHANGES)[-1] == ("ann", "plan", "pro", "free", None, None, 3, later)


def test_earlier_values_take_the_type_that_their_trait_takes(workspace: quartier.Workspace) -> None:
    for income in (100.0, 120.0):
        collect(workspace, ("ann", "pro", income), mapping=WHOLE)
    assert rows(workspace, "select before_integer, before_number from person_change") == [(100, None)]
    collect(workspace, ("ann", "pro", 130.5))
    assert [row[4:6] for row in rows(workspace, CHANGES)] == [(100.0, 120.0), (120.0, 130.5)]
    assert rows(workspace, "select before_integer, after_integer from person_change") == [(None, None)] * 2


def segment(name: str, where: dict[str, object]) -> dict[str, object]:
    return {"segment": name, "where": where}


SEGMENTS = [
    segment("upgraded", {"trait": "plan", "changed": {"within": "30 days", "from": "free", "to": "pro"}}),
    segment("richer", {"trait": "income", "more_than": {"ago": "90 days"}}),
    segment("same", {"trait": "plan", "is": {"ago": "90 days"}}),
]


def members(ws: quartier.Workspace, clock: FixedClock) -> dict[str, list[object]]:
    """Who is in, by customer number, after a refresh that the audit and a full evaluation agree with."""
    ws.refresh()
    assert audit(ws, seed=1).is_well
    names = [str(each["segment"]) for each in SEGMENTS]
    return {name: sorted(ws.members(name, as_of=clock.now())["user_id"].to_pylist()) for name in names}


def test_segments_follow_changes_and_the_clock(shop: quartier.Workspace, clock: FixedClock) -> None:
    shop.apply_segments(SEGMENTS)
    assert members(shop, clock) == {"upgraded": ["ann"], "richer": ["ann"], "same": ["bea"]}
    clock.advance(dt.timedelta(days=29))
    collect(shop, ("bea", "pro", 60.0))
    assert members(shop, clock) == {"upgraded": ["ann", "bea"], "richer": ["ann", "bea"], "same": []}
    clock.advance(dt.timedelta(days=1))
    assert members(shop, clock) == {"upgraded": ["bea"], "richer": ["ann", "bea"], "same": []}
    clock.advance(dt.timedelta(days=60))
    assert members(shop, clock) == {"upgraded": [], "richer": ["bea"], "same": ["ann", "cid", "dan"]}
    clock.advance(dt.timedelta(days=60))
    assert members(shop, clock) == {"upgraded": [], "richer": [], "same": ["ann", "bea", "cid", "dan"]}


def test_an_explanation_says_the_earlier_value_and_when_it_changed(shop: quartier.Workspace) -> None:
    shop.apply_segments(SEGMENTS)
    shop.refresh()

    def line(name: str, who: str) -> str:
        found = shop.explain(name, who)
        assert isinstance(found, Explanation)
        return found.lines("en")[0]

    assert "(here from “free” to “pro”, 1 March 2027" in line("upgraded", "ann")
    assert "(here no change)" in line("upgraded", "bea")
    assert "(here 120 now, 100 then and until 1 March 2027" in line("richer", "ann")
    assert "(here 50 now, 50 then)" in line("richer", "bea")
    assert "(here unknown now, unknown then)" in line("same", "dan")


def test_the_past_is_computed_with_the_values_of_that_time(shop: quartier.Workspace, clock: FixedClock) -> None:
    shop.apply_segments(SEGMENTS)
    found = shop.past("richer", step="50 days", length="100 days")
    assert [each.size for each in found.sizes] == [0, 0, 1]
    assert not found.as_today
