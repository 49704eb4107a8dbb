"""The documents of surveys: read without loss, and refused with everything that is wrong, each at its place."""

import re

import pytest

from quartier.collect.surveys import shipped
from quartier.collect.surveys.definition import Survey
from quartier.errors import InvalidDefinition, InvalidRequest, UnknownName

WRONG = """
survey: Bad Name
title: {en: A}
every: sometimes
colour: red
open: {from: 2026-02-01, until: 2026-01-01}
questions:
  - {name: a, type: likert, text: {en: x, fr: x}, labels: [{en: x, fr: x}]}
  - name: a
    type: choice
    text: {en: x, fr: x}
    options: [&one {value: x, label: {en: x, fr: x}}, *one]
    only_if: {b: 1}
  - {name: c, type: nps, text: {en: x, fr: x}, only_if: {a: 9}}
  - {name: d, type: what, text: {en: x, fr: x}}
  - {name: e, type: text, text: {en: x, fr: x}, trait: {family: needs, sensitivity: special}}
  - {name: survey, type: number, min: 5, max: 1, text: {en: x, fr: x}, only_if: {e: yes please}}
"""


@pytest.mark.parametrize("name", shipped.TEMPLATES)
def test_a_survey_is_read_and_written_without_loss(name: str):
    survey = shipped.read_template(name)
    assert Survey.read(survey.as_json()) == survey
    assert survey.survey == name


@pytest.mark.parametrize("name", shipped.TEMPLATES)
def test_the_ready_made_surveys_are_written_as_french_is(name: str):
    french = re.findall(r"fr: (.*)", shipped.template(name))
    assert len(french) > 5
    assert [each for each in french if re.search(r"\s?(?<!\N{NO-BREAK SPACE})[;!?]", each)] == []
    assert [each for each in french if "!" in each] == []


def test_everything_wrong_is_told_at_once_each_at_its_place():
    with pytest.raises(InvalidDefinition) as caught:
        Survey.read(WRONG)
    assert [each.place for each in caught.value.problems] == [
        "survey",
        "title.fr",
        "every",
        "open",
        "questions[0]",
        "questions[1]",
        "questions[3]",
        "questions[4].trait.sensitivity",
        "questions[5]",
        "colour",
        "questions[1].name",
        "questions[5].name",
        "questions[1].only_if.b",
        "questions[2].only_if.a",
        "questions[5].only_if.e",
    ]


def test_questions_of_a_special_category_are_refused_in_words():
    document = shipped.template("needs").replace("sensitivity: sensitive", "sensitivity: special")
    with pytest.raises(InvalidDefinition, match="Article 9 GDPR") as caught:
        Survey.read(document)
    assert "article 9 du RGPD" in caught.value.to("fr")


@pytest.mark.parametrize("document", ["[1, 2]", "a: [", "", "questions: {}", "questions: [1, {name: 3}]"])
def test_what_is_no_survey_is_refused(document: str):
    with pytest.raises(InvalidDefinition):
        Survey.read(document)


def test_which_text_was_agreed_to_changes_with_the_text():
    survey = shipped.read_template("values")
    other = Survey.read(survey.as_json() | {"consent": {"en": "Yes", "fr": "Oui"}})
    assert survey.consent_digest != other.consent_digest
    assert shipped.read_template("needs").consent_digest is None


def test_a_ready_made_survey_takes_a_name_of_ones_own():
    text = shipped.renamed(shipped.template("needs"), "needs", "spring-needs")
    assert Survey.read(text).survey == "spring-needs"
    with pytest.raises(InvalidRequest):
        shipped.renamed(text, "spring-needs", "Spring needs")
    with pytest.raises(UnknownName, match="did you mean needs"):
        shipped.template("need")
