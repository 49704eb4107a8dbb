"""Postal codes of Europe, in the form of their country."""

import re

from quartier.identify.cleaning.cleaned import Cleaned, Fault, Kind, faulty
from quartier.identify.cleaning.placeholders import stand_in
from quartier.identify.cleaning.postal_forms import FORMS, FRENCH_ABROAD, LETTERS, NEVER_GIVEN
from quartier.identify.cleaning.texts import MOST_CHARACTERS, digits, tidied

_CEDEX = re.compile(r"\s*\bC[EÉ]DEX\b.*$")
_FROM_A_SHEET = re.compile(r"(?<=^\d{4})\.0$|(?<=^\d{5})\.0$")
_PREFIXED = re.compile(r"^([A-Z]{1,3})\s?-\s?(?=[A-Z]?\d)")
_COMMUNE = re.compile(r"^2[AB]\d{3}$")
"""Numbers of communes in Corsica, by INSEE: no postal codes, those begin with 20."""
_UNKNOWN_FORM = re.compile(r"^(?=.*\d)[A-Z0-9]{3,10}$")


def clean_postal_code(raw: str, region: str = "FR") -> Cleaned:
    """A code of `region` without its space; one that names another country, as CH-1201 does, keeps those letters.

    A French code that lost its zero to a spreadsheet gets it back: 1000 is 01000, Bourg-en-Bresse.
    """
    text = _FROM_A_SHEET.sub("", _CEDEX.sub("", tidied(raw).upper()))
    if not text:
        return faulty(Fault.EMPTY)
    if len(text) > MOST_CHARACTERS or "@" in text:
        return faulty(Fault.WRONG_KIND)
    home = _home(region)
    named = _PREFIXED.match(text)
    country = LETTERS.get(named[1], home) if named else home
    compact = re.sub(r"[\s.,_-]+", "", text[named.end() :] if named else text)
    if country == "FR" and re.fullmatch(r"\d{4}", compact):
        compact = f"0{compact}"
    return _checked(compact, country, home)


def _home(region: str) -> str:
    return "FR" if region.upper() in FRENCH_ABROAD else region.upper()


def _checked(compact: str, country: str, home: str) -> Cleaned:
    form = FORMS.get(country)
    if problem := _nothing(compact, country):
        return faulty(problem)
    prefix = "" if country == home else f"{country}-"
    if form is None:
        return Cleaned(compact, compact) if _UNKNOWN_FORM.match(compact) else faulty(Fault.NOT_VALID)
    if form.pattern.match(compact):
        return Cleaned(prefix + compact, prefix + _spaced(compact, form.apart, form.sign))
    is_number = country in ("FR", "ES") and len(compact) == 5 and compact.isdecimal()
    return faulty(Fault.NOT_IN_USE if is_number else Fault.NOT_VALID)


def _nothing(compact: str, country: str) -> Fault | None:
    figures = digits(compact)
    if len(figures) > 2 and set(figures) in ({"0"}, {"9"}) and figures == compact:
        return Fault.PLACEHOLDER
    if compact in NEVER_GIVEN.get(country, ()):
        return Fault.PLACEHOLDER
    if figures and not (country == "FR" and _COMMUNE.match(compact)):
        return None
    return Fault.WRONG_KIND if figures else stand_in(compact, Kind.POSTAL_CODE) or Fault.WRONG_KIND


def _spaced(compact: str, apart: int, sign: str) -> str:
    return f"{compact[:-apart]}{sign}{compact[-apart:]}" if apart else compact
