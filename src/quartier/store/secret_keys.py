"""Secret keys: with one, a program reads and settles what was rejected. Only their digests are kept."""

import datetime as dt
import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from quartier.store.tables import secret_keys

PREFIX = "sk_"
_BYTES = 32
_SHOWN = 8
"""How many characters of a key are kept to tell it from others."""


@dataclass(frozen=True)
class SecretKey:
    """What is kept of a secret key: its digest, its first characters to know it by, what it opens and until when.

    `scopes` None opens all that programs may do.
    """

    digest: str
    start: str
    created_at: dt.datetime
    revoked_at: dt.datetime | None = None
    name: str | None = None
    scopes: list[str] | None = None
    expires_at: dt.datetime | None = None

    def as_json(self) -> dict[str, Any]:
        """Plain data with stable keys; never the digest."""
        revoked = self.revoked_at.isoformat() if self.revoked_at else None
        expires = self.expires_at.isoformat() if self.expires_at else None
        told = {"start": self.start, "created_at": self.created_at.isoformat(), "revoked_at": revoked}
        return {**told, "name": self.name, "scopes": self.scopes, "expires_at": expires}


def drawn() -> str:
    """A new key, which nobody can guess: a plain digest keeps it well."""
    return PREFIX + secrets.token_urlsafe(_BYTES)


def add(
    connection: sa.Connection, key: str, at: dt.datetime, *, name: str | None = None,
    scopes: Sequence[str] | None = None, expires_at: dt.datetime | None = None,
) -> SecretKey:  # fmt: skip
    """Put a key in force; it cannot be read again afterwards."""
    opens = None if scopes is None else sorted(scopes)
    made = SecretKey(_digest(key), key[:_SHOWN], at, name=name, scopes=opens, expires_at=expires_at)
    connection.execute(sa.insert(secret_keys).values(**vars(made)))
    return made


def find(connection: sa.Connection, key: str, at: dt.datetime) -> SecretKey | None:
    """What is known of a key that was given out, not revoked and has not expired."""
    is_it = (secret_keys.c.digest == _digest(key)) & secret_keys.c.revoked_at.is_(None)
    row = connection.execute(sa.select(secret_keys).where(is_it)).first()
    found = SecretKey(**row._mapping) if row else None
    return found if found and (found.expires_at is None or at < found.expires_at) else None


def all_of(connection: sa.Connection) -> list[SecretKey]:
    """Every key, oldest first."""
    rows = connection.execute(sa.select(secret_keys).order_by(secret_keys.c.created_at, secret_keys.c.digest))
    return [SecretKey(**row._mapping) for row in rows]


def revoke(connection: sa.Connection, start: str, at: dt.datetime) -> bool:
    """Take the keys that start so, or the key itself, out of force for good; whether one was in force."""
    is_it = ((secret_keys.c.start == start) | (secret_keys.c.digest == _digest(start))) & secret_keys.c.revoked_at.is_(
        None
    )
    return connection.execute(sa.update(secret_keys).where(is_it).values(revoked_at=at)).rowcount > 0


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
