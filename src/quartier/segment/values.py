"""From values as YAML gives them to values of the type that an operator needs; or the reason why not."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from quartier.catalog import ValueType
from quartier.errors import Unusable
from quartier.language import Text
from quartier.segment.conditions import Comparison, Single
from quartier.segment.documents import Test
from quartier.segment.operators import OPERATORS, RANGES, Operator
from quartier.segment.patterns import portable
from quartier.segment.windows import Duration

_WHOLE = ValueType.INTEGER
_A_YEAR = 365
_MOST = 2**63 - 1


def comparison(test: Test, type_: ValueType, allowed: tuple[str, ...] = tuple(OPERATORS)) -> Comparison:
    """The comparison that a test describes, for values of `type_`. Raises Unusable with the reason why not."""
    operator = OPERATORS[test.operator]
    if operator.key not in allowed or type_ not in operator.accepts:
        fitting = [key for key in allowed if type_ in OPERATORS[key].accepts]
        raise Unusable(_UNFIT.with_(key=operator.key, type=TYPE_WORDS[type_]), _FITTING.with_(names=fitting))
    return Comparison(operator.key, _value(operator, test.value, type_))


def _value(operator: Operator, written: Any, type_: ValueType) -> Any:
    match operator.takes:
        case "value":
            return single(written, type_)
        case "values":
            return _many(written, ValueType.TEXT if type_ is ValueType.TEXTS else type_)
        case "pair":
            return _pair(written, type_)
        case "duration":
            return _duration(written, type_)
        case "flag":
            return single(written, ValueType.BOOLEAN)
        case "range":
            return _years(written)
        case "pattern":
            return _pattern(written)
        case "days":
            return _days_ahead(written)


def single(written: Any, type_: ValueType) -> Single:
    """One value of a type. Dates and instants are given as 2026-01-31 or 2026-01-31T12:00:00+00:00."""
    is_boolean = isinstance(written, bool)
    match type_:
        case ValueType.BOOLEAN if is_boolean:
            return bool(written)
        case ValueType.INTEGER | ValueType.NUMBER if isinstance(written, int | float) and not is_boolean:
            return _number(written)
        case ValueType.TEXT if isinstance(written, str | int | float) and not is_boolean:
            return str(written)
        case ValueType.DATE:
            return day(written)
        case ValueType.INSTANT:
            return _time(written)
    raise Unusable(_WRONG_TYPE.with_(expected=TYPE_WORDS[type_], found=_kind(written)))


def duration(written: Any) -> Duration:
    """A duration such as `90 days`."""
    try:
        return Duration.parse(written)
    except (ValueError, TypeError) as error:
        raise Unusable(_NO_DURATION, _DURATIONS) from error


def day(written: Any) -> dt.date:
    """A day given as 2026-01-31."""
    found = _time(written)
    if isinstance(found, dt.datetime):
        raise Unusable(_NO_DATE, _DATES)
    return found


def _time(written: Any) -> dt.date | dt.datetime:
    if isinstance(written, dt.datetime):
        return _in_utc(written)
    if isinstance(written, dt.date):
        return written
    try:
        return dt.date.fromisoformat(written) if len(written) == 10 else _time(dt.datetime.fromisoformat(written))
    except (ValueError, TypeError) as error:
        raise Unusable(_NO_DATE, _DATES) from error


def _in_utc(instant: dt.datetime) -> dt.datetime:
    try:
        return instant.astimezone(dt.UTC) if instant.tzinfo else instant.replace(tzinfo=dt.UTC)
    except OverflowError as error:
        raise Unusable(_NO_DATE, _DATES) from error


def _number(written: float) -> float:
    """A number that every engine can hold."""
    if not -_MOST <= written <= _MOST:
        raise Unusable(_NO_NUMBER)
    return written


def _duration(written: Any, type_: ValueType) -> Duration:
    found = duration(written)
    if type_ is ValueType.DATE and found.unit in ("minute", "hour"):
        raise Unusable(_NO_HOURS, _DURATIONS)
    return found


def _pattern(written: Any) -> str:
    found = str(single(written, ValueType.TEXT))
    portable(found)
    return found


def _days_ahead(written: Any) -> Duration:
    """A duration of days within which not everybody has an anniversary."""
    found = _duration(written, ValueType.DATE)
    if found.days >= _A_YEAR:
        raise Unusable(_EVERYBODYS, _SHORTER)
    return found


def _many(written: Any, type_: ValueType) -> tuple[Single, ...]:
    if not isinstance(written, list | tuple) or not written:
        raise Unusable(_NO_LIST, _LISTS)
    return tuple(dict.fromkeys(single(each, type_) for each in written))


def _pair(written: Any, type_: ValueType) -> tuple[Single, Single]:
    if not isinstance(written, list | tuple) or len(written) != 2:
        raise Unusable(_NO_PAIR, _PAIRS)
    low, high = single(written[0], type_), single(written[1], type_)
    if _is_after(low, high):
        raise Unusable(_REVERSED, _PAIRS)
    return low, high


def _is_after(low: Any, high: Any) -> bool:
    """Whether the bounds are the wrong way round; of an instant and a day, only the days are compared."""
    if isinstance(low, dt.datetime) != isinstance(high, dt.datetime):
        low, high = (each.date() if isinstance(each, dt.datetime) else each for each in (low, high))
    return bool(low > high)


def _years(written: Any) -> Comparison:
    """`{between: [25, 40]}` or a number of years."""
    compared = dict(written) if isinstance(written, Mapping) else {"is": written}
    return comparison(Test.read(compared, RANGES), _WHOLE, RANGES)


def _kind(written: Any) -> Text:
    return next((words for type_, words in _PYTHON_WORDS.items() if isinstance(written, type_)), TYPE_WORDS[_WHOLE])


TYPE_WORDS = {
    ValueType.TEXT: Text(en="text", fr="du texte"),
    ValueType.INTEGER: Text(en="a whole number", fr="un nombre entier"),
    ValueType.NUMBER: Text(en="a number", fr="un nombre"),
    ValueType.BOOLEAN: Text(en="true or false", fr="vrai ou faux"),
    ValueType.DATE: Text(en="a date", fr="une date"),
    ValueType.INSTANT: Text(en="an instant", fr="un instant"),
    ValueType.TEXTS: Text(en="a list of texts", fr="une liste de textes"),
    ValueType.LINES: Text(en="lines", fr="des lignes"),
}
_PYTHON_WORDS = {
    bool: TYPE_WORDS[ValueType.BOOLEAN],
    int: TYPE_WORDS[ValueType.INTEGER],
    float: TYPE_WORDS[ValueType.NUMBER],
    str: TYPE_WORDS[ValueType.TEXT],
    dt.date: TYPE_WORDS[ValueType.DATE],
    list: Text(en="a list", fr="une liste"),
    dict: Text(en="a mapping", fr="une suite de clés"),
    type(None): Text(en="nothing", fr="rien"),
}
_UNFIT = Text(en="`{key}` does not apply to {type}", fr="`{key}` ne s'applique pas à {type}")
_FITTING = Text(en="what applies: {names}", fr="ce qui s'applique : {names}")
_WRONG_TYPE = Text(en="{expected} is expected, this is {found}", fr="{expected} est attendu, ceci est {found}")
_NO_DURATION = Text(en="this is not a duration", fr="ceci n'est pas une durée")
_DURATIONS = Text(en="write `90 days`, `6 months` or `1 year`", fr="écrivez `90 days`, `6 months` ou `1 year`")
_NO_DATE = Text(en="this is not a date", fr="ceci n'est pas une date")
_DATES = Text(en="write it as 2026-01-31", fr="écrivez-la 2026-01-31")
_NO_NUMBER = Text(en="this number is out of range", fr="ce nombre est hors limites")
_NO_HOURS = Text(en="a date has no hours or minutes", fr="une date n'a ni heures ni minutes")
_EVERYBODYS = Text(
    en="everybody has an anniversary within a year", fr="tout le monde a un anniversaire en l'espace d'un an"
)
_SHORTER = Text(en="write less than a year: `30 days`", fr="écrivez moins d'un an : `30 days`")
_NO_LIST = Text(en="a list with at least one value is expected", fr="une liste d'au moins une valeur est attendue")
_LISTS = Text(en="write [FR, BE]", fr="écrivez [FR, BE]")
_NO_PAIR = Text(en="two bounds are expected", fr="deux bornes sont attendues")
_PAIRS = Text(en="write [low, high], the lower first", fr="écrivez [bas, haut], le plus petit d'abord")
_REVERSED = Text(en="the bounds are the wrong way round", fr="les bornes sont inversées")
