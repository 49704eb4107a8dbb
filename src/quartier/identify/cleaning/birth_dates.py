"""Dates of birth: which day is meant, whatever the order and the signs in which it is written."""

import datetime as dt
import re
from functools import cache

from babel import Locale

from quartier.identify.cleaning.cleaned import Cleaned, Fault, Kind, faulty
from quartier.identify.cleaning.placeholders import stand_in
from quartier.identify.cleaning.texts import MOST_CHARACTERS, digits, folded, is_of_one_sign, tidied

OLDEST_YEARS = 120
"""Nobody who was older is known but one: Jeanne Calment, 122 years."""
MONTH_FIRST = frozenset(["US"])
DEFAULT_DAYS = frozenset(
    dt.date.fromisoformat(each)
    for each in (
        "0001-01-01", "1582-10-15", "1601-01-01", "1753-01-01", "1800-01-01", "1858-11-17", "1899-12-30", "1899-12-31",
        "1900-01-01", "1900-01-02", "1901-01-01", "1904-01-01", "1970-01-01", "9999-12-31",
    )
)  # fmt: skip
"""Where the calendars of programs begin and end: Unix, Excel, Access, SQL Server, Windows."""

_TIME = re.compile(r"(?<=\d)[T ]\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?$", re.IGNORECASE)
_THREE = re.compile(r"^(\d{1,4})\s*[-/., ]\s*(\d{1,2})\s*[-/., ]\s*(\d{1,4})$")
_NAMED = re.compile(
    r"^(?P<day>\d{1,2})(?:er|st|nd|rd|th|\.)?[-/ .]*(?:de |of )?"
    r"(?P<month>[^\W\d]+)\.?[-/ ,.]*(?:de )?(?P<year>\d{2}|\d{4})$"
)
_MONTH_NAMED_FIRST = re.compile(r"^(?P<month>[^\W\d]+)\.?[ -]*(?P<day>\d{1,2})(?:st|nd|rd|th)?[, -]+(?P<year>\d{4})$")
_WITHOUT_DAY = re.compile(r"^(?:\d{4}|\d{1,2}[-/.]\d{4}|\d{4}[-/.]\d{1,2})$")
_Parts = tuple[int, int, int]
"""Year, month and day, as they were written: a year of two figures is less than 100, `_day` finds its century."""


def clean_birth_date(raw: str, today: dt.date, region: str = "FR") -> Cleaned:
    """A day in ISO 8601. 03/04/1985 is the third of April, but in the United States; a day that fits one order is that.

    Of two figures for the year the latest year is meant that is not to come.
    """
    text = tidied(raw)
    if not text:
        return faulty(Fault.EMPTY)
    if problem := _no_date(text):
        return faulty(problem)
    written = _TIME.sub("", text)
    if _WITHOUT_DAY.match(written):
        return faulty(Fault.INCOMPLETE, shown=written)
    parts = _parts(written, region.upper() in MONTH_FIRST)
    return _day(parts, today) if parts else faulty(Fault.NOT_VALID)


def _no_date(text: str) -> Fault | None:
    figures = digits(text)
    if figures and is_of_one_sign(figures, 4):
        return Fault.PLACEHOLDER
    if len(text) > MOST_CHARACTERS or "@" in text:
        return Fault.WRONG_KIND
    return None if figures else stand_in(text, Kind.BIRTH_DATE) or Fault.WRONG_KIND


def _parts(text: str, month_first: bool) -> _Parts | None:
    text = without_weekday(text)
    if found := _THREE.match(text):
        return _in_order(found[1], found[2], found[3], month_first)
    if len(text) == 8 and text.isdecimal():
        is_year_first = text[:2] in ("18", "19", "20") and 1 <= int(text[4:6]) <= 12
        cut = (text[:4], text[4:6], text[6:]) if is_year_first else (text[:2], text[2:4], text[4:])
        return _in_order(*cut, month_first)
    named = _NAMED.match(text) or _MONTH_NAMED_FIRST.match(text)
    month = _months().get(folded(named["month"])) if named else None
    return (int(named["year"]), month, int(named["day"])) if named and month else None


def without_weekday(text: str) -> str:
    """`mardi 14 juillet 1989` without its first word, when a day and a month follow."""
    return re.sub(r"^[^\W\d]{3,}\.?,? (?=\d{1,2}(?:er|st|nd|rd|th|\.)? [^\W\d])", "", text)


def _in_order(first: str, second: str, third: str, month_first: bool) -> _Parts | None:
    if len(first) > 2:
        return (int(first), int(second), int(third)) if len(first) == 4 and len(third) <= 2 else None
    if len(third) not in (2, 4):
        return None
    day, month = (int(second), int(first)) if month_first else (int(first), int(second))
    if month > 12 >= day:  # it fits the other order alone
        day, month = month, day
    return (int(third), month, day)


def _day(parts: _Parts, today: dt.date) -> Cleaned:
    year, month, day = parts
    if year < 100 and year:
        year = max(each for each in (1900 + year, 2000 + year) if each <= today.year)
    if month == 0 or day == 0 or year == 0:
        return faulty(Fault.INCOMPLETE if year else Fault.PLACEHOLDER)
    try:
        found = dt.date(year, month, day)
    except ValueError:
        return faulty(Fault.IMPOSSIBLE_DATE)
    problem = _doubtful(found, today)
    return Cleaned(None if problem else found.isoformat(), found.isoformat(), problem)


def _doubtful(day: dt.date, today: dt.date) -> Fault | None:
    if day in DEFAULT_DAYS:
        return Fault.DEFAULT_DATE
    if day > today:
        return Fault.FUTURE
    return Fault.TOO_OLD if day.year < today.year - OLDEST_YEARS else None


@cache
def _months() -> dict[str, int]:
    """The months by their names, whole and shortened, in the languages of western Europe."""
    found: dict[str, int] = {}
    for language in ("fr", "en", "de", "es", "it", "nl", "pt"):
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                months = Locale(language).months[context][width]
                found |= {folded(str(name)): int(number) for number, name in months.items()}
    return found | {"fev": 2, "fevr": 2, "sept": 9, "aout": 8}
