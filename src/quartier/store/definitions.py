"""Documents that users wrote, with all their versions."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from quartier.errors import InvalidRequest
from quartier.language import Text
from quartier.store.tables import definitions

Document = Mapping[str, Any]

TAKEN: Mapping[str, frozenset[str]] = {
    "segment": frozenset({"new", "drafts"}),
    "campaign": frozenset({"new", "quality"}),
    "source": frozenset({"new"}),
}
"""Names that addresses of the application have taken: nothing new may be called so, for no page would lead there."""


@dataclass(frozen=True)
class Stored:
    """One version of a document; a retired one says that the document is out of force from then on."""

    kind: str
    name: str
    version: int
    digest: str
    document: dict[str, Any]
    author: str
    at: dt.datetime
    is_retired: bool = False


def digest_of(document: Document) -> str:
    """Equal documents have equal digests, whatever the order of their keys."""
    text = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def save(
    connection: sa.Connection, kind: str, name: str, document: Document, *, author: str, at: dt.datetime
) -> Stored:
    """Add a version; a document equal to the one in force adds none. Returns the version now in force.

    To undo is to save the document of an earlier version again; what was retired comes back by being saved. Raises
    InvalidRequest for a new document with a name that is taken.
    """
    last = latest(connection, kind, name)
    if last is None and name in TAKEN.get(kind, ()):
        raise InvalidRequest(_TAKEN.with_(name=name), remedy=_OTHER_NAME)
    digest = digest_of(document)
    if last is not None and last.digest == digest and not last.is_retired:
        return last
    return _add(connection, Stored(kind, name, (last.version if last else 0) + 1, digest, dict(document), author, at))


def retire(connection: sa.Connection, kind: str, name: str, *, author: str, at: dt.datetime) -> Stored | None:
    """Take a document out of force by one more version; None where there is nothing in force."""
    last = latest(connection, kind, name)
    if last is None or last.is_retired:
        return None
    return _add(connection, replace(last, version=last.version + 1, author=author, at=at, is_retired=True))


def versions(connection: sa.Connection, kind: str, name: str) -> list[Stored]:
    """Every version of one document, oldest first."""
    query = _select().where(definitions.c.kind == kind, definitions.c.name == name)
    return [Stored(*row) for row in connection.execute(query.order_by(definitions.c.version))]


def names(connection: sa.Connection, kind: str) -> set[str]:
    """The names of all documents of a kind, retired or not."""
    return set(connection.execute(sa.select(definitions.c.name).where(definitions.c.kind == kind)).scalars())


def latest(connection: sa.Connection, kind: str, name: str) -> Stored | None:
    """The last version of one document, retired or not, or None."""
    query = _select().where(definitions.c.kind == kind, definitions.c.name == name)
    row = connection.execute(query.order_by(definitions.c.version.desc()).limit(1)).first()
    return Stored(*row) if row else None


def all_latest(connection: sa.Connection, kind: str) -> list[Stored]:
    """The last version of every document of a kind that is in force, by name."""
    newest = (
        sa.select(definitions.c.name, sa.func.max(definitions.c.version).label("version"))
        .where(definitions.c.kind == kind)
        .group_by(definitions.c.name)
        .subquery()
    )
    query = _select().join(
        newest, sa.and_(definitions.c.name == newest.c.name, definitions.c.version == newest.c.version)
    )
    rows = connection.execute(
        query.where(definitions.c.kind == kind, ~definitions.c.is_retired).order_by(definitions.c.name)
    )
    return [Stored(*row) for row in rows]


def _add(connection: sa.Connection, stored: Stored) -> Stored:
    connection.execute(sa.insert(definitions).values(**vars(stored)))
    return stored


def _select() -> sa.Select[Any]:
    columns = (definitions.c[name] for name in Stored.__dataclass_fields__)
    return sa.select(*columns)


_TAKEN = Text(
    en="the name “{name}” is that of a page of the application",
    fr="le nom « {name} » est celui d'une page de l'application",
)
_OTHER_NAME = Text(en="choose another name", fr="choisissez un autre nom")
