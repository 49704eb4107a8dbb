"""What a valid value is, by its meaning or its type: one row per rule, told to the reader beside the figure.

The rules are wide on purpose: they find what cannot be true (an address without @, a birth in the future), not what is
unusual.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from quartier.catalog import Meaning, ValueType
from quartier.collect.comparing import compared
from quartier.engine import parameter
from quartier.language import LANGUAGES, Text

Check = Callable[[ir.Value], ir.Value]

OLDEST = 120
"""Years; no person is known to have lived much longer."""


@dataclass(frozen=True)
class Rule:
    """A rule for a reader and the same rule as an expression: true, false, or empty where there is no value."""

    text: Text
    holds: Check


def rule_for(type_: ValueType, meaning: Meaning | None) -> Rule | None:
    """The rule for a column, None when nothing can be said of its values."""
    if meaning in _BY_MEANING:
        types, rule = _BY_MEANING[meaning]
        return rule if type_ in types else _BY_TYPE.get(type_)
    return _BY_TYPE.get(type_)


def _is_comparable(kind: str) -> Check:
    """Whether it can be an identifier: what cleaning finds a fault with identifies nobody."""
    return lambda value: ibis.ifelse(
        value.isnull(), None, compared(value, kind, parameter("country", "string")).notnull()
    )


def _codes(kind: str) -> Check:
    """ISO codes from Unicode CLDR, with the names of countries in both languages; letter case does not count."""

    def holds(value: ir.Value) -> ir.Value:
        from babel import Locale
        from babel.numbers import list_currencies

        if kind == "currencies":
            return value.upper().isin(sorted(list_currencies()))
        names = {str(code) for code in Locale("en").territories if len(str(code)) == 2}
        names |= {str(name).upper() for language in LANGUAGES for name in Locale(language).territories.values()}
        return value.upper().isin(sorted(names))

    return holds


def _within_life(value: ir.Value) -> ir.Value:
    """Not in the future, and not before the oldest persons were born."""
    now = parameter("instant", "timestamp")
    day = value.cast("timestamp")
    return (day <= now) & (day.year() >= now.year() - OLDEST)


def _between_years(value: ir.Value) -> ir.Value:
    year = parameter("instant", "timestamp").year()
    return (value >= year - OLDEST) & (value <= year)


_TEXT = frozenset({ValueType.TEXT})
_NUMBER = frozenset({ValueType.INTEGER, ValueType.NUMBER})
_DAY = frozenset({ValueType.DATE, ValueType.INSTANT})

_BY_MEANING: dict[Meaning | None, tuple[frozenset[ValueType], Rule]] = {
    Meaning.EMAIL: (
        _TEXT,
        Rule(
            Text(en="is an e-mail address, and no filler", fr="est une adresse e-mail, et pas du remplissage"),
            _is_comparable("email"),
        ),
    ),
    Meaning.PHONE: (
        _TEXT,
        Rule(
            Text(en="is a phone number that was given out", fr="est un numéro de téléphone attribué"),
            _is_comparable("phone"),
        ),
    ),
    Meaning.COUNTRY: (
        _TEXT,
        Rule(Text(en="is a country (code or name)", fr="est un pays (code ou nom)"), _codes("countries")),
    ),
    Meaning.CURRENCY: (
        _TEXT,
        Rule(Text(en="is an ISO 4217 code", fr="est un code ISO 4217"), _codes("currencies")),
    ),
    Meaning.BIRTH_DATE: (
        _DAY,
        Rule(
            Text(en="lies in the last 120 years", fr="se situe dans les 120 dernières années"),
            _within_life,
        ),
    ),
    Meaning.BIRTH_YEAR: (
        _NUMBER,
        Rule(Text(en="lies in the last 120 years", fr="se situe dans les 120 dernières années"), _between_years),
    ),
    Meaning.AGE: (
        _NUMBER,
        Rule(Text(en="lies between 0 and 120", fr="se situe entre 0 et 120"), lambda value: value.between(0, OLDEST)),
    ),
    Meaning.SIGNUP_AT: (
        _DAY,
        Rule(
            Text(en="is not in the future", fr="n'est pas dans le futur"),
            lambda value: value.cast("timestamp") <= parameter("instant", "timestamp"),
        ),
    ),
    Meaning.INCOME: (
        _NUMBER,
        Rule(Text(en="is not below zero", fr="n'est pas négatif"), lambda value: value >= 0),
    ),
}

_BY_TYPE: dict[ValueType, Rule] = {
    ValueType.TEXT: Rule(Text(en="is not blank", fr="n'est pas vide"), lambda value: value.strip() != ""),
    ValueType.NUMBER: Rule(
        Text(en="is a finite number", fr="est un nombre fini"), lambda value: ~(value.isnan() | value.isinf())
    ),
    ValueType.TEXTS: Rule(
        Text(en="has at least one entry", fr="a au moins une entrée"), lambda value: value.length() > 0
    ),
    ValueType.LINES: Rule(
        Text(en="has at least one line", fr="a au moins une ligne"), lambda value: value.length() > 0
    ),
    ValueType.DATE: Rule(
        Text(en="lies between 1900 and 2100", fr="se situe entre 1900 et 2100"),
        lambda value: value.between(ibis.literal(dt.date(1900, 1, 1)), ibis.literal(dt.date(2100, 12, 31))),
    ),
    ValueType.INSTANT: Rule(
        Text(en="lies between 1900 and 2100", fr="se situe entre 1900 et 2100"),
        lambda value: value.between(ibis.literal(dt.datetime(1900, 1, 1)), ibis.literal(dt.datetime(2101, 1, 1))),  # noqa: DTZ001 - the engine's instants are naive
    ),
}
