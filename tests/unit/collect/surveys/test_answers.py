"""From what is typed to answers: checked, in both languages, with hidden questions left out."""

import pytest

from quartier.collect.surveys import shipped
from quartier.collect.surveys.answers import read, read_email
from quartier.collect.surveys.definition import Survey
from quartier.collect.surveys.pages import earlier_step, next_step, possible_steps, steps

EVERYTHING = Survey.read(
    """
survey: everything
title: {en: All, fr: Tout}
questions:
  - {name: agree, type: likert, scale: 7, text: {en: a, fr: a}, required: true}
  - name: pick
    type: choice
    other: true
    text: {en: b, fr: b}
    options: &options
      - {value: x, label: {en: x, fr: x}}
      - {value: y, label: {en: y, fr: y}}
  - {name: many, type: choice, several: true, text: {en: c, fr: c}, options: *options}
  - {name: age, type: number, whole: true, min: 0, max: 120, text: {en: d, fr: d}}
  - {name: spent, type: number, text: {en: e, fr: e}}
  - {name: said, type: text, longest: 10, text: {en: f, fr: f}}
  - {name: why, type: text, text: {en: g, fr: g}, only_if: {many: x}}
  - {name: nps, type: nps, text: {en: h, fr: h}, only_if: {agree: [6, 7], pick: other}}
"""
)


def test_answers_are_taken_as_what_they_are():
    typed = {
        "agree": ["7"], "pick": ["other"], "pick.other": [" mine "], "many": ["x", "y", "x"], "age": ["41"],
        "spent": ["1,234.50"], "said": ["a\r\nb\x00"], "why": ["so"], "nps": ["0"],
    }  # fmt: skip
    found = read(EVERYTHING, typed, "en")
    assert found.wrong == {}
    assert found.answers == {
        "agree": 7, "pick": "other", "pick_other": "mine", "many": ("x", "y"), "age": 41, "spent": 1234.5,
        "said": "a\nb", "why": "so", "nps": 0,
    }  # fmt: skip


def test_what_cannot_be_taken_is_told_and_the_rest_kept():
    typed = {"pick": ["z"], "many": ["x", "z"], "age": ["12.5"], "spent": ["much"], "said": ["far too long"]}
    found = read(EVERYTHING, typed, "fr")
    assert set(found.wrong) == {"agree", "pick", "many", "age", "spent", "said"}
    assert found.answers == {}
    assert (
        found.wrong["said"].to("fr")
        == "Cette réponse compte 12 caractères\N{NO-BREAK SPACE}; on peut en garder 10 au plus."
    )


@pytest.mark.parametrize(
    ("language", "written", "value"),
    [
        ("fr", "1 234,5", 1234.5),
        ("en", "1,234.5", 1234.5),
        ("en", "12,5", 12.5),
        ("fr", "\N{MINUS SIGN}3", -3.0),
        ("fr", "1\u202f000", 1000.0),
    ],
)
def test_numbers_are_read_as_each_language_writes_them(language, written, value):
    assert read(EVERYTHING, {"agree": ["1"], "spent": [written]}, language).answers["spent"] == value


@pytest.mark.parametrize("written", ["nan", "inf", "1e9", "9" * 16, "1.2.3", "0x10"])
def test_what_is_no_number_is_refused(written):
    assert "spent" in read(EVERYTHING, {"agree": ["1"], "spent": [written]}, "en").wrong


@pytest.mark.parametrize("written", ["8", "0", "-1", "²", "1.0", "a"])
def test_a_point_that_is_not_on_the_scale_is_refused(written):
    assert "agree" in read(EVERYTHING, {"agree": [written]}, "en").wrong


def test_answers_to_questions_that_are_not_shown_are_left_out():
    typed = {"agree": ["7"], "many": ["y"], "why": ["not asked"], "nps": ["3"]}
    assert set(read(EVERYTHING, typed, "en").answers) == {"agree", "many"}


@pytest.mark.parametrize(
    ("written", "email"),
    [(" Ann@Example.com ", "ann@example.com"), ("ann", None), ("a@b", None), ("a@b.c,d@e.f", None), ("a\n@b.c", None)],
)
def test_an_address_is_one_address(written, email):
    assert read_email({"email": [written]}) == email


def test_a_question_that_depends_on_an_answer_is_on_a_later_step():
    plan = steps(EVERYTHING)
    assert [[each.name for each in step] for step in plan] == [
        ["agree", "pick", "many", "age", "spent"],
        ["said", "why", "nps"],
    ]
    satisfaction = steps(shipped.read_template("satisfaction"))
    assert [len(step) for step in satisfaction] == [3, 2]


def test_steps_lead_over_what_is_not_asked():
    survey = shipped.read_template("recommendation")
    plan = steps(survey)
    assert [[each.name for each in step] for step in plan] == [["recommend"], ["why_not", "why"]]
    assert possible_steps(plan, {}, 0) == [0, 1]
    assert next_step(plan, {"recommend": 9}, 0) == 1
    assert next_step(plan, {}, 0) is None
    assert earlier_step(plan, {"recommend": 9}, 1) == 0


def test_what_is_asked_at_the_end_has_a_step_that_everyone_sees():
    survey = shipped.read_template("recommendation")
    assert steps(survey, has_closing=True)[-1] == ()
    assert next_step(steps(survey, has_closing=True), {}, 0) == 2
    assert steps(shipped.read_template("needs"), has_closing=True)[-1] != ()
