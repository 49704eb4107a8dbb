"""The browser plug-in as a server hands it out."""

import gzip

from fastapi import FastAPI
from starlette.testclient import TestClient

from quartier.web import plug_in


def client() -> TestClient:
    app = FastAPI()
    app.include_router(plug_in.router())
    return TestClient(app)


def test_the_plug_in_is_small_on_the_wire_and_may_be_used_on_any_page():
    answer = client().get(plug_in.ADDRESS, headers={"accept-encoding": "gzip"})
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    assert answer.headers["content-encoding"] == "gzip"
    assert len(gzip.compress(answer.content)) < 6 * 1024


def test_who_takes_no_gzip_gets_the_same_text():
    plain = client().get(plug_in.ADDRESS, headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.text == client().get(plug_in.ADDRESS).text


def test_a_plug_in_that_did_not_change_is_not_sent_again():
    first = client().get(plug_in.ADDRESS)
    again = client().get(plug_in.ADDRESS, headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
