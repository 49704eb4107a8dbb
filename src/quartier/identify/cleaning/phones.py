"""Telephone numbers in their international form (E.164), by phonenumbers, with the country where they were written."""

import re
from typing import TYPE_CHECKING

from quartier.identify.cleaning.cleaned import Cleaned, Fault, Kind, faulty
from quartier.identify.cleaning.placeholders import is_filler, stand_in, words
from quartier.identify.cleaning.texts import MOST_CHARACTERS, digits, tidied

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

OVERSEAS = {"FR": ("RE", "GP", "MQ", "GF", "PM")}
"""Countries whose numbers are written at home without their code, as 0692 12 34 56 of Réunion is in France."""

_ALONGSIDE = re.compile(r"(?<=\d)\s*(?:/|;|,| ou | or )\s*(?=[+0]\d[\d .()-]{7,}$).*$")
_EXTENSION = re.compile(r"(?<=\d)\s*(?:poste|ext\.?|extension|x|#)\s*\d{1,6}$", re.IGNORECASE)
_LABEL = re.compile(
    r"^(?:t[ée]l(?:[ée]phone)?|phone|mobile|port(?:able)?|gsm|mob|fax)\s*[.:]*\s*(?=[+(\d])", re.IGNORECASE
)
_FEWEST = 6


def clean_phone(raw: str, region: str = "FR") -> Cleaned:
    """A number as +33612345678; without a country's code it is one of `region` (ISO 3166).

    Of two numbers in one field the first counts, an extension is left out. A number kept for fiction keeps its value:
    nobody answers it, and it still tells persons apart.
    """
    text = tidied(raw)
    if not text:
        return faulty(Fault.EMPTY)
    if problem := _not_a_number(text):
        return faulty(problem)
    figures = _EXTENSION.sub("", _ALONGSIDE.sub("", _LABEL.sub("", text)))
    return _parsed(re.sub(r"\.0$", "", figures), region)  # a column of numbers that went through a spreadsheet


def _not_a_number(text: str) -> Fault | None:
    figures = digits(text)
    if is_filler_number(figures):
        return Fault.PLACEHOLDER
    if len(figures) >= _FEWEST and "@" not in text and len(text) <= MOST_CHARACTERS:
        return None
    return stand_in(text, Kind.PHONE) or (Fault.NOT_VALID if figures == re.sub(r"\W", "", text) else Fault.WRONG_KIND)


def is_filler_number(figures: str) -> bool:
    """Whether figures are one key, a run of keys or of the list, with a country's code or without."""
    own = figures.removeprefix("00").removeprefix("33")
    for each in (figures, own, f"0{own}") if own else (figures,):  # a loop, as every number passes here
        if each in words("filler", "phone") or is_filler(each):
            return True
    return False


def _parsed(text: str, region: str) -> Cleaned:
    from phonenumbers import NumberParseException, is_valid_number, parse

    for home in (region, *OVERSEAS.get(region, ())):
        try:
            number = parse(text, home)
        except NumberParseException:
            return faulty(Fault.NOT_VALID)
        reserved = f"+{number.country_code}{number.national_number}".startswith(tuple(words("reserved", "phones")))
        if reserved or is_valid_number(number):
            return _written(number, region, Fault.RESERVED if reserved else None)
    return faulty(Fault.NOT_IN_USE)


def _written(number: "PhoneNumber", region: str, problem: Fault | None) -> Cleaned:
    from phonenumbers import PhoneNumberFormat, format_number, region_code_for_country_code

    number.extension = None
    is_home = region_code_for_country_code(number.country_code or 0) == region
    shown = format_number(number, PhoneNumberFormat.NATIONAL if is_home else PhoneNumberFormat.INTERNATIONAL)
    return Cleaned(format_number(number, PhoneNumberFormat.E164), shown, problem)
