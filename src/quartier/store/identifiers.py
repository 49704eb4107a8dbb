"""The ledger of identifiers: which dense key each belongs to. Keys are given once and never change."""

import pyarrow as pa
import sqlalchemy as sa

from quartier.catalog import Subject
from quartier.store.tables import identifiers

_ROWS_AT_ONCE = 50_000
COLUMNS = ("subject", "kind", "value", "key")
SCHEMA = pa.schema([*((name, pa.string()) for name in COLUMNS[:3]), ("key", pa.int32())])


def add(connection: sa.Connection, fresh: pa.Table, import_seq: int | None) -> None:
    """Write identifiers that were not known (columns subject, kind, value, key); no import for those of the journal."""
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


def ledger(connection: sa.Connection) -> pa.Table:
    """Every identifier with its key."""
    query = sa.select(*(identifiers.c[name] for name in COLUMNS)).order_by(identifiers.c.key, identifiers.c.kind)
    result = connection.execution_options(yield_per=_ROWS_AT_ONCE).execute(query)
    batches = []
    for part in result.partitions():
        columns = zip(*part, strict=True)
        batches.append(pa.RecordBatch.from_arrays(
            [pa.array(column, field.type) for column, field in zip(columns, SCHEMA, strict=True)], schema=SCHEMA
        ))  # fmt: skip
    return pa.Table.from_batches(batches, SCHEMA)


def count(connection: sa.Connection) -> int:
    """How many identifiers there are."""
    return connection.execute(sa.select(sa.func.count()).select_from(identifiers)).scalar() or 0


def last_key(connection: sa.Connection, subject: Subject) -> int:
    """The highest key given, -1 when none is.

    It is asked for every second: the index on keys has it at once where the subject is the one with most keys, as
    persons are; the few of the other one are read.
    """
    of, key = identifiers.c.subject, identifiers.c.key
    last = connection.execute(sa.select(of, key).order_by(key.desc()).limit(1)).first()
    if last is None or last[0] == subject:
        return -1 if last is None else int(last[1])
    found = connection.execute(sa.select(sa.func.max(key)).where(of == subject)).scalar()
    return -1 if found is None else found
