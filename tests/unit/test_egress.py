"""The one way out: to public addresses, or to the place that the operator named; no redirect, an end, a bound."""

import socket
import threading
import time
from collections.abc import Iterator

import pytest

from quartier.egress import LARGEST, NoWayOut, Place, ask, is_loopback, place_of


class Slow(threading.Thread):
    """A server that sends what it was given, byte by byte, for ever."""

    def __init__(self, answer: bytes, pause: float = 0.05) -> None:
        super().__init__(daemon=True)
        self._answer, self._pause = answer, pause
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}/"
        self.is_over = threading.Event()

    def run(self) -> None:
        with self._socket, self._socket.accept()[0] as peer:
            peer.recv(65536)
            try:
                while not self.is_over.wait(self._pause):
                    peer.sendall(self._answer)
            except OSError:
                return


@pytest.fixture
def dripping() -> Iterator[Slow]:
    server = Slow(b"HTTP/1.1 200 OK\r\nX: y\r\n")
    server.start()
    yield server
    server.is_over.set()
    server.join()


def test_an_answer_that_comes_drop_by_drop_is_cut_off(dripping: Slow):
    began = time.monotonic()
    with pytest.raises(NoWayOut):
        ask(dripping.url, named=place_of(dripping.url), seconds=0.3)
    assert time.monotonic() - began < 5


def test_an_answer_without_end_is_cut_off():
    server = Slow(b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * LARGEST, pause=0.0)
    server.start()
    with pytest.raises(NoWayOut, match="too long"):
        ask(server.url, named=place_of(server.url))
    server.is_over.set()
    server.join()


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/", "https://[::1]/", "https://10.1.2.3/", "https://169.254.169.254/latest", "https://0/",
        "https://[::ffff:127.0.0.1]/", "https://[64:ff9b::7f00:1]/", "https://[2002:7f00:1::]/", "https://100.64.0.1/",
        "https://2130706433/", "https://0x7f.1/", "https://localhost/", "https://224.0.0.1/", "https://[fec0::1]/",
        "http://example.org/", "https://example.org:22/", "https://user:word@example.org/", "file:///etc/passwd",
        "gopher://127.0.0.1/", "https://", "",
    ],
)  # fmt: skip
def test_what_nobody_named_is_reached_at_public_addresses_over_tls_alone(url: str):
    with pytest.raises(NoWayOut):
        ask(url, named=Place("https", "accounts.example.org", 443), seconds=1)


def test_this_machine_is_known_by_its_names():
    assert [is_loopback(each) for each in ("localhost", "127.0.0.1", "::1", "10.0.0.1", "localhost.example.org")] == [
        True, True, True, False, False,
    ]  # fmt: skip
