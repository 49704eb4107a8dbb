"""How long a truth about a person lasts, in words and as plain values."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from quartier.language import Language, Text, instant
from quartier.segment.clauses import Reader
from quartier.segment.lasting import Until


def plain_until(until: Until | None) -> dict[str, Any]:
    """The three answers as plain values, all None where it was not asked; `valid_until` is None for “never by time”."""
    if until is None:
        return {"valid_until": None, "turns_then": None, "depends_on_others": None}
    return {
        "valid_until": plain_instant(until.at),
        "turns_then": until.turns,
        "depends_on_others": until.depends_on_others,
    }


def plain_instant(at: dt.datetime | None) -> str | None:
    """An instant as ISO 8601 in UTC."""
    return at.astimezone(dt.UTC).isoformat() if at else None


def until_suffix(until: Until | None, reader: Reader) -> str:
    """“ · until 3 December 2026, 14:05”, after what a line says; nothing where time alone changes nothing."""
    if until is None or until.at is None:
        return ""
    return reader.said(_UNTIL if until.turns else _AT_LEAST_UNTIL, at=_written(until.at, reader.language))


def until_lines(until: Until | None, reader: Reader) -> list[str]:
    """How long the whole stays so, as sentences."""
    if until is None:
        return []
    others = [reader.said(_OTHERS)] if until.depends_on_others else []
    if until.at is None:
        return [reader.said(_NEVER), *others]
    at = _written(until.at, reader.language)
    return [reader.said(_TURNS if until.turns else _LASTS, at=at), *others]


def _written(at: dt.datetime, language: Language) -> str:
    return instant(at, language, at.tzinfo if isinstance(at.tzinfo, ZoneInfo) else None)


_UNTIL = Text(en=" · until {at}", fr=" · jusqu'au {at}")
_AT_LEAST_UNTIL = Text(en=" · at least until {at}", fr=" · au moins jusqu'au {at}")
_TURNS = Text(
    en="If no data change, this lasts until {at}: then time alone changes it.",
    fr="Si les données ne changent pas, cela dure jusqu'au {at} : ensuite, le temps seul y met fin.",
)
_LASTS = Text(
    en="If no data change, this lasts at least until {at}.",
    fr="Si les données ne changent pas, cela dure au moins jusqu'au {at}.",
)
_NEVER = Text(en="Time alone will never change this.", fr="Le temps seul n'y changera jamais rien.")
_OTHERS = Text(
    en="It may change sooner, when the data of other persons do.",
    fr="Cela peut changer plus tôt, quand les données d'autres personnes changent.",
)
