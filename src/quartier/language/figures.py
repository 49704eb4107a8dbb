"""Numbers, shares, money and dates as each language writes them, by Babel (Unicode CLDR).

>>> whole(149776, "en"), percent(0.125, "en"), amount(1234.5, "EUR", "en")
('149,776', '12.5%', '€1,234.50')
"""

import datetime as dt
from decimal import Decimal
from typing import Literal
from zoneinfo import ZoneInfo

from babel import dates, numbers

Figure = int | float | Decimal
_Language = Literal["en", "fr"]
_LOCALES = {"en": "en", "fr": "fr"}


def whole(value: Figure, language: _Language) -> str:
    """A count: 149,776 or 149 776."""
    return _with_minus(numbers.format_decimal(round(value), locale=_LOCALES[language]))


def decimal(value: Figure, language: _Language, places: int = 2, *, padded: bool = False) -> str:
    """A number with at most `places` decimals; just so many where `padded`, for figures below each other."""
    body = ("0" if padded else "#") * places
    return _with_minus(numbers.format_decimal(value, format=f"#,##0.{body}", locale=_LOCALES[language]))


def percent(share: Figure, language: _Language, places: int = 1, *, signed: bool = False) -> str:
    """A share between 0 and 1 as 12.5% or 12,5 %; `signed` writes + and − for changes."""
    body = "#,##0." + "#" * places if places else "#,##0"
    text = _with_minus(numbers.format_percent(share, format=f"{body}%", locale=_LOCALES[language]))
    if language == "fr":
        text = text.replace("%", "\N{NO-BREAK SPACE}%")
    return with_sign(text, share) if signed else text


def amount(value: Figure, currency: str, language: _Language, *, cents: bool = True, signed: bool = False) -> str:
    """Money: €1,234.50 or 1 234,50 €; without `cents` rounded to the unit."""
    written = numbers.format_currency(
        value if cents else round(value),
        currency,
        locale=_LOCALES[language],
        format=None if cents else ("¤#,##0" if language == "en" else "#,##0\N{NO-BREAK SPACE}¤"),
        currency_digits=cents,
    )
    text = _with_minus(written)
    return with_sign(text, value) if signed else text


def day(value: dt.date, language: _Language) -> str:
    """21 November 2026 or 21 novembre 2026."""
    pattern = "d MMMM y"
    text = dates.format_date(value, format=pattern, locale=_LOCALES[language])
    return text.replace("1 ", "1er ", 1) if language == "fr" and value.day == 1 else text


def instant(value: dt.datetime, language: _Language, zone: ZoneInfo | None = None) -> str:
    """21 November 2026, 14:05 or 21 novembre 2026, 14 h 05, in `zone` (UTC unless given)."""
    local = value.astimezone(zone or dt.UTC) if value.tzinfo else value
    clock = f"{local:%H:%M}" if language == "en" else f"{local.hour}\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}{local:%M}"
    return f"{day(local.date(), language)}, {clock}"


def with_sign(text: str, value: Figure) -> str:
    """A written number with its sign, and a true minus."""
    return f"+{text}" if value > 0 else _with_minus(text)


def _with_minus(text: str) -> str:
    """A true minus, and none before what rounds to nothing."""
    is_something = any(each in "123456789" for each in text)
    return text.replace("-", "\N{MINUS SIGN}" if is_something else "", 1)
