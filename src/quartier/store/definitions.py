"""Documents that users wrote, with all their versions."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from quartier.store.tables import definitions

Document = Mapping[str, Any]


@dataclass(frozen=True)
class Stored:
    """One version of a document."""

    kind: str
    name: str
    version: int
    digest: str
    document: dict[str, Any]
    author: str
    at: dt.datetime


def digest_of(document: Document) -> str:
    """Equal documents have equal digests, whatever the order of their keys."""
    text = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def save(
    connection: sa.Connection, kind: str, name: str, document: Document, *, author: str, at: dt.datetime
) -> Stored:
    """Add a version; a document equal to the last version adds none. Returns the version now in force."""
    last = latest(connection, kind, name)
    digest = digest_of(document)
    if last is not None and last.digest == digest:
        return last
    stored = Stored(kind, name, (last.version if last else 0) + 1, digest, dict(document), author, at)
    connection.execute(sa.insert(definitions).values(**vars(stored)))
    return stored


def latest(connection: sa.Connection, kind: str, name: str) -> Stored | None:
    """The last version of one document, or None."""
    query = _select().where(definitions.c.kind == kind, definitions.c.name == name)
    row = connection.execute(query.order_by(definitions.c.version.desc()).limit(1)).first()
    return Stored(*row) if row else None


def all_latest(connection: sa.Connection, kind: str) -> list[Stored]:
    """The last version of every document of a kind, by name."""
    newest = (
        sa.select(definitions.c.name, sa.func.max(definitions.c.version).label("version"))
        .where(definitions.c.kind == kind)
        .group_by(definitions.c.name)
        .subquery()
    )
    query = _select().join(
        newest, sa.and_(definitions.c.name == newest.c.name, definitions.c.version == newest.c.version)
    )
    rows = connection.execute(query.where(definitions.c.kind == kind).order_by(definitions.c.name))
    return [Stored(*row) for row in rows]


def _select() -> sa.Select[Any]:
    columns = (definitions.c[name] for name in Stored.__dataclass_fields__)
    return sa.select(*columns)
