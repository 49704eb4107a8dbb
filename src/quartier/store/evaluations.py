"""How each segment was last evaluated, and why its last attempt failed if it did."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

import sqlalchemy as sa

from quartier.store.tables import segment_evaluations


@dataclass(frozen=True)
class Evaluation:
    """The last evaluation of one segment.

    Attributes:
        segment: its name.
        tried_at: the instant of the last attempt.
        at: the instant as of which its logged members are; None when no attempt succeeded.
        digest: which condition was evaluated.
        generation: which making of the engine's tables was read.
        mark: how far the feed of changes in the engine had come.
        error: why the last attempt failed, as plain values without data of persons; None when it did not.
    """

    segment: str
    tried_at: dt.datetime
    at: dt.datetime | None = None
    digest: str | None = None
    generation: str | None = None
    mark: int | None = None
    error: dict[str, Any] | None = None


def put(connection: sa.Connection, evaluations: Iterable[Evaluation]) -> None:
    """Keep these in place of what was known of their segments."""
    rows = [asdict(each) for each in evaluations]
    if rows:
        table = segment_evaluations
        gone = sa.delete(table).where(table.c.segment == sa.bindparam("gone"))
        connection.execute(gone, [{"gone": row["segment"]} for row in rows])
        connection.execute(sa.insert(table), rows)


def last_of_each(connection: sa.Connection) -> dict[str, Evaluation]:
    """The last evaluation of every segment, by name."""
    columns = (segment_evaluations.c[name] for name in Evaluation.__dataclass_fields__)
    return {row.segment: Evaluation(*row) for row in connection.execute(sa.select(*columns))}
