"""Requests and answers: where the server is, the key, what is refused. The only file that speaks to the network."""

import json
import re
import shutil
import urllib.error
import urllib.request
from collections.abc import Mapping
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from quartier.client.failures import NOT_OURS, ApiProblem, ClientError, UnexpectedAnswer, Unreachable
from quartier.client.form import Form
from quartier.client.words import Text

PREFIX = "/api/v1"
JSON, PROBLEM = "application/json", "application/problem+json"


@dataclass(frozen=True)
class Answer:
    """What was answered: the status, and the body as plain data (None where it is empty)."""

    status: int
    content: Any


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """The API redirects nobody, so a redirect is an error: no other host is ever shown the key."""

    def redirect_request(self, *_about: Any) -> None:
        """Follow none."""


@dataclass(frozen=True)
class Wire:
    """A server and the key that it is shown.

    Attributes:
        url: where `quartier serve` answers, without `/api/v1`.
        key: a secret key; in no representation and no message.
        timeout: seconds of silence after which a request is given up.
    """

    url: str
    key: str = field(repr=False)
    timeout: float
    _opener: urllib.request.OpenerDirector = field(
        default_factory=lambda: urllib.request.build_opener(_NoRedirect), repr=False, compare=False
    )

    def __post_init__(self) -> None:
        _check_url(self.url)
        if not re.fullmatch(r"[!-~]+", self.key):
            raise ValueError("the key is empty, or holds a space or a sign that no secret key has")

    def ask(
        self, method: str, path: str, query: Mapping[str, str] | None = None, body: object = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:  # fmt: skip
        """Ask one address under /api/v1, with a body as JSON or a form, and read the answer."""
        with self._open(self._request(method, path, query or {}, body, headers or {})) as answer:
            content = _received(answer)
            return Answer(answer.status, _plain(content, answer.status) if content else None)

    def fetch(self, path: str, to: Path) -> None:
        """Write what an address under /api/v1 answers into a file."""
        with self._open(self._request("GET", path, {}, None, {})) as answer, to.open("wb") as file:
            try:
                shutil.copyfileobj(answer, file)
            except (OSError, HTTPException) as error:
                raise Unreachable(_CUT_OFF) from error

    def _request(
        self, method: str, path: str, query: Mapping[str, str], body: object, headers: Mapping[str, str]
    ) -> urllib.request.Request:
        sought = f"?{urlencode(query)}" if query else ""
        made = urllib.request.Request(f"{self.url}{PREFIX}{path}{sought}", method=method)  # noqa: S310 - http(s) alone
        for name, value in {"Accept": f"{JSON}, {PROBLEM}", "User-Agent": "quartier-client", **headers}.items():
            made.add_header(name, value)
        made.add_unredirected_header("Authorization", f"Bearer {self.key}")
        if isinstance(body, Form):
            made.data = body
            made.add_header("Content-Type", body.media_type)
            made.add_header("Content-Length", str(len(body)))
        elif body is not None:
            made.data = json.dumps(body, allow_nan=False).encode()
            made.add_header("Content-Type", JSON)
        return made

    def _open(self, request: urllib.request.Request) -> AbstractContextManager[Any]:
        try:
            return closing(self._opener.open(request, timeout=self.timeout))
        except urllib.error.HTTPError as error:
            with error:
                raise _refusal(error) from None
        except urllib.error.URLError as error:
            raise Unreachable(_NO_ANSWER.with_(url=self.url, why=type(error.reason).__name__)) from error
        except (OSError, HTTPException) as error:
            raise Unreachable(_NO_ANSWER.with_(url=self.url, why=type(error).__name__)) from error


def _refusal(error: urllib.error.HTTPError) -> ClientError:
    """What a refusal says."""
    if 300 <= error.code < 400:
        return UnexpectedAnswer(_REDIRECTED, error.code)
    if error.headers.get_content_type() != PROBLEM:
        return UnexpectedAnswer(_NOT_A_PROBLEM.with_(status=error.code), error.code)
    wait = error.headers.get("retry-after", "")
    told = _plain(_received(error), error.code)
    return ApiProblem.of_json(told, int(wait) if wait.isdecimal() else None)


def _received(answer: Any) -> bytes:
    try:
        return bytes(answer.read())
    except (OSError, HTTPException) as error:
        raise Unreachable(_CUT_OFF) from error


def _plain(content: bytes, status: int) -> Any:
    try:
        return json.loads(content)
    except ValueError:
        raise UnexpectedAnswer(NOT_OURS, status) from None  # the error would show what was answered


def _check_url(url: str) -> None:
    parts = urlsplit(url)
    is_plain = not (parts.username or parts.password or parts.query or parts.fragment)
    if parts.scheme not in {"http", "https"} or not parts.hostname or not is_plain:
        raise ValueError("the url is one like https://quartier.example.org, without user, query and fragment")


_NO_ANSWER = Text(en="no answer from {url} ({why})", fr="pas de réponse de {url} ({why})")
_CUT_OFF = Text(en="the answer was cut off", fr="la réponse a été interrompue")
_REDIRECTED = Text(
    en="the server sends us elsewhere, and the key is not shown there: give the address that answers itself",
    fr="le serveur renvoie ailleurs, où la clé n'est pas montrée : donnez l'adresse qui répond elle-même",
)
_NOT_A_PROBLEM = Text(
    en="answered {status} by something that is not the API, a proxy perhaps",
    fr="réponse {status} de quelque chose qui n'est pas l'API, un proxy peut-être",
)
