"""True cases of e-mail addresses and telephone numbers, as French and European files have them."""

import pytest

from quartier.identify.cleaning import Cleaned, Fault, clean_email, clean_phone


@pytest.mark.parametrize(
    ("raw", "value", "shown"),
    [
        ("Jeanne.Martin@Laposte.NET", "jeanne.martin@laposte.net", "Jeanne.Martin@laposte.net"),
        ("  jeanne@laposte.net ; ", "jeanne@laposte.net", "jeanne@laposte.net"),
        ("mailto:jeanne@laposte.net", "jeanne@laposte.net", "jeanne@laposte.net"),
        ("Jeanne Martin <jeanne@laposte.net>", "jeanne@laposte.net", "jeanne@laposte.net"),
        ("jeanne\u200b@laposte.net", "jeanne@laposte.net", "jeanne@laposte.net"),
        ("jeanne+soldes@gmail.com", "jeanne+soldes@gmail.com", "jeanne+soldes@gmail.com"),
        ("j.e.a.n.n.e@gmail.com", "j.e.a.n.n.e@gmail.com", "j.e.a.n.n.e@gmail.com"),
        ("o'brien@eircom.ie", "o'brien@eircom.ie", "o'brien@eircom.ie"),
        ("hélène@société.fr", "hélène@société.fr", "hélène@société.fr"),
        ("info@xn--bcher-kva.de", "info@bücher.de", "info@bücher.de"),
        ("INFO@BÜCHER.DE", "info@bücher.de", "INFO@bücher.de"),
        ("dupont@dupont.fr", "dupont@dupont.fr", "dupont@dupont.fr"),
    ],
)
def test_an_address_is_compared_without_capitals_and_nothing_else_is_taken_away(raw, value, shown):
    assert clean_email(raw) == Cleaned(value, shown)


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        ("", Fault.EMPTY),
        (" \u00a0 ", Fault.EMPTY),
        ("n/a", Fault.NO_VALUE),
        ("Inconnu", Fault.NO_VALUE),
        ("pas d'e-mail", Fault.NO_VALUE),
        ("test@test.fr", Fault.PLACEHOLDER),
        ("TEST@gmail.com", Fault.PLACEHOLDER),
        ("aaa@aaa.fr", Fault.PLACEHOLDER),
        ("azerty@orange.fr", Fault.PLACEHOLDER),
        ("noreply@orange.fr", Fault.PLACEHOLDER),
        ("pas.de.mail@magasin.fr", Fault.PLACEHOLDER),
        ("xxx@free.fr", Fault.PLACEHOLDER),
        ("jeanne@toto.fr", Fault.PLACEHOLDER),
        ("jeanne@boutique.test", Fault.RESERVED),
        ("jeanne@localhost", Fault.RESERVED),
        ("06 12 34 56 79", Fault.WRONG_KIND),
        ("Jeanne Martin", Fault.WRONG_KIND),
        ("jeanne@laposte", Fault.NOT_VALID),
        ("jeanne..martin@laposte.net", Fault.NOT_VALID),
        ("jeanne@@laposte.net", Fault.NOT_VALID),
        ("jeanne martin@laposte.net", Fault.NOT_VALID),
        ("a@" + "b" * 300 + ".fr", Fault.NOT_VALID),
        ("ab" * 33 + "@laposte.net", Fault.NOT_VALID),
        ("a@laposte.net, b@laposte.net", Fault.NOT_VALID),
    ],
)
def test_what_is_no_address_of_a_person_is_told(raw, problem):
    assert clean_email(raw) == Cleaned(None, None, problem)


def test_an_address_kept_for_examples_still_tells_persons_apart():
    assert clean_email("Jeanne@Example.com") == Cleaned("jeanne@example.com", "Jeanne@example.com", Fault.RESERVED)


@pytest.mark.parametrize(
    "raw",
    [
        "06.12.34.56.79", "06 12 34 56 79", "06-12-34-56-79", "0612345679", "612345679", "612345679.0", "33612345679",
        "+33612345679", "+33 6 12 34 56 79", "+33 (0)6 12 34 56 79", "+33 06 12 34 56 79", "0033 6 12 34 56 79",
        "0033(0)612345679", "06/12/34/56/79", "Tél. : 06 12 34 56 79", "portable 06 12 34 56 79",
        "06 12 34 56 79 / 01 42 68 53 00", "06 12 34 56 79 ou 01 42 68 53 00", "06 12 34 56 79 poste 12",
        "０６ １２ ３４ ５６ ７９", "06\u00a012\u202f34 56 79",
    ],
)  # fmt: skip
def test_a_french_number_is_one_however_it_is_written(raw):
    assert clean_phone(raw) == Cleaned("+33612345679", "06 12 34 56 79")


@pytest.mark.parametrize(
    ("raw", "region", "value", "shown"),
    [
        ("0692 12 34 56", "FR", "+262692123456", "+262 692 12 34 56"),  # Réunion, as it is written there and in Paris
        ("0590 82 11 11", "FR", "+590590821111", "+590 590 82 11 11"),  # Guadeloupe
        ("0696 20 12 34", "FR", "+596696201234", "+596 696 20 12 34"),  # Martinique
        ("0594 30 12 34", "FR", "+594594301234", "+594 594 30 12 34"),  # French Guiana
        ("0692 12 34 56", "RE", "+262692123456", "0692 12 34 56"),
        ("0476/12.34.56", "BE", "+32476123456", "0476 12 34 56"),
        ("079 123 45 67", "CH", "+41791234567", "079 123 45 67"),
        ("0041 79 123 45 67", "FR", "+41791234567", "+41 79 123 45 67"),
        ("+49 (0)30 901820", "FR", "+4930901820", "+49 30 901820"),
        ("030 901820", "DE", "+4930901820", "030 901820"),
        ("06 698 12345", "IT", "+390669812345", "06 6981 2345"),  # an Italian 0 is part of the number
        ("91 123 45 67", "ES", "+34911234567", "911 23 45 67"),
        ("020 7219 4272", "GB", "+442072194272", "020 7219 4272"),
    ],
)  # fmt: skip
def test_numbers_of_other_countries_keep_theirs(raw, region, value, shown):
    assert clean_phone(raw, region) == Cleaned(value, shown)


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        ("", Fault.EMPTY),
        ("-", Fault.NO_VALUE),
        ("N/A", Fault.NO_VALUE),
        ("liste rouge", Fault.NO_VALUE),
        ("0000000000", Fault.PLACEHOLDER),
        ("+33 0000 00000", Fault.PLACEHOLDER),
        ("06 06 06 06 06", Fault.PLACEHOLDER),
        ("0123456789", Fault.PLACEHOLDER),
        ("+33 6 12 34 56 78", Fault.PLACEHOLDER),
        ("1111111111", Fault.PLACEHOLDER),
        ("jeanne@laposte.net", Fault.WRONG_KIND),
        ("12 rue", Fault.WRONG_KIND),
        ("3631", Fault.NOT_VALID),
        ("06 12 34 56", Fault.NOT_IN_USE),
        ("06 12 34 56 79 06 12 34 56 80 06", Fault.NOT_VALID),
    ],
)
def test_what_is_no_number_of_a_person_is_told(raw, problem):
    assert clean_phone(raw) == Cleaned(None, None, problem)


@pytest.mark.parametrize(
    ("raw", "region", "value"),
    [("06 39 98 12 34", "FR", "+33639981234"), ("01 99 00 12 34", "FR", "+33199001234"),
     ("07700 900123", "GB", "+447700900123")],
)  # fmt: skip
def test_a_number_kept_for_fiction_still_tells_persons_apart(raw, region, value):
    found = clean_phone(raw, region)
    assert (found.value, found.problem) == (value, Fault.RESERVED)
