"""What every reader gives: rows, each with its line in the file, and the lines that could not be read."""

from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

from quartier.errors import UnreadableFile
from quartier.language import Said, Text

LINE = "line_"
"""The column that holds the line (or the row of a sheet) where a row begins, counted from 1."""

MOST_COLUMNS = 5_000
MOST_BYTES_IN_A_ROW = 16 * 1024 * 1024


@dataclass(frozen=True)
class Refused:
    """A line that is no row: where it begins, what it says (cut), and why it is refused."""

    line: int
    value: str
    reason: Text | Said


@dataclass(frozen=True)
class Reading:
    """An open source: the names of its columns and its rows as batches, with `line_` last.

    Columns are text, but for those of `types`: a source that knows its types keeps them. `refused` fills up while the
    batches are read.
    """

    names: tuple[str, ...]
    batches: Iterator[pa.RecordBatch]
    refused: list[Refused] = field(default_factory=list)
    types: Mapping[str, pa.DataType] = field(default_factory=dict)
    on_close: Callable[[], object] = field(default=lambda: None, repr=False)

    def type_of(self, name: str) -> pa.DataType:
        """The type that the source itself gives a column; text where it has no types."""
        return self.types.get(name, pa.string())

    def close(self) -> None:
        """Let the file go; reading to the end does it too."""
        if isinstance(self.batches, Generator):
            self.batches.close()
        self.on_close()


def schema_of(names: tuple[str, ...]) -> pa.Schema:
    """The schema of a reading with these columns."""
    return pa.schema([*((name, pa.string()) for name in names), (LINE, pa.int64())])


def refuse_larger(path: Path, most: int, remedy: Text, *, size: int | None = None) -> None:
    """Raise UnreadableFile for a file that would be read whole and is larger than `most` bytes."""
    if (path.stat().st_size if size is None else size) > most:
        raise UnreadableFile(_TOO_LARGE.with_(most=most // 1024**2), where=path.name, remedy=remedy)


_TOO_LARGE = Text(
    en="the file is too large to be read whole: more than {most} MB",
    fr="le fichier est trop grand pour être lu en entier\N{NO-BREAK SPACE}: plus de {most}\N{NO-BREAK SPACE}Mo",
)
