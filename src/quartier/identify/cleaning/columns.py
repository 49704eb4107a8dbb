"""A whole column, cleaned once for each value that differs."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import pyarrow as pa

from quartier.identify.cleaning.addresses import clean_address, clean_city
from quartier.identify.cleaning.birth_dates import clean_birth_date
from quartier.identify.cleaning.cleaned import Cleaned, Kind
from quartier.identify.cleaning.companies import clean_company
from quartier.identify.cleaning.company_numbers import clean_siren, clean_siret, clean_vat
from quartier.identify.cleaning.emails import clean_email
from quartier.identify.cleaning.names import clean_name
from quartier.identify.cleaning.phones import clean_phone
from quartier.identify.cleaning.postal_codes import clean_postal_code


@dataclass(frozen=True, slots=True)
class Reading:
    """How texts are read that do not say it themselves.

    Attributes:
        region: the country that a value without one is of, by its ISO 3166 code.
        today: the day on which a birth date is no longer to come.
    """

    region: str
    today: dt.date


CLEANERS: dict[Kind, Callable[[str, Reading], Cleaned]] = {
    Kind.EMAIL: lambda raw, _: clean_email(raw),
    Kind.PHONE: lambda raw, reading: clean_phone(raw, reading.region),
    Kind.PERSON_NAME: lambda raw, reading: clean_name(raw, reading.region),
    Kind.ADDRESS: lambda raw, reading: clean_address(raw, reading.region),
    Kind.POSTAL_CODE: lambda raw, reading: clean_postal_code(raw, reading.region),
    Kind.CITY: lambda raw, _: clean_city(raw),
    Kind.BIRTH_DATE: lambda raw, reading: clean_birth_date(raw, reading.today, reading.region),
    Kind.COMPANY: lambda raw, _: clean_company(raw),
    Kind.SIREN: lambda raw, _: clean_siren(raw),
    Kind.SIRET: lambda raw, _: clean_siret(raw),
    Kind.VAT: lambda raw, reading: clean_vat(raw, reading.region),
}


def cleaned(kind: Kind, raw: str, reading: Reading) -> Cleaned:
    """One value of a kind."""
    return CLEANERS[kind](raw, reading)


def cleaned_column(kind: Kind, values: pa.Array | pa.ChunkedArray, reading: Reading) -> pa.Table:
    """The columns `value`, `shown` and `problem` (the code of a Fault) beside these values, row by row.

    A row without a value has none of the three: nothing came, so nothing is wrong.
    """
    coded = _strings(values).dictionary_encode()
    clean = CLEANERS[kind]
    found = [clean(raw, reading) for raw in coded.dictionary.to_pylist()]
    columns = {
        "value": [each.value for each in found],
        "shown": [each.shown for each in found],
        "problem": [each.problem.value if each.problem else None for each in found],
    }
    return pa.table({name: pa.array(column, pa.string()).take(coded.indices) for name, column in columns.items()})


def _strings(values: pa.Array | pa.ChunkedArray) -> pa.Array:
    whole = values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
    return whole if whole.type == pa.string() else whole.cast(pa.string())
