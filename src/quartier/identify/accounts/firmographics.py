"""Firmographics: what the records of companies say, cleaned, and what follows from it: size, sector, age, place.

What was given stays as it came; these are traits of their own. A value that cannot be read leaves its trait empty and
is counted.
"""

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from quartier.catalog import Catalog, Meaning, ValueType
from quartier.identify.accounts.domains import domain_of, is_own
from quartier.identify.accounts.sectors import section_of
from quartier.identify.accounts.sizes import headcount, size_of
from quartier.identify.accounts.words import business_model_of
from quartier.identify.cleaning import clean_siren, clean_siret, clean_vat, company_name
from quartier.identify.cleaning.cleaned import Cleaned, Fault

Row = Mapping[str, Any]
_EURO = "EUR"
_NUMBERS: dict[str, tuple[frozenset[str], Callable[[str], Cleaned]]] = {
    "firm_siren": (frozenset(["siren", "siret", "tva", "vat"]), clean_siren),
    "firm_siret": (frozenset(["siret"]), clean_siret),
    "firm_vat": (frozenset(["tva", "vat"]), clean_vat),
}
"""The numbers of companies: by which words in the names of traits they are known, and how they are cleaned."""

_TYPES = {"firm_age": pa.int64()}


@dataclass(frozen=True)
class Told:
    """Which traits of accounts tell what.

    Attributes:
        by_meaning: the traits of each meaning, in the order of the catalog.
        numbers: the traits that may hold each number of a company.
        identifiers: the traits that hold what the account was sent under.
    """

    by_meaning: Mapping[Meaning, tuple[str, ...]]
    numbers: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, catalog: Catalog, present: Iterable[str]) -> "Told":
        """The given traits of a catalog for which there are columns."""
        there = frozenset(present)
        given = [each for each in catalog.traits if each.of == "account" and each.origin == "given"]
        given = [each for each in given if each.name in there and each.type is not ValueType.TEXTS]
        by_meaning: dict[Meaning, tuple[str, ...]] = {}
        for each in given:
            if each.meaning:
                by_meaning[each.meaning] = (*by_meaning.get(each.meaning, ()), each.name)
        numbers = {
            number: tuple(each.name for each in given if words & set(each.name.split("_")))
            for number, (words, _) in _NUMBERS.items()
        }
        return cls(by_meaning, {name: found for name, found in numbers.items() if found})

    @property
    def columns(self) -> list[str]:
        """Every trait that is read."""
        read = [name for meaning in _READ for name in self.by_meaning.get(meaning, ())]
        return list(dict.fromkeys([*read, *(name for names in self.numbers.values() for name in names)]))

    def traits(self, currency: str) -> list[str]:
        """The computed traits that can be made of them."""
        sums = _SUMS if currency == _EURO else ()
        made = {
            "firm_size": (Meaning.EMPLOYEES, *sums), "firm_sector": (Meaning.INDUSTRY,),
            "firm_model": (Meaning.BUSINESS_MODEL,), "firm_age": (Meaning.FOUNDED,),
            "firm_legal_form": (Meaning.COMPANY,), "firm_domain": (Meaning.WEBSITE, Meaning.EMAIL),
        }  # fmt: skip
        return [*(name for name, read in made.items() if any(each in self.by_meaning for each in read)), *self.numbers]

    def values(self, row: Row, meaning: Meaning) -> Iterator[Any]:
        """What a row holds of a meaning, trait after trait."""
        return (row[name] for name in self.by_meaning.get(meaning, ()) if row.get(name) is not None)


@dataclass(frozen=True)
class Firmographics:
    """What was made of the rows of accounts.

    Attributes:
        columns: the computed traits, row by row.
        faults: how many values of each computed trait could not be read, by the reason.
    """

    columns: pa.Table
    faults: Counter[tuple[str, Fault]] = field(default_factory=Counter)


def firmographics(rows: pa.Table, told: Told, currency: str, today: dt.date) -> Firmographics:
    """The computed traits of accounts.

    Args:
        rows: the traits that `told` reads.
        told: which traits tell what.
        currency: of the sums; the ceilings of sizes are in euros, so that other sums decide nothing.
        today: the day on which companies have their age.
    """
    names, faults = told.traits(currency), Counter[tuple[str, Fault]]()
    found = [_row(row, told, names, currency, today, faults) for row in rows.to_pylist()]
    columns = {name: pa.array([each.get(name) for each in found], _TYPES.get(name, pa.string())) for name in names}
    return Firmographics(pa.table(columns), faults)


def _row(
    row: Row, told: Told, names: list[str], currency: str, today: dt.date, faults: Counter[tuple[str, Fault]]
) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for name in names:
        if name in _NUMBERS:
            made[name] = _number(row, told.numbers[name], name, faults)
        else:
            made[name] = _MADE[name](row, told, currency, today)
    return made


def _number(row: Row, columns: tuple[str, ...], name: str, faults: Counter[tuple[str, Fault]]) -> str | None:
    """The first of the columns that holds a sound number; a wrong check digit is counted where none does."""
    problems = []
    for column in columns:
        if row.get(column) is not None:
            cleaned = _NUMBERS[name][1](str(row[column]))
            if cleaned.value:
                return cleaned.value
            problems.append(cleaned.problem)
    if Fault.CHECK_DIGITS in problems:
        faults[name, Fault.CHECK_DIGITS] += 1
    return None


def _size(row: Row, told: Told, currency: str, _today: dt.date) -> str | None:
    staff = next((n for each in told.values(row, Meaning.EMPLOYEES) if (n := _count(each)) is not None), None)
    sums = [_first_number(row, told, each) if currency == _EURO else None for each in _SUMS]
    found = size_of(staff, *sums)
    return found.value if found else None


def _sector(row: Row, told: Told, _currency: str, _today: dt.date) -> str | None:
    found = (section_of(str(each)) for each in told.values(row, Meaning.INDUSTRY))
    return next((each.letter for each in found if each), None)


def _model(row: Row, told: Told, _currency: str, _today: dt.date) -> str | None:
    found = (business_model_of(str(each)) for each in told.values(row, Meaning.BUSINESS_MODEL))
    return next((each for each in found if each), None)


def _age(row: Row, told: Told, _currency: str, today: dt.date) -> int | None:
    ages = (_years(each, today) for each in told.values(row, Meaning.FOUNDED))
    return next((each for each in ages if each is not None), None)


def _legal_form(row: Row, told: Told, _currency: str, _today: dt.date) -> str | None:
    return next((form for each in told.values(row, Meaning.COMPANY) if (form := company_name(str(each)).form)), None)


def _domain(row: Row, told: Told, _currency: str, _today: dt.date) -> str | None:
    texts = [each for meaning in (Meaning.WEBSITE, Meaning.EMAIL) for each in told.values(row, meaning)]
    return next((found for each in texts if (found := domain_of(str(each))) and is_own(found)), None)


def _count(value: Any) -> float | None:
    return headcount(value) if isinstance(value, str) else float(value)


def _first_number(row: Row, told: Told, meaning: Meaning) -> float | None:
    return next((float(each) for each in told.values(row, meaning) if not isinstance(each, str)), None)


def _years(founded: Any, today: dt.date) -> int | None:
    """Whole years since a day, or since a year of which no day is known; None before it and for other texts."""
    if isinstance(founded, str):
        founded = _founding(founded)
    if isinstance(founded, dt.date):  # an instant is one as well
        years = today.year - founded.year - ((today.month, today.day) < (founded.month, founded.day))
    elif isinstance(founded, int | float) and _FIRST_YEAR <= founded <= today.year:
        years = today.year - int(founded)
    else:
        return None
    return years if years >= 0 else None


def _founding(text: str) -> dt.date | int | None:
    found = re.match(r"^(\d{4})(?:-(\d{2})-(\d{2}))?(?:$|T)", text.strip())
    if not found:
        return None
    try:
        return dt.date(int(found[1]), int(found[2]), int(found[3])) if found[2] else int(found[1])
    except ValueError:
        return None


_FIRST_YEAR = 1000
_SUMS = (Meaning.TURNOVER, Meaning.BALANCE_SHEET)
_READ = (Meaning.EMPLOYEES, *_SUMS, Meaning.INDUSTRY, Meaning.BUSINESS_MODEL, Meaning.FOUNDED, Meaning.COMPANY,
         Meaning.WEBSITE, Meaning.EMAIL)  # fmt: skip
_MADE: dict[str, Callable[[Row, Told, str, dt.date], Any]] = {
    "firm_size": _size, "firm_sector": _sector, "firm_model": _model, "firm_age": _age,
    "firm_legal_form": _legal_form, "firm_domain": _domain,
}  # fmt: skip
