"""Whose is an identifier, and which identifiers somebody has: single rows of the ledger, by its indexes."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from quartier.catalog import Subject
from quartier.store.tables import identifiers, imports


@dataclass(frozen=True)
class KnownIdentifier:
    """An identifier: its number, whose it is, and the file that brought it first; None when it came by the journal."""

    identity: int
    key: int
    kind: str
    value: str
    file: str | None


def owners(
    connection: sa.Connection, subject: Subject, kinds: Sequence[str], values: Sequence[str]
) -> list[tuple[str, int]]:
    """Kind and key of every identifier that is exactly one of some values."""
    of, kind, value = identifiers.c.subject, identifiers.c.kind, identifiers.c.value
    query = sa.select(kind, identifiers.c.key).where(of == subject, kind.in_(list(kinds)), value.in_(list(values)))
    return [(row.kind, row.key) for row in connection.execute(query.distinct().order_by(identifiers.c.key))]


def of_key(connection: sa.Connection, subject: Subject, key: int, most: int) -> list[KnownIdentifier]:
    """The identifiers of a person or account in order of their numbers, at most so many."""
    return _known(connection, identifiers.c.subject == subject, identifiers.c.key == key, most=most)


def of_numbers(connection: sa.Connection, subject: Subject, numbers: Sequence[int]) -> list[KnownIdentifier]:
    """Some identifiers by their numbers."""
    wanted = identifiers.c.identity.in_(list(numbers))
    return _known(connection, identifiers.c.subject == subject, wanted, most=len(numbers))


def _known(connection: sa.Connection, *which: sa.ColumnElement[bool], most: int) -> list[KnownIdentifier]:
    joined = identifiers.outerjoin(imports, identifiers.c.import_seq == imports.c.seq)
    own = (identifiers.c[name] for name in ("identity", "key", "kind", "value"))
    query = sa.select(*own, imports.c.name.label("file")).select_from(joined).where(*which)
    return [
        KnownIdentifier(**row._asdict())
        for row in connection.execute(query.order_by(identifiers.c.identity).limit(most))
    ]
