"""A comparison as a predicate: “country is France or Belgium”, « l'âge se situe entre 25 et 40 ans »."""

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any

from quartier.language import Plural, Text, amount, day, decimal, instant, joined, whole
from quartier.segment.clauses import Reader, quoted
from quartier.segment.conditions import Comparison
from quartier.segment.countries import country
from quartier.segment.vocabulary import CLASS_NAMES, Unit
from quartier.segment.windows import Duration
from quartier.segment.windows import Unit as TimeUnit


def predicate(subject: str, comparison: Comparison, reader: Reader, unit: Unit | None = None) -> str:
    """What a comparison says of a subject, which stands in front or inside as the language wants."""
    value: Any = comparison.value
    words = comparison.operator.sentence
    if comparison.operator.takes == "pair":
        low, high = _bounds(value, reader, unit)
        return reader.said(words, subject=subject, low=low, high=high)
    return reader.said(words, subject=subject, value=_value(comparison, reader, unit))


def single(value: Any, reader: Reader, unit: Unit | None = None) -> str:
    """One value as the reader's language writes it; texts in quotation marks unless they are short codes."""
    match value:
        case bool():
            return reader.said(_YES if value else _NO)
        case int() | float():
            return counted(value, reader, unit)
        case dt.datetime():
            return reader.said(_ON_DAY, day=instant(value, reader.language))
        case dt.date():
            return reader.said(_ON_DAY, day=day(value, reader.language))
        case _:
            return _named(str(value), reader, unit)


def counted(value: float, reader: Reader, unit: Unit | None = None) -> str:
    """A number with its unit: 40 years, 1 234,50 €."""
    is_whole = value == int(value)
    match unit:
        case "money" if reader.currency:
            return amount(value, reader.currency, reader.language, cents=not is_whole)
        case "years":
            return _YEARS.to(reader.language, n=value)
        case "days":
            return _DAYS.to(reader.language, n=value)
    return whole(value, reader.language) if is_whole else decimal(value, reader.language, 6)


def compared(comparison: Comparison, reader: Reader, unit: Unit | None = None) -> str:
    """A numeric comparison before a noun: “at least 2”, « entre 25 et 40 ans », “more than €500”."""
    value: Any = comparison.value
    if comparison.operator_key == "between":
        low, high = _bounds(value, reader, unit)
        return reader.said(_BEFORE_NOUN["between"], low=low, high=high)
    key = "fewer_than" if comparison.operator_key == "less_than" and unit is None else comparison.operator_key
    return reader.said(_BEFORE_NOUN[key], value=counted(value, reader, unit))


def duration(length: Duration, reader: Reader) -> str:
    """90 days, « 90 jours »."""
    return _UNITS[length.unit].to(reader.language, n=length.count)


def _value(comparison: Comparison, reader: Reader, unit: Unit | None) -> str:
    value: Any = comparison.value
    match comparison.operator.takes:
        case "values":
            return _several(comparison.operator_key, [single(each, reader, unit) for each in value], reader)
        case "duration" | "days":
            return duration(value, reader)
        case "range":
            return compared(value, reader, "years")
        case "pattern":
            return reader.said(_PATTERN, pattern=value)
        case "flag":
            return reader.said(_KNOWN if value else _UNKNOWN)
    written = single(value, reader, unit)
    return _several("is_not", [written], reader) if comparison.operator_key == "is_not" else written


def _several(key: str, values: Sequence[str], reader: Reader) -> str:
    """Values joined as the operator means them; French negation goes with each value: « ni a ni b »."""
    if key == "all_of":
        return joined(values, reader.language, "and")
    if reader.language == "fr" and key in ("is_not", "not_in", "none_of"):
        return f"pas {values[0]}" if len(values) == 1 else f"ni {' ni '.join(values)}"
    return joined(values, reader.language, "or")


def _bounds(pair: Sequence[Any], reader: Reader, unit: Unit | None) -> tuple[str, str]:
    """The unit of two bounds is said once, unless it is a sign of money."""
    low, high = pair
    first = counted(low, reader) if unit in ("years", "days") else single(low, reader, unit)
    return first, single(high, reader, unit)


def _named(text: str, reader: Reader, unit: Unit | None) -> str:
    if unit == "rfm_class" and text in CLASS_NAMES:
        return quoted(reader.said(CLASS_NAMES[text]), reader)
    if unit == "country" and len(text) == 2 and (name := country(text, reader.language)):
        return name
    return text if _CODE.fullmatch(text) else quoted(text, reader)


_CODE = re.compile(r"[A-Z0-9]{1,3}")
_YES, _NO = (
    Text(en="“yes”", fr="«\N{NO-BREAK SPACE}oui\N{NO-BREAK SPACE}»"),
    Text(en="“no”", fr="«\N{NO-BREAK SPACE}non\N{NO-BREAK SPACE}»"),
)
_KNOWN, _UNKNOWN = Text(en="known", fr="connaît"), Text(en="not known", fr="ne connaît pas")
_PATTERN = Text(en="“{pattern}”", fr="« {pattern} »")
_ON_DAY = Text(en="{day}", fr="le {day}")
_YEARS = Plural(Text(en="{n} year", fr="{n} an"), Text(en="{n} years", fr="{n} ans"))
_DAYS = Plural(Text(en="{n} day", fr="{n} jour"), Text(en="{n} days", fr="{n} jours"))
_UNITS: dict[TimeUnit, Plural] = {
    "minute": Plural(Text(en="{n} minute", fr="{n} minute"), Text(en="{n} minutes", fr="{n} minutes")),
    "hour": Plural(Text(en="{n} hour", fr="{n} heure"), Text(en="{n} hours", fr="{n} heures")),
    "day": _DAYS,
    "week": Plural(Text(en="{n} week", fr="{n} semaine"), Text(en="{n} weeks", fr="{n} semaines")),
    "month": Plural(Text(en="{n} month", fr="{n} mois"), Text(en="{n} months", fr="{n} mois")),
    "year": _YEARS,
}
_BEFORE_NOUN = {
    "is": Text(en="exactly {value}", fr="exactement {value}"),
    "is_not": Text(en="any number but {value}", fr="un autre nombre que {value}"),
    "more_than": Text(en="more than {value}", fr="plus de {value}"),
    "at_least": Text(en="at least {value}", fr="au moins {value}"),
    "fewer_than": Text(en="fewer than {value}", fr="moins de {value}"),
    "less_than": Text(en="less than {value}", fr="moins de {value}"),
    "at_most": Text(en="at most {value}", fr="au plus {value}"),
    "between": Text(en="between {low} and {high}", fr="entre {low} et {high}"),
}
