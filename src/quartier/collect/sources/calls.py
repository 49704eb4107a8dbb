"""Questions to a service: each answered in time, in size and as JSON, or refused with its cause; retried within bounds.

`requests` comes with dlt: this module is only loaded for a source that needs it.
"""

import datetime as dt
import time
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError, ReadTimeoutError
from urllib3.exceptions import TimeoutError as TooSlow

from quartier.collect.sources import failures
from quartier.collect.sources.egress import Egress

ATTEMPTS = 5
"""How often one question is asked."""

FIRST_PAUSE = 1.0
"""Seconds before the second attempt; each further pause is twice as long."""

MOST_BYTES = 64 * 1024 * 1024
_AT_ONCE = 64 * 1024
_CONNECT = 10.0

Pause = Callable[[float], None]


class Calls(requests.Session):
    """A session of requests to one host. Raises SourceFailed for whatever is not an answer in JSON."""

    def __init__(
        self, egress: Egress, variables: tuple[str, ...], *, timeout: float, patience: float, pause: Pause = time.sleep
    ) -> None:
        super().__init__()
        self.trust_env = False  # no proxy and no password that the environment happens to hold
        self.egress, self.variables, self.timeout = egress, variables, timeout
        self.patience, self.pause = patience, pause
        self.mount("https://", _Adapter(egress))
        self.mount("http://", _Adapter(egress))

    def send(self, request: requests.PreparedRequest, **given: Any) -> requests.Response:
        """The answer to a question, asked again while the service is busy, fails or cuts the connection."""
        self.egress.check(str(request.url))
        waited = 0.0
        for attempt in range(ATTEMPTS):
            began = time.monotonic()
            response, failure = self._asked(request, given)
            waited += time.monotonic() - began
            if response is not None and failure is None:
                return response
            pause = self._pause(response, attempt)
            is_last = attempt == ATTEMPTS - 1 or waited + pause > self.patience
            if is_last or (response is not None and not _is_passing(response.status_code)):
                break
            waited += pause
            self.pause(pause)
        if response is not None and response.status_code == _TOO_MANY:
            raise failures.busy(self.egress.host, _retry_after(response)) from failure
        raise failure if failure else AssertionError("an attempt ends with an answer or a cause")

    def _asked(
        self, request: requests.PreparedRequest, given: dict[str, Any]
    ) -> tuple[requests.Response | None, failures.SourceFailed | None]:
        """One attempt: an answer, or an answer that cannot be used with its cause, or a cause alone."""
        kept = {name: value for name, value in given.items() if name in ("verify", "cert")}
        try:
            response = super().send(
                request, stream=True, allow_redirects=False, timeout=(min(_CONNECT, self.timeout), self.timeout), **kept
            )
            with response:
                response._content = self._read(response)
        except (requests.Timeout, TooSlow):
            return None, failures.hangs(self.egress.host, self.timeout)
        except (requests.RequestException, HTTPError, OSError):
            return None, failures.unreachable(self.egress.host)
        return response, self._cause(response)

    def _read(self, response: requests.Response) -> bytes:
        """The whole body, within the time and the size that one answer may have."""
        until, parts, size = time.monotonic() + self.timeout, [], 0
        while part := response.raw.read1(_AT_ONCE, decode_content=True):
            parts.append(part)
            size += len(part)
            if size > MOST_BYTES:
                raise failures.too_large(self.egress.host, MOST_BYTES // 1024**2)
            if time.monotonic() > until:
                raise ReadTimeoutError(None, str(response.url), "slow")  # type: ignore[arg-type]  # it is caught above
        return b"".join(parts)

    def _cause(self, response: requests.Response) -> failures.SourceFailed | None:
        """Why an answer cannot be used, None when it can."""
        host, status = self.egress.host, response.status_code
        if status in (401, 403):
            return failures.refused(host, status, self.variables)
        if status == _TOO_MANY:
            return failures.busy(host, None)
        if status >= 500:
            return failures.broken(host, status)
        if 300 <= status < 400:
            return failures.redirected(host)
        if status >= 400:
            return failures.unexpected(host, status)
        return None if _is_json(response) else failures.no_json(host)

    def _pause(self, response: requests.Response | None, attempt: int) -> float:
        asked = _retry_after(response) if response is not None else None
        return FIRST_PAUSE * 2**attempt if asked is None else asked


class _Adapter(HTTPAdapter):
    """Connections that go to the one address that was looked at."""

    def __init__(self, egress: Egress) -> None:
        self._egress = egress
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **given: Any) -> None:
        """The pool of requests, with connections of ours."""
        super().init_poolmanager(*args, **given)
        self.poolmanager.pool_classes_by_scheme = _pools(self._egress)


def _pools(egress: Egress) -> dict[str, Any]:
    class Plain(HTTPConnection):
        def _new_conn(self) -> Any:
            return _connected(self, egress, super()._new_conn)

    class Secure(HTTPSConnection):
        def _new_conn(self) -> Any:
            return _connected(self, egress, super()._new_conn)

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    return {"http": PlainPool, "https": SecurePool}


def _connected(connection: Any, egress: Egress, connect: Callable[[], Any]) -> Any:
    """Connect to the address that was judged; the name stays what certificates are checked against."""
    named, connection._dns_host = connection._dns_host, egress.address()
    try:
        return connect()
    finally:
        connection._dns_host = named


_TOO_MANY = 429


def _is_passing(status: int) -> bool:
    return status == _TOO_MANY or status >= 500


def _retry_after(response: requests.Response) -> float | None:
    """The seconds that a service asks us to wait, written as seconds or as a date; None when it does not say."""
    written = response.headers.get("Retry-After", "").strip()
    if written.isdigit() and len(written) < 10:
        return float(written)
    try:
        moment = parsedate_to_datetime(written) if written else None
    except ValueError:
        return None
    if moment is None:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
    return max(0.0, (moment - dt.datetime.now(dt.UTC)).total_seconds())


def _is_json(response: requests.Response) -> bool:
    try:
        response.json()
    except (ValueError, RecursionError):
        return False
    return True
