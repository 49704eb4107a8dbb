"""The keys that a request comes with, and whether they are in force."""

import base64
import binascii
import datetime as dt
from collections.abc import Callable

from starlette.requests import Request

from quartier.api.answers import Unserved
from quartier.clock import Clock
from quartier.language import Text
from quartier.store import Store, secret_keys, write_keys
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

    def is_secret(self, key: str) -> bool:
        """Whether a secret key is in force."""
        with self._store.begin() as connection:
            return secret_keys.find(connection, key, self._clock.now()) is not None


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
    """What a route under /api/v1 depends on: a secret key that is in force."""

    def needed(request: Request) -> None:
        key = secret_of(request.headers.get("authorization"))
        if not key or not keys.is_secret(key):
            raise Unserved("no_secret_key", _NO_KEY, 401)

    return needed


def secret_of(authorization: str | None) -> str | None:
    """The secret key of a header `Bearer key`; None where there is none."""
    scheme, _, key = (authorization or "").partition(" ")
    return key.strip() if scheme.lower() == "bearer" else None


_NO_KEY = Text(
    en="a secret key is needed: `Authorization: Bearer sk_…`",
    fr="il faut une clé secrète : `Authorization: Bearer sk_…`",
)
