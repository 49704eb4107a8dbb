"""Rows in order of persons: copies of large event tables that give some persons' rows without reading the others'.

Event tables are in order of time, so that windows are slices; whoever wants all rows of a few persons must read the
whole column of persons. A copy, an Arrow file that is mapped into memory and never read whole, is in order of persons.
The engine knows which copies are up to date; files may be deleted at any time.
"""

import secrets
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from quartier.engine.schema import KEY

Keys = npt.NDArray[np.uint32]
ROWS_AT_ONCE = 1_000_000
"""Rows of one part of a file."""


class Shelf:
    """The copies in a folder; in no folder there are none."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._open: dict[Path, _Copy] = {}

    def put(self, table: str, parts: Iterable[pa.RecordBatch]) -> str:
        """Write the rows of a table, which come in order of persons; earlier copies go. Returns the copy's token."""
        token = secrets.token_hex(8)
        if self._folder is not None:
            self._folder.mkdir(parents=True, exist_ok=True)
            for path in self._folder.glob(f"{table}-*.arrow"):
                path.unlink()
            _write(self._folder / f"{table}-{token}.arrow", parts)
        return token

    def rows(self, table: str, token: str, columns: tuple[str, ...], keys: Keys) -> pa.Table | None:
        """The rows of some persons, their keys in order; None where the copy or a column of it is not there."""
        path = self._folder / f"{table}-{token}.arrow" if self._folder else None
        if path is None or not path.exists():
            return None
        if path not in self._open:
            self._open[path] = _Copy(path)
        copy = self._open[path]
        return copy.rows(columns, keys) if set(columns) <= set(copy.schema.names) else None


class _Copy:
    """One file, mapped into memory; its parts are in order of persons, one after the other."""

    def __init__(self, path: Path) -> None:
        reader = pa.ipc.open_file(pa.memory_map(str(path)))
        self.schema: pa.Schema = reader.schema
        self._parts = [reader.get_batch(place) for place in range(reader.num_record_batches)]
        self._keys = [part[KEY["person"]].to_numpy() for part in self._parts]

    def rows(self, columns: tuple[str, ...], keys: Keys) -> pa.Table:
        """The rows of some persons."""
        found = []
        for part, held in zip(self._parts, self._keys, strict=True):
            first, last = np.searchsorted(keys, [held[0], held[-1] + 1])
            places = _places(held, keys[first:last].astype(held.dtype))
            if places.size:
                found.append(part.select(list(columns)).take(pa.array(places)))
        return pa.Table.from_batches(found, pa.schema([self.schema.field(name) for name in columns]))


def _write(path: Path, parts: Iterable[pa.RecordBatch]) -> None:
    writer = None
    with pa.OSFile(str(path), "wb") as file:
        for part in parts:
            writer = writer or pa.ipc.new_file(file, part.schema)
            writer.write_batch(part)
        if writer:
            writer.close()


def _places(held: npt.NDArray[np.int32], keys: npt.NDArray[np.int32]) -> npt.NDArray[np.int64]:
    """Where the rows of some keys stand among keys in order."""
    starts = np.searchsorted(held, keys, "left")
    sizes = np.searchsorted(held, keys, "right") - starts
    before = np.cumsum(sizes) - sizes
    return np.repeat(starts - before, sizes) + np.arange(int(sizes.sum()))
