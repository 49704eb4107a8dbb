"""A server that is not Quartier's: it answers what a test has written down, and keeps what it was asked."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Elsewhere:
    """Where it is, what it answers (status, headers, body; the last one for ever), which headers it was sent."""

    url: str
    answers: list[tuple[int, Mapping[str, str], bytes]]
    asked: list[tuple[str, str]] = field(default_factory=list)
    headers: list[Mapping[str, str]] = field(default_factory=list)

    def next(self) -> tuple[int, Mapping[str, str], bytes]:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@contextmanager
def elsewhere(*answers: tuple[int, Mapping[str, str], bytes]) -> Iterator[Elsewhere]:
    """Such a server for as long as the block lasts."""
    said: Elsewhere

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            said.asked.append((self.command, self.path))
            said.headers.append(dict(self.headers))
            self.rfile.read(int(self.headers.get("content-length", 0)))
            status, headers, body = said.next()
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_PUT = answer

        def log_message(self, *_about: Any) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        said = Elsewhere(f"http://127.0.0.1:{server.server_port}", list(answers))
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield said
        finally:
            server.shutdown()
            thread.join()
