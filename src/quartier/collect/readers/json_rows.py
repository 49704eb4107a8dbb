"""JSON (a list of objects, or an object that holds one) and NDJSON (one object a line)."""

import contextlib
import io
import json
from collections.abc import Callable, Generator, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa

from quartier.collect.definition import Form
from quartier.collect.readers.excel import cell_text
from quartier.collect.readers.header import checked_names
from quartier.collect.readers.reading import Reading, Refused, refuse_larger, schema_of
from quartier.collect.readers.survey import Survey, unpacked
from quartier.errors import UnreadableFile
from quartier.language import Said, Text

_ROWS_AT_ONCE = 20_000
_ROWS_FOR_NAMES = 20_000
_SHOWN = 200
MOST_BYTES = 500 * 1024 * 1024
"""A JSON document is read whole, at several times its size."""
Row = dict[str, str | None]


def read_ndjson(path: Path, form: Form, found: Survey) -> Reading:
    """Open a file with one JSON object a line; a line that is none is refused with its number."""
    refused: list[Refused] = []
    with contextlib.closing(_lines(path, form, found, [])) as first:
        named = _named(islice(first, _ROWS_FOR_NAMES), path.name)
    return Reading(named, _batches(_lines(path, form, found, refused), named, refused), refused)


def read_json(path: Path, form: Form, found: Survey) -> Reading:
    """Open a JSON document of rows. Raises UnreadableFile when it is not valid JSON or holds no rows."""
    with unpacked(path, found.is_gzip) as file:
        packed = file.read(MOST_BYTES + 1)
        refuse_larger(path, MOST_BYTES, _NDJSON_INSTEAD, size=len(packed))
        content = packed.decode(form.encoding or found.encoding, errors="replace")
    try:
        document = json.loads(content)
    except (json.JSONDecodeError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else 1
        raise UnreadableFile(_BROKEN.with_(line=line), where=path.name, remedy=_REPAIR) from error
    objects = list(enumerate(_rows_of(document, path.name), start=1))
    refused: list[Refused] = []
    named = _named(_flat_rows(iter(objects), []), path.name)
    return Reading(named, _batches(_flat_rows(iter(objects), refused), named, refused), refused)


def _rows_of(document: object, where: str) -> list[Any]:
    """The list of objects, at the top or under the one key that holds such a list."""
    if isinstance(document, dict):
        lists = [value for value in document.values() if isinstance(value, list) and value]
        document = lists[0] if len(lists) == 1 else [document]
    if not isinstance(document, list) or not any(isinstance(each, dict) for each in document):
        raise UnreadableFile(_NO_ROWS, where=where, remedy=_LIST_OF_OBJECTS)
    return document


def _lines(path: Path, form: Form, found: Survey, refused: list[Refused]) -> Generator[tuple[int, Row], None, None]:
    encoding = form.encoding or found.encoding
    with unpacked(path, found.is_gzip) as file, io.TextIOWrapper(file, encoding=encoding, errors="replace") as lines:
        parsed = (
            (number, _parsed(line, number, refused)) for number, line in enumerate(lines, start=1) if line.strip()
        )
        yield from _flat_rows((each for each in parsed if each[1] is not _UNPARSED), refused)


_UNPARSED = object()


def _parsed(line: str, number: int, refused: list[Refused]) -> object:
    try:
        return json.loads(line)
    except (json.JSONDecodeError, RecursionError):
        refused.append(Refused(number, line.strip()[:_SHOWN], _NOT_JSON))
        return _UNPARSED


def _flat_rows(objects: Iterator[tuple[int, Any]], refused: list[Refused]) -> Iterator[tuple[int, Row]]:
    for number, each in objects:
        if isinstance(each, dict):
            yield number, flattened(each)
        else:
            refused.append(Refused(number, str(each)[:_SHOWN], _NO_OBJECT))


def flattened(value: dict[str, Any], prefix: str = "") -> Row:
    """Objects inside objects as `address.city`; lists as JSON text."""
    row: Row = {}
    for key, each in value.items():
        if isinstance(each, dict):
            row.update(flattened(each, f"{prefix}{key}."))
        elif isinstance(each, list):
            row[f"{prefix}{key}"] = json.dumps(each, ensure_ascii=False)
        else:
            row[f"{prefix}{key}"] = cell_text(each)
    return row


def _named(rows: Iterator[tuple[int, Row]], where: str) -> tuple[str, ...]:
    names: dict[str, None] = {}
    for _, row in rows:
        names.update(dict.fromkeys(row))
    if not names:
        raise UnreadableFile(_NO_ROWS, where=where, remedy=_LIST_OF_OBJECTS)
    return checked_names(list(names), where)


def _batches(
    rows: Iterator[tuple[int, Row]], names: tuple[str, ...], refused: list[Refused]
) -> Iterator[pa.RecordBatch]:
    known = set(names)
    while part := list(islice(rows, _ROWS_AT_ONCE)):
        part = _without(part, lambda row: not known.issuperset(row), _LATE_KEY, refused)
        part = _without(part, _has_surrogate, _SURROGATE, refused)
        columns = [pa.array([row.get(name) for _, row in part], pa.string()) for name in names]
        numbers = pa.array([number for number, _ in part], pa.int64())
        yield pa.RecordBatch.from_arrays([*columns, numbers], schema=schema_of(names))


def _without(
    rows: list[tuple[int, Row]], is_refused: Callable[[Row], bool], reason: Text | Said, refused: list[Refused]
) -> list[tuple[int, Row]]:
    """The rows that may stay; the others are noted with their reason."""
    for number, row in rows:
        if is_refused(row):
            refused.append(Refused(number, json.dumps(row)[:_SHOWN], reason))
    return [each for each in rows if not is_refused(each[1])]


def _has_surrogate(row: Row) -> bool:
    """Half of a character, which UTF-8 cannot hold."""
    text = "".join(value for value in row.values() if value)
    return not text.isascii() and any("\ud800" <= each <= "\udfff" for each in text)


_NDJSON_INSTEAD = Text(
    en="write one object a line (.ndjson): any size is read",
    fr="écrivez un objet par ligne (.ndjson), lu quelle que soit la taille",
)
_BROKEN = Text(en="not valid JSON at line {line}", fr="JSON incorrect à la ligne {line}")
_REPAIR = Text(
    en="repair it; a file with one object a line should be named .ndjson or .jsonl",
    fr="corrigez-le\N{NO-BREAK SPACE}; un fichier avec un objet par ligne doit s'appeler .ndjson ou .jsonl",
)
_NO_ROWS = Text(en="it holds no list of objects", fr="il ne contient pas de liste d'objets")
_LIST_OF_OBJECTS = Text(
    en='write rows as [{{"customer": "1", "date": "2026-01-31"}}, …]',
    fr='écrivez les lignes ainsi\N{NO-BREAK SPACE}: [{{"client": "1", "date": "2026-01-31"}}, …]',
)
_NOT_JSON = Text(en="this line is not valid JSON", fr="cette ligne n'est pas du JSON correct")
_NO_OBJECT = Text(en="this row is no object", fr="cette ligne n'est pas un objet")
_LATE_KEY = Text(
    en="this row has keys that none of the first rows has", fr="cette ligne a des clés absentes des premières lignes"
)
_SURROGATE = Text(en="it holds half a character (a lone surrogate)", fr="elle contient une moitié de caractère")
