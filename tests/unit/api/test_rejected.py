"""Rejected messages under /api/v1: listed page by page, read, mended and replayed, or dropped, with a secret key."""

import json
from collections.abc import Iterator

import pytest

from tests.conftest import NOW
from tests.unit.api.test_tracking import Server, basic

BAD = {"type": "track", "userId": "u1"}
SOUND = {"type": "track", "userId": "u1", "event": "Seen"}


class Desk(Server):
    """The server, with a secret key at hand."""

    def __init__(self, folder) -> None:
        super().__init__(folder)
        self.secret = {"authorization": f"Bearer {self.keys.create_secret()}"}

    def reject(self, message=None) -> int:
        batch = [BAD if message is None else message]
        return self.post("/v1/batch", {"batch": batch, "sentAt": NOW.isoformat()}).json()["rejections"][0]["id"]

    def ask(self, method: str, path: str, **content):
        return self.client.request(method, f"/api/v1/rejected{path}", headers=self.secret, **content)


@pytest.fixture(scope="module")
def desk(tmp_path_factory) -> Iterator[Desk]:
    desk = Desk(tmp_path_factory.mktemp("desk"))
    yield desk
    desk.close()


def test_they_are_listed_page_by_page(desk: Desk):
    numbers = [desk.reject() for _ in range(5)]
    first = desk.ask("GET", f"?limit=3&after={numbers[0] - 1}").json()
    second = desk.ask("GET", f"?limit=3&after={first['next']}").json()
    assert [each["id"] for each in first["rejected"] + second["rejected"]] == numbers
    assert second["next"] is None
    assert first["rejected"][0]["reason"] == "missing"
    assert "raw" not in first["rejected"][0]


def test_one_is_read_with_its_bytes_and_what_stood_beside_it(desk: Desk):
    told = desk.ask("GET", f"/{desk.reject()}").json()
    assert json.loads(told["raw"]) == {**BAD, "sentAt": NOW.isoformat()}
    assert (told["field"], told["source"], told["state"]) == ("event", "web", "open")


def test_bytes_that_are_no_text_are_read_as_base64(desk: Desk):
    number = desk.post("/v1/track", b'{"userId":"\xe9"}').json()["rejections"][0]["id"]
    assert desk.ask("GET", f"/{number}").json()["raw_base64"].startswith("eyJ")


def test_a_mended_message_is_stored_at_its_instant_of_arrival(desk: Desk):
    number = desk.reject()
    mended = {**SOUND, "messageId": "mended"}
    answer = desk.ask("PATCH", f"/{number}", json={"message": mended})
    assert answer.json() == {"index": 0, "outcome": "stored", "message_id": "mended"}
    (kept,) = [each for each in desk.kept() if each["messageId"] == "mended"]
    assert kept["receivedAt"] == "2026-11-21T14:05:00.000000Z"
    assert desk.ask("GET", f"/{number}").json()["state"] == "replayed"
    assert desk.ask("PATCH", f"/{number}", json={"message": mended}).status_code == 409


def test_a_message_that_is_still_flawed_stays_where_it_was(desk: Desk):
    number = desk.reject()
    answer = desk.ask("POST", f"/{number}/replay")
    assert (answer.status_code, answer.json()["code"]) == (400, "missing")
    answer = desk.ask("PATCH", f"/{number}", content=b'{"message": {"type": "track", "event": NaN, "userId": "u"}}')
    assert answer.status_code == 400
    assert desk.ask("GET", f"/{number}").json()["state"] == "open"


def test_a_message_that_is_given_up_stays_listed_as_dropped(desk: Desk):
    number = desk.reject()
    assert desk.ask("DELETE", f"/{number}").status_code == 204
    assert number in [each["id"] for each in desk.ask("GET", "?state=dropped").json()["rejected"]]
    assert desk.ask("DELETE", f"/{number}").status_code == 409


@pytest.mark.parametrize("path", ["/999999", "/0", "/x", "?limit=0", "?limit=1001", "?state=lost", "?after=-1"])
def test_what_is_asked_wrongly_is_answered_without_what_was_sent(desk: Desk, path: str):
    answer = desk.ask("GET", path)
    assert answer.status_code in {400, 404}
    assert {"code", "text", "field", "problems"} <= set(answer.json())


def test_only_a_secret_key_opens_them(desk: Desk):
    number = desk.reject()
    for headers in ({}, basic(desk.key), {"authorization": f"Bearer {desk.key}"}, {"authorization": "Bearer sk_no"}):
        for method, path in (
            ("GET", ""),
            ("GET", f"/{number}"),
            ("POST", f"/{number}/replay"),
            ("DELETE", f"/{number}"),
        ):
            assert desk.client.request(method, f"/api/v1/rejected{path}", headers=headers).status_code == 401


def test_a_revoked_secret_key_opens_nothing(desk: Desk):
    key = desk.keys.create_secret()
    headers = {"authorization": f"Bearer {key}"}
    assert desk.client.get("/api/v1/rejected", headers=headers).status_code == 200
    desk.keys.revoke(key)
    assert desk.client.get("/api/v1/rejected", headers=headers).status_code == 401


def test_a_secret_key_is_kept_as_its_digest_alone(desk: Desk):
    key = desk.keys.create_secret()
    with desk.store.begin() as connection:
        rows = connection.exec_driver_sql("select * from secret_keys").all()
    assert key not in str(rows)
    assert key[:8] in {each.start for each in desk.keys.secrets()}


def test_a_write_key_sends_and_opens_nothing_else(desk: Desk):
    assert desk.post("/v1/track", SOUND).status_code == 200
    assert desk.post("/v1/track", SOUND, key="", **desk.secret).status_code == 401
