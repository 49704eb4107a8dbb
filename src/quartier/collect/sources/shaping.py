"""Rows of a service as rows of a table: lists unfolded, objects flattened, times and amounts as we write them. Pure."""

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from babel.numbers import get_currency_precision

from quartier.collect.sources.definition import Shape

Row = dict[str, Any]


def shaped(raw: Mapping[str, Any], shape: Shape) -> Iterator[Row]:
    """The rows that one row of a service gives: one, or one for each item of the list that is unfolded."""
    for item in _unfolded(raw, shape.explode):
        row = flat({name: _as_columns(value) if name in shape.pairs else value for name, value in item.items()})
        if any(row.get(name) not in values for name, values in shape.only.items()):
            continue
        for name, conversion in shape.convert.items():
            if row.get(name) is not None:
                row[name] = converted(row[name], conversion, row)
        for name, names in shape.names.items():
            row[name] = names.get(str(row.get(name)), row.get(name))
        for name, prefix in shape.prefix.items():
            if row.get(name) not in (None, ""):
                row[name] = f"{prefix}{row[name]}"
        for name, choices in shape.first.items():
            row[name] = next((row[each] for each in choices if row.get(each) not in (None, "")), None)
        yield row


def flat(value: Mapping[str, Any], prefix: str = "") -> Row:
    """Objects inside objects as `address.city`; lists as they are."""
    row: Row = {}
    for key, each in value.items():
        if isinstance(each, Mapping):
            row.update(flat(each, f"{prefix}{key}."))
        else:
            row[f"{prefix}{key}"] = each
    return row


def kept(row: Row, names: Sequence[str]) -> Row:
    """A row with exactly these columns: empty where it lacks one, lists as JSON."""
    return {name: _cell(row.get(name)) for name in names}


def converted(value: Any, conversion: str, row: Row) -> Any:
    """A value as we write it; one that does not fit is left as it is, so that the import can say so."""
    try:
        match conversion:
            case "epoch_seconds":
                return _moment(float(value))
            case "epoch_milliseconds":
                return _moment(float(value) / 1_000)
            case "epoch_microseconds":
                return _moment(int(value) / 1_000_000)
            case "minor_units":
                return int(value) / 10 ** get_currency_precision(str(row.get("currency") or "EUR").upper())
            case "compact_date":
                return dt.datetime.strptime(str(value), "%Y%m%d").date().isoformat()  # noqa: DTZ007 - a day has no zone
            case _:
                return str(value).upper()
    except (ValueError, TypeError, OverflowError, OSError):
        return value


def _unfolded(raw: Mapping[str, Any], explode: str | None) -> Iterator[Mapping[str, Any]]:
    if explode is None:
        yield raw
        return
    items = raw.get(explode)
    beside = {name: value for name, value in raw.items() if name != explode}
    for item in items if isinstance(items, list) else []:
        yield {**beside, explode: item}


def _as_columns(pairs: object) -> object:
    """[{key: k, value: {string_value: v}}] as {k: v}: the shape of Google Analytics and of many webhooks."""
    if not isinstance(pairs, list):
        return pairs
    found = {}
    for each in pairs:
        if isinstance(each, Mapping) and "key" in each:
            value = each.get("value")
            values = value.values() if isinstance(value, Mapping) else [value]
            found[str(each["key"])] = next((v for v in values if v is not None), None)
    return found


def _cell(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, list | dict) else value


def _moment(seconds: float) -> str:
    return dt.datetime.fromtimestamp(seconds, dt.UTC).isoformat().replace("+00:00", "Z")
