"""Lines of JSON into a staged table: DuckDB parses them, which is tens of times faster than Python."""

from collections.abc import Mapping
from pathlib import Path

from quartier.engine.compiler import Query
from quartier.engine.dialects import quoted

NUMBER = "number_"
"""The column that numbers the lines, from a first number on."""

_LARGEST = 64 * 1024 * 1024  # bytes of one object; DuckDB refuses larger ones


def ndjson_query(path: Path, columns: Mapping[str, str], first: int) -> Query:
    """The objects of a file, one row per line in their order; a line that cannot be read gives an empty row.

    `columns` are the keys that are read and the names they get. Values are text: objects and arrays as JSON.
    """
    typed = ", ".join(f"{_text(key)}: 'VARCHAR'" for key in columns)
    named = ", ".join(f"{quoted(key, 'duckdb')} as {quoted(name, 'duckdb')}" for key, name in columns.items())
    read = (
        f"read_json({_text(str(path))}, format = 'newline_delimited', auto_detect = false, ignore_errors = true, "
        f"maximum_object_size = {_LARGEST}, columns = {{{typed}}})"
    )
    return Query(f"select row_number() over () + {int(first) - 1} as {NUMBER}, {named} from {read}")


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
