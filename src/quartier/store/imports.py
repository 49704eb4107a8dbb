"""Every file that was collected, in order: `rebuild` reads these again."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from quartier.store.tables import imports


@dataclass(frozen=True)
class Import:
    """One collected file: where it is kept, the mapping that read it, and what became of its rows."""

    seq: int
    at: dt.datetime
    name: str
    digest: str
    bytes: int
    kept_at: str
    is_copied: bool
    mapping: dict[str, Any]
    rows_in: int
    stored: int
    duplicates: int
    rejected: int
    journal_until: int = 0


def next_seq(connection: sa.Connection) -> int:
    """The number that the next import will have."""
    return last_seq(connection) + 1


def last_seq(connection: sa.Connection) -> int:
    """The number of the last import, 0 when there is none."""
    return connection.execute(sa.select(sa.func.max(imports.c.seq))).scalar() or 0


def add(connection: sa.Connection, one: Import) -> None:
    """Record a collected file."""
    connection.execute(sa.insert(imports).values(**vars(one)))


def read_again(connection: sa.Connection, one: Import) -> None:
    """Record how a file was read, and what became of its rows, by the present rules."""
    counted = {"stored": one.stored, "duplicates": one.duplicates, "rejected": one.rejected}
    connection.execute(sa.update(imports).where(imports.c.seq == one.seq).values(mapping=one.mapping, **counted))


def after(connection: sa.Connection, seq: int) -> list[Import]:
    """The imports after a number, in order; all of them after 0."""
    query = sa.select(imports).where(imports.c.seq > seq).order_by(imports.c.seq)
    return [Import(**row._mapping) for row in connection.execute(query)]


def latest(connection: sa.Connection, most: int) -> list[Import]:
    """The imports that came last, the newest first."""
    query = sa.select(imports).order_by(imports.c.seq.desc()).limit(most)
    return [Import(**row._mapping) for row in connection.execute(query)]


def find(connection: sa.Connection, seq: int) -> Import | None:
    """The import of a number, or None."""
    row = connection.execute(sa.select(imports).where(imports.c.seq == seq)).first()
    return None if row is None else Import(**row._mapping)


def at_place(connection: sa.Connection, place: int) -> tuple[int, str | None]:
    """The last import up to a place in the order of arrival of files and messages: its number, 0 for none.

    Its name only when the place is its own: at any other one a message arrived.
    """
    own = imports.c.seq + imports.c.journal_until
    query = sa.select(imports.c.seq, imports.c.name, own.label("place")).where(own <= place)
    row = connection.execute(query.order_by(imports.c.seq.desc()).limit(1)).first()
    return (0, None) if row is None else (row.seq, row.name if row.place == place else None)
