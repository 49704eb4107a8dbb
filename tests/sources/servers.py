"""Services on this machine with the published shapes of the real ones: pages, keys, limits, and every bad habit.

A service is a function from a question to an answer; `serving` runs it on a free port for the length of a block.
"""

import base64
import datetime as dt
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

KEY = "k-123"


@dataclass(frozen=True)
class Question:
    path: str
    params: dict[str, str]
    headers: dict[str, str]
    body: Any = None


@dataclass(frozen=True)
class Answer:
    body: Any = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    type: str = "application/json"

    def bytes(self) -> bytes:
        return self.body.encode() if isinstance(self.body, str) else json.dumps(self.body).encode()


Service = Callable[[Question], Answer]


@dataclass
class Served:
    url: str
    asked: list[Question]
    stop: threading.Event


@contextmanager
def serving(service: Service, *, raw: Callable[[Any, threading.Event], bool] | None = None) -> Iterator[Served]:
    """The service, running; `raw` may answer on the bare connection, and says whether it did."""
    stop, asked = threading.Event(), []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length)) if length else None
            question = Question(parts.path, dict(parse_qsl(parts.query)), dict(self.headers), body)
            asked.append(question)
            if raw is not None and raw(self, stop):
                return
            answer = service(question)
            content = answer.bytes()
            self.send_response(answer.status)
            headers = {"Content-Type": answer.type, "Content-Length": str(len(content)), **answer.headers}
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        do_POST = do_GET

        def log_message(self, *_args: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.block_on_close = False
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield Served(f"http://127.0.0.1:{server.server_port}", asked, stop)
    finally:
        stop.set()
        server.shutdown()
        server.server_close()
        thread.join()


def bearer(question: Question) -> Answer | None:
    """What a question without the key gets."""
    return None if question.headers.get("Authorization") == f"Bearer {KEY}" else Answer({"message": "no"}, 401)


def basic(question: Question, user: str) -> Answer | None:
    wanted = base64.b64encode(f"{user}:{KEY}".encode()).decode()
    return None if question.headers.get("Authorization") == f"Basic {wanted}" else Answer({"error": "no"}, 401)


def _instant(written: str) -> dt.datetime:
    return dt.datetime.fromisoformat(written)


@dataclass
class Hubspot:
    """CRM search: at most `page` rows an answer, the next one after `paging.next.after`, ascending by the filter."""

    contacts: list[dict[str, Any]]
    companies: list[dict[str, Any]]
    page: int = 2

    def __call__(self, question: Question) -> Answer:
        kind = question.path.split("/")[4]
        if refused := bearer(question):
            return refused
        (group,) = question.body["filterGroups"]
        (wanted,) = group["filters"]
        (order,) = question.body["sorts"]
        if question.path != f"/crm/v3/objects/{kind}/search" or wanted["operator"] != "GTE":
            return Answer({"status": "error"}, 400)
        name, since = wanted["propertyName"], dt.datetime.fromtimestamp(int(wanted["value"]) / 1000, dt.UTC)
        assert order == {"propertyName": name, "direction": "ASCENDING"}
        found = [each for each in getattr(self, kind) if _instant(each["properties"][name]) >= since]
        found.sort(key=lambda each: each["properties"][name])
        start = int(question.body.get("after", 0))
        asked = set(question.body["properties"])
        shown = [
            {**each, "properties": {k: v for k, v in each["properties"].items() if k in asked}}
            for each in found[start : start + self.page]
        ]
        end = start + self.page
        paging = {"paging": {"next": {"after": str(end)}}} if end < len(found) else {}
        return Answer({"total": len(found), "results": shown, **paging})


def contact(number: int, changed: str, **properties: Any) -> dict[str, Any]:
    own = {"email": f"c{number}@example.org", "firstname": f"F{number}", "country": "France", "lifecyclestage": "lead",
           "createdate": "2026-01-01T00:00:00Z", "lastmodifieddate": changed, **properties}  # fmt: skip
    return {"id": str(number), "properties": own, "createdAt": own["createdate"], "updatedAt": changed,
            "archived": False}  # fmt: skip


def company(number: int, changed: str) -> dict[str, Any]:
    own = {"name": f"Company {number}", "industry": "RETAIL", "numberofemployees": "12", "hs_lastmodifieddate": changed,
           "createdate": "2026-01-01T00:00:00Z", "annualrevenue": None}  # fmt: skip
    return {"id": str(number), "properties": own, "archived": False}


@dataclass
class Zendesk:
    """Incremental exports by cursor: the last page has a cursor too, and says `end_of_stream`."""

    users: list[dict[str, Any]]
    tickets: list[dict[str, Any]]
    page: int = 2

    def __call__(self, question: Question) -> Answer:
        if refused := basic(question, "agent@example.org/token"):
            return refused
        kind = question.path.split("/")[4]
        start_time, start = int(question.params["start_time"]), int(question.params.get("cursor", 0))
        since = dt.datetime.fromtimestamp(start_time, dt.UTC)
        found = sorted(
            (each for each in getattr(self, kind) if _instant(each["updated_at"]) >= since),
            key=lambda each: each["updated_at"],
        )
        end = start + self.page
        return Answer({
            kind: found[start:end], "after_cursor": str(end), "after_url": "", "before_cursor": None,
            "end_of_stream": end >= len(found),
        })  # fmt: skip


@dataclass
class Shopify:
    """The next page is in the header `Link`, which carries the whole question."""

    customers: list[dict[str, Any]]
    orders: list[dict[str, Any]]
    page: int = 2

    def __call__(self, question: Question) -> Answer:
        if question.headers.get("X-Shopify-Access-Token") != KEY:
            return Answer({"errors": "[API] Invalid API key or access token"}, 401)
        kind = question.path.rpartition("/")[2].removesuffix(".json")
        place = question.params.get("page_info")
        if place and set(question.params) - {"page_info", "limit"}:
            return Answer({"errors": "page_info goes alone"}, 400)
        since, start = place.split("|") if place else (question.params["updated_at_min"], "0")
        found = [each for each in getattr(self, kind) if _instant(each["updated_at"]) >= _instant(since)]
        end = int(start) + self.page
        query = f"limit=250&page_info={since.replace('+', '%2B')}%7C{end}"
        url = f"http://{question.headers['Host']}{question.path}?{query}"
        link = {"Link": f'<{url}>; rel="next"'} if end < len(found) else {}
        return Answer({kind: found[int(start) : end]}, headers={"X-Shopify-Shop-Api-Call-Limit": "1/40", **link})


@dataclass
class Stripe:
    """Lists, newest first; `starting_after` is the id of the last row, amounts are in cents, times in seconds."""

    customers: list[dict[str, Any]]
    charges: list[dict[str, Any]]
    subscriptions: list[dict[str, Any]]
    page: int = 2

    def __call__(self, question: Question) -> Answer:
        if refused := bearer(question):
            return refused
        kind = question.path.rpartition("/")[2]
        since, after = int(question.params["created[gte]"]), question.params.get("starting_after")
        found = sorted((each for each in getattr(self, kind) if each["created"] >= since), key=lambda e: -e["created"])
        start = [each["id"] for each in found].index(after) + 1 if after else 0
        page = found[start : start + self.page]
        more = start + self.page < len(found)
        return Answer({"object": "list", "url": question.path, "has_more": more, "data": page})


@dataclass
class Mailchimp:
    """Offsets and counts; what readers did is asked per campaign."""

    members: list[dict[str, Any]]
    activity: dict[str, list[dict[str, Any]]]

    def __call__(self, question: Question) -> Answer:
        if refused := basic(question, "quartier"):
            return refused
        if question.path.endswith("/campaigns"):
            return Answer({"campaigns": [{"id": each} for each in self.activity], "total_items": len(self.activity)})
        since = _instant(question.params.get("since_last_changed") or question.params["since"])
        start, count = int(question.params["offset"]), int(question.params["count"])
        if question.path.endswith("/members"):
            found = [each for each in self.members if _instant(each["last_changed"]) >= since]
            return Answer({"members": found[start : start + count], "total_items": len(found)})
        campaign = question.path.split("/")[-2]
        rows = self.activity[campaign][start : start + count]
        return Answer({"emails": rows, "campaign_id": campaign, "total_items": len(self.activity[campaign])})
