"""What holds for every text there is: cleaning never fails, and what is clean stays as it is."""

import datetime as dt
import re

import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from quartier.catalog import Meaning
from quartier.identify.cleaning import Fault, Kind, Reading, cleaned, cleaned_column, kind_of
from quartier.identify.cleaning.names import TITLES

TODAY = dt.date(2026, 11, 22)
REGIONS = ("FR", "BE", "CH", "DE", "GB", "US", "RE", "XX")
PIECES = [
    *"@.,;:/-'()+&0129<>", "00", "33", "06", "12", "1989", "2026", "750", "08", "FR", "CHE", "GB", "EL",
    "rue", "bd", "St.", "cedex", "BP", "de", "la", "d'", "L'", "Mc", "Mac", "O'", "VAN", "DER", "van",
    "M.", "Mme", "jean", "JEAN", "Dupont", "sarl", "S.A.", "GmbH", "Co.", "fils", "laposte.net",
    "example.com", "test", "xxx", "inconnu", "mailto:", "janvier", "Jul", "poste", "ext", "tél", "é",
    "É", "ß", "İ", "ﬁ", "²", "٣", "１", "李", "ı", "Ǆ", "ﷺ", "🙂", "n/a", "\u200b", "\u00a0", "\x00",
]  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=40),
    st.lists(st.sampled_from([*PIECES, " "]), max_size=10).map("".join),
    st.from_regex(re.compile(r"[+]?[0-9 ./()-]{5,18}"), fullmatch=True),
)


@pytest.mark.parametrize("kind", list(Kind))
@settings(max_examples=60)
@given(raw=TEXTS, region=st.sampled_from(REGIONS))
@example(raw="\ud800", region="FR")
@example(raw="9" * 5000, region="FR")
@example(raw="a" * 5000, region="FR")
@example(raw="<" * 400 + "@", region="FR")
def test_no_text_makes_it_fail_and_what_is_clean_stays_as_it_is(kind, raw, region):
    reading = Reading(region, TODAY)
    found = cleaned(kind, raw, reading)
    assert (found.value is None) <= (found.problem is not None)
    if found.value is None:
        return
    reread = cleaned(kind, str(found.shown), reading)
    assert (reread.value, reread.shown) == (found.value, found.shown)
    if kind is Kind.PERSON_NAME and found.value.split(" ")[0] in TITLES:  # M.-A. Dupont, compared as m a dupont
        return
    assert cleaned(kind, found.value, reading).value == found.value


@pytest.mark.parametrize("kind", list(Kind))
@settings(max_examples=25)
@given(raw=st.lists(st.sampled_from(PIECES), max_size=8).map(" ".join), region=st.sampled_from(REGIONS))
def test_spaces_around_and_between_never_count(kind, raw, region):
    reading = Reading(region, TODAY)
    spaced = f"\u00a0 {raw.replace(' ', '  ')}\t\u200b"
    assert cleaned(kind, spaced, reading) == cleaned(kind, raw, reading)


def test_a_column_is_cleaned_row_by_row_and_a_row_without_a_value_has_no_problem():
    raw = pa.chunked_array([["JEANNE@laposte.net", None], ["test@test.fr", "JEANNE@laposte.net"]])
    assert cleaned_column(Kind.EMAIL, raw, Reading("FR", TODAY)).to_pydict() == {
        "value": ["jeanne@laposte.net", None, None, "jeanne@laposte.net"],
        "shown": ["JEANNE@laposte.net", None, None, "JEANNE@laposte.net"],
        "problem": [None, None, "placeholder", None],
    }


def test_numbers_and_days_of_typed_columns_are_read_as_they_are_written():
    reading = Reading("FR", TODAY)
    phones, days = pa.array([612345679, None]), pa.array([dt.date(1989, 7, 14)])
    assert cleaned_column(Kind.PHONE, phones, reading)["value"].to_pylist() == ["+33612345679", None]
    assert cleaned_column(Kind.BIRTH_DATE, days, reading)["value"].to_pylist() == ["1989-07-14"]
    assert cleaned_column(Kind.POSTAL_CODE, pa.array([1000.0]), reading)["value"].to_pylist() == ["01000"]


def test_an_empty_column_stays_one():
    assert cleaned_column(Kind.CITY, pa.array([], pa.string()), Reading("FR", TODAY)).num_rows == 0


def test_a_value_that_comes_again_is_cleaned_once(monkeypatch):
    seen = []
    monkeypatch.setitem(cleaned_column.__globals__["CLEANERS"], Kind.CITY, lambda raw, _: seen.append(raw) or LYON)
    cleaned_column(Kind.CITY, pa.array(["Lyon", "Lyon", "Lyon"]), Reading("FR", TODAY))
    assert seen == ["Lyon"]


LYON = cleaned(Kind.CITY, "Lyon", Reading("FR", TODAY))


@pytest.mark.parametrize("fault", list(Fault))
def test_every_fault_has_a_sentence(fault):
    assert fault.text.en
    assert fault.text.fr


def test_traits_are_cleaned_by_what_they_mean():
    assert kind_of(Meaning.LAST_NAME) is Kind.PERSON_NAME
    assert kind_of(Meaning.BIRTH_DATE) is Kind.BIRTH_DATE
    assert kind_of(Meaning.PLAN) is None
    assert kind_of(None) is None
