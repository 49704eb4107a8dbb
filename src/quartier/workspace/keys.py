"""Write keys and secret keys of a workspace: they need the store alone, and work while a server has the workspace."""

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from quartier.clock import Clock
from quartier.errors import InvalidRequest, UnknownName
from quartier.govern.roles import May
from quartier.language import Text
from quartier.store import Store, secret_keys, write_keys
from quartier.store.folder import STORE, existing
from quartier.store.secret_keys import SecretKey
from quartier.store.write_keys import WriteKey

LONGEST_SOURCE, LONGEST_NAME = 200, 100


class Keys:
    """The keys of a workspace."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store, self._clock = store, clock

    def create(self, source: str, origins: Sequence[str] = ()) -> WriteKey:
        """A new write key for a source; with origins (`https://shop.example.org`), only pages of these may use it."""
        if not source.isprintable() or not 0 < len(source) <= LONGEST_SOURCE:
            raise InvalidRequest(_BAD_SOURCE.with_(most=LONGEST_SOURCE))
        made = WriteKey(write_keys.drawn(), source, tuple(_origin(each) for each in origins), self._clock.now())
        with self._store.begin() as connection:
            write_keys.add(connection, made)
        return made

    def create_secret(
        self, name: str | None = None, *, scopes: Sequence[May] | None = None, lasts: dt.timedelta | None = None
    ) -> str:
        """A new secret key. It is told this once: the store keeps its digest.

        Args:
            name: what it is for.
            scopes: what it opens; all that programs may do unless given.
            lasts: how long it is in force; for ever unless given.
        """
        if name is not None and (not name.isprintable() or not 0 < len(name) <= LONGEST_NAME):
            raise InvalidRequest(_BAD_NAME.with_(most=LONGEST_NAME))
        key, now = secret_keys.drawn(), self._clock.now()
        opens = None if scopes is None else [str(each) for each in scopes]
        with self._store.begin() as connection:
            secret_keys.add(connection, key, now, name=name, scopes=opens, expires_at=now + lasts if lasts else None)
        return key

    def all(self) -> list[WriteKey]:
        """Every write key, oldest first, those that are revoked too."""
        with self._store.begin() as connection:
            return write_keys.all_of(connection)

    def secrets(self) -> list[SecretKey]:
        """What is known of every secret key."""
        with self._store.begin() as connection:
            return secret_keys.all_of(connection)

    def revoke(self, key: str) -> None:
        """Take a write key, or a secret key by itself or its first characters, out of force for good."""
        with self._store.begin() as connection:
            is_secret = key.startswith(secret_keys.PREFIX)
            is_done = (secret_keys if is_secret else write_keys).revoke(connection, key, self._clock.now())
        if not is_done:
            raise UnknownName(_UNKNOWN, remedy=_LIST)


@contextmanager
def keys_of(folder: Path, clock: Clock) -> Iterator[Keys]:
    """The keys of the workspace in a folder, also while a server has it open."""
    store = Store(f"sqlite:///{existing(folder) / STORE}", clock.now())
    try:
        yield Keys(store, clock)
    finally:
        store.close()


def _origin(written: str) -> str:
    """An origin as browsers write it: scheme and host, the port where it is not the usual one."""
    found = urlsplit(written.strip())
    if found.scheme not in ("http", "https") or not found.hostname or found.path.strip("/") or found.query:
        raise InvalidRequest(_BAD_ORIGIN.with_(origin=written))
    return f"{found.scheme}://{found.netloc}".lower()


_BAD_SOURCE = Text(
    en="the name of a source has 1 to {most} visible characters",
    fr="le nom d'une source a de 1 à {most} caractères visibles",
)
_BAD_NAME = Text(
    en="the name of a key has 1 to {most} visible characters", fr="le nom d'une clé a de 1 à {most} caractères visibles"
)
_BAD_ORIGIN = Text(
    en="“{origin}” is not a web origin; write for example https://shop.example.org",
    fr="« {origin} » n'est pas l'origine d'un site ; écrivez par exemple https://shop.example.org",
)
_UNKNOWN = Text(en="no key in force is this one", fr="aucune clé en vigueur n'est celle-là")
_LIST = Text(en="see them with `quartier key list`", fr="voyez-les avec `quartier key list`")
