"""Between what is typed into a field and the value that a definition holds.

What cannot be read as its type stays as it was typed: the definition is then told to be wrong, at its place.
"""

import re
from collections.abc import Sequence
from typing import Any

from quartier.catalog import ValueType
from quartier.segment.operators import NUMERIC

_LISTED = re.compile(r'\s*(?:"((?:[^"]|"")*)"|([^,\n]*))\s*(?:[,\n]|\Z)')
_QUOTED = re.compile(r'[",\n]|^\s|\s$|^$')
_NUMBER = re.compile(r"[-+]?\d{1,18}")
_DECIMAL = re.compile(r"[-+]?(?:\d{1,300}[.,]\d{0,300}|[.,]\d{1,300}|\d{1,300})(?:e[-+]?\d{1,3})?", re.IGNORECASE)
_SPACES = re.compile(r"[\s\u00a0\u202f]")
FLAGS = {"true": True, "false": False}


def value_of(text: str, type_: ValueType | None) -> Any:
    """What a field says, as a value of a type; a type that is not known takes it for text."""
    if type_ is ValueType.BOOLEAN:
        return FLAGS.get(text, text)
    return number(text) if type_ in NUMERIC else text


def number(text: str) -> Any:
    """A number as people write it: `500`, `12.5`, `12,5`, `1 234`."""
    bare = _SPACES.sub("", text)
    if _NUMBER.fullmatch(bare):
        return int(bare)
    return float(bare.replace(",", ".")) if _DECIMAL.fullmatch(bare) else text


def text_of(value: Any) -> str:
    """What a field shows of a value."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else repr(value)


def listed(values: Sequence[Any]) -> str:
    """Values with commas between; what holds one, or spaces at an end, stands in quotation marks."""
    return ", ".join(_in_list(text_of(each)) for each in values)


def unlisted(text: str) -> list[str]:
    """The values of a list as typed: with commas or line ends between."""
    found, place = [], 0
    while place < len(text):
        match = _LISTED.match(text, place)
        if match is None:  # a quotation mark in the middle of a value
            end = min((at for at in (text.find(",", place), text.find("\n", place)) if at >= 0), default=len(text))
            found.append(text[place:end].strip())
            place = end + 1
            continue
        quoted, plain = match[1], match[2]
        found.append(quoted.replace('""', '"') if quoted is not None else plain.strip())
        place = match.end() if match.end() > place else place + 1
        if quoted is None and not found[-1]:
            found.pop()
    return found


def values_of(text: str, type_: ValueType | None) -> list[Any]:
    """The values of a list as typed, each of a type."""
    return [value_of(each, type_) for each in unlisted(text)]


def _in_list(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text
