"""From the journal to the tables: what a message becomes, and that nothing is lost or made otherwise by a rebuild."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import quartier
from quartier.clock import FixedClock
from quartier.collect.projector import run as projector
from quartier.collect.projector.run import Projected
from quartier.collect.run import catch_up
from quartier.config import Config
from quartier.engine import Query
from quartier.errors import JournalDamaged
from quartier.store.journal import Entry
from quartier.workspace import Workspace, open_to_rebuild
from tests.integration.tables import persons
from tests.projecting import MessageBook, canonical

NOW = dt.datetime(2026, 11, 22, 10, tzinfo=dt.UTC)
AT = "2026-11-22T09:00:00Z"


@pytest.fixture
def ws(folder: Path) -> Iterator[Workspace]:
    """A workspace with a journal that is empty."""
    quartier.create(folder / "shop", Config(name="Shop", memory_limit="512MB", threads=1))
    with quartier.open(folder / "shop", clock=FixedClock(NOW)) as opened:
        yield opened


def _send(ws: Workspace, *messages: dict[str, Any]) -> None:
    sent = [{"timestamp": AT, "sentAt": None, **each} for each in messages]
    verdicts = ws.arrivals.take([{k: v for k, v in each.items() if v is not None} for each in sent], source="web")
    assert verdicts.stored == len(messages)


def _rows(ws: Workspace, sql: str) -> list[tuple[object, ...]]:
    return ws.engine.rows(Query(sql))


def _track(message_id: str, event: str, at: str = AT, **properties: Any) -> dict[str, Any]:
    return {
        "messageId": message_id, "type": "track", "userId": "u1", "event": event, "timestamp": at,
        "properties": properties,
    }  # fmt: skip


def _first_messages() -> list[dict[str, Any]]:
    order = {"order_id": "o1", "revenue": 5, "products": [{"productId": "p", "price": 2, "quantity": 1}]}
    return [
        _track("m1", "Order Completed", **order, address={"city": "Paris", "geo": {"x": 1}}),
        {"messageId": "m2", "type": "identify", "userId": "u1", "anonymousId": "a1",
         "traits": {"email": "Ann@Example.com", "plan": "pro", "size": 5, "tags": ["a"]}},
        {"messageId": "m3", "type": "group", "userId": "u1", "groupId": "acme", "traits": {"industry": "it"}},
        {"messageId": "m4", "type": "page", "anonymousId": "a1", "name": "Home", "properties": {"path": "/"}},
    ]  # fmt: skip


def _later_messages() -> list[dict[str, Any]]:
    return [
        _track("m5", "order completed", "2026-11-22T08:00:00Z", order_id=7, revenue="free", when="2026-01-02"),
        {"messageId": "m6", "type": "identify", "userId": "u1", "traits": {"plan": "free", "size": 6.5, "tags": 1}},
        {"messageId": "m7", "type": "alias", "userId": "u1", "previousId": "a9"},
        _track("m8", "注文", x=None, y=[[1]]),
    ]


def test_messages_become_rows_and_a_rebuild_makes_the_same(ws: Workspace) -> None:
    _send(ws, *_first_messages())
    assert ws.arrivals.project().messages == 4
    ws.collect(persons(range(3)))
    _send(ws, *_later_messages())
    done = ws.arrivals.project()
    assert (done.messages, done.until, done.in_rest, done.set_aside) == (4, 8, 3, {})
    orders = _rows(ws, "select event_id, order_id, revenue, products, address_city, rest from event_order_completed")
    assert orders == [
        ("m5", "7", None, None, None, '{"revenue":"free"}'),
        ("m1", "o1", 5, [{"price": 2.0, "product_id": "p", "quantity": 1.0}], "Paris",
         '{"address":{"city":"Paris","geo":{"x":1}}}'),
    ]  # fmt: skip
    ann = _rows(ws, "select user_id, email, plan, size, tags, account, rest from person where user_id = 'u1'")
    assert ann == [("u1", "Ann@Example.com", "free", 6.5, ["a"], "acme", '{"tags":1}')]
    assert _rows(ws, "select name, path from event_page_viewed") == [("Home", "/")]
    assert _rows(ws, "select account, industry from account") == [("acme", "it")]
    assert len(_rows(ws, "select * from person_account")) == 1
    changes = "select trait, before_text, after_text, before_number, after_number, seq from person_change"
    found = _rows(ws, f"{changes} where trait in ('plan', 'size') order by trait, seq")
    assert found == [
        ("plan", None, "pro", None, None, 2), ("plan", "pro", "free", None, None, 7),
        ("size", None, None, None, 5.0, 2), ("size", None, None, 5.0, 6.5, 7),
    ]  # fmt: skip  # the import between the two has a place of its own
    ws.accounts.bring()
    ws.accounts.bring()  # as a refresh does, and a rebuild
    live = canonical(ws.engine)
    made = ws.rebuild()
    assert (made.files, made.messages, made.lost) == (1, 8, None)
    assert canonical(ws.engine) == live


def test_events_without_any_property_are_events_all_the_same(ws: Workspace) -> None:
    _send(ws, {"messageId": "m1", "type": "track", "userId": "u1", "event": "Logged In"})
    ws.arrivals.project()
    assert _rows(ws, "select event_id from event_logged_in") == [("m1",)]


def test_a_failure_between_store_and_engine_loses_nothing(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    _send(ws, *_first_messages())
    with monkeypatch.context() as patched:
        patched.setattr(projector, "_set_aside", _full)
        with pytest.raises(OSError, match="no space"):
            ws.arrivals.project()
    assert ws.arrivals.mark.until == 0
    assert ws.arrivals.project().messages == 4
    ws.accounts.bring()
    live = canonical(ws.engine)
    ws.rebuild()
    assert canonical(ws.engine) == live


def _full(_engine: object) -> None:
    raise OSError("no space")


def test_a_journal_that_ends_before_the_tables_is_told_and_a_rebuild_goes_on(ws: Workspace) -> None:
    _send(ws, *_first_messages())
    ws.arrivals.project()
    ws.journal.close()
    for each in ws.folder.glob("journal.sqlite*"):
        each.unlink()
    ws.__dict__.pop("journal")
    with pytest.raises(JournalDamaged, match="before message 1"):
        ws.arrivals.project()
    made = ws.rebuild()
    assert made.lost is not None
    assert (made.lost.first, made.lost.last, made.messages) == (1, 4, 4)
    _send(ws, _track("m9", "Order Completed"))
    assert ws.arrivals.project().until == 5


def test_a_journal_at_rest_is_not_read_and_another_one_in_its_place_is_told_when_it_goes_on(ws: Workspace) -> None:
    ws.__dict__["journal"] = book = CountingBook(NOW)
    book.add(_track("m1", "Order Completed"))
    ws.arrivals.project()
    book.read = 0
    assert ws.arrivals.project() == Projected(until=1)
    assert book.read == 0
    ws.__dict__["journal"] = other = CountingBook(NOW)
    other.add(_track("m2", "Order Completed"))
    with pytest.raises(JournalDamaged, match="not the one"):
        catch_up(ws.store, ws.engine, ws.config, ws.folder, journal=other)
    other.add(_track("m3", "Order Completed"))
    with pytest.raises(JournalDamaged, match="not the one"):
        ws.arrivals.project()


class CountingBook(MessageBook):
    """Counts how often its entries are asked for."""

    read = 0

    def entries(self, after: int, until: int | None = None) -> Iterator[Entry]:
        """The entries, as the journal gives them."""
        self.read += 1
        return super().entries(after, until)


def test_an_engine_file_that_cannot_be_read_is_put_aside_and_made_again(folder: Path) -> None:
    quartier.create(folder / "shop", Config(name="Shop", memory_limit="512MB", threads=1))
    with quartier.open(folder / "shop", clock=FixedClock(NOW)) as ws:
        _send(ws, *_first_messages())
        ws.arrivals.project()
        ws.accounts.bring()
        live = canonical(ws.engine)
    (folder / "shop" / "engine.duckdb").write_bytes(b"not a database")
    with open_to_rebuild(folder / "shop", clock=FixedClock(NOW)) as ws:
        ws.rebuild()
        assert canonical(ws.engine) == live
    assert list((folder / "shop").glob("engine.duckdb.damaged-*"))
