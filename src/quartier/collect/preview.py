"""The first rows of a file as text, before anything is decided about it."""

from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from quartier.collect.definition import Form
from quartier.collect.readers import as_text
from quartier.collect.readers.opening import Opener, opened_here

ROWS = 10
_LONGEST = 80


@dataclass(frozen=True)
class Preview:
    """The names of the columns of a file and its first rows, their values cut where they are long."""

    names: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]

    def values_of(self, name: str) -> tuple[str | None, ...]:
        """The first values of one column."""
        place = self.names.index(name)
        return tuple(row[place] for row in self.rows)


def preview(path: Path, form: Form, most: int = ROWS, *, opener: Opener = opened_here) -> Preview:
    """The first rows of a file. Raises UserError where it cannot be read as the form says."""
    reading = opener(path, form).reading
    try:
        rows: list[tuple[str | None, ...]] = []
        for batch in reading.batches:
            texts = [as_text(batch.column(name).slice(0, most)).to_pylist() for name in reading.names]
            rows += islice(zip(*texts, strict=True), most - len(rows))
            if len(rows) >= most:
                break
    finally:
        reading.close()
    return Preview(reading.names, tuple(tuple(_cut(value) for value in row) for row in rows))


def _cut(value: str | None) -> str | None:
    return value if value is None or len(value) <= _LONGEST else f"{value[:_LONGEST]}\N{HORIZONTAL ELLIPSIS}"
