"""Every run of a model: what it was told, as of when, and what it found."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from quartier.store.tables import model_runs


@dataclass(frozen=True)
class Run:
    """One run of one model; `as_of` is the instant that it looked from, `at` the instant when it ran."""

    id: int
    model: str
    at: dt.datetime
    as_of: dt.datetime
    parameters: dict[str, Any]
    summary: dict[str, Any]


def append(
    connection: sa.Connection,
    model: str,
    parameters: Mapping[str, Any],
    summary: Mapping[str, Any],
    *,
    as_of: dt.datetime,
    at: dt.datetime,
) -> Run:
    """Record a run."""
    row = {"model": model, "at": at, "as_of": as_of, "parameters": dict(parameters), "summary": dict(summary)}
    done = connection.execute(sa.insert(model_runs).values(**row))
    return Run(done.inserted_primary_key[0], **row)  # type: ignore[index, arg-type]  # one row inserted has one key


def last(connection: sa.Connection, model: str) -> Run | None:
    """The last run of one model, or None."""
    query = _select().where(model_runs.c.model == model).order_by(model_runs.c.id.desc()).limit(1)
    row = connection.execute(query).first()
    return Run(*row) if row else None


def last_of_each(connection: sa.Connection) -> list[Run]:
    """The last run of every model, in the order in which they ran."""
    newest = sa.select(sa.func.max(model_runs.c.id)).group_by(model_runs.c.model)
    rows = connection.execute(_select().where(model_runs.c.id.in_(newest)).order_by(model_runs.c.id))
    return [Run(*row) for row in rows]


def history(connection: sa.Connection, model: str) -> list[Run]:
    """All runs of one model, oldest first."""
    rows = connection.execute(_select().where(model_runs.c.model == model).order_by(model_runs.c.id))
    return [Run(*row) for row in rows]


def _select() -> sa.Select[Any]:
    return sa.select(*(model_runs.c[name] for name in Run.__dataclass_fields__))
