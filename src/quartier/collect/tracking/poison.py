"""What JSON parsers let pass, or choke on: found, named and placed, so that one message is rejected and no more.

A flaw is looked for in what Python's own parser makes of the text. It is told what to do with each oddity: put a mark
where the value would be. A walk then finds the first mark and its field.
"""

import json
import math
from collections.abc import Iterator
from typing import Any

from quartier.collect.tracking.limits import NESTING, PROPERTIES
from quartier.collect.tracking.reasons import Flaw
from quartier.collect.tracking.splitting import depth

RESERVED_KEY = "__proto__"
_SMALLEST, _LARGEST = -(2**63), 2**63 - 1
_DIGITS = 20
_LONGEST_FIELD = 200


class _Mark:
    """Stands where a value should be, and says why there is none."""

    def __init__(self, code: str) -> None:
        self.code = code


def read(text: bytes) -> Any | Flaw:
    """The value that a JSON text says, or what is wrong with it."""
    if depth(text) > NESTING:
        return Flaw("too_deep")
    try:
        value = json.loads(
            text.decode(), object_pairs_hook=_pairs, parse_constant=_constant, parse_int=_whole, parse_float=_decimal
        )
    except UnicodeDecodeError:
        return Flaw("not_utf8")
    except ValueError:
        return Flaw("not_json")
    return flaw_in(value) or value


def flaw_in(value: Any) -> Flaw | None:
    """The first thing wrong inside a value, None when all of it can be kept."""
    properties = 0
    for field, level, each in _walk(value):
        if level > NESTING:
            return Flaw("too_deep", field or None)
        code = _code(each)
        if code:
            return Flaw(code, field or None)
        properties += len(each) if isinstance(each, dict) else 0
    return Flaw("too_many_properties") if properties > PROPERTIES else None


def _walk(value: Any) -> Iterator[tuple[str, int, Any]]:
    """Every value inside a value, in order, with its field and how many objects and lists it is inside of, or is."""
    stack = [("", 0, value)]
    while stack:
        field, outside, each = stack.pop()
        level = outside + isinstance(each, dict | list | tuple)
        yield field, level, each
        if isinstance(each, dict):
            stack.extend(reversed([(_field(field, key), level, below) for key, below in each.items()]))
        elif isinstance(each, list | tuple):
            stack.extend(reversed([(f"{field}[{index}]", level, below) for index, below in enumerate(each)]))


def _field(place: str, key: object) -> str:
    """`properties.products[2].price`; signs that cannot be shown are left out, a long place is cut."""
    shown = "".join(sign for sign in str(key)[:_LONGEST_FIELD] if sign.isprintable())
    return (f"{place}.{shown}" if place else shown)[:_LONGEST_FIELD]


def _code(value: Any) -> str | None:
    match value:
        case _Mark():
            return value.code
        case str():
            return _text_code(value)
        case float():
            return None if math.isfinite(value) else "not_a_number"
        case int():
            return None if _SMALLEST <= value <= _LARGEST else "number_out_of_range"
        case dict():
            return _keys_code(value)
    return None


def _keys_code(value: dict[Any, Any]) -> str | None:
    if RESERVED_KEY in value:
        return "reserved_key"
    return next(filter(None, (_text_code(key) for key in value if isinstance(key, str))), None)


def _text_code(text: str) -> str | None:
    if "\0" in text:
        return "nul"
    if not text.isascii() and any("\ud800" <= sign <= "\udfff" for sign in text):
        return "lone_surrogate"
    return None


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any] | _Mark:
    made = dict(pairs)
    return made if len(made) == len(pairs) else _Mark("duplicate_key")


def _constant(_name: str) -> _Mark:
    return _Mark("not_a_number")


def _whole(written: str) -> int | _Mark:
    return int(written) if len(written) <= _DIGITS else _Mark("number_out_of_range")


def _decimal(written: str) -> float | _Mark:
    value = float(written)
    return value if math.isfinite(value) else _Mark("number_out_of_range")
