"""Reports of the browser plug-in through the journal: the events that they show, of the right person, once."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import quartier
from quartier.clock import FixedClock
from quartier.config import Config
from quartier.engine import Query
from quartier.workspace import Workspace
from tests.projecting import MessageBook, canonical
from tests.unit.collect.signals.reports import much_later, page, report, touch, unanswered

NOW = dt.datetime(2026, 11, 22, 10, tzinfo=dt.UTC)


@pytest.fixture
def ws(folder: Path) -> Iterator[Workspace]:
    quartier.create(folder / "shop", Config(name="Shop", memory_limit="512MB", threads=1))
    with quartier.open(folder / "shop", clock=FixedClock(NOW)) as opened:
        opened.__dict__["journal"] = MessageBook(NOW)
        yield opened


def reports() -> list[dict[str, Any]]:
    """Ann hammers a dead button as a visitor and leaves a form; Bob is over long before, and known by his number."""
    bob = [report(page(0, "/b"), touch(1), touch(9), visit="bob", userId="bob")]
    ann = [report(page(0, "/a"), unanswered(1), unanswered(1.3), unanswered(1.6)), report(touch(5), touch(9), number=1)]
    return [*bob, *ann, much_later()]


def rows(ws: Workspace, table: str) -> list[tuple[object, ...]]:
    return ws.engine.rows(
        Query(f"select user_id, anonymous_id, page from {table} join person using (person_key) order by 3")
    )


def test_reports_become_events_of_the_person_who_sent_them(ws: Workspace):
    ws.journal.add(*reports())
    ws.arrivals.project()
    assert rows(ws, "event_rage_clicked") == [(None, "person-of-v1", "/a")]
    assert rows(ws, "event_dead_clicked") == [(None, "person-of-v1", "/a")]
    assert rows(ws, "event_form_abandoned") == [(None, "person-of-v1", "/a"), ("bob", "person-of-bob", "/b")]
    assert ws.catalog.event("Rage Clicked").label.fr == "Clics d'agacement"


def test_batches_and_a_rebuild_change_nothing(ws: Workspace):
    for each in reports():
        ws.journal.add(each)
        ws.arrivals.project()
    live = canonical(ws.engine)
    ws.rebuild()
    assert canonical(ws.engine) == live
    assert len(live["event_form_abandoned"]) > len(live["event_rage_clicked"])
