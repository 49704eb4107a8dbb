"""The results of a survey as a person reads them in a terminal."""

import io
from zoneinfo import ZoneInfo

import pytest
from rich.console import Console

from quartier.analyse.surveys.results import result_of
from quartier.analyse.surveys.run import GroupResult, Reached, SurveyResults
from quartier.cli.session import Session
from quartier.cli.survey_results import say_results
from quartier.clock import FixedClock
from quartier.collect.surveys import shipped
from quartier.language import Language
from tests.conftest import NOW

ANSWERS = {
    "recommendation": {"recommend": [10] * 6 + [8] * 2 + [3] * 2},
    "satisfaction": {"overall": [5, 5, 4, 3, 1, 4], "disappointment": [["price", "other"]]},
    "needs": {"budget": [10, 20, 30, 40, 50, 1234.5], "main_need": ["gift"] * 5 + ["price"]},
}


def said(folder, name: str, language: Language) -> str:
    survey = shipped.read_template(name)
    questions = tuple(result_of(each, ANSWERS[name].get(each.name, [])) for each in survey.questions)
    groups = (GroupResult("loyal", 6, questions), GroupResult("few", None, ()))
    found = SurveyResults(survey, NOW, 10, Reached(25, 10, 3), questions, groups)
    out = io.StringIO()
    now = Session(language, folder, FixedClock(NOW), "me", out=Console(file=out, width=200, markup=False))
    say_results(found, {"loyal": "Fidèles", "few": "Peu"}, now, ZoneInfo("Europe/Paris"))
    return out.getvalue()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_estimate_has_its_interval_and_every_count_says_of_how_many(folder, language: Language):
    text = said(folder, "recommendation", language)
    expected = {
        "en": [
            "Shown 25 times, answered 10: 40% (between 23.4% and 59.3%).",
            "NPS +40 (between −15 and +81)",
            "Declined 3 times.",
        ],
        "fr": [
            "Montrée 25 fois, remplie 10 : 40 % (entre 23,4 % et 59,3 %).",
            "NPS +40 (entre −15 et +81)",
            "Refusée 3 fois.",
        ],
    }
    for each in expected[language]:
        assert each in text.replace("\N{NO-BREAK SPACE}", " ")


def test_small_segments_are_named_without_a_figure(folder):
    text = said(folder, "satisfaction", "en")
    assert "fewer than five persons answered" in text[text.index("Among “Peu”") :]
    assert "satisfied 66.7% (between" in text
    assert "mean 3.67 (between" in text


def test_numbers_have_their_median_and_choices_their_labels(folder):
    text = said(folder, "needs", "fr").replace("\N{NO-BREAK SPACE}", " ")
    assert "médiane 35 (entre 10 et 1" in text
    assert "Trouver un cadeau" in text
    assert "le plus souvent « Trouver un cadeau », 83,3 %" in text
