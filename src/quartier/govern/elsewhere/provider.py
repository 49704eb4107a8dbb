"""An OpenID provider as it is asked: where its pages are, its keys, and who somebody is for a code."""

import base64
import datetime as dt
import json
import logging
import os
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import Any
from urllib.parse import quote, urlencode

from quartier.clock import Clock
from quartier.config import OpenId
from quartier.egress import NoWayOut, Place, ask, is_loopback, place_of
from quartier.govern.elsewhere.refusals import NotLetIn, Why
from quartier.govern.elsewhere.tokens import Introduced, UnknownKey, Untrue, read
from quartier.govern.elsewhere.way import Way

log = logging.getLogger("quartier.sign_in")

LASTS, NEW_KEYS_EVERY = dt.timedelta(hours=1), dt.timedelta(minutes=1)
"""How long what a provider says of itself is remembered, and how soon its keys are asked for again."""
_SCOPES = "openid email profile"


@dataclass(frozen=True)
class Described:
    """What a provider says of itself (OpenID Connect Discovery 1.0)."""

    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    takes_header: bool


@dataclass
class Provider:
    """The provider that the settings name; the secret is read from `environ` when it is needed."""

    settings: OpenId
    clock: Clock
    environ: Mapping[str, str] = field(default_factory=lambda: os.environ, repr=False)
    _described: tuple[dt.datetime, Described] | None = field(default=None, repr=False)
    _keys: tuple[dt.datetime, dict[str, Any]] | None = field(default=None, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def address(self, way: Way, back: str) -> str:
        """Where the browser is sent; the provider sends it `back`. Raises NotLetIn."""
        self._secret()
        asked = {
            "response_type": "code", "scope": _SCOPES, "client_id": self.settings.client_id, "redirect_uri": back,
            "state": way.state, "nonce": way.nonce, "code_challenge": way.challenge, "code_challenge_method": "S256",
        }  # fmt: skip
        where = self._description().authorization_endpoint
        return f"{where}{'&' if '?' in where else '?'}{urlencode(asked)}"

    def introduced(self, way: Way, code: str, back: str) -> Introduced:
        """Who came back with a code. Raises NotLetIn."""
        token = self._token(way, code, back)
        keys = self._known_keys()
        try:
            return self._read(token, keys, way)
        except UnknownKey:
            if (newer := self._known_keys(older_than=NEW_KEYS_EVERY)) is keys:
                raise self._refused(Why.UNTRUE, "a key that is not known") from None
        try:
            return self._read(token, newer, way)
        except UnknownKey:
            raise self._refused(Why.UNTRUE, "a key that is not known") from None

    def _read(self, token: str, keys: dict[str, Any], way: Way) -> Introduced:
        now = int(self.clock.now().timestamp())
        try:
            return read(
                token, keys, issuer=self.settings.issuer, client_id=self.settings.client_id, nonce=way.nonce, now=now
            )
        except UnknownKey:
            raise
        except Untrue as error:
            raise self._refused(Why.UNTRUE, str(error)) from error

    def _token(self, way: Way, code: str, back: str) -> str:
        described, secret = self._description(), self._secret()
        form = {
            "grant_type": "authorization_code", "code": code, "redirect_uri": back, "code_verifier": way.verifier,
        }  # fmt: skip
        headers = {}
        if described.takes_header:  # RFC 6749, 2.3.1: both are written as in a form, then as Basic
            both = f"{quote(self.settings.client_id, safe='')}:{quote(secret, safe='')}"
            headers["Authorization"] = f"Basic {base64.b64encode(both.encode()).decode()}"
        else:
            form |= {"client_id": self.settings.client_id, "client_secret": secret}
        status, answer = self._asked(described.token_endpoint, form, headers)
        if 400 <= status < 500:
            raise self._refused(Why.DECLINED, f"the code was not taken ({status})")
        token = answer.get("id_token")
        if status != 200 or not isinstance(token, str):
            raise self._refused(Why.AWAY, f"no token ({status})")
        return token

    def _description(self) -> Described:
        with self._lock:
            now = self.clock.now()
            if self._described and now - self._described[0] < LASTS:
                return self._described[1]
            issuer = self.settings.issuer
            status, said = self._asked(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
            if status != 200 or said.get("issuer") != issuer:
                raise self._refused(Why.AWAY, f"it describes itself otherwise ({status})")
            found = self._checked(said)
            self._described = (now, found)
            return found

    def _checked(self, said: Mapping[str, Any]) -> Described:
        places = {name: said.get(name) for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")}
        for name, url in places.items():
            try:
                place = place_of(url if isinstance(url, str) else "")
            except NoWayOut as error:
                raise self._refused(Why.AWAY, f"{name} is no address") from error
            if place.scheme != "https" and not (is_loopback(place.host) and is_loopback(self._named.host)):
                raise self._refused(Why.AWAY, f"{name} is not over TLS")
        methods = said.get("token_endpoint_auth_methods_supported")
        takes_header = not isinstance(methods, list) or "client_secret_basic" in methods
        return Described(**{name: str(url) for name, url in places.items()}, takes_header=takes_header)

    def _known_keys(self, older_than: dt.timedelta = LASTS) -> dict[str, Any]:
        """The provider's keys; asked for again where they were asked for longer ago than this."""
        where = self._description().jwks_uri
        with self._lock:
            now = self.clock.now()
            if self._keys and now - self._keys[0] < older_than:
                return self._keys[1]
            status, found = self._asked(where)
            if status != 200 or not isinstance(found.get("keys"), list):
                raise self._refused(Why.AWAY, f"no keys ({status})")
            self._keys = (now, found)
            return found

    def _asked(
        self, url: str, form: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None
    ) -> tuple[int, dict[str, Any]]:
        try:
            answer = ask(url, named=self._named, form=form, headers=headers)
        except NoWayOut as error:
            raise self._refused(Why.AWAY, str(error)) from error
        try:
            said = json.loads(answer.body)
        except (ValueError, RecursionError):
            said = None
        return answer.status, said if isinstance(said, dict) else {}

    def _secret(self) -> str:
        if find_spec("authlib") is None:
            raise self._refused(Why.NOT_SET_UP, "the extra `sso` is not installed: pip install 'quartier[sso]'")
        secret = self.environ.get(self.settings.secret_env, "")
        if not secret:
            raise self._refused(Why.NOT_SET_UP, f"the environment variable {self.settings.secret_env} is empty")
        return secret

    @property
    def _named(self) -> Place:
        return place_of(self.settings.issuer)

    def _refused(self, why: Why, detail: str) -> NotLetIn:
        log.warning("nobody came in by the provider: %s: %s", why.value, detail)
        return NotLetIn(why, provider=self.settings.label, detail=detail)
