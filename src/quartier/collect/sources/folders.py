"""The files of a folder, here or in a store of objects: which are new or changed since the last time."""

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from quartier.collect.readers import survey
from quartier.collect.readers.survey import unpacked
from quartier.collect.sources import failures
from quartier.collect.sources.definition import Files, Shape
from quartier.collect.sources.library import load_dlt
from quartier.collect.sources.outside import Outside
from quartier.collect.sources.shaping import Row, shaped

Known = dict[str, dict[str, Any]]
"""What is known of each file by its place: size, instant of its last change, digest."""


@dataclass(frozen=True)
class Found:
    """One file as it is listed."""

    place: str
    size: int
    changed_at: dt.datetime
    item: Any = None

    @property
    def name(self) -> str:
        """The last part of its place."""
        return self.place.rpartition("/")[2]

    def facts(self, digest: str) -> dict[str, Any]:
        """What is kept of it, so that it is collected once."""
        return {"size": self.size, "changed_at": self.changed_at.isoformat(), "digest": digest}


def listed(reads: Files, outside: Outside) -> list[Found]:
    """All files that fit the pattern, the oldest first. Raises SourceFailed when the folder cannot be read."""
    found = _remote(reads) if "://" in reads.folder else _local(reads, outside)
    return sorted(found, key=lambda each: (each.changed_at, each.place))


def is_known(found: Found, known: Known) -> bool:
    """Whether a file has the size and the instant that it had when it was collected."""
    facts = known.get(found.place)
    return facts is not None and (facts["size"], facts["changed_at"]) == (found.size, found.changed_at.isoformat())


def brought(found: Found, into: Path) -> Path:
    """The file here: its own place, or a copy of what a store of objects holds."""
    if found.item is None:
        return Path(found.place)
    path = into / found.name
    with found.item.open(mode="rb") as remote, path.open("wb") as file:
        while part := remote.read(1 << 20):
            file.write(part)
    return path


def shaped_rows(path: Path, shape: Shape) -> Iterator[Row]:
    """The rows of a file of JSON lines or Parquet, in the shape that the mapping reads.

    A line that is no object gives a row without any value, which the import rejects and counts.
    """
    for raw in _parquet(path) if _is_parquet(path) else _lines(path):
        if isinstance(raw, dict):
            yield from shaped(raw, shape)
        else:
            yield {}


def _local(reads: Files, outside: Outside) -> Iterator[Found]:
    folder = outside.folder / reads.folder
    if not folder.is_dir():
        raise failures.no_folder(reads.folder)
    for path in folder.glob(reads.pattern):
        if path.is_file():
            facts = path.stat()
            changed = dt.datetime.fromtimestamp(facts.st_mtime_ns // 1000 / 1_000_000, dt.UTC)
            yield Found(str(path), facts.st_size, changed)


def _remote(reads: Files) -> Iterator[Found]:
    load_dlt()
    from dlt.common.exceptions import MissingDependencyException
    from dlt.sources.filesystem import filesystem

    try:
        for page in filesystem(bucket_url=reads.folder, file_glob=reads.pattern):
            for item in page if isinstance(page, list) else [page]:
                yield Found(item["file_url"], item["size_in_bytes"], item["modification_date"], item)
    except (ImportError, MissingDependencyException) as error:
        raise failures.no_driver(getattr(error, "name", None) or reads.folder.partition("://")[0]) from error
    except Exception as error:  # each store of objects has errors of its own
        raise failures.no_folder(reads.folder) from error


def _is_parquet(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"PAR1"


def _parquet(path: Path) -> Iterator[Any]:
    for batch in pq.ParquetFile(path).iter_batches(batch_size=10_000):
        yield from batch.to_pylist()


def _lines(path: Path) -> Iterator[Any]:
    with unpacked(path, survey(path).is_gzip) as file:
        for line in file:
            try:
                yield json.loads(line)
            except ValueError:
                yield None
