"""The one way out to services: only http and https, only to the host that the document names, at an address looked at.

A name is looked up once, each of its addresses is judged, and the connection goes to one that was judged. Redirects are
not followed and proxies of the environment are not used. A private address is reached only where the document's own
host is one, or says `internal: true`.
"""

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from quartier.collect.sources import failures
from quartier.egress import is_public


@dataclass(frozen=True)
class Egress:
    """Where a source may go: one host and port."""

    scheme: str
    host: str
    port: int
    is_internal: bool

    def check(self, url: str) -> None:
        """Raise SourceFailed for an address on another host, port or scheme than the document's own."""
        if _place(url) != (self.scheme, self.host, self.port):
            raise failures.led_away(self.host)

    def address(self) -> str:
        """The address to connect to. Raises SourceFailed for a host without one, or with one that is not public."""
        try:
            found = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
        except (socket.gaierror, UnicodeError) as error:
            raise failures.unknown_host(self.host) from error
        addresses = [str(entry[4][0]) for entry in found]
        if not self.is_internal and not all(map(is_public, addresses)):
            raise failures.is_private(self.host)
        return addresses[0]


def egress_to(base_url: str, *, is_internal: bool) -> Egress:
    """The way out that a document's own address opens; a private address written there is said on purpose."""
    scheme, host, port = _place(base_url)
    return Egress(scheme, host, port, is_internal or host == "localhost" or _is_written_address(host))


def _is_written_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _place(url: str) -> tuple[str, str, int]:
    try:
        parts = urlsplit(url)
        port = parts.port or {"http": 80, "https": 443}.get(parts.scheme, 0)
    except ValueError as error:
        raise failures.led_away(url.partition("?")[0][:100]) from error
    return parts.scheme, (parts.hostname or "").lower(), port
