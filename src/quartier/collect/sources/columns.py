"""Which columns a stream has and of which kinds, and what changed since the run before. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

Kinds = dict[str, str]
"""Kind of value by column: text, number, boolean, instant, list; `none` while no value has been seen."""

ENOUGH = 10
"""Rows without a key from which on its column is said to have vanished: services leave empty keys out."""


@dataclass(frozen=True)
class Change:
    """A column that appeared, vanished, or whose values became of another kind."""

    stream: str
    column: str
    what: str
    was: str | None = None
    now: str | None = None

    def as_json(self) -> dict[str, str | None]:
        """Plain data with stable keys."""
        return vars(self).copy()


def seen(kinds: Kinds, rows: Iterable[Mapping[str, Any]]) -> None:
    """Take the columns of some rows into `kinds`; a column of several kinds is `mixed`."""
    for row in rows:
        for name, value in row.items():
            known, found = kinds.get(name, "none"), kind_of(value)
            kinds[name] = found if known == "none" else known if found in (known, "none") else "mixed"


def kind_of(value: object) -> str:
    """The kind of one value."""
    match value:
        case None | "":
            return "none"
        case bool():
            return "boolean"
        case int() | float():
            return "number"
        case list() | dict():
            return "list"
        case _:
            return "text"


def changes(stream: str, known: Kinds, found: Kinds, *, rows: int, is_whole: bool) -> tuple[Change, ...]:
    """What changed; `is_whole` says that `found` has every column there is, and not only those with a value.

    A stream that is seen for the first time changes nothing.
    """
    if not known or not rows:
        return ()
    appeared = [Change(stream, name, "appeared", None, found[name]) for name in found if name not in known]
    gone = [name for name in known if name not in found] if is_whole or rows >= ENOUGH else []
    vanished = [Change(stream, name, "vanished", known[name]) for name in gone]
    retyped = [
        Change(stream, name, "retyped", known[name], kind) for name, kind in found.items()
        if name in known and "none" not in (kind, known[name]) and kind != known[name]
    ]  # fmt: skip
    return (*appeared, *vanished, *retyped)


def after(known: Kinds, found: Kinds, told: Iterable[Change]) -> Kinds:
    """The columns as they are known from now on: what vanished may appear again."""
    gone = {each.column for each in told if each.what == "vanished"}
    kept = {name: kind for name, kind in known.items() if name not in gone}
    fresh = {name: kind for name, kind in found.items() if kind != "none" or name not in kept}
    return kept | fresh


def kind_of_type(type_: pa.DataType) -> str:
    """The kind of a column of a file that knows its types."""
    if pa.types.is_boolean(type_):
        return "boolean"
    if pa.types.is_integer(type_) or pa.types.is_floating(type_) or pa.types.is_decimal(type_):
        return "number"
    if pa.types.is_temporal(type_):
        return "instant"
    if pa.types.is_null(type_):
        return "none"
    return "list" if pa.types.is_nested(type_) else "text"
