"""The keys that a request comes with, and whether they are in force."""

import base64
import binascii
import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from starlette.requests import Request

from quartier.api.access import OF_PROGRAMS, ROUTES
from quartier.api.answers import Unserved
from quartier.clock import Clock
from quartier.govern.roles import May
from quartier.language import Text
from quartier.store import Store, secret_keys, write_keys
from quartier.store.secret_keys import SecretKey
from quartier.store.write_keys import WriteKey

FRESH = dt.timedelta(seconds=2)
"""How long the write keys that were read are trusted: a key that is revoked stops working within this time."""


class KeyRing:
    """The write keys in force, read again every two seconds, and the secret keys, looked up each time."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store, self._clock = store, clock
        self._known: dict[str, WriteKey] = {}
        self._read_at: dt.datetime | None = None

    def find(self, key: str) -> WriteKey | None:
        """A write key that is in force."""
        now = self._clock.now()
        if self._read_at is None or not dt.timedelta(0) <= now - self._read_at < FRESH:
            with self._store.begin() as connection:
                self._known = write_keys.in_force(connection)
            self._read_at = now
        return self._known.get(key)

    def secret(self, key: str) -> SecretKey | None:
        """A secret key that is in force."""
        with self._store.begin() as connection:
            return secret_keys.find(connection, key, self._clock.now())


@dataclass(frozen=True)
class Caller:
    """The program that asks, by its secret key.

    Attributes:
        author: under which name its deeds are kept.
        scopes: what its key opens.
    """

    author: str
    scopes: frozenset[May]

    @classmethod
    def of(cls, key: SecretKey) -> "Caller":
        """Who a secret key stands for; a scope that nobody knows any more opens nothing."""
        known = {str(each): each for each in May}
        scopes = OF_PROGRAMS if key.scopes is None else frozenset(known[each] for each in key.scopes if each in known)
        return cls(f"{key.name} ({key.start})" if key.name else key.start, scopes)

    def may(self, what: May) -> bool:
        """Whether its key opens something."""
        return what in self.scopes

    def check(self, what: May) -> None:
        """Raise Unserved, 403, for what its key does not open."""
        if not self.may(what):
            raise Unserved("not_allowed", _NOT_OPEN.with_(scope=str(what)), 403, remedy=_OTHER_KEY)


def key_of(authorization: str | None) -> str | None:
    """The write key of a header `Basic base64(key:)`; None where there is none that can be read."""
    scheme, _, credentials = (authorization or "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        return base64.b64decode(credentials.strip(), validate=True).decode().partition(":")[0]
    except (binascii.Error, UnicodeDecodeError):
        return ""


def secret_key_needed(keys: KeyRing) -> Callable[[Request], None]:
    """What a route under /api/v1 depends on: a secret key that is in force, and opens what the table asks for."""

    def needed(request: Request) -> None:
        key = secret_of(request.headers.get("authorization"))
        found = keys.secret(key) if key else None
        if found is None:
            raise Unserved("no_secret_key", _NO_KEY, 401)
        caller = Caller.of(found)
        needs = ROUTES.get((request.method, request.scope["route"].path))
        if needs is None:
            raise Unserved("not_allowed", _NOT_LISTED, 403)
        caller.check(needs)
        request.state.caller = caller

    return needed


def caller_of(request: Request) -> Caller:
    """Who asks; `secret_key_needed` found out."""
    caller = request.state.caller
    assert isinstance(caller, Caller)
    return caller


def secret_of(authorization: str | None) -> str | None:
    """The secret key of a header `Bearer key`; None where there is none."""
    scheme, _, key = (authorization or "").partition(" ")
    return key.strip() if scheme.lower() == "bearer" else None


_NO_KEY = Text(
    en="a secret key is needed: `Authorization: Bearer sk_…`",
    fr="il faut une clé secrète : `Authorization: Bearer sk_…`",
)
_NOT_OPEN = Text(en="this key does not open “{scope}”", fr="cette clé n'ouvre pas « {scope} »")
_OTHER_KEY = Text(
    en="an owner can create a key that does, under Settings or with `quartier key create --secret`",
    fr="un propriétaire peut en créer une qui l'ouvre, dans les réglages ou avec `quartier key create --secret`",
)
_NOT_LISTED = Text(en="this address is not open to programs", fr="cette adresse n'est pas ouverte aux programmes")
