"""Single rows of the ledger of identifiers, found by its indexes: whose is an identifier, and which has somebody."""

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa
from pyroaring import BitMap

from quartier.catalog import Subject
from quartier.store.tables import identifiers, imports

_AT_ONCE = 500


@dataclass(frozen=True)
class Identity:
    """An identifier with its number, the key of the person or account that it belongs to now, and where it came from.

    `file` is the one that brought it first; None when it came by the journal.
    """

    number: int
    kind: str
    value: str
    key: int
    file: str | None = None


def of_value(
    connection: sa.Connection, subject: Subject, kinds: Iterable[str], values: Iterable[str]
) -> list[Identity]:
    """The identifiers of some kinds that have one of some values exactly."""
    is_one = identifiers.c.kind.in_(list(kinds)), identifiers.c.value.in_(list(values))
    return _read(connection, identifiers.c.subject == subject, *is_one)


def of_key(connection: sa.Connection, subject: Subject, key: int, most: int | None = None) -> list[Identity]:
    """The identifiers of a person or account in order of their numbers, all or at most so many."""
    return _read(connection, identifiers.c.subject == subject, identifiers.c.key == key, most=most)


def of_numbers(connection: sa.Connection, subject: Subject, numbers: Iterable[int]) -> dict[int, Identity]:
    """Identifiers by their numbers."""
    wanted = sorted(set(numbers))
    found: dict[int, Identity] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        chosen = identifiers.c.identity.in_(wanted[start : start + _AT_ONCE])
        found |= {each.number: each for each in _read(connection, identifiers.c.subject == subject, chosen)}
    return found


def now_of(connection: sa.Connection, subject: Subject, *sets: BitMap) -> list[BitMap]:
    """Sets of keys that were written down earlier, as the keys that their persons have now.

    A key was given to one identity for good: whoever this identity belongs to now is meant.
    """
    moved = moved_keys(connection, subject)
    elsewhere = BitMap(moved)
    return [(each - elsewhere) | BitMap(moved[was] for was in each & elsewhere) for each in sets]


def moved_keys(connection: sa.Connection, subject: Subject) -> dict[int, int]:
    """The keys that are nobody's first one now, each with the key of whoever has the identity that it was given to."""
    own, key = identifiers.c.own_key, identifiers.c.key
    # Joined with nothing, so that SQLite does not take another index that begins with the subject: it would walk
    # through everybody, where the index of just these keys is empty as a rule.
    query = sa.select(own, key).where(identifiers.c.subject.concat("") == subject, own != key)
    return {row.own_key: row.key for row in connection.execute(query)}


def _read(connection: sa.Connection, *which: sa.ColumnElement[bool], most: int | None = None) -> list[Identity]:
    columns = identifiers.c.identity, identifiers.c.kind, identifiers.c.value, identifiers.c.key, imports.c.name
    joined = identifiers.outerjoin(imports, identifiers.c.import_seq == imports.c.seq)
    # A sum, so that no index promises this order: SQLite would walk through everybody rather than sort two rows.
    in_order = identifiers.c.identity + 0
    query = sa.select(*columns).select_from(joined).where(*which).order_by(in_order).limit(most)
    return [Identity(*row) for row in connection.execute(query)]
