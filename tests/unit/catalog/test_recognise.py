"""The name proposes, the values dispose."""

import pytest

from quartier.catalog import Family, Meaning, Sensitivity, ValueType
from quartier.catalog.recognise import recognise

TYPES = [
    ("montant", ["1 234,50 €", "7,00 €"], ValueType.NUMBER),
    ("share", ["12.5 %", "3 %"], ValueType.NUMBER),
    ("newsletter", ["oui", "non", "Oui"], ValueType.BOOLEAN),
    ("code", ["00123", "00456"], ValueType.TEXT),
    ("visits", ["1", "20", ""], ValueType.INTEGER),
    ("kids", ["1", "2", "5+"], ValueType.TEXT),
    ("last_order", ["04/09/2025", "31/12/2025"], ValueType.DATE),
    ("seen_at", ["2025-09-04T10:00:00Z"], ValueType.INSTANT),
    ("postal_code", ["75011", "69002"], ValueType.TEXT),
]


@pytest.mark.parametrize(("column", "values", "expected"), TYPES)
def test_the_narrowest_type_that_holds_the_values(column: str, values: list[str], expected: ValueType) -> None:
    assert recognise(column, values).type is expected


MEANINGS = [
    ("Courriel", ["a@b.fr"], Meaning.EMAIL),
    ("contact", ["a@b.fr", "c@d.be"], Meaning.EMAIL),
    ("email", ["yes", "no"], None),
    ("Prénom", ["Zoé"], Meaning.FIRST_NAME),
    ("customerID", ["7590-VHVEG"], Meaning.USER_ID),
    ("Pays", ["Belgique", "FR", "Suisse"], Meaning.COUNTRY),
    ("country", ["blue", "red"], None),
    ("Fuseau horaire", ["Europe/Paris", "Pacific/Auckland", "UTC"], Meaning.TIME_ZONE),
    ("timezone", ["+02:00", "CEST"], None),
    ("CodePostal", ["01000"], Meaning.POSTAL_CODE),
    ("Year_Birth", ["1957", "1984"], Meaning.BIRTH_YEAR),
    ("Annual Income (k$)", ["15", "16"], Meaning.INCOME),
]


@pytest.mark.parametrize(("column", "values", "expected"), MEANINGS)
def test_the_meaning_by_name_and_values(column: str, values: list[str], expected: Meaning | None) -> None:
    assert recognise(column, values).meaning is expected


@pytest.mark.parametrize(
    "column", ["religion", "customer_religion", "Opinion politique", "origine_ethnique", "syndicat"]
)
def test_special_categories_are_marked(column: str) -> None:
    assert recognise(column, ["x", "y"]).sensitivity is Sensitivity.SPECIAL


def test_families_and_labels_are_given() -> None:
    assert recognise("navigateur", ["Firefox"]).family is Family.TECHNOGRAPHIC
    assert recognise("NumWebPurchases", ["1"]).label.en == "Num web purchases"
    assert recognise("dob", ["1980-01-31"]).label.fr == "Date de naissance"
