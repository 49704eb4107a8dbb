"""Secret keys: with one, a program reads and settles what was rejected. Only their digests are kept."""

import datetime as dt
import hashlib
import secrets
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
    """What is kept of a secret key: its digest, and its first characters to know it by."""

    digest: str
    start: str
    created_at: dt.datetime
    revoked_at: dt.datetime | None = None

    def as_json(self) -> dict[str, Any]:
        """Plain data with stable keys; never the digest."""
        revoked = self.revoked_at.isoformat() if self.revoked_at else None
        return {"start": self.start, "created_at": self.created_at.isoformat(), "revoked_at": revoked}


def drawn() -> str:
    """A new key, which nobody can guess: a plain digest keeps it well."""
    return PREFIX + secrets.token_urlsafe(_BYTES)


def add(connection: sa.Connection, key: str, at: dt.datetime) -> SecretKey:
    """Put a key in force; it cannot be read again afterwards."""
    made = SecretKey(_digest(key), key[:_SHOWN], at)
    connection.execute(sa.insert(secret_keys).values(**vars(made)))
    return made


def is_in_force(connection: sa.Connection, key: str) -> bool:
    """Whether this key was given out and not revoked."""
    is_it = (secret_keys.c.digest == _digest(key)) & secret_keys.c.revoked_at.is_(None)
    return connection.execute(sa.select(secret_keys.c.digest).where(is_it)).first() is not None


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
