"""What is made of the records of companies: sizes, sectors, words, domains, ages, numbers."""

import datetime as dt

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quartier.catalog import Catalog, Family, Label, Meaning, Trait, ValueType
from quartier.identify.accounts import (
    SECTIONS,
    Size,
    Told,
    business_model_of,
    domain_of,
    firmographics,
    headcount,
    is_own,
    role_of,
    section_of,
    size_of,
)
from quartier.identify.cleaning import Fault

TODAY = dt.date(2026, 11, 22)


@pytest.mark.parametrize(
    ("employees", "turnover", "balance", "expected"),
    [
        (0, None, None, Size.MICRO), (9, None, None, Size.MICRO), (10, None, None, Size.SMALL),
        (49, 10e6, None, Size.SMALL), (49, 10e6 + 1, None, Size.MEDIUM), (249, None, None, Size.MEDIUM),
        (250, 1, 1, Size.LARGE), (9, 3e6, 2e6, Size.MICRO), (100, 60e6, 43e6, Size.MEDIUM),
        (100, 60e6, 44e6, Size.LARGE), (None, 2e6, None, Size.MICRO), (-1, None, None, None), (None, None, None, None),
    ],
)  # fmt: skip
def test_sizes_are_those_of_the_recommendation(
    employees: float | None, turnover: float | None, balance: float | None, expected: Size | None
) -> None:
    assert size_of(employees, turnover, balance) is expected


@given(st.integers(0, 10_000), st.integers(0, 10_000), st.floats(0, 1e9))
def test_more_employees_never_make_a_company_smaller(fewer: int, more: int, turnover: float) -> None:
    order = list(Size)
    small, large = (size_of(each, turnover) for each in sorted((fewer, more)))
    assert small is not None
    assert large is not None
    assert order.index(small) <= order.index(large)


@pytest.mark.parametrize(
    ("written", "expected"),
    [("250", 250), ("1 200", 1200), ("10-49", 10), ("10 à 49 salariés", 10), ("250+", 250), ("<10", 9),
     ("moins de 10", 9), ("12 000 - 20 000", 12000), ("PME", None), ("", None)],
)  # fmt: skip
def test_a_headcount_is_the_least_of_a_range(written: str, expected: int | None) -> None:
    assert headcount(written) == expected


@pytest.mark.parametrize(
    ("code", "letter"),
    [("62.01Z", "J"), ("6201Z", "J"), ("62", "J"), ("J62", "J"), ("j", "J"), ("NAF 45.20A", "G"), ("01.1", "A"),
     ("6201Z - Programmation informatique", "J"), ("C62", None), ("34.10", None), ("12 rue", None), ("Software", None),
     ("", None)],
)  # fmt: skip
def test_a_code_has_the_section_of_its_division(code: str, letter: str | None) -> None:
    found = section_of(code)
    assert (found.letter if found else None) == letter


def test_the_sections_are_all_letters_from_a_to_u_and_share_no_division() -> None:
    assert "".join(each.letter for each in SECTIONS) == "ABCDEFGHIJKLMNOPQRSTU"
    divisions = [number for each in SECTIONS for number in range(each.divisions[0], each.divisions[1] + 1)]
    assert len(divisions) == len(set(divisions)) == 88


@pytest.mark.parametrize(
    ("written", "role"),
    [("Décideur", "decision_maker"), ("decision-maker", "decision_maker"), ("DSI", "technical"),
     ("Utilisatrice", "user"), ("  Chef de  bande ", "Chef de bande"), (" ", None)],
)  # fmt: skip
def test_known_roles_become_codes_and_others_stay_as_written(written: str, role: str | None) -> None:
    assert role_of(written) == role


def test_business_models_are_known_by_their_words() -> None:
    found = [business_model_of(each) for each in ("B2B/B2C", "b to b", "Secteur public", "SaaS")]
    assert found == ["mixed", "b2b", "public", None]


@pytest.mark.parametrize(
    ("written", "domain"),
    [("https://www.Acme.example/fr?x=1", "acme.example"), ("jean@acme.example", "acme.example"), ("Acme", None),
     ("http://acme.fr:8080/a", "acme.fr"), ("www.société.fr", "xn--socit-esab.fr"), ("a b.fr", None)],
)  # fmt: skip
def test_the_domain_of_a_website_or_an_address(written: str, domain: str | None) -> None:
    assert domain_of(written) == domain


def test_a_domain_where_anybody_has_an_address_is_nobodys_own() -> None:
    assert [is_own(each) for each in ("gmail.com", "orange.fr", "example.com", "acme.fr")] == [False] * 3 + [True]


@given(st.text())
def test_no_text_is_too_odd(text: str) -> None:
    assert (headcount(text) or 0) >= 0
    assert domain_of(text) is None or "." in str(domain_of(text))
    section_of(text), role_of(text), business_model_of(text)


def trait(name: str, meaning: Meaning | None = None, type_: ValueType = ValueType.TEXT) -> Trait:
    label = Label(en=name, fr=name)
    return Trait(name=name, type=type_, family=Family.FIRMOGRAPHIC, label=label, of="account", meaning=meaning)


TRAITS = (
    trait("siren"), trait("n_tva"), trait("founded", Meaning.FOUNDED, ValueType.DATE),
    trait("year", Meaning.FOUNDED, ValueType.INTEGER), trait("sector", Meaning.INDUSTRY),
    trait("naf", Meaning.INDUSTRY), trait("turnover", Meaning.TURNOVER, ValueType.NUMBER),
)  # fmt: skip


def made(currency: str = "EUR", **row: object) -> tuple[dict[str, object], dict[object, int]]:
    told = Told.of(Catalog(traits=TRAITS), [each.name for each in TRAITS])
    types = {"founded": pa.date32(), "year": pa.int64(), "turnover": pa.float64()}
    rows = pa.table({each.name: pa.array([row.get(each.name)], types.get(each.name, pa.string())) for each in TRAITS})
    found = firmographics(rows, told, currency, TODAY)
    return found.columns.to_pylist()[0], dict(found.faults)


def test_a_wrong_check_digit_leaves_the_number_empty_and_is_counted() -> None:
    row, faults = made(siren="732829321")
    assert row["firm_siren"] is None
    assert faults == {("firm_siren", Fault.CHECK_DIGITS): 1}


def test_the_number_is_taken_from_whichever_column_has_it() -> None:
    row, faults = made(siren="732829321", n_tva="FR 44 732 829 320")
    assert (row["firm_siren"], row["firm_vat"], faults) == ("732829320", "FR44732829320", {})


@pytest.mark.parametrize(
    ("told", "age"),
    [({"founded": dt.date(2020, 11, 22)}, 6), ({"founded": dt.date(2020, 11, 23)}, 5), ({"year": 2001}, 25),
     ({"founded": dt.date(2027, 1, 1)}, None), ({"year": 7}, None), ({"year": 2030}, None)],
)  # fmt: skip
def test_the_age_is_in_whole_years(told: dict[str, object], age: int | None) -> None:
    assert made(**told)[0]["firm_age"] == age


def test_the_first_trait_that_holds_a_code_tells_the_sector() -> None:
    assert made(sector="Logiciels", naf="62.01Z")[0]["firm_sector"] == "J"


def test_sums_that_are_not_in_euros_decide_no_size() -> None:
    assert made(turnover=1e9)[0]["firm_size"] == "large"
    assert "firm_size" not in made(currency="CHF", turnover=1e9)[0]
