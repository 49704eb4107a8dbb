"""The pages of associations, drivers and propensity: from a finding to a segment."""

import html
import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest

from quartier.engine import Query
from quartier.web.analyse.models.propensity import of_tenths
from tests.docs.command_line import FORMS
from tests.web.programs import program


def documents(text: str) -> list[dict]:
    urls = re.findall(r'href="(/segments/new\?[^"]+)"', text)
    return [json.loads(parse_qs(urlsplit(html.unescape(each)).query)["definition"][0]) for each in urls]


def test_a_cell_of_the_matrix_opens_its_pair_and_a_row_of_it_opens_as_just_these_persons(browser, reading):
    own = browser()
    matrix = own.get("/analyse/associations")
    assert matrix.status_code == 200
    assert "/analyse/associations/country/plan" in matrix.text
    assert " style=" not in matrix.text
    pair = own.get("/analyse/associations/plan/country").text
    for document in documents(pair):
        (preview,) = reading.preview([document])
        level = document["where"]["is"]
        counted = f"select count(*) from person where plan = '{level}'"
        assert [(len(preview.members),)] == [tuple(each) for each in reading.engine.rows(Query(counted))]
    assert documents(browser("viewer").get("/analyse/associations/plan/country").text) == []


@pytest.mark.parametrize("language", ["en", "fr"])
def test_drivers_ask_for_an_outcome_and_say_why_there_is_no_answer(browser, language):
    own = browser("analyst", language)
    asked = own.get("/analyse/drivers").text
    assert 'value="newsletter=true"' in asked
    few = own.get("/analyse/drivers?outcome=plan=nobody-has-this")
    assert few.status_code == 400
    assert {"en": "Nobody has the value", "fr": "Personne n'a la valeur"}[language] in html.unescape(few.text)
    assert own.post_form("/analyse/drivers", {"outcome": "what"}).status_code == 400
    assert 'value="event:Order Completed@"' in asked
    refused = own.post_form("/analyse/drivers", {"outcome": "event:Order Completed@", "days": "0"})
    assert refused.status_code == 400
    assert 'value="event:Order Completed@" selected' in refused.text


def test_a_pair_that_names_persons_is_not_shown(browser):
    refused = browser().get("/analyse/associations/email/plan")
    assert refused.status_code == 400


def test_some_tenths_are_one_segment():
    from quartier.analyse.propensity.card import PropensityFigures

    figures = PropensityFigures.model_construct(name="churn", outcome=type("O", (), {"to": lambda _s, _l: "x"})())
    assert of_tenths(figures, 1, 2)["where"] == {"trait": "churn_tenth", "between": [1, 2]}
    assert of_tenths(figures, 3, 3)["where"] == {"trait": "churn_tenth", "is": 3}


def test_associations_and_drivers_have_the_keys_of_their_page(reading, reading_app):
    assert set(reading.analysis.associations().as_json()) == set(FORMS["quartier analyse associations"][1])
    asking = program(reading_app, reading)
    asked = {"outcome": "newsletter=true", "traits": ["country", "plan"]}
    job = asking.told("POST", "/drivers", 202, json=asked, headers={"prefer": "respond-async"})["job"]
    assert set(asking.told("GET", f"/jobs/{job}")["result"]) == set(FORMS["quartier analyse drivers"][1])
    assert asking.told("POST", "/drivers", 400, json={"outcome": "what"})["code"] == "invalid_request"
