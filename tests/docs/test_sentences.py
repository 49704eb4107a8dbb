"""Every sentence of the program, in English and in French: complete, alike in its fields, and written as each language
writes. The French rules are those of the Imprimerie nationale for the signs, with U+00A0 or U+202F as the space."""

import ast
import re
import string

import pytest

from tests.docs.source import SIGNS, computed_sentences, modules, sentences

SPACE = "[\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]"
COMPUTED = {
    "quartier/analyse/relation/model.py": "a trait bears the name of its model",
    "quartier/analyse/score/model.py": "a trait bears the name of its model",
    "quartier/segment/for_models.py": "a condition says what it means",
    "quartier/analyse/drivers/leakage.py": "a share, written as each language writes it",
    "quartier/analyse/propensity/model.py": "a share, and the outcome before what is written of it",
    "quartier/analyse/propensity/behaviour.py": "a measure, after the event that it is of",
    "quartier/analyse/lifetime/said.py": "a share, written as each language writes it",
    "quartier/analyse/profit/model.py": "a line of the account, after what it is a line of",
    "quartier/analyse/profit/said.py": "a share or an amount, written as each language writes it",
    "quartier/analyse/clusters/naming.py": "the ways to say many more and much more share their mild form",
    "quartier/analyse/clusters/shown.py": "a cluster goes by its letter",
    "quartier/analyse/psychographic/classes_model.py": "a class goes by its letter",
    "quartier/analyse/psychographic/factors_model.py": "a factor goes by its number",
    "quartier/web/analyse/models/factors.py": "a sentence with its fields filled in, in both languages",
    "quartier/analyse/psychographic/selecting.py": "a theme goes by its words",
    "quartier/web/analyse/models/keeping.py": "a label as somebody typed it",
    "quartier/analyse/opportunities/columns.py": "values of a table, and ranges of numbers",
    "quartier/analyse/overview.py": "an event that the catalog no longer knows goes by its own name",
    "quartier/catalog/recognise.py": "a column that nothing recognises goes by its own name",
    "quartier/collect/events.py": "an event that nothing recognises goes by its own name",
    "quartier/collect/rejects.py": "a reason with its fields filled in, in both languages",
    "quartier/cli/persons.py": "traits are headed by their names",
    "quartier/collect/findings.py": "sentences in pairs for one and for several",
    "quartier/config.py": "a message of pydantic that we have no words for",
    "quartier/evaluate/findings.py": "a share, written as each language writes it",
    "quartier/evaluate/segmentation/findings.py": "labels between the quotes of each language, and shares",
    "quartier/evaluate/wording.py": "a value, written as each language writes it",
    "quartier/language/text.py": "what somebody wrote, its braces no fields",
    "quartier/report/effects.py": "a campaign goes by its name",
    "quartier/report/gather.py": "the name of a population between the quotes of each language",
    "quartier/report/figures/clientele.py": "the label of a class between the quotes of each language",
    "quartier/report/figures/effects.py": "one sentence followed by another",
    "quartier/engine/warehouse_survey.py": "an event goes by the name that it was tracked by",
    "quartier/segment/binding.py": "a segment without a label goes by its name",
    "quartier/segment/window_words.py": "windows are made from the words of a unit",
    "quartier/segment/vocabulary.py": "deeds are made from verbs and nouns",
    "quartier/segment/needs.py": "what a segment needs, by its name in the catalog",
    "quartier/segment/recipes.py": "the bounds of an age band, and values of the data that divide it",
    "quartier/cli/history.py": "columns are headed by the names of segments",
    "quartier/segment/of_account.py": "a segment without a label goes by its name",
    "quartier/segment/of_person.py": "a segment without a label goes by its name",
    "quartier/segment/past.py": "a condition in words, in both languages",
    "quartier/segment/versions.py": "a segment without a label goes by its name; conditions in words",
    "quartier/testing/tables.py": "traits of tiny worlds go by their names",
}
"""Files that may make a sentence of something other than two texts written out, and what they make it of."""

WORDLESS = {"quartier/cli/catalog.py", "quartier/cli/collect.py"}
"""Files that ask for a line or the head of a column without any words."""

CONJUGATED = {
    "quartier/cli/segment.py",
    "quartier/segment/account_clauses.py",
    "quartier/segment/deeds.py",
    "quartier/segment/sentence.py",
    "quartier/segment/sequence_words.py",
}
"""Files whose fields hold verbs, inflections and counted nouns: French has others than English there, and elsewhere."""


def offenders(is_wrong) -> list[str]:
    return [str(each) for each in sentences() if is_wrong(each)]


def fields(text: str) -> set[str]:
    return {name.split(".")[0].split("[")[0] for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def prose(text: str) -> str:
    """A sentence without its fields, its commands and addresses in backquotes, its times and URLs."""
    text = re.sub(r"`[^`]*`|\(\"\)", "x", text)
    text = re.sub(r"\w+://\S+", "x", text)
    text = re.sub(r"\{[^{}]*\}", "x", text)
    return re.sub(r"\d+:\d+", "x", text)


def test_there_are_sentences_to_read():
    assert len(sentences()) > 40


def test_no_sentence_is_empty_in_either_language():
    assert offenders(lambda each: not (each.en.strip() and each.fr.strip()) and each.file not in WORDLESS) == []


def test_both_languages_have_the_same_fields():
    assert offenders(lambda each: fields(each.en) != fields(each.fr) and each.file not in CONJUGATED) == []


def test_no_field_is_without_a_name():
    assert offenders(lambda each: "" in fields(each.en) | fields(each.fr)) == []


def test_sentences_are_written_out_in_the_source_but_for_a_named_few():
    assert [place for place in computed_sentences() if place.rpartition(":")[0] not in COMPUTED] == []


def test_signs_that_cannot_be_seen_have_one_name_each():
    named = [
        (file, name.id, node.value.value)
        for file, tree in modules()
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for name in node.targets
        if isinstance(name, ast.Name) and name.id in SIGNS
    ]
    assert [each for each in named if each[2] != SIGNS[each[1]]] == []


def test_every_exception_is_still_needed():
    assert set(COMPUTED) - {place.rpartition(":")[0] for place in computed_sentences()} == set()


def lacks_space_before(text: str) -> bool:
    return re.search(rf"(?<!{SPACE})[:;!?»]", prose(text)) is not None


def lacks_space_after_guillemet(text: str) -> bool:
    return re.search(rf"«(?!{SPACE})", prose(text)) is not None


def lacks_space_before_percent(text: str) -> bool:
    return re.search(rf"(?<!{SPACE})%", prose(text)) is not None


@pytest.mark.parametrize("is_wrong", [lacks_space_before, lacks_space_after_guillemet, lacks_space_before_percent])
def test_french_signs_have_their_no_break_space(is_wrong):
    assert offenders(lambda each: is_wrong(each.fr)) == []


def test_french_quotes_are_guillemets():
    assert offenders(lambda each: re.search('["“”„]', prose(each.fr))) == []


def test_english_quotes_are_curly():
    assert offenders(lambda each: re.search('["«»]', prose(each.en))) == []


def test_an_ellipsis_is_one_sign():
    assert offenders(lambda each: "..." in each.en + each.fr) == []


def test_nobody_shouts():
    assert offenders(lambda each: "!" in prose(each.en) + prose(each.fr)) == []


@pytest.mark.parametrize(
    ("french", "is_wrong"),
    [
        ("vouliez-vous dire {names}\N{NO-BREAK SPACE}?", False),
        ("vouliez-vous dire {names} ?", True),
        ("vouliez-vous dire {names}?", True),
        ("à 14:05, voir https://exemple.fr", False),
        ("lancez `quartier: x`", False),
        ("taux\N{NARROW NO-BREAK SPACE}; panier", False),
    ],
)
def test_the_rule_of_the_space_sees_what_it_should(french: str, is_wrong: bool):
    assert lacks_space_before(french) is is_wrong
