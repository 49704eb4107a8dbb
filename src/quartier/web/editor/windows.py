"""The fields of a window of time, and the window that they say."""

import re
from collections.abc import Mapping
from typing import Any

from quartier.web.editor.sketch import Leaf

KINDS = ("ever", "within", "ago", "dates", "during", "last")
UNITS = ("minute", "hour", "day", "week", "month", "year")
CALENDAR = ("day", "week", "month", "quarter", "year")
PERIODS = (
    "today", "yesterday", "this week", "this month", "this quarter", "this year", "last week", "last month",
    "last quarter", "last year",
)  # fmt: skip
_DURATION = re.compile(r"(\d{1,6}) (minute|hour|day|week|month|year)s?")
_LAST = re.compile(r"last (\d{1,6}) (day|week|month|quarter|year)s?( a year ago)?")
_YEAR_AGO = " a year ago"


def opened_duration(text: Any, name: str) -> dict[str, tuple[str, ...]]:
    """The fields of a duration: a number and a unit."""
    found = _DURATION.fullmatch(text) if isinstance(text, str) else None
    return {f"{name}.n": (found[1],), f"{name}.unit": (found[2],)} if found else {}


def duration(leaf: Leaf, name: str) -> str:
    """The duration that the fields say: `90 days`."""
    n, unit = leaf.one(f"{name}.n").strip(), leaf.one(f"{name}.unit") or "day"
    return _counted(n, unit) if n else ""


def opened_window(written: Mapping[str, Any], name: str = "window") -> dict[str, tuple[str, ...]]:
    """The fields of a window as it is written in a document."""
    if "within" in written:
        return {name: ("within",), **opened_duration(written["within"], f"{name}.oldest")}
    if "ago" in written:
        low, high = written["ago"]["between"]
        return {name: ("ago",), **opened_duration(low, f"{name}.newest"), **opened_duration(high, f"{name}.oldest")}
    if "during" in written:
        return _opened_period(written["during"], name)
    if written:
        days = {key: (str(written[key]),) for key in ("since", "until") if key in written}
        return {name: ("dates",), **{f"{name}.{key}": value for key, value in days.items()}}
    return {name: ("ever",)}


def window(leaf: Leaf, name: str = "window") -> dict[str, Any]:
    """The window that the fields say, as a document writes it; nothing for ever."""
    match leaf.one(name):
        case "within":
            return {"within": duration(leaf, f"{name}.oldest")}
        case "ago":
            return {"ago": {"between": [duration(leaf, f"{name}.newest"), duration(leaf, f"{name}.oldest")]}}
        case "dates":
            days = {key: leaf.one(f"{name}.{key}").strip() for key in ("since", "until")}
            return {key: day for key, day in days.items() if day} or {"since": ""}
        case "during":
            return {"during": (leaf.one(f"{name}.period") or PERIODS[0]) + _shift(leaf, name)}
        case "last":
            n, unit = leaf.one(f"{name}.n").strip(), leaf.one(f"{name}.unit") or "month"
            return {"during": f"last {_counted(n, unit)}{_shift(leaf, name)}" if n else ""}
    return {}


def _opened_period(period: Any, name: str) -> dict[str, tuple[str, ...]]:
    is_past_year = str(period).endswith(_YEAR_AGO)
    shift = {f"{name}.shift": ("yes",)} if is_past_year else {}
    if found := _LAST.fullmatch(str(period)):
        return {name: ("last",), f"{name}.n": (found[1],), f"{name}.unit": (found[2],), **shift}
    return {name: ("during",), f"{name}.period": (str(period).removesuffix(_YEAR_AGO),), **shift}


def _shift(leaf: Leaf, name: str) -> str:
    return _YEAR_AGO if leaf.one(f"{name}.shift") == "yes" else ""


def _counted(n: str, unit: str) -> str:
    return f"{n} {unit}{'' if n == '1' else 's'}"
