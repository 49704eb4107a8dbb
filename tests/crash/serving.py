"""`quartier serve` in a process of its own, and clients that send batches and note what was acknowledged."""

import base64
import http.client
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path

from tests.crash.appending import EACH

CLIENTS = 3


@dataclass
class Clients:
    """Threads that send batches until the server is gone."""

    port: int
    key: str
    first: int
    acknowledged: set[int] = field(default_factory=set)
    enough: threading.Event = field(default_factory=threading.Event)
    wanted: int = 1

    @contextmanager
    def sending(self, wanted: int) -> Iterator[None]:
        """Batches are sent; the block begins when so many are acknowledged, and ends the server."""
        self.wanted = wanted
        threads = [threading.Thread(target=self._send, args=(each,)) for each in range(CLIENTS)]
        for each in threads:
            each.start()
        self.enough.wait(240)  # a machine may be busy
        yield
        for each in threads:
            each.join()

    def _send(self, client: int) -> None:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)) as connection:
            for number in range(self.first + client, self.first + 100_000, CLIENTS):
                try:
                    connection.request("POST", "/v1/batch", batch(number), headers(self.key))
                    answer = connection.getresponse()
                    said = json.loads(answer.read())
                except (OSError, http.client.HTTPException, ValueError):  # the server is gone: it acknowledged nothing
                    return
                assert answer.status == 200, said
                assert said["stored"] + said["duplicates"] == EACH
                self.acknowledged.add(number)
                if len(self.acknowledged) >= self.wanted:
                    self.enough.set()


@contextmanager
def serving(folder: Path, first: int) -> Iterator[tuple[subprocess.Popen[bytes], Clients]]:
    """The server over a workspace, on a free port; it is dead after the block."""
    command = [sys.executable, "-m", "quartier", "serve", str(folder), "--port", "0", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        try:
            assert process.stdout is not None
            told = json.loads(b"".join(takewhile(lambda line: line != b"}\n", process.stdout)) + b"}")
            yield process, Clients(told["port"], told["write_key"], first)
        finally:
            process.kill()


def batch(number: int) -> bytes:
    """The body of a batch; its messages have the ids of a submission."""
    messages = [
        {"type": "track", "event": "Order Completed", "userId": f"u{number % 50}", "messageId": f"{number}-{place}"}
        for place in range(EACH)
    ]
    return json.dumps({"batch": messages}).encode()


def headers(key: str) -> dict[str, str]:
    """Those of a client with a write key."""
    said = base64.b64encode(f"{key}:".encode()).decode()
    return {"authorization": f"Basic {said}", "content-type": "application/json"}
