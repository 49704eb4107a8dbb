"""What is compared: capitals, accents, punctuation and words that stand for nothing do not count."""

import pyarrow as pa
import pytest

from quartier.identify.matching.cleaning import before_at, cleaned, only_names, sorted_words
from quartier.identify.matching.kinds import Kind


def column(*values: object) -> pa.ChunkedArray:
    return pa.chunked_array([pa.array(list(values))])


@pytest.mark.parametrize(
    ("kind", "written", "compared"),
    [
        (Kind.LAST_NAME, "  O'Connor-Légaré ", "oconnor legare"),
        (Kind.FIRST_NAME, "N/A", None),
        (Kind.FIRST_NAME, "Inconnu", None),
        (Kind.FULL_NAME, "...", None),
        (Kind.EMAIL, " Jean.Martin@Free.FR ", "jean.martin@free.fr"),
        (Kind.EMAIL, "none at all", None),
        (Kind.PHONE, "+33 6 13 57 24 68", "613572468"),
        (Kind.PHONE, "06.13.57.24.68", "613572468"),
        (Kind.PHONE, "00 00 00 00 00", None),
        (Kind.COMPANY, "Étoile & Fils S.A.R.L.", "etoile fils"),
        (Kind.COMPANY, "SAS", "sas"),
        (Kind.ADDRESS, "12, Boulevard de l'Égalité", "12 bd de legalite"),
        (Kind.POSTAL_CODE, "01000", "1000"),
        (Kind.NUMBER, "732 829 320", "732829320"),
        (Kind.NUMBER, "999999999", None),
        (Kind.STREET_NUMBER, "111", "111"),
        (Kind.STREET_NUMBER, "n/a", None),
        (Kind.EMAIL, "test@gmail.com", None),
        (Kind.PHONE, "01 23 45 67 89", None),
        (Kind.LAST_NAME, "xxxx", None),
        (Kind.CITY, "Ville inconnue", None),
        (Kind.DATE, "1900-01-01", None),
        (Kind.DATE, "1971-02-31", "19710231"),
        (Kind.ADDRESS, "12 NORTH MAIN STREET", "12 n main st"),
        (Kind.ADDRESS, "3 av. du Gal Leclerc", "3 av du gal leclerc"),
        (Kind.COMPANY, "The Night's Rest Co., Ltd", "nights rest"),
        (Kind.COMPANY, "La Société", "la societe"),
    ],
)
def test_a_value_is_compared_without_what_does_not_count(kind: Kind, written: str, compared: str | None):
    assert cleaned(column(written, "x@y.z 123456"), kind).to_pylist()[0] == compared


@pytest.mark.parametrize("written", ["1971-06-24", "24/06/1971", "24.6.1971", "24/6/71", "19710624", "1971-6-24T00:00"])
def test_a_birth_date_is_eight_digits_however_it_was_written(written: str):
    assert cleaned(column(written), Kind.DATE).to_pylist() == ["19710624"]


def test_the_month_comes_first_when_some_date_can_only_be_read_so():
    assert cleaned(column("06/24/1971", "02/03/1980"), Kind.DATE).to_pylist() == ["19710624", "19800203"]


def test_numbers_and_real_dates_are_cleaned_like_text():
    assert cleaned(column(4011.0, None), Kind.POSTAL_CODE).to_pylist() == ["4011", None]
    assert cleaned(column(75001, 1000), Kind.POSTAL_CODE).to_pylist() == ["75001", "1000"]


def test_words_are_put_in_order_each_once():
    assert sorted_words(column("les amis des arts amis", None)).to_pylist() == ["amis arts des les", None]


def test_an_address_made_of_its_owners_names_is_told_from_one_that_is_not():
    emails = column("jean.martin12@free.fr", "bluebird@free.fr", "j.martin@free.fr", None)
    names = column("jean", "jean", "jean", "jean"), column("martin", "martin", "martin", "martin")
    assert only_names(before_at(emails), *names).to_pylist() == [True, False, True, False]
