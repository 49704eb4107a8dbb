"""Rows in order of persons: a copy of large event tables that gives some persons' rows without reading the others.

Event tables are in order of time, so that windows are slices; whoever wants all rows of a few persons must read the
whole column of persons. The copy, an Arrow file that is mapped into memory and never read whole, is in order of persons.
It holds the rows that were there when it was made; those added since are read from the table. It is dropped with
whatever changes rows in place, in the same transaction, and may be deleted at any time.
"""

import secrets
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from quartier.engine.compiler import Query
from quartier.engine.schema import KEY

if TYPE_CHECKING:
    from quartier.engine.duckdb import DuckDBEngine

SHELVED = "quartier_shelved"
PERSON_KEY = KEY["person"]
Keys = npt.NDArray[np.uint32]

ROWS_AT_ONCE = 1_000_000
"""Rows of one part of the file."""


class Shelf:
    """The copies of an engine's tables, in a folder."""

    def __init__(self, engine: "DuckDBEngine", folder: Path) -> None:
        self._engine, self._folder = engine, folder
        self._open: dict[str, _Copy] = {}

    def put(self, table: str) -> None:
        """Make the copy of a table, in place of an earlier one."""
        self._folder.mkdir(parents=True, exist_ok=True)
        token = secrets.token_hex(8)
        end = self._engine.compacted(table)
        path = self._path(table, token)
        parts = self._engine.batches(self._engine.ordered(table, PERSON_KEY), ROWS_AT_ONCE)
        first = next(parts, None)
        if first is None:
            return
        with pa.OSFile(str(path), "wb") as file, pa.ipc.new_file(file, first.schema) as written:
            written.write_batch(first)
            for part in parts:
                written.write_batch(part)
        self._engine.shelve(table, token, end)
        self._forget(table, but=path)

    def rows(self, table: str, columns: tuple[str, ...], keys: Keys) -> pa.Table | None:
        """All rows of some persons, whose keys are in order; None when there is no copy that is up to date."""
        noted = self._engine.shelved(table)
        if noted is None:
            return None
        token, end = noted
        path = self._path(table, token)
        if not path.exists():
            return None
        if table not in self._open or self._open[table].path != path:
            self._open[table] = _Copy(path)
        if not set(columns) <= set(self._open[table].names):
            return None  # a column was added since
        added = self._engine.added_since(table, columns, end, keys)
        return pa.concat_tables([self._open[table].rows(columns, keys).cast(added.schema), added])

    def _path(self, table: str, token: str) -> Path:
        return self._folder / f"{table}-{token}.arrow"

    def _forget(self, table: str, but: Path) -> None:
        """Earlier copies go; what another process has mapped stays readable to it."""
        for path in self._folder.glob(f"{table}-*.arrow"):
            if path != but:
                path.unlink()


class _Copy:
    """One file, mapped into memory; parts in order of persons."""

    def __init__(self, path: Path) -> None:
        self.path = path
        reader = pa.ipc.open_file(pa.memory_map(str(path)))
        self.names = reader.schema.names
        self._schema = reader.schema
        self._parts = [reader.get_batch(place) for place in range(reader.num_record_batches)]
        self._keys = [part[PERSON_KEY].to_numpy() for part in self._parts]

    def rows(self, columns: tuple[str, ...], keys: Keys) -> pa.Table:
        """The rows of some persons, part by part."""
        found = []
        for part, held in zip(self._parts, self._keys, strict=True):
            first, last = np.searchsorted(keys, [held[0], held[-1] + 1])
            places = _places(held, keys[first:last])
            if places.size:
                found.append(part.select(list(columns)).take(pa.array(places)))
        schema = pa.schema([self._schema.field(name) for name in columns])
        return pa.Table.from_batches(found, schema)


def _places(held: npt.NDArray[np.int32], keys: Keys) -> npt.NDArray[np.int64]:
    """Where the rows of some keys stand among keys in order."""
    starts = np.searchsorted(held, keys.astype(held.dtype), "left")
    sizes = np.searchsorted(held, keys.astype(held.dtype), "right") - starts
    before = np.cumsum(sizes) - sizes
    return np.repeat(starts - before, sizes) + np.arange(int(sizes.sum()))


__all__ = ["SHELVED", "Query", "Shelf"]
