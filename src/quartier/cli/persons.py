"""Persons as the command line shows them: a table in a terminal, plain data in JSON."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from rich.cells import cell_len

from quartier.cli.session import Session
from quartier.cli.words import TRAITS
from quartier.identify.profile.plain import aware
from quartier.identify.profile.plain import plain as as_plain
from quartier.language import Language, Text, day, decimal, instant, whole

Row = dict[str, Any]
_GAP = 2


def names(written: str | None) -> list[str] | None:
    """Names separated by commas; None when none were given."""
    return [each.strip() for each in written.split(",") if each.strip()] if written is not None else None


def plain(rows: Sequence[Row]) -> list[Row]:
    """Rows as JSON takes them: days and instants in ISO 8601, instants of the engine being UTC."""
    return [{name: as_plain(value) for name, value in row.items()} for row in rows]


def print_persons(rows: Sequence[Row], now: Session, zone: ZoneInfo) -> None:
    """A table with the columns in which somebody has a value; in a terminal, those that fit."""
    known = [name for name in (rows[0] if rows else {}) if any(row[name] is not None for row in rows)]
    if not known:
        return
    columns = {name: [_cell(row[name], now.language, zone) for row in rows] for name in known}
    shown = _fitting(columns, now.out.width) if now.out.is_terminal else known
    figures = tuple(place for place, name in enumerate(shown) if _is_figures(row[name] for row in rows))
    cells = [list(row) for row in zip(*(columns[name] for name in shown), strict=True)]
    now.print_table([Text(en=name, fr=name) for name in shown], cells, right=figures)
    if len(shown) < len(known):
        now.say(_MORE, traits=TRAITS.with_(n=len(known) - len(shown)))


def _fitting(columns: dict[str, list[str]], width: int) -> list[str]:
    """The first columns that fit beside one another; at least one."""
    found: list[str] = []
    for name, cells in columns.items():
        width -= max(map(cell_len, [name, *cells])) + _GAP
        if found and width + _GAP < 0:
            break
        found.append(name)
    return found


def _is_figures(values: Any) -> bool:
    return all(value is None or (isinstance(value, int | float) and not isinstance(value, bool)) for value in values)


def _cell(value: Any, language: Language, zone: ZoneInfo) -> str:
    """A value as the reader writes it; instants in the workspace's time zone."""
    match value:
        case None:
            return ""
        case bool():
            return (_YES if value else _NO).to(language)
        case int():
            return whole(value, language)
        case float():
            return decimal(value, language)
        case dt.datetime():
            return instant(aware(value), language, zone)
        case dt.date():
            return day(value, language)
        case list():
            return ", ".join(_cell(each, language, zone) for each in value)
        case _:
            return str(value)


_YES, _NO = Text(en="yes", fr="oui"), Text(en="no", fr="non")
_MORE = Text(
    en="{traits} more than this terminal is wide: choose with --traits, or write all with --out list.csv",
    fr="{traits} de plus que la largeur du terminal\N{NO-BREAK SPACE}: choisissez avec --traits, ou écrivez tout avec "
    "--out liste.csv",
)
