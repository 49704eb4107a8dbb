"""From cells to typed values, as expressions: a value that cannot be read becomes empty and its row is rejected.

A cell whose source knows its type is converted from that; text is tried the cheap way first, then with all its signs.
"""

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


LARGEST = float(2**53)
"""Numbers of this size and more are not exact in a double, and sums of them soon overflow."""
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
_TEXTS = dtypes.Array(dtypes.string)
_is_json = _BUILTIN(one_argument, name="json_valid", signature=((dtypes.string,), dtypes.boolean))
_from_json = _BUILTIN(two_arguments, name="json_transform", signature=((dtypes.string, dtypes.string), _TEXTS))
_from_micros = _BUILTIN(one_argument, name="make_timestamp", signature=((dtypes.int64,), dtypes.timestamp))


def given(raw: ir.StringValue, missing: tuple[str, ...] = (), *, keep: frozenset[str] = frozenset()) -> ir.StringValue:
    """Text; empty for the usual words that stand for no value and for those that the mapping adds."""
    words = sorted((MISSING - keep) | {each.strip().lower() for each in missing})
    is_short = raw.length() <= max(map(len, words))
    return ibis.ifelse(is_short & raw.lower().isin(words), ibis.null(dtypes.string), raw)


def is_direct(held: dtypes.DataType, type_: ValueType) -> bool:
    """Whether a source's own type leads to a catalog type without a detour by text."""
    match type_:
        case ValueType.INTEGER | ValueType.NUMBER:
            return bool(held.is_numeric()) and not held.is_boolean()
        case ValueType.BOOLEAN:
            return bool(held.is_boolean())
        case ValueType.DATE | ValueType.INSTANT:
            return bool(held.is_date() or held.is_timestamp())
        case _:
            return False


def plain_text(raw: ir.Value) -> ir.StringValue:
    """A cell as text: whole numbers without a point, instants with the zone that they have."""
    held = raw.type()
    if held.is_string():
        return raw
    if held.is_floating():
        return raw.cast(dtypes.string).re_replace(r"\.0+$", "")
    if held.is_timestamp() and held.timezone:
        return _from_micros(_micros(raw)).cast(dtypes.string) + "Z"
    return raw.cast(dtypes.string)


def present(raw: ir.Value) -> ir.Value:
    """A cell of a type; not-a-number is no value."""
    return ibis.ifelse(raw.isnan(), ibis.null(raw.type()), raw) if raw.type().is_floating() else raw


def converted(cell: ir.Value, type_: ValueType, *, decimal: str, order: str, zone: str) -> ir.Value:
    """A cell as a value of a type, empty when it cannot be."""
    is_text = cell.type().is_string()
    match type_:
        case ValueType.INTEGER:
            return _whole(number(cell, decimal) if is_text else cell)
        case ValueType.NUMBER:
            return _sized(number(cell, decimal) if is_text else cell.cast(dtypes.float64))
        case ValueType.BOOLEAN:
            return yes_or_no(cell) if is_text else cell
        case ValueType.DATE:
            return (moment(cell, order, None) if is_text else _clock(cell, None)).date()
        case ValueType.INSTANT:
            return moment(cell, order, zone) if is_text else _clock(cell, zone)
        case ValueType.TEXTS:
            return texts(cell)
        case _:
            return cell


def texts(text: ir.StringValue) -> ir.ArrayValue:
    """The texts of a list in JSON; any other text is a list of one."""
    is_list = text.startswith("[") & _is_json(text)
    listed = _from_json(ibis.ifelse(is_list, text, ibis.null(dtypes.string)), '["VARCHAR"]')
    return ibis.cases((text.isnull(), ibis.null(_TEXTS)), (is_list, listed), else_=ibis.array([text]))


def yes_or_no(text: ir.StringValue) -> ir.BooleanValue:
    """The usual words for yes and no, in both languages."""
    lowered = text.lower()
    yes, no = lowered.isin([*sorted(YES), "1"]), lowered.isin([*sorted(NO), "0"])
    return ibis.cases((yes, True), (no, False))


def number(text: ir.StringValue, decimal: str) -> ir.FloatingValue:
    """A number with its thousands, currency and per cent signs; (12) is −12. Wrong groups of digits are no number."""
    pointed = text
    if decimal == ",":
        pointed = ibis.ifelse(text.contains("."), ibis.null(dtypes.string), text.replace(",", "."))
    plain = ibis.ifelse(text.contains("_"), ibis.null(dtypes.float64), pointed.try_cast(dtypes.float64))
    return ibis.coalesce(plain, _dressed_number(text, decimal))


def _dressed_number(text: ir.StringValue, decimal: str) -> ir.FloatingValue:
    is_negative = text.startswith("(") & text.endswith(")")
    bare = text.re_replace(r"^\((.*)\)$", r"\1").re_replace(NUMBER_SIGNS, "")
    bare = bare.replace("\N{MINUS SIGN}", "-")
    english = bare.replace(".", "").replace(",", ".") if decimal == "," else bare.replace(",", "")
    value = ibis.ifelse(_matches(bare, _PLAIN[decimal]), english, ibis.null(dtypes.string)).try_cast(dtypes.float64)
    return ibis.ifelse(is_negative, -value, value)


def _whole(value: ir.NumericValue) -> ir.IntegerValue:
    """A whole number that a float holds exactly."""
    is_exact = value.between(1 - 2**53, 2**53 - 1)
    is_whole = is_exact if value.type().is_integer() else is_exact & (value == value.floor())
    return ibis.ifelse(is_whole, value, None).try_cast(dtypes.int64)


def _sized(value: ir.FloatingValue) -> ir.FloatingValue:
    """A number of a size that a double holds exactly; neither infinite nor not-a-number."""
    return ibis.ifelse(value.isnan() | (value.abs() >= LARGEST), ibis.null(dtypes.float64), value)


def moment(text: ir.StringValue, order: str, zone: str | None) -> ir.TimestampValue:
    """A date or a date with a time, as a naive UTC instant; wall clocks are those of `zone` (UTC for plain dates)."""
    is_iso = _matches(text, r"\d{4}-\d{1,2}-\d{1,2}([T ].*)?")
    has_long_year = text.re_search(r"\d{4}")
    wall = ibis.cases(
        (is_iso, text.try_cast(dtypes.timestamp)),
        (has_long_year, _try_strptime(text, _formats(order, "%Y"))),
        else_=_try_strptime(text, _formats(order, "%y")),
    )
    if zone is None:
        return _sane(wall)
    has_offset = (text.length() > _LONGEST_DATE) & _matches(text, r".*\d{1,2}:\d{2}.*(Z|[+-]\d{2}:?\d{2})")
    absolute = _from_micros(_micros(text.try_cast(_UTC)))
    return ibis.ifelse(has_offset, _sane(absolute), _of_zone(_sane(wall), zone))


def iso_date(text: ir.StringValue) -> ir.DateValue:
    """A date written as ISO 8601 has it, without a time; else empty."""
    return _sane(ibis.ifelse(_matches(text, _ISO_DATE), text, None).try_cast(dtypes.timestamp)).date()


def iso_instant(text: ir.StringValue) -> ir.TimestampValue:
    """A date, with a time or without, as ISO 8601 has it, as a naive UTC instant; what names no zone is in UTC."""
    written = ibis.ifelse(_matches(text, _ISO_INSTANT), text, None)
    return _sane(_from_micros(_micros(written.try_cast(_UTC))))


_ISO_DATE = r"\d{4}-\d{2}-\d{2}"
_ISO_INSTANT = _ISO_DATE + r"([T ]\d{2}:\d{2}(:\d{2}([.]\d{1,9})?)?(Z|[+-]\d{2}(:?\d{2})?)?)?"


def _clock(cell: ir.Value, zone: str | None) -> ir.TimestampValue:
    """A date or timestamp of the source as a naive UTC instant."""
    if cell.type().is_timestamp() and cell.type().timezone:
        return _sane(_from_micros(_micros(cell)))
    wall = _sane(cell.cast(dtypes.timestamp))
    return wall if zone is None else _of_zone(wall, zone)


def _of_zone(wall: ir.TimestampValue, zone: str) -> ir.TimestampValue:
    if zone == "UTC":
        return wall
    return _from_micros(_micros(_in_zone(zone, wall)))


_LONGEST_DATE = 10


def _sane(value: ir.TimestampValue) -> ir.TimestampValue:
    """Years before 1800 or after 2200 are mistakes."""
    return ibis.ifelse((value >= _FIRST) & (value < _LAST), value, ibis.null(dtypes.timestamp))


_FIRST, _LAST = ibis.timestamp("1800-01-01"), ibis.timestamp("2201-01-01")


def _formats(order: str, year: str) -> list[str]:
    """Every way to write a date in this order of day, month and year, with and without a time."""
    parts = [year if each == "%Y" else each for each in _DATE_SHAPES[order]]
    dates = [separator.join(parts) for separator in _SEPARATORS]
    if year == "%Y":
        dates.append("%Y%m%d")
    return [f"{date}{time}" for date, time in product(dates, _TIMES)]
