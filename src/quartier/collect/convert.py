"""From text to typed values, as expressions: a value that cannot be read becomes empty and its row is rejected."""

from itertools import product

import ibis
import ibis.expr.datatypes as dtypes
import ibis.expr.types as ir

from quartier.catalog import ValueType
from quartier.catalog.recognise import MISSING, NO, YES

_DATE_SHAPES = {"dmy": ("%d", "%m", "%Y"), "mdy": ("%m", "%d", "%Y"), "ymd": ("%Y", "%m", "%d")}
_TIMES = ("", " %H:%M", " %H:%M:%S", " %H:%M:%S.%f", "T%H:%M:%S", " %I:%M %p", " %I:%M:%S %p")
_SEPARATORS = ("/", "-", ".", " ")
NUMBER_SIGNS = r"[€$£%\s\x{a0}\x{202f}']|EUR|USD|GBP|CHF|CAD"
_PLAIN = {
    ".": r"[+-]?(\d+|\d{1,3}(,\d{3})+)?(\.\d*)?([eE][+-]?\d+)?",
    ",": r"[+-]?(\d+|\d{1,3}(\.\d{3})+)?(,\d*)?([eE][+-]?\d+)?",
}


_UTC = dtypes.Timestamp("UTC")


def one_argument(value):  # type: ignore[no-untyped-def]  # Ibis takes the types from the signature
    """Never run: stands for a function that DuckDB has."""


def two_arguments(value, other):  # type: ignore[no-untyped-def]  # Ibis takes the types from the signature
    """Never run: stands for a function that DuckDB has."""


_BUILTIN = ibis.udf.scalar.builtin
_try_strptime = _BUILTIN(
    two_arguments, name="try_strptime", signature=((dtypes.string, dtypes.Array(dtypes.string)), dtypes.timestamp)
)
_matches = _BUILTIN(two_arguments, name="regexp_full_match", signature=((dtypes.string, dtypes.string), dtypes.boolean))
_in_zone = _BUILTIN(two_arguments, name="timezone", signature=((dtypes.string, dtypes.timestamp), _UTC))
_micros = _BUILTIN(one_argument, name="epoch_us", signature=((_UTC,), dtypes.int64))
_from_micros = _BUILTIN(one_argument, name="make_timestamp", signature=((dtypes.int64,), dtypes.timestamp))


def given(raw: ir.StringValue, missing: tuple[str, ...] = (), *, keep: frozenset[str] = frozenset()) -> ir.StringValue:
    """Text; empty for the usual words that stand for no value and for those that the mapping adds."""
    words = sorted((MISSING - keep) | {each.strip().lower() for each in missing})
    return ibis.ifelse(raw.lower().isin(words), ibis.null(dtypes.string), raw)


def converted(text: ir.StringValue, type_: ValueType, *, decimal: str, order: str, zone: str) -> ir.Value:
    """Text as a value of a type, empty when it cannot be."""
    match type_:
        case ValueType.INTEGER:
            value = number(text, decimal)
            return ibis.ifelse((value == value.floor()) & (value.abs() < 2**53), value, None).try_cast(dtypes.int64)
        case ValueType.NUMBER:
            return number(text, decimal)
        case ValueType.BOOLEAN:
            lowered = text.lower()
            yes, no = lowered.isin([*sorted(YES), "1"]), lowered.isin([*sorted(NO), "0"])
            return ibis.cases((yes, True), (no, False))
        case ValueType.DATE:
            return moment(text, order, None).date()
        case ValueType.INSTANT:
            return moment(text, order, zone)
        case _:
            return text


def number(text: ir.StringValue, decimal: str) -> ir.FloatingValue:
    """A number with its thousands, currency and per cent signs; (12) is −12. Wrong groups of digits are no number."""
    is_negative = text.startswith("(") & text.endswith(")")
    bare = text.re_replace(r"^\((.*)\)$", r"\1").re_replace(NUMBER_SIGNS, "")
    bare = bare.replace("\N{MINUS SIGN}", "-")
    english = bare.replace(".", "").replace(",", ".") if decimal == "," else bare.replace(",", "")
    value = ibis.ifelse(_matches(bare, _PLAIN[decimal]), english, ibis.null(dtypes.string)).try_cast(dtypes.float64)
    return ibis.ifelse(is_negative, -value, value)


def moment(text: ir.StringValue, order: str, zone: str | None) -> ir.TimestampValue:
    """A date or a date with a time, as a naive UTC instant; wall clocks are those of `zone` (UTC for plain dates)."""
    is_iso = _matches(text, r"\d{4}-\d{1,2}-\d{1,2}([T ].*)?")
    has_offset = _matches(text, r".*\d{1,2}:\d{2}.*(Z|[+-]\d{2}:?\d{2})")
    has_long_year = text.re_search(r"\d{4}")
    wall = ibis.cases(
        (is_iso, text.try_cast(dtypes.timestamp)),
        (has_long_year, _try_strptime(text, _formats(order, "%Y"))),
        else_=_try_strptime(text, _formats(order, "%y")),
    )
    if zone is None:
        return _sane(wall)
    local = _from_micros(_micros(_in_zone(zone, wall)))
    absolute = _from_micros(_micros(text.try_cast(_UTC)))
    return _sane(ibis.ifelse(has_offset, absolute, local))


def _sane(value: ir.TimestampValue) -> ir.TimestampValue:
    """Years before 1800 or after 2200 are mistakes."""
    return ibis.ifelse(value.year().between(1800, 2200), value, ibis.null(dtypes.timestamp))


def _formats(order: str, year: str) -> list[str]:
    """Every way to write a date in this order of day, month and year, with and without a time."""
    parts = [year if each == "%Y" else each for each in _DATE_SHAPES[order]]
    dates = [separator.join(parts) for separator in _SEPARATORS]
    if year == "%Y":
        dates.append("%Y%m%d")
    return [f"{date}{time}" for date, time in product(dates, _TIMES)]
