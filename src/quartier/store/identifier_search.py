"""Whose is an identifier, and which identifiers somebody has: single rows of the ledger, by its indexes."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from quartier.catalog import Subject
from quartier.store.tables import identifiers, imports


@dataclass(frozen=True)
class KnownIdentifier:
    """An identifier with the name of the file that brought it first; None for one that came by the journal."""

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
    """The identifiers of a person or account, those that files brought first; at most so many."""
    file = imports.c.name.label("file")
    joined = identifiers.outerjoin(imports, identifiers.c.import_seq == imports.c.seq)
    own = identifiers.c.subject == subject, identifiers.c.key == key
    order = sa.func.coalesce(identifiers.c.import_seq, _LAST), identifiers.c.kind, identifiers.c.value
    query = sa.select(identifiers.c.kind, identifiers.c.value, file).select_from(joined).where(*own)
    return [KnownIdentifier(*row) for row in connection.execute(query.order_by(*order).limit(most))]


_LAST = 2**31 - 1
