"""The pages of journeys: figures that open as the segments of just those persons, forms that keep what was asked."""

import html
import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest

from quartier.analyse.journeys.definition import Funnel, Sequences
from quartier.web import answers

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


@pytest.fixture(scope="module")
def told(shop_folder, tmp_path_factory):
    """A copy of the shop in which stages and scores have been told; not to be changed."""
    import shutil

    from quartier.clock import FixedClock
    from tests.web import shop
    from tests.web.conftest import NOW

    own = tmp_path_factory.mktemp("told") / "shop"
    shutil.copytree(shop_folder, own)
    with shop.opened(own, FixedClock(NOW)) as workspace:
        workspace.run_model({"model": "relation", "lapsed_after": 120})
        workspace.run_model({"model": "score", "horizon": 120})
        yield workspace, shop.signed_in(shop.served(workspace), workspace, "owner", "en")


def test_each_stage_opens_as_who_is_there_and_its_condition_as_who_meets_it(told):
    workspace, page = told
    text = page.get("/analyse/models/relation").text
    stages = {each.stage: each for each in workspace.analysis.figures("relation").stages}
    found = {each["segment"]: each for each in documents(text)}
    asked = [each | {"population": "everyone"} for each in found.values()]
    sizes = {each.segment.name: each.size for each in workspace.preview(asked)}
    assert sizes["stage-customer"] == stages["customer"].persons > 0
    assert sizes["stage-lapsed"] == stages["lapsed"].persons == sizes["lapsed-by-its-condition"]
    assert sum(each.persons for each in stages.values()) == workspace.count_everyone()
    assert sizes["customer-by-its-condition"] == stages["customer"].persons + stages["lapsed"].persons


def test_every_point_of_a_person_has_its_reason_and_they_make_the_score(told):
    workspace, page = told
    table = workspace.persons(workspace.preview([{"segment": "s", "where": {"trait": "score", "top": 1}}])[0].members,
                              traits=["score"])  # fmt: skip
    person, score = table["person_id"][0].as_py(), table["score"][0].as_py()
    found = workspace.scores.explain(person)
    assert found.score == pytest.approx(score)
    assert sum(each.points for each in found.reasons) == pytest.approx(score, abs=0.5)
    assert all(each.last for each in found.reasons if each.sort == "activity" and each.points)
    assert f"/persons/{person}/score" in page.get(f"/persons/{person}").text
    assert found.reasons[0].said.en in html.unescape(page.get(f"/persons/{person}/score").text)


def test_the_score_shows_what_happened_and_its_bands_open_as_segments(told):
    workspace, page = told
    text = page.get("/analyse/models/score").text
    figures = workspace.analysis.figures("score")
    found = [each | {"population": "everyone"} for each in documents(text) if each["segment"].startswith("score-")]
    sizes = {each.segment.name: each.size for each in workspace.preview(found)}
    assert sizes == {f"score-{n * 10}-{n * 10 + 10}": k for n, k in enumerate(figures.distribution) if k}
    assert "weights" in text


def test_running_from_the_form_keeps_the_criteria_that_no_form_asks(told):
    workspace, page = told
    criteria = [{"event": "Page Viewed", "points": 5.0, "at_most": 60.0, "half_life": 30.0}]
    workspace.run_model({"model": "score", "name": "visits", "criteria": criteria})
    values = {"outcome": "Order Completed", "horizon": "60", "weights": "stated", "name": "visits"}
    assert page.post_form("/analyse/models/score", values).status_code == 303
    last = workspace.analysis.run_of("visits")
    assert last.parameters["horizon"] == 60
    assert last.parameters["criteria"][0]["at_most"] == 60.0


def test_what_reads_every_event_is_asked_once_for_a_state_of_the_tables(reading):
    asked = Funnel(steps=("Product Viewed", "Order Completed"))
    assert answers.funnel(reading, asked) is answers.funnel(reading, asked)
    assert answers.funnel(reading, asked)[0] == reading.journeys.funnel(asked)
    assert answers.sequences(reading, Sequences()) is not answers.sequences(reading, Sequences(support=0.2))
    assert answers.cohorts(reading) is answers.cohorts(reading)


def test_a_funnel_of_a_segment_is_asked_anew_when_the_segment_is_written_otherwise(own_shop):
    asked = Funnel(steps=("Product Viewed", "Order Completed"), segments=("some",))
    found = []
    for country in ("FR", "BE"):
        own_shop.apply_segments([{"segment": "some", "where": {"trait": "country", "is": country}}])
        found.append(answers.funnel(own_shop, asked)[0].groups[0].steps[0].persons)
    assert found[0] > found[1] > 0
