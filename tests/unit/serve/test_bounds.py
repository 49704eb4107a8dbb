import anyio
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from quartier.serve.bounds import FORM, LARGER, MESSAGES, Bounds, most_of


async def counted(request: Request) -> PlainTextResponse:
    return PlainTextResponse(str(len(await request.body())))


@pytest.fixture(scope="module")
def client() -> TestClient:
    app = Starlette(routes=[Route("/{path:path}", counted, methods=["POST"])])
    app.add_middleware(Bounds)
    return TestClient(app)


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/v1/batch", MESSAGES),
        ("/api/v1/persons", MESSAGES),
        ("/segments", FORM),
        ("/data/import", LARGER["/data/import"]),
        ("/api/v1/imports", LARGER["/api/v1/imports"]),
        ("/api/v1/segments", LARGER["/api/v1/segments"]),
    ],
)
def test_the_address_decides_how_much_may_come(path: str, most: int):
    assert most_of(path) == most


def test_a_body_within_its_bound_is_served_whole(client: TestClient):
    assert client.post("/segments", content=b"x" * FORM).text == str(FORM)


@pytest.mark.parametrize("told", [str(FORM + 1), "9" * 5000])
def test_a_length_beyond_the_bound_is_refused_before_anything_is_read(client: TestClient, told: str):
    answer = client.post("/segments", content=b"", headers={"content-length": told})
    assert (answer.status_code, answer.text) == (413, "Too large. / Trop volumineux.")


@pytest.mark.parametrize("path", ["/segments", "/v1/batch", "/api/v1/persons"])
def test_a_body_of_which_no_length_is_told_is_cut_off(client: TestClient, path: str):
    parts = (b"x" * 100_000 for _ in range(most_of(path) // 100_000 + 2))
    assert client.post(path, content=parts).status_code == 413


def test_nothing_more_is_read_than_the_bound_and_one_part():
    read = 0

    async def receive() -> dict:
        nonlocal read
        read += 1
        return {"type": "http.request", "body": b"x" * 1_000_000, "more_body": True}

    async def send(_message: dict) -> None:
        pass

    app = Bounds(Starlette(routes=[Route("/{path:path}", counted, methods=["POST"])]))
    scope = {"type": "http", "method": "POST", "path": "/segments", "headers": [], "query_string": b""}
    anyio.run(app, scope, receive, send)
    assert read == FORM // 1_000_000 + 1


@pytest.mark.parametrize(("path", "is_problem"), [("/v1/batch", False), ("/api/v1/persons", True)])
def test_programs_are_refused_in_the_form_that_they_read(client: TestClient, path: str, is_problem: bool):
    answer = client.post(path, content=b"", headers={"content-length": str(MESSAGES + 1)})
    assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")
    assert answer.headers["content-type"].startswith("application/problem+json") == is_problem
