"""Every evaluation of all segments in force: when it was, what the engine held, what it cost, whether it failed."""

import datetime as dt
from dataclasses import asdict, dataclass, replace
from typing import Any

import sqlalchemy as sa

from quartier.store.tables import refreshes


@dataclass(frozen=True)
class Refresh:
    """One refresh.

    Attributes:
        at: the instant as of which the segments were evaluated.
        position: where the membership log stood afterwards.
        segments: how many segments were evaluated.
        seconds: how long it took.
        generation: which making of the engine's tables was read; None where that is not known.
        mark: how far the engine's tables had come; None where that is not known.
        catalog_digest: which catalog was in force.
        touched: how many persons and accounts were looked at; None for everyone.
        error: why it failed, as plain values without data of persons; None for a complete refresh.
        id: its number; 0 until it is recorded.
    """

    at: dt.datetime
    position: int
    segments: int
    seconds: float
    generation: str | None = None
    mark: int | None = None
    catalog_digest: str | None = None
    touched: int | None = None
    error: dict[str, Any] | None = None
    id: int = 0


def record(connection: sa.Connection, refresh: Refresh) -> Refresh:
    """Keep what is known of a refresh; it comes back with its number."""
    row = asdict(refresh)
    del row["id"]
    done = connection.execute(sa.insert(refreshes).values(**row))
    return replace(refresh, id=done.inserted_primary_key[0])  # type: ignore[index]  # one row inserted has one key


def last(connection: sa.Connection) -> Refresh | None:
    """The last complete refresh, or None."""
    query = _select().where(refreshes.c.error.is_(None)).order_by(refreshes.c.id.desc()).limit(1)
    row = connection.execute(query).first()
    return Refresh(*row) if row else None


def last_attempt(connection: sa.Connection) -> Refresh | None:
    """The last refresh, complete or not, or None."""
    row = connection.execute(_select().order_by(refreshes.c.id.desc()).limit(1)).first()
    return Refresh(*row) if row else None


def all_since(connection: sa.Connection, instant: dt.datetime) -> list[Refresh]:
    """Every refresh at or after an instant, complete or not, in the order in which they ran."""
    rows = connection.execute(_select().where(refreshes.c.at >= instant).order_by(refreshes.c.id))
    return [Refresh(*row) for row in rows]


def _select() -> sa.Select[Any]:
    return sa.select(*(refreshes.c[name] for name in Refresh.__dataclass_fields__))
