"""Whatever is sent, each message is stored, a duplicate or rejected, and the three numbers add up."""

import datetime as dt
import json
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quartier.collect.tracking.reasons import REFUSALS, REJECTIONS, Refused
from quartier.collect.tracking.run import Address, receive
from quartier.store.journal import Receipt

NOW = dt.datetime(2026, 11, 22, 10, tzinfo=dt.UTC)


@dataclass
class Kept:
    """A journal that keeps all in memory."""

    lines: dict[str, bytes] = field(default_factory=dict)
    refusals: list = field(default_factory=list)

    def append(self, arrivals, refusals=()) -> Receipt:
        is_new = []
        for each in arrivals:
            is_new.append(each.message_id not in self.lines)
            self.lines.setdefault(each.message_id, each.line)
        numbers = tuple(len(self.refusals) + place for place in range(1, len(refusals) + 1))
        self.refusals.extend(refusals)
        return Receipt(NOW, tuple(is_new), numbers)


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["u1", "\ud800", "\0"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)
FIELDS = {
    "type": st.sampled_from(["track", "identify", "page", "screen", "group", "alias", "other"]) | VALUES,
    "userId": st.sampled_from(["u1", "u2"]) | VALUES,
    "anonymousId": VALUES,
    "messageId": st.sampled_from(["m1", "m2", "m3"]) | VALUES,
    "event": st.just("Seen") | VALUES,
    "timestamp": st.just("2026-11-22T09:00:00Z") | VALUES,
    "sentAt": st.just("2026-11-22T09:00:00Z") | VALUES,
    "properties": VALUES,
    "traits": VALUES,
    "context": VALUES,
    "groupId": VALUES,
    "previousId": VALUES,
}
MESSAGES = st.fixed_dictionaries({}, optional=FIELDS) | VALUES
BODIES = st.fixed_dictionaries(
    {"batch": st.lists(MESSAGES, max_size=6)}, optional={"context": VALUES, "sentAt": VALUES, "writeKey": VALUES}
)


def check_body(body: dict) -> None:
    journal = Kept()
    verdicts = receive(journal, json.dumps(body).encode(), Address(), source="web", received_at=NOW)
    assert verdicts.accepted == len(body["batch"]) == verdicts.stored + verdicts.duplicates + verdicts.rejected
    assert [each.index for each in verdicts.each()] == list(range(len(body["batch"])))
    assert (verdicts.stored, verdicts.rejected) == (len(journal.lines), len(journal.refusals))
    assert {each.flaw.code for each in verdicts.refused} <= set(REJECTIONS)
    for line in journal.lines.values():
        kept = json.loads(line)
        assert b"\n" not in line
        assert kept["timestamp"] <= kept["receivedAt"] == "2026-11-22T10:00:00.000000Z"
        assert None not in kept.values()


@settings(max_examples=30)
@given(BODIES)
def test_every_message_has_one_verdict_and_the_numbers_add_up(body: dict):
    check_body(body)


@pytest.mark.slow
@settings(max_examples=10_000)
@given(BODIES)
def test_the_numbers_add_up_for_ten_thousand_bodies(body: dict):
    check_body(body)


def check_bytes(body: bytes) -> None:
    for address in (Address(), Address("track")):
        journal, refusal, accepted = Kept(), None, 0
        try:
            accepted = receive(journal, body, address, source="web", received_at=NOW).accepted
        except Refused as refused:
            refusal = refused.code
        assert refusal is None or refusal in REFUSALS
        assert accepted == len(journal.lines) + len(journal.refusals)


def mutated(pairs: list[tuple[int, int]]) -> bytes:
    body = bytearray(
        b'{"batch":[{"type":"track","userId":"u1","event":"\\u00e9","properties":{"a":[1,2.5e3,null]}},{}]}'
    )
    for place, code in pairs:
        body[place % len(body)] = code
    return bytes(body)


DAMAGES = st.lists(st.tuples(st.integers(0, 200), st.integers(0, 255)), min_size=1, max_size=5)


@settings(max_examples=80)
@given(DAMAGES)
def test_a_damaged_body_is_refused_or_its_messages_have_their_verdicts(pairs):
    check_bytes(mutated(pairs))


@pytest.mark.slow
@settings(max_examples=20_000)
@given(DAMAGES)
def test_twenty_thousand_damaged_bodies_raise_nothing_else(pairs):
    check_bytes(mutated(pairs))


@settings(max_examples=100)
@given(st.binary(max_size=60))
def test_noise_is_refused_and_raises_nothing_else(body: bytes):
    check_bytes(body)
