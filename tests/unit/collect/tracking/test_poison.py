"""Each pill in the middle of a batch of a hundred: its 99 neighbours are stored, it is rejected with its reason."""

import datetime as dt
import json

import pytest

from quartier.clock import FixedClock
from quartier.collect.tracking.reasons import REJECTIONS, Refused
from quartier.collect.tracking.run import Address, draw_id, receive
from quartier.store.journal import Journal

NOW = dt.datetime(2026, 11, 22, 10, tzinfo=dt.UTC)
BATCH = Address()


@pytest.fixture(scope="module")
def journal(tmp_path_factory):
    journal = Journal(f"sqlite:///{tmp_path_factory.mktemp('journal') / 'journal.sqlite'}", FixedClock(NOW))
    yield journal
    journal.close()


def sound() -> bytes:
    return json.dumps({"type": "track", "event": "Seen", "userId": "u1", "messageId": draw_id()}).encode()


def with_properties(written: str) -> bytes:
    return b'{"type":"track","event":"Seen","userId":"u1","properties":%s}' % written.encode()


def with_id(name: str, value: str) -> bytes:
    return json.dumps({"type": "track", "event": "Seen", "userId": "u1", name: value}).encode()


PILLS = {
    "NaN": (with_properties('{"price": NaN}'), "not_a_number", "properties.price"),
    "Infinity": (with_properties('{"a": {"b": [1, -Infinity]}}'), "not_a_number", "properties.a.b[1]"),
    "1e999": (with_properties('{"price":1e999}'), "number_out_of_range", "properties.price"),
    "a lone surrogate": (with_properties(r'{"name":"\ud800"}'), "lone_surrogate", "properties.name"),
    "a lone surrogate in a key": (with_properties(r'{"\udc00":1}'), "lone_surrogate", "properties"),
    "NUL": (with_properties(r'{"name":"a\u0000b"}'), "nul", "properties.name"),
    "100,000 brackets": (with_properties("[" * 100_000 + "]" * 100_000), "too_deep", None),
    "65 levels": (
        with_properties('{"a":' + "[" * 63 + "]" * 63 + "}"), "too_deep", "properties.a" + "[0]" * 62,
    ),
    "300 levels": (with_properties('{"a":' + "[" * 298 + "]" * 298 + "}"), "too_deep", None),
    "1,000 levels": (with_properties('{"a":' + "[" * 998 + "]" * 998 + "}"), "too_deep", None),
    "a whole number of 5,000 digits": (
        with_properties('{"n":' + "7" * 5000 + "}"), "number_out_of_range", "properties.n",
    ),
    "a whole number beyond 64 bits": (
        with_properties('{"n":9223372036854775808}'), "number_out_of_range", "properties.n",
    ),
    "the same key twice": (with_properties('{"price":1,"price":2}'), "duplicate_key", "properties"),
    "the same key twice, once with a blank": (with_properties('{"price" :1,"price":2}'), "duplicate_key", "properties"),
    "the same key twice, hidden by a quote": (
        with_properties(r'{"price":1,"price":2,"x":"\u0022:"}'), "duplicate_key", "properties",
    ),
    "__proto__": (with_properties('{"__proto__":{"admin":true}}'), "reserved_key", "properties"),
    "10,001 properties": (
        with_properties("{" + ",".join(f'"p{n}":0' for n in range(10_001)) + "}"), "too_many_properties", None,
    ),
    "a bidirectional sign in an id": (
        with_id("userId", "u\N{RIGHT-TO-LEFT OVERRIDE}1"), "invisible_characters", "userId",
    ),
    "a zero-width sign in an id": (with_id("messageId", "m\N{ZERO WIDTH SPACE}1"), "invisible_characters", "messageId"),
    "bytes that are not UTF-8": (with_properties('{"name":"X"}').replace(b"X", b"\xe9\xff"), "not_utf8", None),
    "a control character in a text": (with_properties('{"name":"a\x01"}'), "not_json", None),
    "a number where a message should be": (b"42", "not_an_object", None),
    "nothing where a message should be": (b"null", "not_an_object", None),
    "a message that is cut by a stray word": (b'{"type":"track" oops}', "not_json", None),
    "two messages without a comma": (sound() + b" " + sound(), "not_json", None),
    "more than 32 KB": (with_properties('{"name":"' + "x" * 33_000 + '"}'), "message_too_large", None),
}  # fmt: skip


@pytest.mark.parametrize("name", PILLS)
def test_a_pill_in_a_batch_of_a_hundred_is_rejected_alone(journal: Journal, name: str):
    pill, reason, field = PILLS[name]
    messages = [sound() for _ in range(100)]
    messages[50] = pill
    body = b'{"batch":[' + b",".join(messages) + b'],"sentAt":"2026-11-22T10:00:00Z"}'
    before = journal.end()

    verdicts = receive(journal, body, BATCH, source="web", received_at=NOW)

    assert (verdicts.stored, verdicts.duplicates, verdicts.rejected) == (99, 0, 1)
    (rejected,) = verdicts.refused
    assert (rejected.index, rejected.flaw.code, rejected.flaw.field) == (50, reason, field)
    assert reason in REJECTIONS
    assert journal.end() == before + 99


NOT_AN_OBJECT = {"a number where a message should be", "nothing where a message should be"}
SENDABLE = [name for name in PILLS if name not in {*NOT_AN_OBJECT, "two messages without a comma"}]


@pytest.mark.parametrize("name", SENDABLE)
def test_a_pill_sent_alone_is_rejected_with_its_reason(journal: Journal, name: str):
    verdicts = receive(journal, PILLS[name][0], Address("track"), source="web", received_at=NOW)
    assert (verdicts.stored, verdicts.rejected) == (0, 1)
    assert verdicts.refused[0].flaw.code == PILLS[name][1]


BODIES = {
    "": "not_an_object",
    "[]": "not_an_object",
    "null": "not_an_object",
    "<html>": "not_an_object",
    "{": "not_json",
    '{"batch":[{}': "not_json",
    '{"batch":[{]}}': "not_json",
    '{"batch":[]} []': "not_json",
    '{"batch" []}': "not_json",
    '{"batch":{}}': "no_batch",
    "{}": "no_batch",
    '{"batch":[],"batch":[]}': "no_batch",
    '{"batch":["unclosed]}': "not_json",
}


@pytest.mark.parametrize("body", BODIES)
def test_a_body_that_cannot_be_divided_is_refused_whole(journal: Journal, body: str):
    before = journal.end()
    with pytest.raises(Refused) as refused:
        receive(journal, body.encode(), BATCH, source="web", received_at=NOW)
    assert refused.value.code == BODIES[body]
    assert journal.end() == before
