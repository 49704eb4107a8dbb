"""Excel workbooks: one sheet, its first non-empty row is the header."""

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import pyarrow as pa

from quartier.collect.definition import Form
from quartier.collect.readers.header import checked_names
from quartier.collect.readers.reading import Reading, refuse_larger, schema_of
from quartier.collect.readers.survey import EMPTY
from quartier.errors import InvalidRequest, UnreadableFile, suggestion
from quartier.language import Text

_ROWS_AT_ONCE = 10_000
MOST_BYTES = 100 * 1024 * 1024
"""A workbook is unpacked and read whole, at about ten times its size."""


def read_excel(path: Path, form: Form) -> Reading:
    """Open a sheet (the first unless named). Raises UnreadableFile when the workbook is broken or protected."""
    refuse_larger(path, MOST_BYTES, CSV_INSTEAD)
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        workbook = CalamineWorkbook.from_path(str(path))
        sheet = form.sheet or workbook.sheet_names[0]
        if sheet not in workbook.sheet_names:
            unknown = _NO_SHEET.with_(name=sheet)
            raise InvalidRequest(unknown, where=path.name, remedy=suggestion(sheet, workbook.sheet_names))
        rows = workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    except PasswordError as error:
        raise UnreadableFile(_PROTECTED, where=path.name, remedy=_UNPROTECT) from error
    except (CalamineError, OSError) as error:
        raise UnreadableFile(_BROKEN, where=path.name, remedy=_SAVE_AGAIN) from error
    return _reading(rows, form, path.name)


def _reading(rows: Sequence[Sequence[object]], form: Form, where: str) -> Reading:
    top = next((place for place, row in enumerate(rows) if any(cell != "" for cell in row)), None)
    if top is None:
        raise UnreadableFile(EMPTY, where=where)
    if form.columns:
        return Reading(form.columns, _batches(enumerate(rows[top:], start=top + 1), form.columns))
    names = checked_names([cell_text(cell) or "" for cell in rows[top]], where)
    return Reading(names, _batches(enumerate(rows[top + 1 :], start=top + 2), names))


def _batches(rows: Iterator[tuple[int, Sequence[object]]], names: tuple[str, ...]) -> Iterator[pa.RecordBatch]:
    held = ((line, row) for line, row in rows if any(cell != "" for cell in row))
    while part := list(islice(held, _ROWS_AT_ONCE)):
        cells = [
            [cell_text(row[place]) if place < len(row) else None for _, row in part] for place in range(len(names))
        ]
        columns = [pa.array(each, pa.string()) for each in cells]
        numbers = pa.array([line for line, _ in part], pa.int64())
        yield pa.RecordBatch.from_arrays([*columns, numbers], schema=schema_of(names))


def cell_text(cell: object) -> str | None:
    """A typed cell as the text that a CSV file would hold."""
    match cell:
        case None | "":
            return None
        case bool():
            return "true" if cell else "false"
        case float():
            return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
        case dt.datetime() | dt.date() | dt.time():
            return cell.isoformat()
        case _:
            return str(cell)


CSV_INSTEAD = Text(
    en="save the sheet as CSV: any size is read", fr="enregistrez la feuille en CSV, lu quelle que soit la taille"
)
_NO_SHEET = Text(
    en="there is no sheet “{name}”", fr="il n'y a pas de feuille «\N{NO-BREAK SPACE}{name}\N{NO-BREAK SPACE}»"
)
_PROTECTED = Text(en="this workbook is protected by a password", fr="ce classeur est protégé par un mot de passe")
_UNPROTECT = Text(en="save it without a password", fr="enregistrez-le sans mot de passe")
_BROKEN = Text(
    en="this workbook is broken, protected, or is no Excel file",
    fr="ce classeur est endommagé, protégé, ou n'est pas un fichier Excel",
)
_SAVE_AGAIN = Text(
    en="open it in a spreadsheet and save it again as .xlsx without a password, or as CSV",
    fr="ouvrez-le dans un tableur et enregistrez-le de nouveau en .xlsx sans mot de passe, ou en CSV",
)
