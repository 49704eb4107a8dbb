"""Small pieces of writing that several figures share: months, points of percentage, intervals, signed amounts."""

import datetime as dt

from quartier.language import Language, Text, amount, decimal, percent, whole, with_sign
from quartier.look.theme import TIMES

NB = "\N{NO-BREAK SPACE}"
DASH = "\N{EN DASH}"

RANGE = Text(en="{low} to {high}", fr=f"de{NB}{{low}} à{NB}{{high}}")
PERSONS = Text(en="persons", fr="personnes")
SHARE_OF = Text(en="{n} of {of} ({share})", fr="{n} sur {of} ({share})")


def month(day: dt.date, language: Language, *, year: bool = True) -> str:
    """Nov 2026 or nov. 2026."""
    name = str(TIMES[language]["shortMonths"][day.month - 1])
    return f"{name}{NB}{day.year}" if year else name


def short_day(day: dt.date, language: Language) -> str:
    """21 Nov 2026 or 21 nov. 2026."""
    return f"{day.day}{NB}{month(day, language)}"


def points(share: float, language: Language) -> str:
    """A difference of shares: +2.3 points."""
    word = Text(en="points", fr="points").to(language)
    return f"{with_sign(decimal(share * 100, language, 1), share)}{NB}{word}"


def of_how_many(part: int, whole_: int, language: Language) -> str:
    """12 of 340 (3.5 %), or only the number when there is no whole."""
    if not whole_:
        return whole(part, language)
    return SHARE_OF.to(language, n=part, of=whole_, share=percent(part / whole_, language))


def money(value: float | None, currency: str, language: Language) -> str:
    """An amount rounded to the unit; a dash when there is none."""
    return DASH if value is None else amount(value, currency, language, cents=False)


def share(value: float | None, language: Language, places: int = 1) -> str:
    """A share in percent; a dash when there is none."""
    return DASH if value is None else percent(value, language, places)


def between(low: str, high: str, language: Language) -> str:
    """“3 to 5”, « de 3 à 5 »."""
    return RANGE.to(language, low=low, high=high)
