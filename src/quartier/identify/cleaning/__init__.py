"""Cleaning: one value of a kind becomes a form to compare and a form to read, or the reason why it has none.

Nothing here reads a file, asks a network or keeps the raw value: that stays where it was.
"""

from quartier.identify.cleaning.addresses import clean_address, clean_city
from quartier.identify.cleaning.birth_dates import clean_birth_date
from quartier.identify.cleaning.cleaned import Cleaned, Fault, Kind, kind_of
from quartier.identify.cleaning.columns import Reading, cleaned, cleaned_column
from quartier.identify.cleaning.companies import CompanyName, clean_company, company_name
from quartier.identify.cleaning.company_numbers import clean_siren, clean_siret, clean_vat
from quartier.identify.cleaning.emails import clean_email
from quartier.identify.cleaning.names import clean_name
from quartier.identify.cleaning.phones import clean_phone
from quartier.identify.cleaning.postal_codes import clean_postal_code

__all__ = [
    "Cleaned",
    "CompanyName",
    "Fault",
    "Kind",
    "Reading",
    "clean_address",
    "clean_birth_date",
    "clean_city",
    "clean_company",
    "clean_email",
    "clean_name",
    "clean_phone",
    "clean_postal_code",
    "clean_siren",
    "clean_siret",
    "clean_vat",
    "cleaned",
    "cleaned_column",
    "company_name",
    "kind_of",
]
