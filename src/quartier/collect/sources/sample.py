"""The first rows of a stream and the mapping that would read them; nothing is stored and no cursor moves."""

import json
import tempfile
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from quartier.catalog import Catalog
from quartier.collect.definition import Form, Mapping
from quartier.collect.readers import as_text, open_file, survey
from quartier.collect.run import propose
from quartier.collect.sources.database import batches
from quartier.collect.sources.definition import Database, Files, Rest
from quartier.collect.sources.folders import brought, listed, shaped_rows
from quartier.collect.sources.outside import Outside
from quartier.collect.sources.rest import pages
from quartier.collect.sources.shaping import Row, kept
from quartier.collect.sources.streams import Stream
from quartier.config import Config
from quartier.language import Said, Text

ROWS = 200


@dataclass(frozen=True)
class Sample:
    """The first rows of a stream as text, and the mapping that would read them."""

    stream: str
    rows: tuple[dict[str, str | None], ...]
    mapping: Mapping | None
    questions: tuple[Text | Said, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Plain data with stable keys; the rows are the data of customers."""
        return {
            "stream": self.stream, "rows": list(self.rows),
            "mapping": self.mapping.as_json() if self.mapping else None,
            "questions": [each.to("en") for each in self.questions],
        }  # fmt: skip


def sample_of(stream: Stream, config: Config, catalog: Catalog, outside: Outside) -> Sample:
    """The first rows of a stream, with its own mapping or the one that would be guessed. Raises SourceFailed."""
    with tempfile.TemporaryDirectory() as folder:
        path = _first_file(stream, Path(folder), outside)
        if path is None:
            return Sample(stream.name, (), stream.mapping)
        rows = tuple(_texts(path, stream.mapping.form if stream.mapping else Form()))
        if stream.mapping is not None:
            return Sample(stream.name, rows, stream.mapping)
        proposal = propose(path, config, catalog)
        return Sample(stream.name, rows, proposal.mapping, proposal.questions)


def _first_file(stream: Stream, folder: Path, outside: Outside) -> Path | None:
    """A file with the first rows; None where there is no row."""
    match stream.reads:
        case Rest() as reads:
            return _written((row for page in pages(reads, None, outside) for row in page), folder)
        case Database() as reads:
            for table, _kinds in batches(reads.model_copy(update={"rows_at_once": ROWS}), None, None, outside):
                pq.write_table(table, folder / "rows.parquet")
                return folder / "rows.parquet"
            return None
        case Files() as reads:
            found = listed(reads, outside)
            path = brought(found[-1], folder) if found else None
            return _written(shaped_rows(path, reads.shape), folder) if path and reads.shape else path


def _written(rows: Any, folder: Path) -> Path | None:
    first: list[Row] = list(islice(rows, ROWS))
    names = list(dict.fromkeys(name for row in first for name in row))
    path = folder / "rows.ndjson"
    path.write_text("".join(json.dumps(kept(row, names), default=str) + "\n" for row in first), encoding="utf-8")
    return path if first else None


def _texts(path: Path, form: Form) -> list[dict[str, str | None]]:
    reading = open_file(path, form, survey(path))
    try:
        batch = next(reading.batches, None)
    finally:
        reading.close()
    if batch is None:
        return []
    texts = {name: as_text(batch.column(name).slice(0, ROWS)) for name in reading.names}
    found: list[dict[str, str | None]] = pa.table(texts).to_pylist()
    return found
