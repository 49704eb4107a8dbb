"""The tracking endpoints over HTTP: keys, bodies, limits, verdicts, and what pages of other origins may do."""

import base64
import datetime as dt
import gzip
import json
import random
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from quartier.api.app import api
from quartier.api.described import EXAMPLES
from quartier.clock import FixedClock
from quartier.collect.tracking import limits
from quartier.store import Store
from quartier.store.journal import Journal
from quartier.workspace.keys import Keys
from tests.conftest import NOW


class Server:
    """The API over a journal of its own, and what was kept in it."""

    def __init__(self, folder) -> None:
        self.clock = FixedClock(NOW)
        self.store = Store(f"sqlite:///{folder / 'store.sqlite'}", NOW)
        self.journal = Journal(f"sqlite:///{folder / 'journal.sqlite'}", self.clock)
        self.keys = Keys(self.store, self.clock)
        self.key = self.keys.create("web").key
        self.client = TestClient(api(self.store, self.journal, self.clock))

    def post(self, path: str, body, key: str | None = None, **headers: str):
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.client.post(path, content=content, headers={**basic(self.key if key is None else key), **headers})

    def kept(self) -> list[dict]:
        lines = b"\n".join(entry.body for entry in self.journal.entries(0))
        return [json.loads(line) for line in lines.splitlines()]

    def close(self) -> None:
        self.journal.close()
        self.store.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("server"))
    yield server
    server.close()


def basic(key: str) -> dict[str, str]:
    return {"authorization": "Basic " + base64.b64encode(f"{key}:".encode()).decode()} if key else {}


def track(**said) -> dict:
    return {"type": "track", "userId": "u1", "event": "Seen", **said}


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_example_of_each_endpoint_is_stored(server: Server, name: str):
    body = json.loads(json.dumps(EXAMPLES[name]))
    for each in body.get("batch", [body]):
        each["messageId"] = f"example-{name}-{each.get('type')}"
    answer = server.post(f"/v1/{name}", body)
    counts = len(body.get("batch", [body]))
    assert answer.status_code == 200
    assert answer.json() == {
        "success": True, "accepted": counts, "stored": counts, "duplicates": 0, "rejected": 0, "rejections": [],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/v1/i", "identify"),
        ("/v1/t", "track"),
        ("/v1/p", "page"),
        ("/v1/s", "screen"),
        ("/v1/g", "group"),
        ("/v1/a", "alias"),
    ],
)
def test_the_short_addresses_of_the_browser_take_text_with_the_key_in_the_body(server: Server, path: str, kind: str):
    message = {**EXAMPLES[kind], "messageId": f"short-{kind}", "writeKey": server.key}
    answer = server.post(path, message, key="", **{"content-type": "text/plain"})
    assert answer.json()["stored"] == 1
    (kept,) = [each for each in server.kept() if each["messageId"] == f"short-{kind}"]
    assert kept["type"] == kind
    assert "writeKey" not in kept


def test_a_message_is_kept_with_its_times_and_its_source(server: Server):
    said = track(messageId="times", timestamp="2026-11-21T10:00:00+01:00", properties={"price": 3})
    server.post("/v1/batch", {"batch": [said], "sentAt": "2026-11-21T10:00:30+01:00", "context": {"locale": "fr"}})
    (kept,) = [each for each in server.kept() if each["messageId"] == "times"]
    assert kept == {
        "messageId": "times", "type": "track", "userId": "u1", "event": "Seen", "properties": {"price": 3},
        "context": {"locale": "fr"}, "source": "web",
        "timestamp": "2026-11-21T14:04:30.000000Z", "receivedAt": "2026-11-21T14:05:00.000000Z",
        "originalTimestamp": "2026-11-21T10:00:00+01:00", "sentAt": "2026-11-21T10:00:30+01:00",
    }  # fmt: skip


def test_an_import_keeps_its_past_times(server: Server):
    said = track(messageId="past", timestamp="2019-02-03T04:05:06Z")
    server.post("/v1/import", {"batch": [said], "sentAt": "2030-01-01T00:00:00Z"})
    (kept,) = [each for each in server.kept() if each["messageId"] == "past"]
    assert kept["timestamp"] == "2019-02-03T04:05:06.000000Z"


def test_a_message_sent_twice_is_stored_once(server: Server):
    body = {"batch": [track(messageId="twice"), track(messageId="twice")]}
    first, second = server.post("/v1/batch", body).json(), server.post("/v1/batch", body).json()
    assert (first["stored"], first["duplicates"]) == (1, 1)
    assert (second["stored"], second["duplicates"]) == (0, 2)


@pytest.mark.parametrize(
    ("message", "reason", "field"),
    [
        ({"type": "track", "userId": "u1"}, "missing", "event"),
        ({"type": "track", "event": "Seen"}, "nobody", "userId"),
        ({"type": "group", "userId": "u1"}, "missing", "groupId"),
        ({"type": "alias", "userId": "u1"}, "missing", "previousId"),
        ({"type": "purchase", "userId": "u1"}, "unknown_type", "type"),
        ({"type": ["track"], "userId": "u1"}, "unknown_type", "type"),
        ({"userId": "u1"}, "unknown_type", "type"),
        (track(properties=[1]), "not_an_object", "properties"),
        (track(event=5), "not_text", "event"),
        (track(userId=True), "not_text", "userId"),
        (track(userId={"id": 1}), "not_text", "userId"),
        (track(userId=""), "nobody", "userId"),
        (track(messageId=7), "not_text", "messageId"),
        (track(timestamp="yesterday"), "not_an_instant", "timestamp"),
        (track(timestamp=1_700_000_000), "not_an_instant", "timestamp"),
        (track(timestamp="0001-01-01T00:00:00Z", sentAt="9999-12-31T23:59:59Z"), "time_out_of_range", "timestamp"),
    ],
)
def test_a_message_that_lacks_something_is_rejected_with_the_field(
    server: Server, message: dict, reason: str, field: str
):
    answer = server.post("/v1/batch", {"batch": [message, track()]}).json()
    assert (answer["stored"], answer["rejected"]) == (1, 1)
    (rejection,) = answer["rejections"]
    assert (rejection["index"], rejection["reason"], rejection["field"]) == (0, reason, field)
    assert set(rejection["text"]) == {"en", "fr"}


def of_size(size: int) -> dict:
    """A message whose JSON without blanks has so many bytes."""
    bare = track(properties={"text": ""})
    return track(properties={"text": "x" * (size - len(json.dumps(bare, separators=(",", ":"))))})


def body_of_size(size: int) -> bytes:
    bare = b'{"batch":[],"pad":""}'
    return b'{"batch":[],"pad":"' + b"x" * (size - len(bare)) + b'"}'


@pytest.mark.parametrize(
    ("value", "reason"), [(-1, None), (0, None), (1, "message_too_large")],
)  # fmt: skip
def test_a_message_may_have_32_kilobytes(server: Server, value: int, reason: str | None):
    check(server, of_size(limits.MESSAGE_BYTES + value), reason)


@pytest.mark.parametrize(("value", "reason"), [(-1, None), (0, None), (1, "too_long")])
def test_a_message_id_may_have_100_characters(server: Server, value: int, reason: str | None):
    check(server, track(messageId=("é" * 100 + "x")[: limits.MESSAGE_ID + value]), reason)


@pytest.mark.parametrize(("value", "reason"), [(-1, None), (0, None), (1, "too_long")])
@pytest.mark.parametrize(("name", "most"), [("userId", limits.IDENTIFIER), ("event", limits.NAME)])
def test_identifiers_and_names_have_their_limits(server: Server, name: str, most: int, value: int, reason: str | None):
    check(server, track(**{name: "x" * (most + value)}), reason)


@pytest.mark.parametrize(("value", "reason"), [(-1, None), (0, None), (1, "too_deep")])
def test_objects_and_lists_may_be_64_deep(server: Server, value: int, reason: str | None):
    deep: list = []
    for _ in range(limits.NESTING + value - 3):
        deep = [deep]
    check(server, track(properties={"deep": deep}), reason)


@pytest.mark.parametrize(("value", "status"), [(-1, 200), (0, 200), (1, 413)])
@pytest.mark.parametrize("packed", [False, True])
def test_a_body_may_have_500_kilobytes(server: Server, value: int, status: int, packed: bool):
    body = body_of_size(limits.BODY_BYTES + value)
    if packed:  # an incompressible part, so that the size alone decides
        noise = base64.b64encode(random.Random(1).randbytes(20_000))
        body = b'{"batch":[],"pad":"' + noise + body[19 + len(noise) :]
    answer = server.post("/v1/batch", gzip.compress(body) if packed else body)
    assert answer.status_code == status
    if status == 413:
        assert answer.json()["code"] == "body_too_large"


@pytest.mark.parametrize(("value", "status"), [(-1, 200), (0, 200), (1, 413)])
def test_a_batch_may_have_2500_messages(server: Server, value: int, status: int):
    body = {"batch": [{"type": "track", "userId": "u", "event": "e"}] * (limits.MESSAGES + value)}
    assert server.post("/v1/batch", body).status_code == status


def check(server: Server, message: dict, reason: str | None) -> None:
    answer = server.post("/v1/batch", {"batch": [message]}).json()
    assert [each["reason"] for each in answer["rejections"]] == ([reason] if reason else [])
    assert answer["stored"] == (0 if reason else 1)


@pytest.mark.parametrize(
    ("body", "headers", "status", "code"),
    [
        (b"", {}, 400, "not_an_object"),
        (b"{", {}, 400, "not_json"),
        ('{"é": 1}'.encode("utf-16"), {}, 400, "not_an_object"),
        (gzip.compress(b'{"batch":[]}', mtime=0)[:-9], {"content-encoding": "gzip"}, 400, "bad_compression"),
        (b'{"batch":[]}', {"content-encoding": "gzip"}, 400, "bad_compression"),
        (b'{"batch":[]}', {"content-encoding": "br"}, 400, "unknown_encoding"),
        (gzip.compress(b"0" * 50_000_000), {"content-encoding": "gzip"}, 413, "body_too_large"),
    ],
)
def test_a_body_that_cannot_be_read_is_refused_whole(
    server: Server, body: bytes, headers: dict, status: int, code: str
):
    answer = server.post("/v1/batch", body, **headers)
    assert (answer.status_code, answer.json()["code"], answer.json()["success"]) == (status, code, False)


def test_gzip_is_undone(server: Server):
    body = gzip.compress(json.dumps({"batch": [track()]}).encode())
    assert server.post("/v1/batch", body, **{"content-encoding": "gzip"}).json()["stored"] == 1


def test_a_request_without_a_key_or_with_an_unknown_one_is_refused(server: Server):
    unknown, none = server.post("/v1/track", track(), key="wk_unknown"), server.post("/v1/track", track(), key="")
    named = server.post("/v1/track", track(writeKey="wk_unknown"), key="")
    codes = [(each.status_code, each.json()["code"]) for each in (unknown, none, named)]
    assert codes == [(401, "unknown_key"), (401, "missing_key"), (401, "unknown_key")]


def test_a_revoked_key_stops_working_within_seconds(server: Server):
    key = server.keys.create("app").key
    server.clock.advance(dt.timedelta(seconds=2))
    assert server.post("/v1/track", track(), key=key).status_code == 200
    server.keys.revoke(key)
    server.clock.advance(dt.timedelta(seconds=2))
    assert server.post("/v1/track", track(), key=key).status_code == 401


def test_a_key_bound_to_an_origin_is_for_its_pages_only(server: Server):
    key = server.keys.create("shop", ["https://shop.example.org/"]).key
    server.clock.advance(dt.timedelta(seconds=2))
    own = server.post("/v1/track", track(), key=key, origin="https://shop.example.org")
    other = server.post("/v1/track", track(), key=key, origin="https://other.example.org")
    nowhere = server.post("/v1/track", track(), key=key)
    assert [each.status_code for each in (own, other, nowhere)] == [200, 403, 403]


def test_pages_of_other_origins_may_ask_and_read(server: Server):
    asked = server.client.options("/v1/t", headers={"origin": "https://shop.example.org"})
    told = server.post("/v1/t", track(), origin="https://shop.example.org")
    refused = server.post("/v1/t", b"{", key="wk_unknown")
    assert asked.status_code == 204
    assert "content-type" in asked.headers["access-control-allow-headers"]
    assert {each.headers["access-control-allow-origin"] for each in (asked, told, refused)} == {"*"}


def test_the_browser_is_told_to_send_here(server: Server):
    settings = server.client.get(f"/v1/projects/{server.key}/settings", headers={"host": "track.example.org"})
    assert settings.json()["integrations"]["Segment.io"]["apiHost"] == "track.example.org/v1"
    assert settings.headers["access-control-allow-origin"] == "*"
    assert server.client.get("/v1/projects/nothing/settings").status_code == 404


def test_it_runs_and_is_ready(server: Server):
    assert server.client.get("/healthz").json() == {"ok": True}
    assert server.client.get("/readyz").json()["ready"] is True
