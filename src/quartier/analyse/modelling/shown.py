"""Figures of a run as tables: for the command line, and beside each chart for those who do not see it."""

from dataclasses import dataclass

from quartier.language import Language, Said, Text, amount, decimal, percent, whole


@dataclass(frozen=True)
class Share:
    """A part of a whole, 0 to 1."""

    value: float


@dataclass(frozen=True)
class Money:
    """An amount in the workspace's currency."""

    value: float


Cell = str | int | float | Text | Said | Share | Money | None
"""What stands in a table: words, a count, a number, a share, an amount, nothing known."""


@dataclass(frozen=True)
class Shown:
    """One table: what it shows, its heads, its rows; the first cell of a row names it."""

    title: Text | Said
    heads: tuple[Text, ...]
    rows: tuple[tuple[Cell, ...], ...]


def written(cell: Cell, language: Language, currency: str) -> str:
    """A cell as the reader's language writes it."""
    match cell:
        case None:
            return "–"
        case Text() | Said():
            return cell.to(language)
        case Share():
            return percent(cell.value, language)
        case Money():
            return amount(cell.value, currency, language)
        case bool() | str():
            return str(cell)
        case int():
            return whole(cell, language)
        case float():
            return decimal(cell, language, places=_places(cell))


def is_figure(cell: Cell) -> bool:
    """Whether a cell stands right."""
    return isinstance(cell, int | float | Share | Money)


def _places(value: float) -> int:
    """Three digits that count for small numbers, fewer places for large ones."""
    size = abs(value)
    return 0 if size >= 1000 else 1 if size >= 100 else 2 if size >= 10 else 3
