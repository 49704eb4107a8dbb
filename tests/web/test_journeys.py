"""The pages of journeys: figures that open as the segments of just those persons, forms that keep what was asked."""

import html
import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest

SIDES = ("", "/paths", "/retention", "/sequences")
FUNNEL = "?step=Product+Viewed&step=Product+Added&step=Order+Completed&within=1+day&by=trait:country"


def documents(text: str) -> list[dict]:
    urls = re.findall(r'href="(/segments/new\?[^"]+)"', text)
    return [json.loads(parse_qs(urlsplit(html.unescape(each)).query)["definition"][0]) for each in urls]


@pytest.mark.parametrize("side", SIDES)
def test_a_page_of_journeys_says_what_it_found_in_both_languages(browser, side):
    for language, word in (("en", "Journeys"), ("fr", "Parcours")):
        answer = browser("viewer", language).get(f"/analyse/journeys{side}")
        assert answer.status_code == 200
        assert word in answer.text
        assert "/segments/new" not in answer.text, "a viewer may not edit segments"


def test_the_steps_and_drop_offs_of_a_funnel_open_as_their_segments(browser, reading):
    text = browser().get(f"/analyse/journeys{FUNNEL}").text
    found = reading.journeys.funnel(
        {"steps": ["Product Viewed", "Product Added", "Order Completed"], "within": "1 day", "by": "country"}
    )
    asked = [each | {"segment": f"s{n}", "population": "everyone"} for n, each in enumerate(documents(text))]
    sizes = [each.size for each in reading.preview(asked)]
    first, second, third = found.steps
    expected = [first.persons, *(n for each in (second, third) for n in (each.persons, each.dropped) if n)]
    assert sizes[: len(expected)] == expected
    assert re.search(r'<option value="Product Added" selected', text)
    assert re.search(r'<option value="trait:country" selected', text)


def test_a_question_that_cannot_be_answered_says_what_to_do(browser):
    answer = browser().get("/analyse/journeys?step=Product+View&step=Order+Completed")
    assert answer.status_code in (400, 404, 422)
    assert "Product Viewed" in answer.text


def test_programs_ask_the_same(reading, reading_app):
    from tests.web.programs import program

    reader = program(reading_app, reading)
    told = reader.told("POST", "/journeys/paths", json={"event": "Order Completed", "places": 2})
    assert told["root"]["persons"] == reading.journeys.paths({"event": "Order Completed"}).root.persons
    reader.problem("POST", "/journeys/funnel", 422, json={"steps": ["Order Completed"]})
