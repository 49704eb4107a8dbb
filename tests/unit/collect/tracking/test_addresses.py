"""Network addresses are not kept."""

import datetime as dt

import orjson

from quartier.collect.tracking.checking import Origin, kept
from quartier.collect.tracking.parsing import Body
from quartier.store.journal import Arrival

NOW = dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC)


def test_a_message_is_kept_without_the_address_that_it_came_from():
    context = {"ip": "203.0.113.9", "locale": "fr-FR", "device": {"type": "ios", "ipAddress": "203.0.113.9"}}
    message = {
        "type": "track",
        "event": "Signed Up",
        "userId": "ann",
        "context": context,
        "properties": {"ip": "a tip"},
    }
    found = kept(message, Origin.of("site", NOW, Body([message])), lambda: "m1")
    assert isinstance(found, Arrival)
    line = orjson.loads(found.line)
    assert line["context"] == {"locale": "fr-FR", "device": {"type": "ios"}}
    assert line["properties"] == {"ip": "a tip"}
