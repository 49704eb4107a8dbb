"""Links that work once and not for ever: their tokens are known by their digests alone."""

import datetime as dt
import secrets
from dataclasses import dataclass
from typing import Literal

import sqlalchemy as sa

from quartier.store.sessions import digest
from quartier.store.tables import invitations

Purpose = Literal["setup", "invite", "password"]
_BYTES = 32


@dataclass(frozen=True)
class Invitation:
    """What a link is for: to become the first owner, to become a user with a role, to choose another password."""

    digest: str
    purpose: Purpose
    created_at: dt.datetime
    expires_at: dt.datetime
    author: str
    email: str | None = None
    role: str | None = None
    used_at: dt.datetime | None = None


def draw(
    connection: sa.Connection, purpose: Purpose, *, at: dt.datetime, lasts: dt.timedelta, author: str,
    email: str | None = None, role: str | None = None,
) -> str:  # fmt: skip
    """A new link's token, in place of every unused one of the same purpose and e-mail."""
    same = (invitations.c.purpose == purpose) & invitations.c.email.is_not_distinct_from(email)
    connection.execute(sa.delete(invitations).where(same & invitations.c.used_at.is_(None)))
    token = secrets.token_urlsafe(_BYTES)
    values = {"digest": digest(token), "purpose": purpose, "email": email, "role": role, "author": author}
    connection.execute(sa.insert(invitations).values(**values, created_at=at, expires_at=at + lasts))
    return token


def find(connection: sa.Connection, token: str, at: dt.datetime) -> Invitation | None:
    """The invitation of a token that was not used and has not expired."""
    is_it = (invitations.c.digest == digest(token)) & invitations.c.used_at.is_(None)
    row = connection.execute(sa.select(invitations).where(is_it)).first()
    found = Invitation(**row._mapping) if row else None
    return found if found and at < found.expires_at else None


def use(connection: sa.Connection, known: str, at: dt.datetime) -> bool:
    """Use an invitation up; whether it was still there to use."""
    is_it = (invitations.c.digest == known) & invitations.c.used_at.is_(None)
    return connection.execute(sa.update(invitations).where(is_it).values(used_at=at)).rowcount == 1


def open_ones(connection: sa.Connection, at: dt.datetime) -> list[Invitation]:
    """The links that can still be used, the newest first."""
    rows = connection.execute(
        sa.select(invitations).where(invitations.c.used_at.is_(None)).order_by(invitations.c.created_at.desc())
    )
    return [found for row in rows if (found := Invitation(**row._mapping)).expires_at > at]
