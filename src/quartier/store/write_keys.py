"""Write keys: with one, pages, applications and servers send messages to one source; it opens nothing else."""

import datetime as dt
import secrets
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from quartier.store.tables import write_keys

PREFIX = "wk_"
_BYTES = 24


@dataclass(frozen=True)
class WriteKey:
    """One write key: the source that its messages go by, and the web origins that may use it (none: all may)."""

    key: str
    source: str
    origins: tuple[str, ...]
    created_at: dt.datetime
    revoked_at: dt.datetime | None = None

    def allows(self, origin: str | None) -> bool:
        """Whether a page of this origin may use it; a key that is bound to origins is for pages only."""
        return not self.origins or origin in self.origins

    def as_json(self) -> dict[str, Any]:
        """Plain data with stable keys."""
        revoked = self.revoked_at.isoformat() if self.revoked_at else None
        told = {"key": self.key, "source": self.source, "origins": list(self.origins)}
        return {**told, "created_at": self.created_at.isoformat(), "revoked_at": revoked}


def drawn() -> str:
    """A new key, which nobody can guess."""
    return PREFIX + secrets.token_urlsafe(_BYTES)


def add(connection: sa.Connection, one: WriteKey) -> None:
    """Put a key in force."""
    row = {**vars(one), "origins": list(one.origins)}
    connection.execute(sa.insert(write_keys).values(**row))


def in_force(connection: sa.Connection) -> dict[str, WriteKey]:
    """The keys that are not revoked, by themselves."""
    return {each.key: each for each in all_of(connection) if each.revoked_at is None}


def all_of(connection: sa.Connection) -> list[WriteKey]:
    """Every key, oldest first."""
    rows = connection.execute(sa.select(write_keys).order_by(write_keys.c.created_at, write_keys.c.key))
    return [WriteKey(**{**row._mapping, "origins": tuple(row.origins)}) for row in rows]


def revoke(connection: sa.Connection, key: str, at: dt.datetime) -> bool:
    """Take a key out of force for good; whether it was in force."""
    is_it = (write_keys.c.key == key) & write_keys.c.revoked_at.is_(None)
    return connection.execute(sa.update(write_keys).where(is_it).values(revoked_at=at)).rowcount == 1
