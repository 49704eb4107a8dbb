"""Parquet files: cells that have a type keep it; what no trait can hold as it is becomes text."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from quartier.collect.readers.header import checked_names
from quartier.collect.readers.reading import LINE, Reading
from quartier.errors import UnreadableFile
from quartier.language import Text

_ROWS_AT_ONCE = 65_536
_AT, _AT_UTC = pa.timestamp("us"), pa.timestamp("us", tz="UTC")


def read_parquet(path: Path) -> Reading:
    """Open a Parquet file. Raises UnreadableFile when it is damaged."""
    try:
        file = pq.ParquetFile(path)
    except (pa.ArrowInvalid, OSError) as error:
        raise UnreadableFile(_DAMAGED, where=path.name, remedy=_WRITE_AGAIN) from error
    found = file.schema_arrow
    names = checked_names(found.names, path.name)
    types = {name: kept_type(type_) for name, type_ in zip(names, found.types, strict=True)}
    return Reading(names, _numbered(file.iter_batches(batch_size=_ROWS_AT_ONCE), types), types=types)


def kept_type(found: pa.DataType) -> pa.DataType:
    """The type in which a column is kept: its own, simplified, or text."""
    if pa.types.is_dictionary(found):
        return kept_type(found.value_type)
    if pa.types.is_integer(found) or pa.types.is_boolean(found) or pa.types.is_date32(found):
        return found
    if pa.types.is_float64(found) or (pa.types.is_decimal(found) and found.scale):
        return pa.float64()  # narrower floats are read as they are written: 0.1, not 0.10000000149
    if pa.types.is_timestamp(found):
        return _AT if found.tz is None else _AT_UTC
    return pa.string()


def as_text(column: pa.Array) -> pa.Array:
    """One column as the text that a CSV file would hold: whole floats without a point, instants in ISO 8601."""
    type_ = column.type
    if pa.types.is_dictionary(type_):
        return as_text(column.dictionary_decode())
    if pa.types.is_nested(type_):
        import json

        values = [None if each is None else json.dumps(each, default=str) for each in column.to_pylist()]
        return pa.array(values, pa.string())
    if pa.types.is_binary(type_) or pa.types.is_large_binary(type_):
        return pa.array([None if each is None else each.hex() for each in column.to_pylist()], pa.string())
    if pa.types.is_timestamp(type_) and type_.tz is not None:
        naive = pc.cast(column, _AT_UTC, safe=False).cast(_AT)
        return pc.binary_join_element_wise(pc.cast(naive, pa.string()), "Z", "")
    return pc.cast(column, pa.string())


def _numbered(batches: Iterator[pa.RecordBatch], types: dict[str, pa.DataType]) -> Iterator[pa.RecordBatch]:
    """Batches in the kept types, with the numbers of their rows."""
    schema = pa.schema([*types.items(), (LINE, pa.int64())])
    before = 0
    for batch in batches:
        numbers = pa.array(np.arange(before + 1, before + 1 + batch.num_rows))
        before += batch.num_rows
        columns = [_kept(column, type_) for column, type_ in zip(batch.columns, types.values(), strict=True)]
        yield pa.RecordBatch.from_arrays([*columns, numbers], schema=schema)


def _kept(column: pa.Array, type_: pa.DataType) -> pa.Array:
    if column.type == type_:
        return column
    if pa.types.is_string(type_):
        return as_text(column)
    if pa.types.is_decimal(column.type):
        column = pc.cast(
            column, pa.string()
        )  # Arrow's own way from decimals to floats makes 0.35000000000000003 of 0.35
    return pc.cast(column, type_, safe=False)


_DAMAGED = Text(en="this Parquet file is damaged or is none", fr="ce fichier Parquet est endommagé ou n'en est pas un")
_WRITE_AGAIN = Text(en="write or copy it again", fr="écrivez-le ou copiez-le de nouveau")
