"""What a column is about, by its meaning, its name or its values."""

import random

import pyarrow as pa
import pytest

from quartier.catalog import Meaning
from quartier.identify.matching.comparing import configure
from quartier.identify.matching.kinds import Kind, kind_of
from quartier.identify.matching.profile import profile

CHANCE = random.Random(7)
NAMES = ["Anna Petit", "Bob Leroy", "Chloé Durand", "Denis Moreau", "Éva Simon", "Farid Blanc", "Gina Roux"]
DIGITS = [f"{CHANCE.randrange(10**8, 10**9)}" for _ in range(200)]


def kind(name: str, values: list[object], meaning: Meaning | None = None) -> Kind | None:
    return kind_of(name, profile(pa.chunked_array([pa.array(values)])), meaning)


@pytest.mark.parametrize(
    ("name", "values", "expected"),
    [
        ("Prénom", ["Anna", "Bob", "Chloé"], Kind.FIRST_NAME),
        (" given_name", ["Anna", "Bob", "Chloé"], Kind.FIRST_NAME),
        ("Nachname", ["Müller", "Schmidt", "Weiß"], Kind.LAST_NAME),
        ("name", NAMES, Kind.FULL_NAME),
        ("Raison sociale", ["Étoile SARL", "Lune SAS"], Kind.COMPANY),
        ("contact_2", ["a@b.fr", "c@d.fr"], Kind.EMAIL),
        ("Téléphone", ["06 12 34 56 78", "01 23 45 67 89"], Kind.PHONE),
        ("geburtsdatum", ["1971-06-24", "1980-01-02"], Kind.DATE),
        ("c7", [f"{year}-05-06" for year in range(1940, 2000)], Kind.DATE),
        ("SIREN", ["732829320", "552100554"], Kind.NUMBER),
        ("c4", [*DIGITS, *DIGITS], Kind.NUMBER),
        ("numero_rue", ["6", "12 bis"], Kind.STREET_NUMBER),
        ("plz", ["10115", "20095"], Kind.POSTAL_CODE),
        ("c5", [f"{one} {number}" for number in range(9) for one in NAMES], Kind.TEXT),
    ],
)
def test_a_column_is_known_by_its_name_or_its_values(name: str, values: list[object], expected: Kind):
    assert kind(name, values) is expected


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("email", [None, None]),
        ("country", ["FR", "FR", "FR"]),
        ("row_id", list(range(300))),
        ("income", [21_000.5, 34_000.25, 1.5]),
        ("religion", [f"faith {number}" for number in range(60)]),
        ("created", [f"2024-0{month}-01" for month in range(1, 10)]),
        ("comment", ["so long " * 30, "and longer " * 30]),
        ("segment", ["a", "b"] * 200),
    ],
)
def test_what_tells_nobody_apart_is_not_compared(name: str, values: list[object]):
    assert kind(name, values) is None


def test_a_name_that_the_values_contradict_is_not_believed():
    assert kind("email", [f"{one} {number}" for number in range(9) for one in NAMES]) is Kind.TEXT


def test_the_meaning_of_the_catalog_stands_above_the_name():
    assert kind("c1", ["Anna", "Bob"], Meaning.FIRST_NAME) is Kind.FIRST_NAME
    assert kind("phone", ["0612345678", "0712345678"], Meaning.INCOME) is None


def test_first_name_and_surname_may_be_swapped_and_a_town_follows_from_its_postal_code():
    towns = [("75001", "Paris"), ("69001", "Lyon"), ("13001", "Marseille"), ("13002", "Marseille")] * 30
    table = pa.table(
        {
            "prenom": [CHANCE.choice(["Anna", "Bob", "Chloé", "Denis"]) for _ in towns],
            "nom": [CHANCE.choice(["Petit", "Leroy", "Durand", "Moreau"]) for _ in towns],
            "code_postal": [code for code, _ in towns],
            "ville": [town for _, town in towns],
        }
    )
    by_name = {each.field.name: each for each in configure(table).comparisons}
    assert set(by_name) == {"prenom", "nom", "code_postal"}
    assert by_name["prenom"].other == by_name["nom"].field
    assert by_name["code_postal"].around.name == "ville"
