"""Every run of a source: what it brought, how old the newest of it was, which columns changed, why it failed."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from quartier.store.tables import source_runs


@dataclass(frozen=True)
class SourceRun:
    """One run; `ended_at` is None while it lasts, and where its process was killed."""

    id: int
    source: str
    started_at: dt.datetime
    ended_at: dt.datetime | None = None
    rows_in: int = 0
    stored: int = 0
    rejected: int = 0
    newest_at: dt.datetime | None = None
    changes: list[dict[str, Any]] = field(default_factory=list)
    error: dict[str, Any] | None = None


def start(connection: sa.Connection, source: str, at: dt.datetime) -> SourceRun:
    """Record that a run begins."""
    begun = {"source": source, "started_at": at, "rows_in": 0, "stored": 0, "rejected": 0, "changes": []}
    key = connection.execute(sa.insert(source_runs).values(**begun)).inserted_primary_key
    if key is None:
        raise AssertionError(source)
    return SourceRun(int(key[0]), source, at)


def end(connection: sa.Connection, run: SourceRun) -> None:
    """Record what became of a run."""
    ended = {name: value for name, value in vars(run).items() if name not in ("id", "source", "started_at")}
    connection.execute(sa.update(source_runs).where(source_runs.c.id == run.id).values(**ended))


def of_source(connection: sa.Connection, source: str, limit: int) -> list[SourceRun]:
    """The last runs of a source, the newest first."""
    query = sa.select(source_runs).where(source_runs.c.source == source).order_by(source_runs.c.id.desc()).limit(limit)
    return [SourceRun(**row._mapping) for row in connection.execute(query)]


def last(connection: sa.Connection, sources: Sequence[str]) -> dict[str, SourceRun]:
    """The last run of each source that ever ran."""
    newest = sa.select(sa.func.max(source_runs.c.id)).where(source_runs.c.source.in_(sources))
    query = sa.select(source_runs).where(source_runs.c.id.in_(newest.group_by(source_runs.c.source)))
    return {row.source: SourceRun(**row._mapping) for row in connection.execute(query)}
