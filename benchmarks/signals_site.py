"""A small shop to click about in, served on this machine with the plug-in on each page; keeps what the plug-in sends.

It has what bursts of innocent clicks are made of (a stepper, a pager, a keypad, a game, a list to work through) and
what people stumble over (dead and slow buttons, errors, a long form): `signals_pages/`. The cookie `visit` names the
visit, so that what the plug-in sends can be told apart.
"""

import json
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

PLUG_IN = files("quartier.web") / "static" / "quartier-signals.js"

PAGES = Path(__file__).parent / "signals_pages"


@dataclass
class Site:
    """The running shop and, per visit, the messages that came in."""

    port: int
    messages: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))

    def at(self, path: str = "/") -> str:
        """The address of a page."""
        return f"http://127.0.0.1:{self.port}{path}"


@contextmanager
def serve(script: str = '<script src="/plug-in.js" data-write-key="{visit}" defer></script>') -> Iterator[Site]:
    """Serves the shop on a free port for as long as the block lasts."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answer)
    server.daemon_threads = True
    server.site, server.script = Site(server.server_port), script
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield server.site
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Answer(BaseHTTPRequestHandler):
    """One request."""

    def do_GET(self) -> None:
        asked = urlsplit(self.path)
        if asked.path == "/plug-in.js":
            return self._answer(PLUG_IN.read_text(encoding="utf-8"), "text/javascript")
        if asked.path == "/slow":
            time.sleep(int(parse_qs(asked.query)["ms"][0]) / 1000)
            return self._answer("{}", "application/json")
        page = PAGES / f"{asked.path.strip('/').partition('/')[0] or 'home'}.html"
        if asked.path == "/fail" or not page.is_file():
            return self._answer("", status=500 if asked.path == "/fail" else 404)
        cookie = SimpleCookie(self.headers.get("cookie", "")).get("visit")
        script = self.server.script.format(visit=cookie.value) if cookie else ""
        body = page.read_text(encoding="utf-8")
        return self._answer(f"<!doctype html><html><head><meta charset=utf-8>{script}</head><body>{body}</body></html>")

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self.server.site.messages[body["writeKey"]].append(body)
        self._answer("{}", "application/json")

    def _answer(self, text: str, kind: str = "text/html", status: int = 200) -> None:
        content = text.encode()
        self.send_response(status)
        self.send_header("content-type", f"{kind}; charset=utf-8")
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        with suppress(BrokenPipeError):  # the person has left the page
            self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Nothing is logged."""
