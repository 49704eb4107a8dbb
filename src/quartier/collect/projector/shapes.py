"""What a message's properties or traits are made of, read from the structure that DuckDB tells. Pure."""

import functools
import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from quartier.collect.projector.naming import Path, column_name


class Kind(StrEnum):
    """What a value is in JSON."""

    NOTHING = "nothing"
    EMPTY = "empty"  # an array of nothing
    STRING = "string"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    TEXTS = "texts"  # an array of strings, or of other scalars of one kind
    LINES = "lines"  # an array of objects
    OTHER = "other"  # mixed or nested deeper: it has no column


_KINDS = {
    "NULL": Kind.NOTHING,
    "VARCHAR": Kind.STRING,
    "UBIGINT": Kind.INTEGER,
    "BIGINT": Kind.INTEGER,
    "HUGEINT": Kind.INTEGER,
    "DOUBLE": Kind.NUMBER,
    "BOOLEAN": Kind.BOOLEAN,
}
SCALARS = frozenset({Kind.STRING, Kind.INTEGER, Kind.NUMBER, Kind.BOOLEAN})
LINES_AT = "products"


@dataclass(frozen=True)
class Leaf:
    """One value: where it stands and what it is; of lines, the fields of their objects."""

    path: Path
    kind: Kind
    fields: tuple[tuple[str, Kind], ...] = ()


@dataclass(frozen=True)
class Shape:
    """The values of an object, sorted by where they stand, and the keys that hold objects."""

    leaves: tuple[Leaf, ...]
    keys: tuple[str, ...]
    objects: tuple[str, ...]


@functools.lru_cache(maxsize=8192)
def shape_of(structure: str) -> Shape:
    """The shape that a text of DuckDB's `json_structure` describes."""
    read = json.loads(structure)
    if not isinstance(read, dict):
        return Shape((), (), ())
    objects = tuple(key for key, value in read.items() if isinstance(value, dict))
    return Shape(tuple(sorted(_leaves(read), key=lambda leaf: leaf.path)), tuple(read), objects)


def _leaves(read: dict[str, Any]) -> Iterator[Leaf]:
    for key, value in read.items():
        if isinstance(value, dict):
            yield from (_leaf((key, inner), each) for inner, each in value.items())
        else:
            yield _leaf((key,), value)


def _leaf(path: Path, value: Any) -> Leaf:
    match value:
        case _ if not all(path):  # a key without a name
            return Leaf(path, Kind.OTHER)
        case str():
            return Leaf(path, _KINDS.get(value, Kind.OTHER))
        case [str() as one]:
            return Leaf(path, _array(_KINDS.get(one, Kind.OTHER)))
        case [dict() as line] if line and column_name(path) == LINES_AT:
            return Leaf(path, Kind.LINES, tuple(sorted((name, _scalar(name, each)) for name, each in line.items())))
        case _:
            return Leaf(path, Kind.OTHER)


def _array(of: Kind) -> Kind:
    if of in SCALARS:
        return Kind.TEXTS
    return Kind.EMPTY if of is Kind.NOTHING else Kind.OTHER


def _scalar(name: str, value: Any) -> Kind:
    return _KINDS.get(value, Kind.OTHER) if name and isinstance(value, str) else Kind.OTHER
