"""A small OpenID provider over real HTTP on this machine, with real keys; it can be told to lie."""

import base64
import hashlib
import json
import threading
import urllib.request
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.error import HTTPError
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

from quartier.clock import Clock
from quartier.config import OpenId

CLIENT, SECRET, SECRET_ENV = "quartier-tests", "s3cret of : the test", "QUARTIER_TEST_OPEN_ID"
ANA: dict[str, Any] = {"sub": "ana-0001", "email": "Ana@Example.org", "email_verified": True, "name": "Ana of there"}
KEYS = [RSAKey.generate_key(2048, parameters={"kid": name, "use": "sig", "alg": "RS256"}) for name in ("one", "two")]


class Provider:
    """A provider for as long as the block lasts.

    Attributes:
        person: the claims of who signs in there.
        lies: claims that its tokens have instead.
        described: what its description says instead.
        signed: how a token is written from its claims; None signs it as it should be.
        answer: what every address but the page of signing in answers instead, as (status, headers, body).
        keys: the names of the keys that it shows; the first signs.
    """

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.person = dict(ANA)
        self.lies: dict[str, Any] = {}
        self.described: dict[str, Any] = {}
        self.signed: Callable[[dict[str, Any]], str] | None = None
        self.answer: tuple[int, dict[str, str], bytes] | None = None
        self.keys = ["one"]
        self.asked: list[str] = []
        self._codes: dict[str, dict[str, str]] = {}

    def __enter__(self) -> Self:
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                provider._serve(self, "")

            def do_POST(self) -> None:
                provider._serve(self, self.rfile.read(int(self.headers["content-length"])).decode())

            def log_message(self, *_args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.issuer = f"http://127.0.0.1:{self._server.server_address[1]}/tenant"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Be away from now on."""
        if self._thread.is_alive():
            self._server.shutdown()
            self._server.server_close()
            self._thread.join()

    def settings(self, **more: Any) -> OpenId:
        """The settings of a workspace that trusts it."""
        return OpenId(label="Clés d'ici", issuer=self.issuer, client_id=CLIENT, secret_env=SECRET_ENV, **more)

    def visited(self, url: str) -> str:
        """Where a browser is sent back to that goes to its page of signing in."""
        opener = urllib.request.build_opener(_Stay)
        try:
            opener.open(url, timeout=5)
        except HTTPError as found:
            with found:
                return str(found.headers["location"])
        raise AssertionError("the provider sends nobody back")

    def claims(self, nonce: str) -> dict[str, Any]:
        """What a token says."""
        now = int(self.clock.now().timestamp())
        true = {"iss": self.issuer, "aud": CLIENT, "nonce": nonce, "iat": now, "exp": now + 300, **self.person}
        return {name: value for name, value in (true | self.lies).items() if value is not None}

    def _serve(self, request: BaseHTTPRequestHandler, body: str) -> None:
        path, asked = urlsplit(request.path).path.removeprefix("/tenant"), parse_qs(urlsplit(request.path).query)
        self.asked.append(path)
        if path == "/authorize":
            given = {name: values[0] for name, values in asked.items()}
            code = hashlib.sha256(request.path.encode()).hexdigest()
            self._codes[code] = given
            back = f"{given['redirect_uri']}?{urlencode({'code': code, 'state': given['state']})}"
            return _send(request, 303, {"Location": back}, b"")
        if self.answer:
            return _send(request, *self.answer)
        found = {
            "/.well-known/openid-configuration": self._description,
            "/token": lambda: self._token(request, {name: values[0] for name, values in parse_qs(body).items()}),
            "/keys": lambda: {"keys": [each.as_dict(private=False) for each in KEYS if each.kid in self.keys]},
        }[path]()
        return _send(request, 400 if "error" in found else 200, {"Content-Type": "application/json"},
                     json.dumps(found).encode())  # fmt: skip

    def _description(self) -> dict[str, Any]:
        places = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
        return {"issuer": self.issuer, **{k: f"{self.issuer}/{v}" for k, v in places.items()}, **self.described}

    def _token(self, request: BaseHTTPRequestHandler, form: dict[str, str]) -> dict[str, Any]:
        began = self._codes.pop(form["code"], None)
        proof = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest()).rstrip(b"=").decode()
        basic = request.headers.get("authorization", "")
        sent = base64.b64decode(basic.removeprefix("Basic ")).decode().partition(":")
        given = (unquote(sent[0]), unquote(sent[2])) if basic else (form.get("client_id"), form.get("client_secret"))
        is_it = began is not None and began["code_challenge"] == proof and began["redirect_uri"] == form["redirect_uri"]
        if not is_it or given != (CLIENT, SECRET):
            return {"error": "invalid_grant"}
        claims = self.claims(began["nonce"])
        key = next(each for each in KEYS if each.kid == self.keys[0])
        token = self.signed(claims) if self.signed else jwt.encode({"alg": "RS256", "kid": key.kid}, claims, key)
        return {"access_token": "none of ours", "token_type": "Bearer", "id_token": token}


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: Any, **_more: Any) -> None:
        return None


def _send(request: BaseHTTPRequestHandler, status: int, headers: dict[str, str], body: bytes) -> None:
    request.send_response(status)
    for name, value in {**headers, "Content-Length": str(len(body))}.items():
        request.send_header(name, value)
    request.end_headers()
    request.wfile.write(body)
