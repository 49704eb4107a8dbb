"""Opens a source, whatever its format: one module per format, all give a `Reading`."""

from pathlib import Path
from typing import Any

import pyarrow as pa

from quartier.collect.definition import Form
from quartier.collect.readers.delimited import read_delimited
from quartier.collect.readers.excel import read_excel
from quartier.collect.readers.json_rows import read_json, read_ndjson
from quartier.collect.readers.parquet import as_text, read_parquet
from quartier.collect.readers.reading import LINE, MOST_BYTES_IN_A_ROW, Reading, Refused
from quartier.collect.readers.survey import Survey, survey, text_of

__all__ = ["LINE", "Reading", "Refused", "Survey", "as_text", "format_of", "open_file", "survey", "table_of"]

_OLE = b"\xd0\xcf\x11\xe0"


def format_of(path: Path, found: Survey) -> str:
    """The format of a file by its content: a wrong extension misleads nobody."""
    if found.head.startswith(b"PAR1"):
        return "parquet"
    if found.head.startswith((b"PK\x03\x04", _OLE)):
        return "excel"
    first = text_of(found.head[:4096], found.encoding).lstrip("\ufeff \t\r\n")[:1]
    names = [each.lower() for each in path.suffixes]
    if first == "[" or (first == "{" and ".json" in names and not _is_ndjson(found)):
        return "json"
    return "ndjson" if first == "{" else "delimited"


def open_file(path: Path, form: Form, found: Survey, *, most_bytes: int = MOST_BYTES_IN_A_ROW) -> Reading:
    """Open a file in the format that the form says, or that its content shows."""
    match form.format or format_of(path, found):
        case "parquet":
            return read_parquet(path)
        case "excel":
            return read_excel(path, form)
        case "json":
            return read_json(path, form, found)
        case "ndjson":
            return read_ndjson(path, form, found)
        case _:
            return read_delimited(path, form, found, most_bytes=most_bytes)


def table_of(frame: Any) -> pa.Table:
    """A pandas, Polars or Arrow frame as an Arrow table."""
    import narwhals as nw

    return frame if isinstance(frame, pa.Table) else nw.from_native(frame, eager_only=True).to_arrow()


def _is_ndjson(found: Survey) -> bool:
    lines = [line for line in text_of(found.head, found.encoding).splitlines()[:2] if line.strip()]
    return len(lines) > 1 and all(line.startswith("{") and line.rstrip().endswith("}") for line in lines)
