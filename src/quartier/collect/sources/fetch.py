"""From a stream to loads on the shelf: no store and no engine, so that a thread of its own can wait for a service."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from quartier.collect.definition import Mapping
from quartier.collect.readers import open_file, survey
from quartier.collect.sources import columns, cursors
from quartier.collect.sources.cursors import Value
from quartier.collect.sources.database import batches
from quartier.collect.sources.definition import Database, Files, Rest
from quartier.collect.sources.folders import Found, brought, is_known, listed, shaped_rows
from quartier.collect.sources.outside import Outside
from quartier.collect.sources.rest import pages
from quartier.collect.sources.shaping import Row, kept
from quartier.collect.sources.shelf import Load, Progress, Shelf
from quartier.collect.sources.streams import Stream
from quartier.errors import UserError

ROWS_IN_A_LOAD = 200_000
"""Rows after which a load is closed: an import that is cut short starts again from here."""


def fetch(shelf: Shelf, prefix: str, stream: Stream, outside: Outside, imports_before: int) -> UserError | None:
    """Put what is new in a stream on the shelf; what stopped it, or None. What came before that is kept."""
    if stream.mapping is None:
        raise AssertionError(stream.name)  # a source without a mapping gets one before it is fetched
    before = shelf.reached(stream.name)
    stem = f"{prefix}-{stream.name}-{outside.now:%Y%m%dT%H%M%S%f}"
    desk = _Desk(shelf, stream, stream.mapping, outside, imports_before, stem, before)
    try:
        match stream.reads:
            case Rest() as reads:
                return desk.take_pages(reads, pages(reads, before.cursor, outside))
            case Database() as reads:
                desk.take_batches(reads)
                return None
            case Files() as reads:
                return desk.take_files(reads)
    except UserError as error:
        return error


class _Desk:
    """Where the rows of one stream are put into loads."""

    def __init__(
        self, shelf: Shelf, stream: Stream, mapping: Mapping, outside: Outside, imports_before: int, stem: str,
        progress: Progress,
    ) -> None:  # fmt: skip
        self.shelf, self.stream, self.mapping, self.outside = shelf, stream, mapping, outside
        self.imports_before, self.stem, self.progress = imports_before, stem, progress

    def take_pages(self, reads: Rest, found: Iterator[list[Row]]) -> UserError | None:
        """Pages into loads. Only rows that come in order move the cursor before the last page has come."""
        column = reads.incremental.column if reads.incremental else None
        is_in_order = reads.incremental is not None and reads.incremental.is_in_order
        reached, failure, rows = self.progress.cursor, None, list[Row]()
        pages_left = _with_failure(found)
        for page, failure in pages_left:  # noqa: B007 - the failure, if any, comes with the last of them
            rows += page
            for row in page if column else ():
                reached = cursors.later(reached, cursors.plain(row.get(column or "")), self.outside.now)
            if len(rows) >= ROWS_IN_A_LOAD:
                self._put_rows(rows, reached if is_in_order else self.progress.cursor, column)
                rows = []
        is_whole = failure is None or is_in_order
        self._put_rows(rows, reached if is_whole else self.progress.cursor, column)
        return failure

    def take_batches(self, reads: Database) -> None:
        """Batches of a table into Parquet files; rows come in the order of the cursor."""
        reached, writer, path, rows, newest = self.progress.cursor, None, None, 0, None
        kinds: columns.Kinds = {}
        try:
            for batch, kinds in batches(reads, list(self.mapping.columns), self.progress.cursor, self.outside):
                if writer is None or path is None:
                    path = self._path("parquet")
                    writer = pq.ParquetWriter(path, batch.schema)
                writer.write_table(batch.cast(writer.schema))
                rows += batch.num_rows
                reached, newest = self._reached(reads, batch, reached), self._newest_of(batch, newest)
                if rows >= ROWS_IN_A_LOAD:
                    writer.close()
                    self._put(path, rows, reached, kinds, newest, is_whole=True)
                    writer, path, rows = None, None, 0
        finally:
            if writer is not None:
                writer.close()
            if path is not None:
                self._put(path, rows, reached, kinds, newest, is_whole=True)

    def take_files(self, reads: Files) -> UserError | None:
        """New and changed files, one load each; a file that cannot be read stops no other."""
        failure: UserError | None = None
        for found in listed(reads, self.outside):
            if is_known(found, self.progress.files):
                continue
            try:
                self._take_file(found, reads)
            except UserError as error:
                failure = failure or error
        return failure

    def _take_file(self, found: Found, reads: Files) -> None:
        path = brought(found, self.shelf.loads)
        digest = survey(path).digest
        own = {found.place: found.facts(digest)}
        if reads.shape is not None:
            for rows, is_last in _parts(shaped_rows(path, reads.shape)):
                self._put_rows(rows, None, None, files=own if is_last else {})
            if found.item is not None:
                path.unlink()
            return
        is_ours, kinds = found.item is not None, _kinds_of(path, self.mapping)
        told = columns.changes(self.stream.name, self.progress.columns, kinds, rows=1, is_whole=True)
        after = Progress(None, columns.after(self.progress.columns, kinds, told), own)
        place = path.name if is_ours else str(path.resolve())
        load = Load(
            self.stream.name, place, is_ours, 0, after, self.imports_before, found.changed_at, digest, told
        )  # fmt: skip
        self._keep(load)

    def _put_rows(
        self, rows: Sequence[Row], reached: Value, column: str | None, *, files: dict[str, dict[str, Any]] | None = None
    ) -> None:
        """Write rows as lines of JSON, with exactly the columns of the mapping."""
        if not rows:
            return
        names, path, kinds = list(self.mapping.columns), self._path("ndjson"), dict[str, str]()
        columns.seen(kinds, rows)
        with path.open("w", encoding="utf-8") as file:
            for row in rows:
                file.write(json.dumps(kept(row, names), ensure_ascii=False, default=str) + "\n")
        dated = [name for name in (column, self.mapping.column_to("time")) if name]
        newest = _newest(row.get(name) for row in rows for name in dated)
        self._put(path, len(rows), reached, kinds, newest, is_whole=False, files=files)

    def _put(
        self, path: Path, rows: int, reached: Value, found: columns.Kinds, newest: dt.datetime | None, *,
        is_whole: bool, files: dict[str, dict[str, Any]] | None = None,
    ) -> None:  # fmt: skip
        known = self.progress.columns
        told = columns.changes(self.stream.name, known, found, rows=rows, is_whole=is_whole)
        after = Progress(reached, columns.after(known, found, told), files or {})
        load = Load(self.stream.name, path.name, True, rows, after, self.imports_before, newest, None, told)
        self._keep(load)

    def _keep(self, load: Load) -> None:
        files = self.progress.files
        self.progress = replace(self.shelf.put(load).after, files=files)

    def _path(self, suffix: str) -> Path:
        return self.shelf.loads / f"{self.stem}-{self.shelf.next_number()}.{suffix}"

    def _reached(self, reads: Database, batch: pa.Table, reached: Value) -> Value:
        if reads.cursor is None:
            return reached
        return cursors.later(reached, cursors.plain(pc.max(batch[reads.cursor]).as_py()), self.outside.now)

    def _newest_of(self, batch: pa.Table, newest: dt.datetime | None) -> dt.datetime | None:
        name = self.mapping.column_to("time")
        if name is None and isinstance(self.stream.reads, Database):
            name = self.stream.reads.cursor
        if name is None or name not in batch.column_names:
            return newest
        found = cursors.plain(pc.max(batch[name]).as_py())
        return _newest([found, newest.isoformat() if newest else None]) if isinstance(found, str) else newest


def _with_failure(found: Iterator[list[Row]]) -> Iterator[tuple[list[Row], UserError | None]]:
    """The pages; where something stops them, an empty one with what it was."""
    try:
        for page in found:
            yield page, None
    except UserError as error:
        yield [], error


def _kinds_of(path: Path, mapping: Mapping) -> dict[str, str]:
    """The columns of a file; those of a file that has no types hold text."""
    reading = open_file(path, mapping.form, survey(path))
    try:
        return {name: columns.kind_of_type(reading.type_of(name)) for name in reading.names}
    finally:
        reading.close()


def _parts(rows: Iterable[Row]) -> Iterator[tuple[list[Row], bool]]:
    """The rows in parts, and whether each is the last."""
    part: list[Row] = []
    for row in rows:
        if len(part) >= ROWS_IN_A_LOAD:
            yield part, False
            part = []
        part.append(row)
    yield part, True


def _newest(values: Iterable[Any]) -> dt.datetime | None:
    return max((moment for each in values if isinstance(each, str) and (moment := cursors.instant(each))), default=None)
