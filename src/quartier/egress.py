"""The one way out to the network: a name is looked up once, each address is judged, and one that was judged is used.

No redirect is followed, no proxy of the environment is used, no answer is longer than its bound, and all of it ends
within its time. Where a host is one that the operator named, its address may be private.
"""

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

LARGEST, LONGEST = 1024 * 1024, 10.0
"""Bytes of an answer, and seconds until it has come whole."""
_CARRIERS = ipaddress.ip_network("100.64.0.0/10")  # shared by the customers of a carrier: nobody's public address
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class NoWayOut(Exception):
    """An address that is not gone to, or that did not answer as it must; the message is for the log."""


@dataclass(frozen=True)
class Place:
    """One host and port, and how it is spoken to."""

    scheme: str
    host: str
    port: int


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    body: bytes


def place_of(url: str) -> Place:
    """Where an address is. Raises NoWayOut for one that is none, or that carries a password."""
    try:
        parts = urlsplit(url)
        port = parts.port or {"http": 80, "https": 443}.get(parts.scheme, 0)
    except ValueError as error:
        raise NoWayOut("no address") from error
    if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc or not url.isascii():
        raise NoWayOut("no address")
    return Place(parts.scheme, parts.hostname.lower(), port)


def is_loopback(host: str) -> bool:
    """Whether a host is this machine, as it is written."""
    with contextlib.suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return host == "localhost"


def is_public(address: str) -> bool:
    """Whether an address belongs to the public network, however it is wrapped."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        wrapped = found.ipv4_mapped or found.sixtofour or (found.teredo or (None, None))[1]
        if found in _NAT64:
            wrapped = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if wrapped is not None:
            return is_public(str(wrapped))
        if found.is_site_local:
            return False
    elif found in _CARRIERS:
        return False
    return found.is_global and not found.is_multicast


def ask(
    url: str,
    *,
    named: Place,
    form: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
    seconds: float = LONGEST,
) -> Answer:
    """Get an address, or post a form to it.

    `named` is the place that the operator named: it is gone to wherever it is; any other is gone to over TLS, on the
    usual port and at a public address alone. Raises NoWayOut.
    """
    place = place_of(url)
    if place != named and (place.scheme, place.port) != ("https", 443):
        raise NoWayOut(f"{place.host} is not asked on port {place.port} over {place.scheme}")
    address = _address(place, is_named=place == named)
    body = urlencode(form).encode() if form is not None else None
    sent = {"Accept": "application/json", **(headers or {})}
    if body is not None:
        sent["Content-Type"] = "application/x-www-form-urlencoded"
    parts = urlsplit(url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        with _connected(place, address, seconds) as connection:
            connection.request("GET" if body is None else "POST", target, body, sent)
            response = connection.getresponse()
            read = response.read(LARGEST + 1)
    except (OSError, http.client.HTTPException) as error:
        raise NoWayOut(f"{place.host}: {type(error).__name__}") from error
    if len(read) > LARGEST:
        raise NoWayOut(f"{place.host}: the answer is too long")
    return Answer(response.status, read)


def _address(place: Place, *, is_named: bool) -> str:
    try:
        found = [str(entry[4][0]) for entry in socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError) as error:
        raise NoWayOut(f"{place.host} has no address") from error
    if not is_named and not all(map(is_public, found)):
        raise NoWayOut(f"{place.host} is at an address that is not public")
    return found[0]


@contextlib.contextmanager
def _connected(place: Place, address: str, seconds: float) -> Iterator[http.client.HTTPConnection]:
    """A connection to an address that was judged; the certificate must be that of the host's name."""
    made = http.client.HTTPConnection(place.host, place.port, timeout=seconds)
    raw = socket.create_connection((address, place.port), timeout=seconds)
    is_late = threading.Event()
    end = threading.Timer(seconds, _cut, [made, is_late])  # a socket's own limit begins anew with each byte
    end.daemon = True
    try:
        made.sock = raw
        end.start()
        if place.scheme == "https":
            over = ssl.create_default_context().wrap_socket(
                raw, server_hostname=place.host, do_handshake_on_connect=False
            )
            made.sock = over
            over.do_handshake()
        yield made
        if is_late.is_set():
            raise TimeoutError
    finally:
        end.cancel()
        made.close()


def _cut(connection: http.client.HTTPConnection, is_late: threading.Event) -> None:
    is_late.set()
    with contextlib.suppress(OSError):
        socket.socket.shutdown(connection.sock, socket.SHUT_RDWR)
