"""Whole columns of identifiers are cleaned as each value would be by itself."""

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quartier.identify.cleaning import clean_email, clean_phone
from quartier.identify.cleaning.identifiers import comparable_emails, comparable_phones

BEFORE = [
    "jeanne", "Jeanne.Martin", "test", "aaa", "azert", "1234567", "no-reply", "No.Email", "p+x", "jo..e", ".x", "nc",
    "john doe", "éric", "x_y", "-", "votre.nom", "abcdefghi", "a" * 61, "``", "user", "zzzz.z",
]  # fmt: skip
DOMAINS = [
    "free.fr", "FREE.FR", "example.com", "a.test", "test.fr", "x", "a--b.fr", "-a.fr", "a-.fr", "foo.local", "a.a",
    "xn--80ak6aa92e.com", "ex.co.uk", "a.corp", "1.2", "a.b1", "münchen.de", "a" * 62 + ".fr", "", "b.fr.",
]  # fmt: skip
EMAILS = st.tuples(st.sampled_from(BEFORE), st.sampled_from(["@", "@", " @", "", "@@"]), st.sampled_from(DOMAINS))
PREFIXES = ["", "0", "0", "+33", "0033", "+", "00", "+41 ", "33", "(0)", "+49", "+33 (0)", "+33 ", "0 "]
FIGURES = st.lists(st.sampled_from(["06", "12", "34", "7", "78", "5 ", "61.", "9-", " / ", "39", "98"]), max_size=7)
RUNS = st.sampled_from(["666666666", "12345678", "612345678", "639981234", "191234567", "497884338", "692123456"])
PHONES = st.tuples(
    st.sampled_from(PREFIXES), st.one_of(FIGURES.map("".join), RUNS), st.sampled_from(["", "", ".0", " poste 12"])
)


@settings(max_examples=150)
@given(st.lists(EMAILS.map("".join), min_size=1, max_size=8))
def test_addresses_of_a_column_are_compared_as_each_by_itself(raw: list[str]) -> None:
    found = comparable_emails(pa.array([*raw, None], pa.string())).to_pylist()
    assert found == [*(clean_email(each).value for each in raw), None]


@pytest.mark.parametrize("region", ["FR", "BE", "DE", "ES", "US"])
@settings(max_examples=60)
@given(raw=st.lists(PHONES.map("".join), min_size=1, max_size=8))
def test_numbers_of_a_column_are_compared_as_each_by_itself(region: str, raw: list[str]) -> None:
    found = comparable_phones(pa.array([*raw, None], pa.string()), region).to_pylist()
    assert found == [*(clean_phone(each, region).value for each in raw), None]
