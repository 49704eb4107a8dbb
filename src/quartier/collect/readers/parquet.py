"""Parquet files and Arrow tables: typed cells, written as the text that the other readers would give."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from quartier.collect.readers.header import checked_names
from quartier.collect.readers.reading import Reading, schema_of
from quartier.errors import UnreadableFile
from quartier.language import Text

_ROWS_AT_ONCE = 65_536


def read_parquet(path: Path) -> Reading:
    """Open a Parquet file. Raises UnreadableFile when it is damaged."""
    try:
        file = pq.ParquetFile(path)
    except (pa.ArrowInvalid, OSError) as error:
        raise UnreadableFile(_DAMAGED, where=path.name, remedy=_WRITE_AGAIN) from error
    names = checked_names(file.schema_arrow.names, path.name)
    return Reading(names, as_text(file.iter_batches(batch_size=_ROWS_AT_ONCE), names))


def as_text(batches: Iterator[pa.RecordBatch], names: tuple[str, ...]) -> Iterator[pa.RecordBatch]:
    """Typed batches as text batches with their row numbers."""
    before = 0
    for batch in batches:
        numbers = pa.array(range(before + 1, before + 1 + batch.num_rows), pa.int64())
        before += batch.num_rows
        columns = [_text(column) for column in batch.columns]
        yield pa.RecordBatch.from_arrays([*columns, numbers], schema=schema_of(names))


def _text(column: pa.Array) -> pa.Array:
    """One column as text: whole floats without a point, instants in ISO 8601."""
    type_ = column.type
    if pa.types.is_dictionary(type_):
        return _text(column.dictionary_decode())
    if pa.types.is_nested(type_):
        import json

        values = [None if each is None else json.dumps(each, default=str) for each in column.to_pylist()]
        return pa.array(values, pa.string())
    if pa.types.is_binary(type_) or pa.types.is_large_binary(type_):
        return pa.array([None if each is None else each.hex() for each in column.to_pylist()], pa.string())
    if pa.types.is_timestamp(type_) and type_.tz is not None:
        naive = pc.cast(column, pa.timestamp("us", tz="UTC"), safe=False).cast(pa.timestamp("us"))
        return pc.binary_join_element_wise(pc.cast(naive, pa.string()), "Z", "")
    return pc.cast(column, pa.string())


_DAMAGED = Text(en="this Parquet file is damaged or is none", fr="ce fichier Parquet est endommagé ou n'en est pas un")
_WRITE_AGAIN = Text(en="write or copy it again", fr="écrivez-le ou copiez-le de nouveau")
