"""Numbers of companies with check digits: SIREN, SIRET and VAT, by python-stdnum."""

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stdnum.util import NumberValidationModule

from quartier.identify.cleaning.cleaned import Cleaned, Fault, Kind, faulty
from quartier.identify.cleaning.placeholders import stand_in, words
from quartier.identify.cleaning.texts import MOST_CHARACTERS, is_of_one_sign, tidied

_LENGTH = {Kind.SIREN: 9, Kind.SIRET: 14}
_FRENCH_VAT = re.compile(r"^FR[0-9A-Z]{2}[0-9]{9}$")
_LETTERS_OF_VAT = {"GR": "EL", "MC": "FR"}
_MODULE = {"CH": "uid"}
"""A Swiss VAT number is the number of the company, with TVA, MWST or IVA after it."""
_VAT_OF = re.compile(r"^(?P<country>[A-Z]{2})(?=.*[0-9])")


def clean_siren(raw: str) -> Cleaned:
    """The nine figures of a French company, checked by their last (Luhn); also out of its SIRET or VAT number."""
    text = _compact(raw)
    if _FRENCH_VAT.match(text) or (len(text) == _LENGTH[Kind.SIRET] and text.isdecimal()):
        larger = clean_siret(text) if text.isdecimal() else clean_vat(text)
        if larger.value is None:
            return faulty(larger.problem or Fault.NOT_VALID)
        text = larger.value[-9:] if text.startswith("FR") else larger.value[:9]
    return _numbered(text, Kind.SIREN)


def clean_siret(raw: str) -> Cleaned:
    """The fourteen figures of a place of business, checked by Luhn; those of La Poste add up to a multiple of five."""
    return _numbered(_compact(raw), Kind.SIRET)


def clean_vat(raw: str, region: str = "FR") -> Cleaned:
    """A VAT number of the EU, Switzerland, Norway or the United Kingdom; without letters it is one of `region`."""
    text = re.sub(r"(MWST|TVA|IVA|MVA)$", "", _compact(raw))
    if problem := _nothing(text, Kind.VAT):
        return faulty(problem)
    found = _VAT_OF.match(text)
    country = found["country"] if found and _checks(_country(found["country"], text)) else region.upper()
    return _checked_vat(text, _country(country, text))


def _country(letters: str, text: str) -> str:
    """The country whose rules a number follows; Monaco's numbers are French ones."""
    return "CH" if text.startswith("CHE") else {"EL": "GR", "MC": "FR"}.get(letters, letters)


def _checked_vat(text: str, country: str) -> Cleaned:
    from stdnum.exceptions import InvalidChecksum, ValidationError

    checks = _checks(country)
    if checks is None:
        return faulty(Fault.NOT_VALID)
    prefix = "" if country == "CH" else _LETTERS_OF_VAT.get(country, country)
    own = re.sub(rf"^({country}|{prefix})", "", text) if prefix else text
    try:
        number = str(checks.compact(checks.validate(own)))
    except InvalidChecksum:
        return faulty(Fault.CHECK_DIGITS)
    except ValidationError:
        return faulty(Fault.NOT_VALID)
    number = re.sub(r"(MWST|TVA|IVA|MVA)$", "", number.removeprefix(prefix))
    return Cleaned(prefix + number, _vat_shown(prefix, number))


def _vat_shown(prefix: str, number: str) -> str:
    if prefix == "FR":
        return f"FR {number[:2]} {number[2:5]} {number[5:8]} {number[8:]}"
    return f"{prefix} {number}".strip()


@cache
def _checks(country: str) -> "NumberValidationModule | None":
    """The module of a country's VAT numbers; its letters come from data, so only letters are looked up."""
    from stdnum import get_cc_module

    if not re.fullmatch("[A-Z]{2}", country):
        return None
    return get_cc_module(country.lower(), _MODULE.get(country, "vat"))


def _numbered(text: str, kind: Kind) -> Cleaned:
    from stdnum.exceptions import ValidationError
    from stdnum.fr import siren, siret

    if problem := _nothing(text, kind):
        return faulty(problem)
    if not text.isdecimal() or len(text) != _LENGTH[kind]:
        return faulty(Fault.NOT_VALID)
    checks = siren if kind is Kind.SIREN else siret
    try:
        number = str(checks.validate(text))
    except ValidationError:
        return faulty(Fault.CHECK_DIGITS)
    return Cleaned(number, " ".join(filter(None, (number[:3], number[3:6], number[6:9], number[9:]))))


def _nothing(text: str, kind: Kind) -> Fault | None:
    """Why there is no number at all, or None."""
    if not text:
        return Fault.EMPTY
    if text in words("filler", kind) or is_of_one_sign(text.removeprefix("FR")):
        return Fault.PLACEHOLDER
    if re.search("[0-9]", text) and len(text) <= MOST_CHARACTERS:
        return None
    return stand_in(text, kind) or Fault.WRONG_KIND


def _compact(raw: str) -> str:
    """Capitals and figures alone."""
    text = tidied(raw).upper()
    text = re.sub(r"^(N°|SIREN|SIRET|TVA|VAT|RCS)[\s:.]+", "", text)
    return re.sub(r"[\s.,:;/_'-]+", "", text) if len(text) <= MOST_CHARACTERS else text
