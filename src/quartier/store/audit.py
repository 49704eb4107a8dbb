"""What users did that somebody may have to answer for: rows in a chain, so that none can be changed unseen."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from quartier.store.tables import audit

_START = "0" * 64


@dataclass(frozen=True)
class Deed:
    """One thing that was done: who, what, and of what (names and counts, never the data of a person)."""

    number: int
    at: dt.datetime
    author: str
    deed: str
    about: dict[str, Any]
    digest: str


def add(connection: sa.Connection, deed: str, about: Mapping[str, Any], *, author: str, at: dt.datetime) -> Deed:
    """Write down that something was done."""
    last = connection.execute(sa.select(audit).order_by(audit.c.number.desc()).limit(1)).first()
    number, before = (last.number + 1, last.digest) if last else (1, _START)
    said = dict(about)
    made = Deed(number, at, author, deed, said, _digest(before, number, at, author, deed, said))
    connection.execute(sa.insert(audit).values(**vars(made)))
    return made


def latest(connection: sa.Connection, most: int = 50, before: int | None = None) -> list[Deed]:
    """The deeds written down last, the newest first; those `before` a number, to go on from there."""
    query = sa.select(audit).order_by(audit.c.number.desc()).limit(most)
    if before is not None:
        query = query.where(audit.c.number < before)
    return [Deed(**row._mapping) for row in connection.execute(query)]


def first_changed(connection: sa.Connection) -> int | None:
    """The number of the first row that is missing or not as it was written; None where all are."""
    before, expected = _START, 1
    for row in connection.execute(sa.select(audit).order_by(audit.c.number)):
        each = Deed(**row._mapping)
        is_whole = each.digest == _digest(before, each.number, each.at, each.author, each.deed, each.about)
        if each.number != expected or not is_whole:
            return expected
        before, expected = each.digest, expected + 1
    return None


def _digest(before: str, number: int, at: dt.datetime, author: str, deed: str, about: Mapping[str, Any]) -> str:
    instant = at.astimezone(dt.UTC).isoformat(timespec="microseconds")
    written = json.dumps([before, number, instant, author, deed, dict(about)], sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(written.encode()).hexdigest()
