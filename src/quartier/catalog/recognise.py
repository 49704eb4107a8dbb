"""What a column is, from its name and some of its values: type, meaning, family, sensitivity and labels. Pure.

The name proposes, the values dispose: a column called `email` whose values hold no @ is not an e-mail.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from babel import Locale

from quartier.catalog.dictionary import ENTRIES, WORDS, Entry
from quartier.catalog.families import Family, Sensitivity
from quartier.catalog.model import Label, Meaning, Subject, Trait, ValueType, slug
from quartier.catalog.time_zones import is_time_zone

YES = frozenset(["true", "yes", "oui", "vrai", "y", "o", "t", "wahr", "ja"])
NO = frozenset(["false", "no", "non", "faux", "n", "f", "nein"])
MISSING = frozenset(
    ["", "na", "n/a", "#n/a", "nan", "null", "none", "nil", "nul", "-", "--", "?", "\\n", "(null)", "undefined", "nc",
     "n.c.", "non renseigné", "non renseigne", "inconnu", "unknown", "<na>"]
)  # fmt: skip
"""Words that stand for no value, in lower case."""

_NUMBER = re.compile(
    r"^\(?\s*[+-]?\s*[€$£]?\s*[+-]?\d[\d.,' \u00a0\u202f]*(e[+-]?\d+)?\s*(€|\$|£|%|eur|usd|gbp|chf|cad)?\s*\)?$", re.I
)
_INTEGER = re.compile(r"^[+-]?\d{1,15}$")
_CODE = re.compile(r"^0\d+$|^\d{16,}$")
_DATE = re.compile(r"^(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/. ]\d{1,2}[-/. ](\d{4}|\d{2}))(?P<time>[T ].*)?$")
_COMPACT_DATE = re.compile(r"^(19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$")
_EMAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[^@\s]+$")
_PHONE = re.compile(r"^\+?[\d .()/-]{6,20}$")
_DATE_WORDS = frozenset(
    ["date", "day", "jour", "at", "on", "le", "time", "timestamp", "naissance", "birth", "dob", "when", "moment"]
)
_CODE_WORDS = frozenset(["id", "code", "zip", "postcode", "siret", "siren", "sku", "ean", "upc", "isbn", "iban"])
_MOST = 0.97


@dataclass(frozen=True)
class Recognised:
    """What a column seems to be."""

    type: ValueType
    family: Family
    label: Label
    sensitivity: Sensitivity = Sensitivity.ORDINARY
    meaning: Meaning | None = None

    def trait(self, name: str, of: Subject = "person") -> Trait:
        """The trait that keeps this column."""
        return Trait(name=name, type=self.type, family=self.family, label=self.label, of=of,
                     sensitivity=self.sensitivity, meaning=self.meaning)  # fmt: skip


def recognise(column: str, values: Sequence[str | None], of: Subject = "person") -> Recognised:
    """What a column seems to be, by its name and a sample of its values."""
    present = [each.strip() for each in values if each is not None and each.strip().lower() not in MISSING]
    entry = entry_of(column, present)
    if entry and entry.meaning in _OF_ACCOUNTS and of != "account":
        entry = None
    type_ = _type_for(entry, column, present)
    if entry is None:
        return Recognised(type_, _family(column, of), _readable(column), _sensitivity(column, present))
    label = entry.label if entry.meaning or len(entry.names) < 2 else _readable(column)
    return Recognised(type_, entry.family, label, entry.sensitivity, entry.meaning)


def with_meaning(meaning: Meaning) -> Recognised:
    """What a column is that is said to mean this."""
    entry = next(each for each in ENTRIES if each.meaning is meaning)
    return Recognised(ValueType.TEXT, entry.family, entry.label, entry.sensitivity, meaning)


def entry_of(column: str, present: Sequence[str]) -> Entry | None:
    """The dictionary's entry for a name that the values do not contradict; e-mails are known by their values alone."""
    name = slug(column)
    found = _by_name().get(name) or _by_name().get(re.sub(r"_(k|eur|usd|gbp|chf|years?|ans)$", "", name))
    if found is not None and _fits(found.meaning, present):
        return found
    if _share(present, lambda each: bool(_EMAIL.match(each))) > _MOST:
        return _by_name()["email"]
    return None


def type_of(column: str, values: Sequence[str | None], *, most: float = _MOST) -> ValueType:
    """The narrowest type that holds at least the share `most` of these values; codes with leading zeros stay text."""
    present = [each.strip() for each in values if each is not None and each.strip().lower() not in MISSING]
    return _type(set(slug(column).split("_")), present, most)


def is_country(value: str) -> bool:
    """Whether this is a country's name in French or English, or its code."""
    return value.strip().casefold() in _countries()


def is_email(value: str) -> bool:
    """Whether this has the form of an e-mail address."""
    return bool(_EMAIL.match(value.strip()))


def _type_for(entry: Entry | None, column: str, present: Sequence[str]) -> ValueType:
    match entry.meaning if entry else None:
        case Meaning.BIRTH_DATE:
            return ValueType.DATE if _type({"date"}, present) in _DATES else ValueType.TEXT
        case (
            Meaning.AGE
            | Meaning.BIRTH_YEAR
            | Meaning.INCOME
            | Meaning.EMPLOYEES
            | Meaning.TURNOVER
            | Meaning.BALANCE_SHEET
            | Meaning.LIFETIME_VALUE
            | Meaning.RECOMMENDATION
            | None
        ):
            return _type(set(slug(column).split("_")), present)
        case Meaning.SIGNUP_AT | Meaning.FOUNDED:
            return _type({"date"}, present)
        case _:
            return ValueType.TEXT


_OF_ACCOUNTS = frozenset(
    [Meaning.TURNOVER, Meaning.BALANCE_SHEET, Meaning.FOUNDED, Meaning.BUSINESS_MODEL, Meaning.WEBSITE,
     Meaning.PARENT_ACCOUNT]
)  # fmt: skip
"""What is said of companies alone: a person's parent is no parent account."""

_DATES = (ValueType.DATE, ValueType.INSTANT)


def _type(words: set[str], present: Sequence[str], most: float = _MOST) -> ValueType:
    if not present:
        return ValueType.TEXT
    if {each.lower() for each in present} <= YES | NO and not words & {"o", "f", "gender", "sex", "sexe"}:
        return ValueType.BOOLEAN
    if _share(present, lambda each: bool(_DATE.match(each))) > most:
        return _date_or_instant(present)
    if words & _DATE_WORDS and _share(present, lambda each: bool(_COMPACT_DATE.match(each))) > most:
        return ValueType.DATE
    if any(_CODE.match(each) for each in present) or words & _CODE_WORDS:
        return ValueType.TEXT
    return _number(present, most)


def _date_or_instant(present: Sequence[str]) -> ValueType:
    times = (match["time"] for match in map(_DATE.match, present) if match)
    has_time = any(time and re.search(r"[1-9]", time.partition(".")[0]) for time in times)
    return ValueType.INSTANT if has_time else ValueType.DATE


def _number(present: Sequence[str], most: float) -> ValueType:
    if all(_INTEGER.match(each) for each in present):
        return ValueType.INTEGER
    if _share(present, lambda each: bool(_NUMBER.match(each))) > most:
        return ValueType.NUMBER
    return ValueType.TEXT


def _fits(meaning: Meaning | None, present: Sequence[str]) -> bool:
    check = _CHECKS.get(meaning) if meaning else None
    return check is None or not present or _share(present, check) > 0.5


def _share(present: Sequence[str], holds: Callable[[str], bool]) -> float:
    return sum(map(holds, present)) / len(present) if present else 0


def _between(low: float, high: float) -> Callable[[str], bool]:
    def holds(value: str) -> bool:
        try:
            return low <= float(value.replace(",", ".")) <= high
        except ValueError:
            return False

    return holds


_CHECKS: dict[Meaning, Callable[[str], bool]] = {
    Meaning.EMAIL: is_email,
    Meaning.PHONE: lambda value: bool(_PHONE.match(value)),
    Meaning.COUNTRY: is_country,
    Meaning.AGE: _between(0, 120),
    Meaning.BIRTH_YEAR: _between(1880, 2100),
    Meaning.BIRTH_DATE: lambda value: bool(_DATE.match(value) or _COMPACT_DATE.match(value)),
    Meaning.FIRST_NAME: lambda value: not value.isdigit(),
    Meaning.LAST_NAME: lambda value: not value.isdigit(),
    Meaning.CITY: lambda value: not value.isdigit(),
    Meaning.LATITUDE: _between(-90, 90),
    Meaning.LONGITUDE: _between(-180, 180),
    Meaning.TIME_ZONE: is_time_zone,
    Meaning.INCOME: lambda value: bool(_NUMBER.match(value)),
    Meaning.RECOMMENDATION: _between(0, 10),
    Meaning.EMPLOYEES: lambda value: bool(_NUMBER.match(value)),
    Meaning.CURRENCY: lambda value: len(value) <= 3,
    Meaning.SIGNUP_AT: lambda value: bool(_DATE.match(value) or _COMPACT_DATE.match(value)),
}


def _family(column: str, of: Subject) -> Family:
    words = set(slug(column).split("_"))
    found = next((family for family, known in WORDS.items() if words & known), None)
    return found or (Family.FIRMOGRAPHIC if of == "account" else Family.BEHAVIOURAL)


def _sensitivity(column: str, present: Sequence[str]) -> Sensitivity:
    """Special categories are found inside longer names too: `customer_religion`, `religion_du_client`."""
    words = set(slug(column).split("_"))
    special = {name for entry in ENTRIES if entry.sensitivity is Sensitivity.SPECIAL for name in entry.names}
    if words & special - {"vote", "race", "union", "orientation"}:
        return Sensitivity.SPECIAL
    return Sensitivity.PERSONAL if _share(present, is_email) > 0.5 else Sensitivity.ORDINARY


def _readable(column: str) -> Label:
    """A column's own name as a label: `NumWebPurchases` is read `Num web purchases`."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|[_.]+", " ", column).strip()
    is_shouted = words.isupper() and len(words) > 4
    kept = words.lower() if is_shouted else " ".join(_lowered(word) for word in words.split())
    text = kept[:1].upper() + kept[1:] or column
    return Label(en=text, fr=text)


def _lowered(word: str) -> str:
    return word if word.isupper() or any(each.isupper() for each in word[1:]) else word.lower()


@cache
def _by_name() -> dict[str, Entry]:
    return {name: entry for entry in ENTRIES for name in entry.names}


@cache
def _countries() -> frozenset[str]:
    codes = {str(code) for code in Locale("en").territories if re.fullmatch("[A-Z]{2}", str(code))}
    named = {str(Locale(each).territories.get(code, code)) for each in ("en", "fr") for code in codes}
    usual = {"uk", "usa", "u.s.", "u.s.a.", "england", "scotland", "eire", "rsa", "channel islands", "korea"}
    return frozenset(each.casefold() for each in codes | named | usual)
