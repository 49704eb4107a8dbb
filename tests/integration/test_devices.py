"""Traits that contexts tell: which device somebody has, and that what somebody said of it stands."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

import quartier
from quartier.catalog.families import Family
from quartier.clock import FixedClock
from quartier.config import Config
from quartier.engine import Query
from quartier.workspace import Workspace
from tests.projecting import MessageBook, canonical

NOW = dt.datetime(2026, 11, 22, 10, tzinfo=dt.UTC)
AGENT = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36"
)
COMPUTER = {"userAgent": AGENT, "locale": "en-GB", "screen": {"width": 1920}, "library": {"name": "analytics.js"}}
PHONE = {"device": {"type": "ios", "model": "iPhone15,2"}, "os": {"name": "iOS", "version": "17.2"}, "locale": "fr-FR"}
SERVER = {"library": {"name": "analytics-python"}, "userAgent": AGENT}


@pytest.fixture
def ws(folder: Path) -> Iterator[Workspace]:
    """A workspace with a journal that is empty."""
    quartier.create(folder / "shop", Config(name="Shop", memory_limit="512MB", threads=1))
    with quartier.open(folder / "shop", clock=FixedClock(NOW)) as opened:
        opened.__dict__["journal"] = MessageBook(NOW)
        yield opened


def _send(ws: Workspace, *messages: dict[str, Any]) -> None:
    book = ws.__dict__["journal"]
    book.add(*({"messageId": f"m{book.end() + place}", "userId": "u1", "timestamp": NOW.isoformat(), **each}
               for place, each in enumerate(messages)))  # fmt: skip
    ws.arrivals.project()


def _viewed(context: dict[str, Any], **told: Any) -> dict[str, Any]:
    return {"type": "page", "name": "Home", "context": context, **told}


def _said(ws: Workspace, *names: str) -> tuple[object, ...]:
    (row,) = ws.engine.rows(Query(f"select {', '.join(names)} from person where user_id = 'u1'"))
    return row


def _changes(ws: Workspace, trait: str) -> list[tuple[object, ...]]:
    asked = "select before_text, after_text, seq from person_change where trait = $trait order by seq"
    return ws.engine.rows(Query(asked, {"trait": trait}))


def test_what_a_context_tells_of_a_device_are_traits_with_families_in_the_catalog(ws: Workspace) -> None:
    """What a server says is none, and a trait that holds numbers is left alone."""
    _send(ws, {"type": "identify", "traits": {"screen": 1440}}, _viewed(SERVER), _viewed({}))
    assert ws.catalog.trait("device") is None
    _send(ws, _viewed(COMPUTER))
    names = ("device", "browser", "browser_version", "operating_system", "language")
    assert _said(ws, *names, "screen") == ("computer", "Chrome", "131", "Windows", "en", 1440)
    traits = {each.name: each for each in ws.catalog.traits}
    assert {traits[each].family for each in names[:4]} == {Family.TECHNOGRAPHIC}
    assert "app" not in traits  # nobody told of one
    assert not any(traits[each].is_new for each in names)


def test_another_device_is_a_change_at_the_message_that_told_of_it(ws: Workspace) -> None:
    _send(ws, _viewed(COMPUTER), _viewed(COMPUTER), _viewed(PHONE), _viewed(PHONE), _viewed(COMPUTER))
    _send(ws, _viewed(COMPUTER), _viewed(PHONE))
    assert _changes(ws, "device") == [("computer", "phone", 3), ("phone", "computer", 5), ("computer", "phone", 7)]
    assert _said(ws, "operating_system", "operating_system_version") == ("iOS", "17.2")


@pytest.mark.parametrize("at_once", [True, False])
def test_a_language_that_somebody_gave_is_not_taken_over_by_the_one_of_the_browser(
    ws: Workspace, at_once: bool
) -> None:
    messages = [
        _viewed(COMPUTER),
        {"type": "identify", "traits": {"language": "nl"}, "context": PHONE},
        _viewed(PHONE),
        _viewed(COMPUTER),
    ]
    for each in [messages] if at_once else [[one] for one in messages]:
        _send(ws, *each)
    assert _said(ws, "language", "device") == ("nl", "computer")
    assert _changes(ws, "language") == [("en", "nl", 2)]


def test_a_language_from_a_file_stands_too_and_that_of_others_still_follows_their_browser(ws: Workspace) -> None:
    _send(ws, _viewed(COMPUTER), _viewed(COMPUTER, userId="u2"))
    ws.collect(pa.table({"user_id": ["u1"], "language": ["it"]}))
    _send(ws, _viewed(PHONE), _viewed(PHONE, userId="u2"))
    languages = ws.engine.rows(Query("select user_id, language from person order by 1"))
    assert languages == [("u1", "it"), ("u2", "fr")]
    live = canonical(ws.engine)
    ws.rebuild()
    assert canonical(ws.engine) == live
