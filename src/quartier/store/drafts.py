"""What a user has begun to write and not put in force: the last state of each, whatever the browser does meanwhile."""

import datetime as dt
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from quartier.store.tables import drafts

MOST = 50
"""So many drafts of a user are kept; those that were changed longest ago go first."""


@dataclass(frozen=True)
class Draft:
    """Something begun: a document of a kind that need not be whole, and the version it was begun from (0: new)."""

    number: str
    user: int
    kind: str
    name: str
    version: int
    document: dict[str, Any]
    changed_at: dt.datetime


def begin(
    connection: sa.Connection, user: int, kind: str, document: Mapping[str, Any], at: dt.datetime, *,
    name: str = "", version: int = 0,
) -> Draft:  # fmt: skip
    """A new draft of a user; the oldest of too many are forgotten."""
    made = Draft(secrets.token_urlsafe(9), user, kind, name, version, dict(document), at)
    connection.execute(sa.insert(drafts).values(**vars(made)))
    theirs = sa.select(drafts.c.number).where(drafts.c.user == user).order_by(drafts.c.changed_at.desc()).offset(MOST)
    old = [row.number for row in connection.execute(theirs)]
    connection.execute(sa.delete(drafts).where(drafts.c.number.in_(old)))
    return made


def keep(connection: sa.Connection, number: str, document: Mapping[str, Any], at: dt.datetime, *, name: str) -> None:
    """Keep what a draft has become."""
    changed = {"document": dict(document), "changed_at": at, "name": name}
    connection.execute(sa.update(drafts).where(drafts.c.number == number).values(**changed))


def find(connection: sa.Connection, number: str, user: int) -> Draft | None:
    """A draft of this user."""
    row = connection.execute(sa.select(drafts).where((drafts.c.number == number) & (drafts.c.user == user))).first()
    return Draft(**row._mapping) if row else None


def of_user(connection: sa.Connection, user: int, kind: str) -> list[Draft]:
    """The drafts of a kind of a user, the last changed first."""
    theirs = (drafts.c.user == user) & (drafts.c.kind == kind)
    rows = connection.execute(sa.select(drafts).where(theirs).order_by(drafts.c.changed_at.desc()))
    return [Draft(**row._mapping) for row in rows]


def remove(connection: sa.Connection, number: str) -> None:
    """Forget a draft: it was put in force, or thrown away."""
    connection.execute(sa.delete(drafts).where(drafts.c.number == number))
