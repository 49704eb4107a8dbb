"""Sessions of browsers: what a cookie holds is known by its digest alone."""

import datetime as dt
import hashlib
import secrets
from dataclasses import dataclass

import sqlalchemy as sa

from quartier.store.tables import sessions

_BYTES = 32


@dataclass(frozen=True)
class Session:
    """A browser in which a user signed in."""

    digest: str
    user: int
    created_at: dt.datetime
    seen_at: dt.datetime
    agent: str
    ended_at: dt.datetime | None = None


def begin(connection: sa.Connection, user: int, agent: str, at: dt.datetime) -> str:
    """A new session; its token is for the cookie and is not kept."""
    token = secrets.token_urlsafe(_BYTES)
    made = {"digest": digest(token), "user": user, "created_at": at, "seen_at": at, "agent": agent[:200]}
    connection.execute(sa.insert(sessions).values(**made))
    return token


def find(connection: sa.Connection, token: str) -> Session | None:
    """The session of a token that has not been ended."""
    is_it = (sessions.c.digest == digest(token)) & sessions.c.ended_at.is_(None)
    row = connection.execute(sa.select(sessions).where(is_it)).first()
    return Session(**row._mapping) if row else None


def see(connection: sa.Connection, known: str, at: dt.datetime) -> None:
    """Keep when a session was used last."""
    connection.execute(sa.update(sessions).where(sessions.c.digest == known).values(seen_at=at))


def end(connection: sa.Connection, known: str, at: dt.datetime) -> None:
    """End the session of a digest."""
    is_it = (sessions.c.digest == known) & sessions.c.ended_at.is_(None)
    connection.execute(sa.update(sessions).where(is_it).values(ended_at=at))


def end_all(connection: sa.Connection, user: int, at: dt.datetime, *, but: str | None = None) -> int:
    """End every session of a user, except one perhaps; how many there were."""
    theirs = (sessions.c.user == user) & sessions.c.ended_at.is_(None)
    if but is not None:
        theirs &= sessions.c.digest != but
    return connection.execute(sa.update(sessions).where(theirs).values(ended_at=at)).rowcount


def of_user(connection: sa.Connection, user: int) -> list[Session]:
    """The sessions of a user that were not ended, the last used first."""
    theirs = (sessions.c.user == user) & sessions.c.ended_at.is_(None)
    rows = connection.execute(sa.select(sessions).where(theirs).order_by(sessions.c.seen_at.desc()))
    return [Session(**row._mapping) for row in rows]


def digest(token: str) -> str:
    """What is kept of a token that nobody can guess."""
    return hashlib.sha256(token.encode()).hexdigest()
