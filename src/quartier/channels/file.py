"""The file channel: a list of persons as CSV, Parquet or JSON, there whole and durable, or not there at all."""

import datetime as dt
import json
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet
import pyarrow.types as types

from quartier.channels.formulas import neutralised
from quartier.errors import InvalidRequest
from quartier.language import Alternatives, Text

NAME = "file"


def write(table: pa.Table, path: Path, *, neutralise: bool = True, replace: bool = False) -> None:
    """Write a list in the form that the file's extension names, and return when it is durable.

    CSV is UTF-8 with commas; formulas in it are made harmless unless `neutralise` is false.

    Raises InvalidRequest, and writes nothing, for an extension that is not known, a folder that is not there, or a file
    that is there already (unless `replace`).
    """
    check(path, replace=replace)
    form = _extension(path)
    written = _as_cells(table, neutralise) if form == ".csv" else table
    with _durably(path) as file:
        _WRITERS[form](written, file)


def check(path: Path, *, replace: bool = False) -> None:
    """Raise InvalidRequest where `write` would, before any work is done."""
    if _extension(path) not in _WRITERS:
        raise InvalidRequest(_UNKNOWN_FORM.with_(extension=path.suffix or path.name), where=path.name, remedy=_FORMS)
    if not path.parent.is_dir():
        raise InvalidRequest(_NO_FOLDER, where=str(path.parent), remedy=_MAKE_FOLDER)
    if path.exists() and not replace:
        raise InvalidRequest(_THERE, where=str(path), remedy=_OTHER_NAME)


@contextmanager
def _durably(path: Path) -> Iterator[IO[bytes]]:
    """A temporary file beside `path` that takes its place at the end of the block; after an error there is nothing."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """The new name is durable only when the folder is; Windows has no such call and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _as_cells(table: pa.Table, neutralise: bool) -> pa.Table:
    return pa.table({name: _cells(table[name], neutralise) for name in table.column_names})


def _cells(column: pa.ChunkedArray, neutralise: bool) -> pa.ChunkedArray:
    """Texts harmless, instants with their zone, lists joined; numbers and the rest as they are."""
    if types.is_list(column.type):
        column = pc.binary_join(column, "; ")
    if types.is_timestamp(column.type):
        return pc.strftime(column.cast(pa.timestamp("s", "UTC"), safe=False), "%Y-%m-%dT%H:%M:%SZ")
    return neutralised(column) if neutralise and types.is_string(column.type) else column


def _write_csv(table: pa.Table, file: IO[bytes]) -> None:
    pyarrow.csv.write_csv(table, file)


def _write_parquet(table: pa.Table, file: IO[bytes]) -> None:
    pyarrow.parquet.write_table(table, file)


def _write_json(table: pa.Table, file: IO[bytes]) -> None:
    file.write(b"[")
    for number, line in enumerate(_json_lines(table)):
        file.write((b",\n" if number else b"\n") + line)
    file.write(b"\n]\n")


def _write_json_lines(table: pa.Table, file: IO[bytes]) -> None:
    for line in _json_lines(table):
        file.write(line + b"\n")


def _json_lines(table: pa.Table) -> Iterator[bytes]:
    for batch in table.to_batches(max_chunksize=10_000):
        for row in batch.to_pylist():
            yield json.dumps(row, ensure_ascii=False, default=_written).encode()


def _written(value: object) -> str:
    """Days and instants as ISO 8601; naive instants of the engine are UTC."""
    if isinstance(value, dt.datetime):
        return (value if value.tzinfo else value.replace(tzinfo=dt.UTC)).isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(f"a {type(value).__name__} has no form in JSON")


def _extension(path: Path) -> str:
    return path.suffix.lower()


_Writer = Callable[[pa.Table, IO[bytes]], None]
_WRITERS: Mapping[str, _Writer] = {
    ".csv": _write_csv,
    ".parquet": _write_parquet,
    ".json": _write_json,
    ".ndjson": _write_json_lines,
    ".jsonl": _write_json_lines,
}
_UNKNOWN_FORM = Text(en="a list cannot be written as {extension}", fr="une liste ne s'écrit pas en {extension}")
_FORMS = Text(
    en="give the file one of the extensions {known}", fr="donnez au fichier l'une des extensions {known}"
).with_(known=Alternatives(tuple(_WRITERS)))
_NO_FOLDER = Text(en="this folder is not there", fr="ce dossier n'existe pas")
_MAKE_FOLDER = Text(en="make it first, or choose another", fr="créez-le d'abord, ou choisissez-en un autre")
_THERE = Text(en="this file is there already", fr="ce fichier existe déjà")
_OTHER_NAME = Text(
    en="choose another name, or ask for it to be replaced",
    fr="choisissez un autre nom, ou demandez son remplacement",
)
