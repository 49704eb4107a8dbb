"""True cases of postal codes, dates of birth, companies and their numbers."""

import datetime as dt

import pytest

from quartier.identify.cleaning import (
    Cleaned,
    CompanyName,
    Fault,
    clean_birth_date,
    clean_company,
    clean_postal_code,
    clean_siren,
    clean_siret,
    clean_vat,
    company_name,
)

TODAY = dt.date(2026, 11, 22)


@pytest.mark.parametrize(
    ("raw", "region", "value", "shown"),
    [
        ("75008", "FR", "75008", "75008"),
        ("75 008", "FR", "75008", "75008"),
        ("F-75008", "FR", "75008", "75008"),
        ("75008 CEDEX 08", "FR", "75008", "75008"),
        ("75008.0", "FR", "75008", "75008"),
        ("1000", "FR", "01000", "01000"),  # Bourg-en-Bresse, its zero lost in a spreadsheet
        ("1000.0", "FR", "01000", "01000"),
        ("20000", "FR", "20000", "20000"),  # Ajaccio
        ("97400", "FR", "97400", "97400"),
        ("97400", "RE", "97400", "97400"),
        ("98000", "MC", "98000", "98000"),
        ("98800", "FR", "98800", "98800"),  # Nouméa
        ("1201", "CH", "1201", "1201"),
        ("CH-1201", "CH", "1201", "1201"),
        ("CH-1201", "FR", "CH-1201", "CH-1201"),
        ("B-1000", "BE", "1000", "1000"),
        ("2222", "BE", "2222", "2222"),  # Itegem
        ("D-10115", "DE", "10115", "10115"),
        ("01067", "DE", "01067", "01067"),
        ("L-1009", "LU", "1009", "1009"),
        ("1010", "AT", "1010", "1010"),
        ("1017 xs", "NL", "1017XS", "1017 XS"),
        ("SW1A1AA", "GB", "SW1A1AA", "SW1A 1AA"),
        ("sw1a 1aa", "GB", "SW1A1AA", "SW1A 1AA"),
        ("m1 1ae", "GB", "M11AE", "M1 1AE"),
        ("00184", "IT", "00184", "00184"),
        ("28013", "ES", "28013", "28013"),
        ("1200-195", "PT", "1200195", "1200-195"),
        ("00-950", "PL", "00950", "00-950"),
        ("114 55", "SE", "11455", "114 55"),
        ("D02 X285", "IE", "D02X285", "D02 X285"),
        ("K1A 0B1", "CA", "K1A0B1", "K1A0B1"),  # no table for Canada: the signs are all that is checked
    ],
)
def test_a_postal_code_has_the_form_of_its_country(raw, region, value, shown):
    assert clean_postal_code(raw, region) == Cleaned(value, shown)


@pytest.mark.parametrize(
    ("raw", "region", "problem"),
    [
        ("", "FR", Fault.EMPTY),
        ("inconnu", "FR", Fault.NO_VALUE),
        ("00000", "FR", Fault.PLACEHOLDER),
        ("99999", "FR", Fault.PLACEHOLDER),
        ("12345", "FR", Fault.PLACEHOLDER),
        ("2A004", "FR", Fault.WRONG_KIND),  # the number of Ajaccio at INSEE
        ("Paris", "FR", Fault.WRONG_KIND),
        ("96000", "FR", Fault.NOT_IN_USE),
        ("98100", "FR", Fault.NOT_IN_USE),
        ("750081", "FR", Fault.NOT_VALID),
        ("0500", "CH", Fault.NOT_VALID),
        ("1234 SS", "NL", Fault.NOT_VALID),
        ("53000", "ES", Fault.NOT_IN_USE),
        ("QQ1 1AA", "GB", Fault.NOT_VALID),
        ("97400", "MC", Fault.NOT_VALID),
    ],
)
def test_what_is_no_postal_code_is_told(raw, region, problem):
    assert clean_postal_code(raw, region) == Cleaned(None, None, problem)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("1989-07-14", "1989-07-14"),
        ("1989-07-14T00:00:00Z", "1989-07-14"),
        ("1989-07-14 00:00:00", "1989-07-14"),
        ("19890714", "1989-07-14"),
        ("14071989", "1989-07-14"),
        ("14/07/1989", "1989-07-14"),
        ("14.7.1989", "1989-07-14"),
        ("14-07-89", "1989-07-14"),
        ("14 07 1989", "1989-07-14"),
        ("14 juillet 1989", "1989-07-14"),
        ("mardi 14 juillet 1789", None),
        ("vendredi 14 juillet 1989", "1989-07-14"),
        ("1er août 1989", "1989-08-01"),
        ("14 JUIL. 1989", "1989-07-14"),
        ("14-Jul-89", "1989-07-14"),
        ("July 14, 1989", "1989-07-14"),
        ("14. Juli 1989", "1989-07-14"),
        ("14 de julio de 1989", "1989-07-14"),
        ("03/04/1985", "1985-04-03"),  # the day first
        ("04/25/1985", "1985-04-25"),  # fits one order alone
        ("29/02/2000", "2000-02-29"),
        ("01/01/25", "2025-01-01"),
        ("01/02/27", "1927-02-01"),  # 2027 is yet to come
        ("31/12/1926", "1926-12-31"),
    ],
)
def test_a_date_of_birth_is_read_with_the_day_first(raw, value):
    assert clean_birth_date(raw, TODAY).value == value


def test_in_the_united_states_the_month_is_first():
    assert clean_birth_date("03/04/1985", TODAY, "US").value == "1985-03-04"


@pytest.mark.parametrize(
    ("raw", "problem", "shown"),
    [
        ("", Fault.EMPTY, None),
        ("inconnue", Fault.NO_VALUE, None),
        ("00/00/0000", Fault.PLACEHOLDER, None),
        ("11/11/1111", Fault.PLACEHOLDER, None),
        ("31/02/1989", Fault.IMPOSSIBLE_DATE, None),
        ("29/02/1900", Fault.IMPOSSIBLE_DATE, None),
        ("13/13/1989", Fault.IMPOSSIBLE_DATE, None),
        ("1989", Fault.INCOMPLETE, "1989"),
        ("07/1989", Fault.INCOMPLETE, "07/1989"),
        ("00/00/1989", Fault.INCOMPLETE, None),
        ("01/01/1900", Fault.DEFAULT_DATE, "1900-01-01"),
        ("1900-01-01", Fault.DEFAULT_DATE, "1900-01-01"),
        ("01/01/1970", Fault.DEFAULT_DATE, "1970-01-01"),
        ("30/12/1899", Fault.DEFAULT_DATE, "1899-12-30"),
        ("14/07/1789", Fault.TOO_OLD, "1789-07-14"),
        ("23/11/2026", Fault.FUTURE, "2026-11-23"),
        ("32703", Fault.NOT_VALID, None),  # a spreadsheet's number for a day: several days could be meant
        ("Jeanne", Fault.WRONG_KIND, None),
        ("14 brumaire 1989", Fault.NOT_VALID, None),
    ],
)
def test_what_is_no_date_of_birth_is_told(raw, problem, shown):
    assert clean_birth_date(raw, TODAY) == Cleaned(None, shown, problem)


def test_two_days_that_programs_write_do_not_hide_their_neighbours():
    assert clean_birth_date("02/01/1970", TODAY).value == "1970-01-02"
    assert clean_birth_date("31/12/1969", TODAY).value == "1969-12-31"


@pytest.mark.parametrize(
    "raw",
    ["Dupont & Fils", "SARL DUPONT ET FILS", "Dupont et fils S.A.R.L.", "dupont and fils ltd", "Dupont & Fils, SAS",
     "S.A. Dupont & Fils", "DUPONT & FILS GmbH", "Société à responsabilité limitée Dupont et Fils"],
)  # fmt: skip
def test_a_company_is_one_whatever_its_legal_form_and_its_and(raw):
    assert clean_company(raw) == Cleaned("dupont & fils", raw)


@pytest.mark.parametrize(
    ("raw", "name", "form"),
    [
        ("Müller GmbH & Co. KG", "muller", "gmbh & co kg"),
        ("Société Générale", "societe generale", None),
        ("Société Générale SA", "societe generale", "sa"),
        ("SPA Bordeaux", "spa bordeaux", None),
        ("Ferrari S.p.A.", "ferrari", "spa"),
        ("Novo Nordisk A/S", "novo nordisk", "as"),
        ("SAS", "sas", None),
        ("SAS Institute", "institute", "sas"),  # wrong, and cannot be known from the name
        ("Kraków Meble Sp. z o.o.", "krakow meble", "sp z oo"),
        ("E.Leclerc", "e leclerc", None),
        ("SARL Dupont S.A.R.L.", "dupont", "sarl"),
    ],
)
def test_the_legal_form_is_told_apart(raw, name, form):
    assert company_name(raw) == CompanyName(name, form)


@pytest.mark.parametrize(
    ("raw", "problem"),
    [("", Fault.EMPTY), ("particulier", Fault.NO_VALUE), ("néant", Fault.NO_VALUE), ("xxx", Fault.PLACEHOLDER),
     ("ma société", Fault.PLACEHOLDER), ("SARL Test", Fault.PLACEHOLDER),
     ("contact@dupont.fr", Fault.WRONG_KIND), ("552 100 554", Fault.WRONG_KIND)],
)  # fmt: skip
def test_what_is_no_company_is_told(raw, problem):
    assert clean_company(raw) == Cleaned(None, None, problem)


@pytest.mark.parametrize(
    ("raw", "value", "shown"),
    [
        ("552 100 554", "552100554", "552 100 554"),
        ("552.100.554", "552100554", "552 100 554"),
        ("SIREN : 552100554", "552100554", "552 100 554"),
        ("356 000 000", "356000000", "356 000 000"),
        ("35600000000048", "356000000", "356 000 000"),  # out of its SIRET
        ("FR40303265045", "303265045", "303 265 045"),  # out of its VAT number
    ],
)
def test_a_siren_is_nine_figures_whose_last_fits(raw, value, shown):
    assert clean_siren(raw) == Cleaned(value, shown)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("732 829 320 00074", "73282932000074"),
        ("35600000000048", "35600000000048"),  # the head office of La Poste, by Luhn
        ("356 000 000 49837", "35600000049837"),  # a post office, by the sum of its figures
    ],
)
def test_a_siret_is_fourteen_figures_whose_last_fits(raw, value):
    assert clean_siret(raw).value == value


@pytest.mark.parametrize(
    ("clean", "raw", "problem"),
    [
        (clean_siren, "", Fault.EMPTY),
        (clean_siren, "n/a", Fault.NO_VALUE),
        (clean_siren, "000 000 000", Fault.PLACEHOLDER),  # Luhn would let it pass
        (clean_siren, "123456789", Fault.PLACEHOLDER),
        (clean_siren, "552 100 545", Fault.CHECK_DIGITS),
        (clean_siren, "55210055", Fault.NOT_VALID),
        (clean_siren, "Dupont", Fault.WRONG_KIND),
        (clean_siren, "73282932000075", Fault.CHECK_DIGITS),
        (clean_siret, "552100554", Fault.NOT_VALID),
        (clean_siret, "73282932000047", Fault.CHECK_DIGITS),
        (clean_siret, "35600000049838", Fault.CHECK_DIGITS),
        (clean_siret, "00000000000000", Fault.PLACEHOLDER),
        (clean_vat, "", Fault.EMPTY),
        (clean_vat, "aucune", Fault.NO_VALUE),
        (clean_vat, "FR41303265045", Fault.CHECK_DIGITS),  # the key of the SIREN is 40
        (clean_vat, "FR00000000000", Fault.PLACEHOLDER),
        (clean_vat, "ZZ123", Fault.NOT_VALID),
        (clean_vat, "particulier", Fault.WRONG_KIND),
    ],
)
def test_what_is_no_number_of_a_company_is_told(clean, raw, problem):
    assert clean(raw) == Cleaned(None, None, problem)


@pytest.mark.parametrize(
    ("raw", "region", "value", "shown"),
    [
        ("fr 40 303 265 045", "FR", "FR40303265045", "FR 40 303 265 045"),
        ("40303265045", "FR", "FR40303265045", "FR 40 303 265 045"),
        ("FR-40.303.265.045", "DE", "FR40303265045", "FR 40 303 265 045"),
        ("TVA : FR40303265045", "FR", "FR40303265045", "FR 40 303 265 045"),
        ("BE 0403.019.261", "FR", "BE0403019261", "BE 0403019261"),
        ("DE 136 695 976", "FR", "DE136695976", "DE 136695976"),
        ("136695976", "DE", "DE136695976", "DE 136695976"),
        ("ATU13585627", "AT", "ATU13585627", "AT U13585627"),
        ("EL 094259216", "FR", "EL094259216", "EL 094259216"),
        ("GR094259216", "FR", "EL094259216", "EL 094259216"),
        ("NL4495445B01", "NL", "NL004495445B01", "NL 004495445B01"),
        ("CHE-107.787.577 IVA", "FR", "CHE107787577", "CHE107787577"),
        ("GB 980 7806 84", "FR", "GB980780684", "GB 980780684"),
        ("IT 00743110157", "FR", "IT00743110157", "IT 00743110157"),
    ],
)
def test_a_vat_number_has_its_country_and_a_key_that_fits(raw, region, value, shown):
    assert clean_vat(raw, region) == Cleaned(value, shown)
