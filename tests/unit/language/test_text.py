"""Sentences in both languages, with fields as the reader's language writes them."""

import datetime as dt

import pytest

from quartier.language import LANGUAGES, Alternatives, Plural, Text, joined, verbatim

NARROW, WIDE = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"
SIZE = Text(en="{n} persons", fr="{n} personnes")
PERSONS = Plural(one=Text(en="{n} person", fr="{n} personne"), other=SIZE)


def test_a_sentence_cannot_be_made_in_one_language():
    with pytest.raises(TypeError):
        Text(en="alone")  # type: ignore[call-arg]


def test_fields_are_written_in_the_language_of_the_reader():
    assert SIZE.to("en", n=149776) == "149,776 persons"
    assert SIZE.to("fr", n=149776) == f"149{NARROW}776 personnes"


@pytest.mark.parametrize(
    ("value", "en", "fr"),
    [
        ("Ann {x}", "Ann {x}", "Ann {x}"),
        (True, "yes", "oui"),
        (False, "no", "non"),
        (0.5, "0.5", "0,5"),
        (dt.date(2026, 11, 1), "1 November 2026", "1er novembre 2026"),
        (
            dt.datetime(2026, 11, 1, 9, 5, tzinfo=dt.UTC),
            "1 November 2026, 09:05",
            f"1er novembre 2026, 9{WIDE}h{WIDE}05",
        ),
        ([1, 2000], "1, 2,000", f"1, 2{NARROW}000"),
        (Alternatives(("a", "b", "c")), "a, b or c", "a, b ou c"),
        (SIZE.with_(n=1), "1 persons", "1 personnes"),
        (Text(en="red", fr="rouge"), "red", "rouge"),
        (None, "None", "None"),
    ],
)
def test_each_kind_of_field_is_written_in_both_languages(value, en, fr):
    sentence = Text(en="{value}", fr="{value}")
    assert (sentence.to("en", value=value), sentence.to("fr", value=value)) == (en, fr)


@pytest.mark.parametrize(
    ("n", "en", "fr"),
    [
        (0, "0 persons", "0 personne"),
        (1, "1 person", "1 personne"),
        (1.5, "1.5 persons", "1,5 personne"),
        (2, "2 persons", "2 personnes"),
        (-1, "−1 persons", "−1 personne"),
    ],
)
def test_the_plural_begins_at_two_in_french_and_everywhere_but_at_one_in_english(n, en, fr):
    assert (PERSONS.to("en", n=n), PERSONS.to("fr", n=n)) == (en, fr)


def test_a_said_sentence_waits_for_its_reader():
    said = PERSONS.with_(n=2)
    assert [said.to(language) for language in LANGUAGES] == ["2 persons", "2 personnes"]
    assert str(said) == "2 persons"


def test_a_missing_field_is_a_defect_and_not_an_empty_place():
    with pytest.raises(KeyError):
        SIZE.to("fr")


@pytest.mark.parametrize(
    ("parts", "en", "fr"),
    [([], "", ""), (["a"], "a", "a"), (["a", "b"], "a and b", "a et b"), (["a", "b", "c"], "a, b and c", "a, b et c")],
)
def test_parts_are_joined_by_a_word(parts, en, fr):
    assert (joined(parts, "en"), joined(parts, "fr")) == (en, fr)
    assert joined(["a", "b"], "fr", "or") == "a ou b"


def test_what_somebody_wrote_is_said_as_it_is_also_inside_another_sentence():
    written = verbatim("{7*7} {n}", "{{x}}")
    assert (written.to("en"), written.to("fr")) == ("{7*7} {n}", "{{x}}")
    around = Text(en="called {name}", fr="nommé {name}").with_(name=written)
    assert around.to("fr") == "nommé {{x}}"
