"""The rejected rows of an import: listed from the file that tells them, mended, and made a file to be imported again.

A row of the original is read again by its line; what was mended takes the place of what the file said, all else stays.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Literal

import pyarrow as pa
import pyarrow.compute as pc

from quartier.collect import definition
from quartier.collect.definition import Form
from quartier.collect.readers import LINE, as_text, open_file, survey

MOST = 500
"""So many rows are mended at once."""


@dataclass(frozen=True)
class RejectedRow:
    """One rejected row: where it is in the original, the column at fault (empty for the whole row), value, reason."""

    line: int
    column: str
    value: str
    reason: str


def count_rejected(path: Path) -> int:
    """How many rows of a file of rejected rows are not settled; counted once for each state of the file."""
    beside = _settled_path(path)
    settled = beside.stat().st_size if beside.exists() else 0
    return _counted(path, path.stat().st_mtime_ns, settled)


def rejected_rows(path: Path, *, after: int = 0, most: int = MOST) -> list[RejectedRow]:
    """Some rows of a file of rejected rows that are not settled, those after a line of the original."""
    settled = settled_lines(path)
    with path.open(encoding="utf-8", newline="") as file:
        told = (RejectedRow(int(line), *rest) for line, *rest in islice(csv.reader(file), 1, None))
        return list(islice((each for each in told if each.line > after and each.line not in settled), most))


def settle(path: Path, lines: Iterable[int], how: Literal["mended", "dropped"]) -> None:
    """Note beside a file of rejected rows that some of them were mended or given up; the file itself stays."""
    with _settled_path(path).open("a", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows((line, how) for line in lines)


def settled_lines(path: Path) -> frozenset[int]:
    """The lines that were mended or given up."""
    beside = _settled_path(path)
    if not beside.exists():
        return frozenset()
    with beside.open(encoding="utf-8", newline="") as file:
        return frozenset(int(line) for line, _how in csv.reader(file))


@lru_cache(maxsize=512)
def _counted(path: Path, _written: int, _settled: int) -> int:
    settled = settled_lines(path)
    with path.open(encoding="utf-8", newline="") as file:
        return sum(1 for line, *_ in islice(csv.reader(file), 1, None) if int(line) not in settled)


def _settled_path(path: Path) -> Path:
    return path.with_name(f"{path.name}.settled")


def write_mended(
    original: Path, mapping: definition.Mapping, mended: Mapping[int, Mapping[str, str]], target: Path
) -> definition.Mapping:
    """Write the rows of these lines with what was mended in them. Returns the mapping that reads the new file.

    Raises UserError where the original cannot be read.
    """
    reading = open_file(original, mapping.form, survey(original))
    try:
        with target.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(reading.names)
            for line, row in _rows(reading.batches, reading.names, frozenset(mended)):
                writer.writerow([mended[line].get(name, row[name] or "") for name in reading.names])
    finally:
        reading.close()
    return mapping.model_copy(update={"form": Form(format="delimited", encoding="utf-8", delimiter=",")})


def _rows(
    batches: Iterator[pa.RecordBatch], names: tuple[str, ...], wanted: frozenset[int]
) -> Iterator[tuple[int, dict[str, str | None]]]:
    lines = pa.array(sorted(wanted), pa.int64())
    for batch in batches:
        found = batch.filter(pc.is_in(batch.column(LINE), value_set=lines))
        texts = {name: as_text(found.column(name)).to_pylist() for name in names}
        for place, line in enumerate(found.column(LINE).to_pylist()):
            yield line, {name: values[place] for name, values in texts.items()}
