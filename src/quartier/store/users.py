"""Users: who signs in, with which role."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from quartier.store.tables import users


@dataclass(frozen=True)
class User:
    """Someone who signs in. `password` is what Argon2id wrote; None where there is none."""

    id: int
    email: str
    name: str
    role: str
    created_at: dt.datetime
    password: str | None = field(default=None, repr=False)
    language: str | None = None
    theme: str | None = None
    subject: str | None = None
    closed_at: dt.datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether they may still sign in."""
        return self.closed_at is None

    def as_json(self) -> dict[str, Any]:
        """Plain data with stable keys; never the password."""
        closed = self.closed_at.isoformat() if self.closed_at else None
        told = {"id": self.id, "email": self.email, "name": self.name, "role": self.role, "language": self.language}
        return {**told, "created_at": self.created_at.isoformat(), "closed_at": closed}


def add(
    connection: sa.Connection, *, email: str, name: str, role: str, at: dt.datetime, password: str | None = None,
    language: str | None = None, subject: str | None = None,
) -> User:  # fmt: skip
    """A new user; their e-mail is theirs alone."""
    given = {"email": email, "name": name, "role": role, "created_at": at, "password": password}
    done = connection.execute(sa.insert(users).values(**given, language=language, subject=subject))
    (number,) = done.inserted_primary_key or (0,)
    return User(id=number, **given, language=language, subject=subject)  # type: ignore[arg-type]  # typed above


def change(connection: sa.Connection, number: int, **values: Any) -> None:
    """Give a user other values."""
    connection.execute(sa.update(users).where(users.c.id == number).values(**values))


def by_email(connection: sa.Connection, email: str) -> User | None:
    """The user of an e-mail as it was written down, in lower case."""
    return _one(connection, users.c.email == email)


def by_subject(connection: sa.Connection, subject: str) -> User | None:
    """The user whom the OpenID provider calls so."""
    return _one(connection, users.c.subject == subject)


def of(connection: sa.Connection, number: int) -> User | None:
    """The user of a number."""
    return _one(connection, users.c.id == number)


def all_of(connection: sa.Connection) -> list[User]:
    """Every user, those who may no longer sign in too, by e-mail."""
    return [User(**row._mapping) for row in connection.execute(sa.select(users).order_by(users.c.email))]


def is_any(connection: sa.Connection) -> bool:
    """Whether there is a user at all."""
    return connection.execute(sa.select(users.c.id).limit(1)).first() is not None


def _one(connection: sa.Connection, which: sa.ColumnElement[bool]) -> User | None:
    row = connection.execute(sa.select(users).where(which)).first()
    return User(**row._mapping) if row else None
