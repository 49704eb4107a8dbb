"""CSV, TSV and every other delimiter, gzip or not, in any of the usual encodings, as a stream of bounded memory."""

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO, Literal, cast

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from quartier.collect.definition import Form
from quartier.collect.readers.header import checked_names
from quartier.collect.readers.reading import LINE, MOST_BYTES_IN_A_ROW, Reading, Refused, schema_of
from quartier.collect.readers.survey import Survey, text_of, unpacked
from quartier.errors import UnreadableFile
from quartier.language import Text

SPACES = "spaces"
_DELIMITERS = (",", ";", "\t", "|")
_LINES_SNIFFED = 50
_SHOWN = 200


def sniff(text: str) -> str:
    """The delimiter that cuts the first lines into the same number of cells, more than one; `,` for one column."""
    scored = [(_evenness(text, delimiter), -place, delimiter) for place, delimiter in enumerate(_DELIMITERS)]
    score, _, best = max(scored)
    if score > 0:
        return best
    widths = {len(line.split()) for line in text.splitlines()[:_LINES_SNIFFED] if line.strip()}
    return SPACES if len(widths) == 1 and widths.pop() > 1 else ","


def read_delimited(path: Path, form: Form, found: Survey, *, most_bytes: int = MOST_BYTES_IN_A_ROW) -> Reading:
    """Open a delimited file. Raises UnreadableFile when it is binary or has no usable header."""
    encoding = form.encoding or found.encoding
    text = text_of(found.head, encoding)
    if "\x00" in text[:4096]:
        raise UnreadableFile(_BINARY, where=path.name, remedy=_FORMATS)
    delimiter = form.delimiter or sniff(text)
    header, skipped = _header(text, delimiter)
    names = form.columns or checked_names(header, path.name)
    refused: list[Refused] = []
    lines_before = 0 if form.columns else skipped
    raw = partial(_stream, path, found, encoding, delimiter)
    batches = _batches(path, raw, tuple(names), delimiter, lines_before, refused, most_bytes)
    return Reading(tuple(names), batches, refused)


def _evenness(text: str, delimiter: str) -> float:
    """Share of the first lines that have the most frequent number of cells, times that number; 0 for one cell."""
    rows = [row for row in _cells(text, delimiter) if row]
    if not rows:
        return 0
    width, times = Counter(len(row) for row in rows).most_common(1)[0]
    return times / len(rows) * (1 + width / 1000) if width > 1 else 0


def _cells(text: str, delimiter: str) -> list[list[str]]:
    lines = text.splitlines(keepends=True)[: _LINES_SNIFFED + 1]
    complete = lines[:-1] if len(lines) > 2 else lines
    try:
        return list(csv.reader(io.StringIO("".join(complete)), delimiter=delimiter))
    except csv.Error:  # one cell that is too long: with this delimiter there are no rows
        return []


def _header(text: str, delimiter: str) -> tuple[list[str], int]:
    """The cells of the first line that is not blank, and how many lines of the file go up to its end."""
    if delimiter == SPACES:
        lines = text.splitlines()
        first = next((place for place, line in enumerate(lines) if line.strip()), 0)
        return lines[first].split() if lines else [], first + 1
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                return row, reader.line_num
    except csv.Error:
        return [], 0
    return [], 0


def _stream(path: Path, found: Survey, encoding: str, delimiter: str) -> BinaryIO:
    raw: BinaryIO = unpacked(path, found.is_gzip)
    if encoding.lower().replace("_", "-") not in ("utf-8", "utf8"):
        raw = cast(BinaryIO, _Transcoded(raw, encoding))
    if delimiter == SPACES:
        raw = cast(BinaryIO, _Tabbed(raw))
    return raw


def _batches(
    path: Path, opened: Callable[[], BinaryIO], names: tuple[str, ...], delimiter: str, skipped: int,
    refused: list[Refused], most_bytes: int,
) -> Iterator[pa.RecordBatch]:  # fmt: skip
    invalid: list[tuple[int, str, int]] = []
    between = "\t" if delimiter == SPACES else delimiter

    def note(row: pacsv.InvalidRow) -> Literal["skip"]:
        is_blank = not row.text.strip(f"{between} \r\n")  # a line of delimiters alone, as spreadsheets write it
        invalid.append((row.number, "" if is_blank else row.text[:_SHOWN], row.actual_columns))
        return "skip"

    raw = opened()
    try:
        rows = pacsv.open_csv(
            pa.PythonFile(raw, mode="r"),
            read_options=pacsv.ReadOptions(
                column_names=list(names), skip_rows=skipped, use_threads=False, block_size=most_bytes
            ),
            parse_options=pacsv.ParseOptions(
                delimiter=between,
                newlines_in_values=True,
                ignore_empty_lines=False,
                invalid_row_handler=note,
            ),
            convert_options=pacsv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
            ),
        )
        yield from _numbered(rows, names, skipped, invalid, refused)
    except pa.ArrowInvalid as error:
        raise _explained(error, path) from error
    finally:
        raw.close()


def _numbered(
    rows: Iterator[pa.RecordBatch], names: tuple[str, ...], skipped: int,
    invalid: list[tuple[int, str, int]], refused: list[Refused],
) -> Iterator[pa.RecordBatch]:  # fmt: skip
    """Give each row the line where it begins: Arrow numbers records, and records may hold line breaks."""
    record, extra, told = skipped, 0, 0
    for batch in rows:
        breaks = _line_breaks(batch)
        lines = []
        for place in range(batch.num_rows) if breaks is not None or told < len(invalid) else ():
            record += 1
            while told < len(invalid) and invalid[told][0] <= record:
                extra += _refuse(invalid[told], extra, len(names), refused)
                told, record = told + 1, record + 1
            lines.append(record + extra)
            extra += breaks[place] if breaks is not None else 0
        numbers = pa.array(lines or range(record + extra + 1, record + extra + 1 + batch.num_rows), pa.int64())
        record += 0 if lines else batch.num_rows
        yield _without_blank(batch.append_column(LINE, numbers), names)
    for row in invalid[told:]:
        extra += _refuse(row, extra, len(names), refused)


def _refuse(row: tuple[int, str, int], extra: int, expected: int, refused: list[Refused]) -> int:
    number, text, cells = row
    if text.strip():
        refused.append(Refused(number + extra, text, _CELLS.with_(found=cells, expected=expected)))
    return text.count("\n")


def _line_breaks(batch: pa.RecordBatch) -> list[int] | None:
    """How many line breaks each row holds; None when no row holds any, which is the usual case."""
    counts = [pc.count_substring(column, "\n") for column in batch.columns]
    held = [each for each in counts if pc.any(pc.greater(each, 0)).as_py()]
    if not held:
        return None
    total = held[0]
    for each in held[1:]:
        total = pc.add(total, each)
    return list(total.to_pylist())


def _without_blank(batch: pa.RecordBatch, names: tuple[str, ...]) -> pa.RecordBatch:
    """Blank lines are no rows."""
    if not names or pc.all(pc.not_equal(batch.column(0), "")).as_py():
        return batch
    held = pc.not_equal(batch.column(0), "")
    for column in batch.columns[1 : len(names)]:
        held = pc.or_(held, pc.not_equal(column, ""))
    return batch.filter(held).cast(schema_of(names))


class _Transcoded(io.RawIOBase):
    """Bytes in any encoding, read as UTF-8."""

    def __init__(self, raw: BinaryIO, encoding: str) -> None:
        self._text = io.TextIOWrapper(raw, encoding=encoding, newline="", errors="replace")

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        """Close the file as well."""
        self._text.close()
        super().close()

    def read(self, size: int = -1) -> bytes:
        """At least one character unless the end is reached; a character may take up to four bytes."""
        return self._text.read(max(size // 4, 1) if size > 0 else -1).encode("utf-8")


class _Tabbed(io.RawIOBase):
    """Runs of white space as one tab, none at the ends of a line."""

    def __init__(self, raw: BinaryIO) -> None:
        self._raw, self._rest, self._out = raw, b"", b""

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        """Close the file as well."""
        self._raw.close()
        super().close()

    def read(self, size: int = -1) -> bytes:
        """Up to `size` bytes; lines are changed whole."""
        while not self._out:
            chunk = self._raw.read(1 << 20)
            lines, cut, self._rest = (self._rest + chunk).rpartition(b"\n") if chunk else (self._rest, b"", b"")
            if not chunk and not lines:
                return b""
            trimmed = re.sub(rb"(?m)^[ \t]+|[ \t]+(?=\r?$)", b"", lines + cut)
            self._out = re.sub(rb"[ \t]+", b"\t", trimmed)
        size = len(self._out) if size < 0 else size
        given, self._out = self._out[:size], self._out[size:]
        return given


def _explained(error: pa.ArrowInvalid, path: Path) -> UnreadableFile:
    message = str(error)
    if "straddling" in message or "block boundaries" in message:
        return UnreadableFile(_ROW_TOO_LONG, where=path.name, remedy=_CHECK_QUOTES)
    if "invalid UTF8" in message:
        return UnreadableFile(_NOT_ENCODED, where=path.name, remedy=_TRY_ENCODING)
    if "Empty CSV" in message:
        return UnreadableFile(_NO_ROWS, where=path.name)
    return UnreadableFile(_NOT_TABULAR, where=path.name, remedy=_FORMATS)


_CELLS = Text(en="{found} cells where {expected} are expected", fr="{found} cellules au lieu de {expected}")
_BINARY = Text(en="this is not a text file", fr="ce n'est pas un fichier texte")
_FORMATS = Text(
    en="give CSV, TSV, Excel (.xlsx), JSON, NDJSON or Parquet; text may be gzipped",
    fr="donnez du CSV, TSV, Excel (.xlsx), JSON, NDJSON ou Parquet\N{NO-BREAK SPACE}; le texte peut être en gzip",
)
_ROW_TOO_LONG = Text(
    en="a row is longer than can be read (16 MB)", fr="une ligne est trop longue pour être lue (16\N{NO-BREAK SPACE}Mo)"
)
_CHECK_QUOTES = Text(
    en='look for a quotation mark (") that is opened and never closed',
    fr='cherchez un guillemet (") ouvert et jamais fermé',
)
_NOT_ENCODED = Text(
    en="the file is not written in the encoding that was given", fr="le fichier n'est pas écrit dans l'encodage indiqué"
)
_TRY_ENCODING = Text(
    en="leave `encoding` out, or try cp1252", fr="n'indiquez pas `encoding`, ou essayez cp1252"
)  # fmt: skip
_NO_ROWS = Text(en="there is no row under the header", fr="il n'y a aucune ligne sous l'en-tête")
_NOT_TABULAR = Text(en="the rows cannot be told apart", fr="les lignes ne peuvent pas être distinguées")
