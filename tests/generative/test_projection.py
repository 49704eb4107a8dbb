"""Rebuilt from nothing, the tables are those that were written live, whatever the micro-batches and imports were."""

import datetime as dt
import random
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import quartier
from quartier.clock import FixedClock
from quartier.config import Config
from quartier.workspace import Workspace
from tests.projecting import MessageBook, canonical

NOW = dt.datetime(2026, 11, 22, 10, tzinfo=dt.UTC)
VALUES: tuple[Any, ...] = (
    1, 7, 2.5, -3, True, False, None, "pro", "free", "12", "", "2026-01-02", "2026-01-02T03:04:05+02:00", 2**53, 2**70,
    1e20, [], ["a", "b"], [1, 2], [1, "a"], [[1]], {}, {"city": "Paris"}, {"city": 5, "geo": {"x": 1}}, {"x": ["a"]},
)  # fmt: skip
LINES: tuple[Any, ...] = (
    [{"productId": "p1", "price": 2, "quantity": 1}], [{"price": "free"}, {"price": 3}], [{"PRICE": 3, "price": 4.5}],
    [{"price": 1.5, "dims": {"w": 1}}], [{"dims": {"w": 1}}], [None, {"price": 1}], "none", [],
)  # fmt: skip
_WINDOWS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36"
)
CONTEXTS: tuple[dict[str, Any], ...] = (
    {"userAgent": _WINDOWS, "locale": "fr-FR", "screen": {"width": 1920}, "page": {"path": "/"}},
    {"userAgent": _WINDOWS, "locale": "en-GB", "page": {"path": "/shoes"}}, {"locale": "de"}, {}, {"locale": 5},
    {"device": {"type": "ios", "model": "iPhone15,2"}, "os": {"name": "iOS", "version": "17.2"},
     "app": {"name": "Shop"}, "locale": "fr-CA", "screen": {"width": 1179, "density": 3}},
    {"library": {"name": "analytics-python"}, "userAgent": _WINDOWS}, {"userAgent": {"no": "text"}, "screen": "big"},
)  # fmt: skip
"""Devices: one person has several, and what a server says is no device."""
NAMES = (
    "language",
    "device",
    "screen",
    "plan",
    "Plan",
    "size",
    "when",
    "address",
    "tags",
    "rest",
    "event_id",
    "n o",
    "",
)
EVENTS = ("Order Completed", "order completed", "Clicked", "注文", "支払")


def _message(draw: random.Random, number: int) -> dict[str, Any]:
    call = draw.choice(("identify", "identify", "track", "track", "track", "page", "group", "alias", "bogus"))
    at = NOW + dt.timedelta(seconds=draw.choice((number, number, draw.randrange(-90_000, 90_000))))
    message: dict[str, Any] = {"messageId": f"m{number}", "type": call, "timestamp": at.isoformat()}
    who = draw.randrange(4)
    if draw.random() < 0.6 or call == "alias":
        message["userId"] = f"u{who}"
    if draw.random() < 0.6 or "userId" not in message:
        message["anonymousId"] = f"a{draw.randrange(6)}"
    given_values = {name: draw.choice(VALUES) for name in draw.sample(NAMES, draw.randrange(4))}
    if call == "identify":
        message["traits"] = given_values | ({"email": f"u{who}@example.com"} if draw.random() < 0.5 else {})
    elif call == "group":
        message |= {"groupId": f"g{draw.randrange(3)}", "traits": given_values}
    elif call == "alias":
        message["previousId"] = f"a{draw.randrange(6)}"
    else:
        message["properties"] = given_values | ({"products": draw.choice(LINES)} if draw.random() < 0.3 else {})
    if call == "track":
        message["event"] = draw.choice(EVENTS)
    if draw.random() < 0.6:
        message["context"] = draw.choice(CONTEXTS)
    if call == "page" and draw.random() < 0.5:
        message["name"] = "Home"
    return message


def _file(draw: random.Random) -> pa.Table:
    rows = range(draw.randrange(1, 4))
    languages = {"language": [draw.choice(("fr", "en", None)) for _ in rows]} if draw.random() < 0.5 else {}
    return pa.table({
        **languages,
        "user_id": [f"u{draw.randrange(6)}" for _ in rows],
        "plan": [draw.choice(("pro", "free", "trial")) for _ in rows],
        "size": [float(draw.randrange(9)) for _ in rows],
    })  # fmt: skip


@pytest.mark.slow
@settings(max_examples=100)
@given(seed=st.integers(0, 2**32))
def test_rebuilt_tables_are_the_live_ones(seed: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    draw = random.Random(seed)
    folder = tmp_path_factory.mktemp("live") / "shop"
    quartier.create(folder, Config(name="Shop", memory_limit="512MB", threads=1))
    with quartier.open(folder, clock=FixedClock(NOW)) as ws:
        book = MessageBook(NOW)
        ws.__dict__["journal"] = book
        _live(ws, book, draw)
        ws.arrivals.project()
        ws.accounts.bring()
        live = canonical(ws.engine)
        ws.rebuild()
        assert canonical(ws.engine) == live


def _live(ws: Workspace, book: MessageBook, draw: random.Random) -> None:
    number = 0
    for _ in range(draw.randrange(2, 6)):
        for _ in range(draw.randrange(1, 4)):
            messages = [_message(draw, number := number + 1) for _ in range(draw.randrange(1, 8))]
            book.add(*messages)
            if draw.random() < 0.6:
                ws.arrivals.project()
        if draw.random() < 0.4:
            ws.collect(_file(draw))
