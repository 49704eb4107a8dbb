"""Rows in order of persons: copies of large event tables that give some persons' rows without reading the others'.

Event tables are in order of time, so that windows are slices; whoever wants all rows of a few persons must read the
whole column of persons. A copy, an Arrow file that is mapped into memory and never read whole, is in order of persons.
The engine knows which copies are up to date; files may be deleted at any time.
"""

import datetime as dt
import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from quartier.engine.schema import KEY, OCCURRED_AT

Keys = npt.NDArray[np.uint32]
ROWS_AT_ONCE = 1_000_000
"""Rows of one part of a file."""


Range = tuple[dt.datetime, dt.datetime]
"""Two instants as the engine's columns hold them."""


@dataclass(frozen=True)
class Noted:
    """A copy that is up to date for the first `until` rows of its table."""

    token: str
    until: int


class Shelf:
    """The copies in a folder; in no folder there are none."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._open: dict[Path, _Copy] = {}

    def put(self, table: str, by_person: Iterable[pa.RecordBatch], by_time: Iterable[pa.RecordBatch]) -> str:
        """Write the rows of a table in order of persons, and persons in order of time; earlier copies go."""
        token = secrets.token_hex(8)
        if self._folder is not None:
            self._folder.mkdir(parents=True, exist_ok=True)
            for path in self._folder.glob(f"{table}-*.arrow"):
                path.unlink()
            _write(self._folder / f"{table}-{token}-persons.arrow", by_person)
            _write(self._folder / f"{table}-{token}-times.arrow", by_time)
        return token

    def rows(self, table: str, noted: Noted | None, columns: tuple[str, ...], keys: Keys) -> pa.Table | None:
        """The rows of some persons, their keys in order; None where the copy or a column of it is not there."""
        copy = self._copy(table, noted, "persons", KEY["person"])
        return copy.rows(columns, keys) if copy and set(columns) <= set(copy.schema.names) else None

    def keys_within(self, table: str, noted: Noted | None, ranges: Sequence[Range]) -> Keys | None:
        """The persons with an event in one of some ranges of time; None where the copy is not there."""
        copy = self._copy(table, noted, "times", OCCURRED_AT)
        return copy.keys_within(ranges) if copy else None

    def _copy(self, table: str, noted: Noted | None, order: str, by: str) -> "_Copy | None":
        if noted is None or self._folder is None:
            return None
        path = self._folder / f"{table}-{noted.token}-{order}.arrow"
        if path not in self._open and path.exists():
            self._open[path] = _Copy(path, by)
        return self._open.get(path) if path.exists() else None


def within(rows: pa.Table, ranges: Sequence[Range]) -> Keys:
    """The persons of the rows, in any order, whose instant lies in one of some ranges."""
    times = rows[OCCURRED_AT].to_numpy().astype("datetime64[us]", copy=False)
    is_within = np.zeros(len(times), np.bool_)
    for low, high in ranges:
        is_within |= (times >= np.datetime64(low, "us")) & (times <= np.datetime64(high, "us"))
    keys: Keys = rows[KEY["person"]].to_numpy()[is_within].astype(np.uint32)
    return keys


class _Copy:
    """One file, mapped into memory; its parts are in order of a column, one after the other."""

    def __init__(self, path: Path, by: str) -> None:
        reader = pa.ipc.open_file(pa.memory_map(str(path)))
        self.schema: pa.Schema = reader.schema
        self._parts = [reader.get_batch(place) for place in range(reader.num_record_batches)]
        self._order = [part[by].to_numpy(zero_copy_only=False) for part in self._parts]

    def rows(self, columns: tuple[str, ...], keys: Keys) -> pa.Table:
        """The rows of some persons."""
        found = []
        for part, held in zip(self._parts, self._order, strict=True):
            first, last = np.searchsorted(keys, [held[0], held[-1] + 1])
            places = _places(held, keys[first:last].astype(held.dtype))
            if places.size:
                found.append(part.select(list(columns)).take(pa.array(places)))
        return pa.Table.from_batches(found, pa.schema([self.schema.field(name) for name in columns]))

    def keys_within(self, ranges: Sequence[Range]) -> Keys:
        """The persons of the rows in some ranges, of a copy in order of time."""
        lows = np.array([low for low, _ in ranges], "datetime64[us]")
        highs = np.array([high for _, high in ranges], "datetime64[us]")
        found = [np.empty(0, np.uint32)]
        for part, times in zip(self._parts, self._order, strict=True):
            firsts, lasts = np.searchsorted(times, lows, "left"), np.searchsorted(times, highs, "right")
            places = _runs(firsts, np.maximum(lasts - firsts, 0))
            found.append(part[KEY["person"]].to_numpy()[places].astype(np.uint32))
        return np.concatenate(found)


def _write(path: Path, batches: Iterable[pa.RecordBatch]) -> None:
    writer = None
    with pa.OSFile(str(path), "wb") as file:
        for part in _large(batches):
            writer = writer or pa.ipc.new_file(file, part.schema)
            writer.write_batch(part)
        if writer:
            writer.close()


def _large(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The same rows in parts of about `ROWS_AT_ONCE`: an engine may give them in smaller ones."""
    held: list[pa.RecordBatch] = []
    for batch in batches:
        held.append(batch)
        if sum(each.num_rows for each in held) >= ROWS_AT_ONCE:
            yield pa.concat_batches(held)
            held = []
    if held:
        yield pa.concat_batches(held)


def _places(held: npt.NDArray[np.int32], keys: npt.NDArray[np.int32]) -> npt.NDArray[np.int64]:
    """Where the rows of some keys stand among keys in order."""
    starts = np.searchsorted(held, keys, "left")
    return _runs(starts, np.searchsorted(held, keys, "right") - starts)


def _runs(starts: npt.NDArray[np.int64], sizes: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """The places of runs of some sizes, one run after the other."""
    before = np.cumsum(sizes) - sizes
    return np.repeat(starts - before, sizes) + np.arange(int(sizes.sum()))
