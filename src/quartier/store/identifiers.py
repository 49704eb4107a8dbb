"""The ledger of identifiers: each has a number of its own, and the person or account that links make of it."""

from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa
import sqlalchemy as sa

from quartier.catalog import SUBJECTS, Subject
from quartier.store.tables import identifiers

_ROWS_AT_ONCE = 50_000
SCHEMA = pa.schema(
    {
        "subject": pa.string(), "kind": pa.string(), "value": pa.string(), "identity": pa.int32(), "key": pa.int32(),
        "cluster": pa.int32(), "own_key": pa.int32(),
    }
)  # fmt: skip
COLUMNS = tuple(SCHEMA.names)
PLACED = pa.schema([SCHEMA.field(name) for name in ("identity", "key", "cluster", "own_key")])
"""Where identities belong, as the solution of their links says."""


@dataclass(frozen=True)
class Last:
    """The highest numbers that were given, -1 where none was."""

    identity: int
    key: int


def add(connection: sa.Connection, fresh: pa.Table, import_seq: int | None) -> None:
    """Write identifiers that were not known (columns as in `SCHEMA`); no import for those of the journal."""
    insert = sa.insert(identifiers).values(import_seq=import_seq, **{name: sa.bindparam(name) for name in COLUMNS})
    compiled = insert.compile(dialect=connection.dialect)
    names = compiled.positiontup
    for batch in fresh.select(list(COLUMNS)).to_batches(max_chunksize=_ROWS_AT_ONCE):
        if not batch.num_rows:
            continue
        if names is None:  # a driver that takes parameters by name
            connection.execute(sa.insert(identifiers), [{**row, "import_seq": import_seq} for row in batch.to_pylist()])
            continue
        columns = {**batch.to_pydict(), "import_seq": [import_seq] * batch.num_rows}
        rows = list(zip(*(columns[name] for name in names), strict=True))
        connection.exec_driver_sql(compiled.string, rows)


def place(connection: sa.Connection, subject: Subject, placed: pa.Table) -> None:
    """Write where identities belong now (columns as in `PLACED`)."""
    if not placed.num_rows:
        return
    same = identifiers.c.subject == subject, identifiers.c.identity == sa.bindparam("which")
    update = sa.update(identifiers).where(*same).values(
        key=sa.bindparam("now_key"), cluster=sa.bindparam("now_cluster"), own_key=sa.bindparam("now_own")
    )  # fmt: skip
    columns = zip(*(placed[name].to_pylist() for name in PLACED.names), strict=True)
    rows = [dict(zip(("which", "now_key", "now_cluster", "now_own"), each, strict=True)) for each in columns]
    connection.execute(update, rows)


def of_kind(connection: sa.Connection, subject: Subject, kind: str) -> list[tuple[int, str]]:
    """Number and value of every identifier of a kind, in order of their numbers."""
    query = sa.select(identifiers.c.identity, identifiers.c.value).where(
        identifiers.c.subject == subject, identifiers.c.kind == kind
    )
    return [(identity, value) for identity, value in connection.execute(query.order_by(identifiers.c.identity))]


def respell(connection: sa.Connection, subject: Subject, changed: Mapping[str, int]) -> None:
    """Give identifiers, by their numbers, other values."""
    if changed:
        same = identifiers.c.subject == subject, identifiers.c.identity == sa.bindparam("which")
        update = sa.update(identifiers).where(*same).values(value=sa.bindparam("spelt"))
        connection.execute(update, [{"which": number, "spelt": value} for value, number in changed.items()])


def ledger(connection: sa.Connection) -> pa.Table:
    """Every identifier with its number and where it belongs."""
    query = sa.select(*(identifiers.c[name] for name in COLUMNS)).order_by(identifiers.c.identity)
    result = connection.execution_options(yield_per=_ROWS_AT_ONCE).execute(query)
    batches = []
    for part in result.partitions():
        columns = zip(*part, strict=True)
        batches.append(pa.RecordBatch.from_arrays(
            [pa.array(column, field.type) for column, field in zip(columns, SCHEMA, strict=True)], schema=SCHEMA
        ))  # fmt: skip
    return pa.Table.from_batches(batches, SCHEMA)


def count(connection: sa.Connection) -> int:
    """How many identifiers there are: each subject's are numbered from 0, without a gap."""
    return sum(last(connection, subject).identity + 1 for subject in SUBJECTS)


def last(connection: sa.Connection, subject: Subject) -> Last:
    """The highest identity and the highest key given; each is read off the end of an index."""
    identity, key = (
        connection.execute(sa.select(sa.func.max(column)).where(identifiers.c.subject == subject)).scalar()
        for column in (identifiers.c.identity, identifiers.c.own_key)
    )
    return Last(-1 if identity is None else identity, -1 if key is None else key)
