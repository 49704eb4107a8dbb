"""The fields of a test: an operator and what stands after it, of a trait, a property, or a measure of events.

`opened_test` fills them from a document, `said_test` writes them back; what they hold follows the table of operators.
"""

import re
from collections.abc import Mapping
from typing import Any

from quartier.catalog import ValueType
from quartier.segment.earlier_documents import CHANGED
from quartier.segment.operators import OPERATORS
from quartier.segment.ranks import RANKS
from quartier.web.editor.sketch import Leaf
from quartier.web.editor.typed import FLAGS, listed, number, text_of, unlisted, value_of, values_of
from quartier.web.editor.windows import duration, opened_duration, opened_window, window

Opened = dict[str, tuple[str, ...]]
_PERCENT = re.compile(r"(\d{1,3}(?:[.,]\d{1,6})?) %")
SIDES = ("value", "trait", "earlier", "ago")
"""What a comparison may be held against: a value, another trait, the same in an earlier window, its own value then."""


def opened_test(operator: str, value: Any, name: str = "test") -> Opened:
    """The fields of a test as it is written in a document."""
    found: Opened = {name: (operator,)}
    if operator in RANKS:
        return found | _opened_rank(value, name)
    if operator == CHANGED:
        return found | _opened_change(value, name)
    if isinstance(value, Mapping) and OPERATORS[operator].takes != "range":
        return found | _opened_side(value, name)
    return found | _opened_value(operator, value, name)


def said_test(leaf: Leaf, type_: ValueType | None, name: str = "test") -> tuple[str, Any]:
    """The operator and the value that the fields say."""
    operator = leaf.one(name) or "is"
    if operator in RANKS:
        return operator, _rank(leaf, name)
    if operator == CHANGED:
        return operator, _change(leaf, type_, name)
    side = leaf.one(f"{name}.side")
    if side in SIDES[1:]:
        return operator, _side(leaf, side, name)
    return operator, _value(leaf, operator, type_, name)


def is_empty(value: Any) -> bool:
    """Whether a field that is needed holds nothing yet."""
    if isinstance(value, Mapping):
        return any(is_empty(each) for each in value.values())
    return value == "" or value == [] or (isinstance(value, list) and any(is_empty(each) for each in value))


def _opened_value(operator: str, value: Any, name: str) -> Opened:
    match OPERATORS[operator].takes:
        case "values" if isinstance(value, list):
            return {f"{name}.value": (listed(value),)}
        case "pair" if isinstance(value, list) and len(value) == 2:
            return {f"{name}.low": (text_of(value[0]),), f"{name}.high": (text_of(value[1]),)}
        case "duration" | "days":
            return opened_duration(value, f"{name}.time")
        case "range":
            inner = dict(value) if isinstance(value, Mapping) else {"is": value}
            ((operator_inside, years),) = inner.items()
            return opened_test(operator_inside, years, f"{name}.years")
    return {f"{name}.value": (text_of(value),)}


def _value(leaf: Leaf, operator: str, type_: ValueType | None, name: str) -> Any:
    text = leaf.one(f"{name}.value")
    match OPERATORS[operator].takes if operator in OPERATORS else "value":
        case "values":
            return values_of(text, ValueType.TEXT if type_ is ValueType.TEXTS else type_)
        case "pair":
            return [value_of(leaf.one(f"{name}.{end}"), type_) for end in ("low", "high")]
        case "duration" | "days":
            return duration(leaf, f"{name}.time")
        case "flag":
            return FLAGS.get(text or "true", text)
        case "range":
            inside, years = said_test(leaf, ValueType.INTEGER, f"{name}.years")
            return years if inside == "is" else {inside: years}
    return value_of(text or "true", type_) if type_ is ValueType.BOOLEAN else value_of(text, type_)


def _opened_rank(value: Any, name: str) -> Opened:
    found = _PERCENT.fullmatch(value) if isinstance(value, str) else None
    unit, amount = ("percent", found[1]) if found else ("places", text_of(value))
    return {f"{name}.places": (amount,), f"{name}.of": (unit,)}


def _rank(leaf: Leaf, name: str) -> Any:
    amount = leaf.one(f"{name}.places").strip()
    if not amount:
        return ""
    return number(amount) if leaf.one(f"{name}.of") == "places" else f"{amount} %"


def _opened_change(value: Mapping[str, Any], name: str) -> Opened:
    times = {key: each for key, each in value.items() if key not in ("from", "to")}
    ends = {f"{name}.{key}": (_listed(value[key]),) for key in ("from", "to") if key in value}
    return opened_window(times, f"{name}.window") | ends


def _change(leaf: Leaf, type_: ValueType | None, name: str) -> dict[str, Any]:
    found = window(leaf, f"{name}.window")
    for key in ("from", "to"):
        if values := unlisted(leaf.one(f"{name}.{key}")):
            typed = [value_of(each, type_) for each in values]
            found[key] = typed[0] if len(typed) == 1 else typed
    return found


def _opened_side(value: Mapping[str, Any], name: str) -> Opened:
    times = {f"{name}.times": (text_of(value["times"]),)} if "times" in value else {}
    if "ago" in value:
        return {f"{name}.side": ("ago",), **opened_duration(value["ago"], f"{name}.time"), **times}
    if "trait" in value:
        return {f"{name}.side": ("trait",), f"{name}.trait": (value["trait"],), **times}
    earlier = value["earlier"]
    written = {"ago": earlier} if set(earlier) == {"between"} else earlier
    return {f"{name}.side": ("earlier",), **opened_window(written, f"{name}.window"), **times}


def _side(leaf: Leaf, side: str, name: str) -> dict[str, Any]:
    times = leaf.one(f"{name}.times").strip()
    factor = {"times": number(times)} if times else {}
    if side == "ago":
        return {"ago": duration(leaf, f"{name}.time"), **factor}
    if side == "trait":
        return {"trait": leaf.one(f"{name}.trait"), **factor}
    found = window(leaf, f"{name}.window")
    return {"earlier": found.get("ago", found), **factor}


def _listed(value: Any) -> str:
    return listed(value if isinstance(value, list) else [value])
