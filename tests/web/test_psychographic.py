"""The pages of factors, classes and themes: from the finding to the segment, and whose words are shown to whom."""

import csv
import html
import re
from pathlib import Path

import numpy as np
import pytest

import quartier
from quartier.collect.definition import Mapping
from quartier.errors import NoAnswer
from tests.unit.analyse.test_psychographic import likert, replies
from tests.web import shop
from tests.web.test_analyse import documents

ITEMS = [f"item_{place}" for place in range(8)]
ODD = ("same", "nobody", "early", "late")
MAPPING = Mapping.read(
    {
        "layout": "persons",
        "columns": {"id": "user_id", "why": {"to": "trait.why", "type": "text"}}
        | {each: {"to": f"trait.{each}", "type": "integer"} for each in (*ITEMS, *ODD)},
    }
)


@pytest.fixture
def survey(workspace: quartier.Workspace, folder: Path) -> quartier.Workspace:
    """A base of 180 persons who answered eight scales and one open question, and four scales that are of no use."""
    scales, texts = likert(1, 180).astype(int), np.array(replies(20)[0])
    with (folder / "survey.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["id", "why", *ITEMS, *ODD])
        for place in range(180):
            halves = ("", place % 5) if place < 90 else (place % 5, "")
            rows.writerow([f"C{place}", texts[place], *scales[place].tolist(), "3", "", *halves])
    workspace.collect(folder / "survey.csv", MAPPING)
    return workspace


def test_factors_classes_and_themes_open_as_segments(survey: quartier.Workspace) -> None:
    found = survey.run_model({"model": "factors", "traits": ITEMS})
    assert found.traits == ("factors_1", "factors_2")
    assert found.scored == 180
    themes = survey.run_model({"model": "themes", "answer": "why", "number": 3})
    assert themes.scored == 180
    app = shop.served(survey)
    owner, viewer = (shop.signed_in(app, survey, role, "fr") for role in ("owner", "viewer"))

    page = owner.get("/analyse/models/factors").text
    assert "2 facteurs expliquent plus que des réponses mélangées" in page
    factors = documents(page)
    assert len(factors) == 4  # the highest and the lowest fifth of each
    assert all(36 <= each.size < 60 for each in survey.preview(factors))  # a fifth, and who ties with its last

    page = owner.get("/analyse/models/themes").text
    assert [each.size for each in survey.preview(documents(page))] == [each.persons for each in themes.figures.themes]
    words = "Prix trop élevés"
    assert words in page
    assert "Ce dont on parle le plus" in page
    assert words not in viewer.get("/analyse/models/themes").text
    assert "friendly" not in str(themes.as_json()["figures"]["themes"][0]["nearest"])

    pytest.importorskip("stepmix")
    classes = survey.run_model({"model": "classes", "traits": ITEMS, "number": 2})
    previews = survey.preview(documents(owner.get("/analyse/models/classes").text))
    assert [each.size for each in previews] == [each.persons for each in classes.figures.classes]


def test_scales_and_questions_that_say_nothing_are_refused_by_their_name(survey: quartier.Workspace) -> None:
    def why_not(model: str, *traits: str) -> str:
        with pytest.raises(NoAnswer) as caught:
            survey.run_model({"model": model, "traits": [*ITEMS[:4], *traits]})
        return str(caught.value)

    for model in ("factors", "classes"):
        assert "the same answer to “Same”" in why_not(model, "same")
        assert "nobody answered “Nobody”" in why_not(model, "nobody")
    assert "answered both “Early” and “Late”" in why_not("factors", "early", "late")
    assert "no numbers" in why_not("factors", "why")


def test_all_that_was_found_is_looked_at_and_saved_at_once(survey: quartier.Workspace) -> None:
    found = survey.run_model({"model": "themes", "answer": "why", "number": 3})
    app = shop.served(survey)
    owner, viewer = (shop.signed_in(app, survey, role, "en") for role in ("owner", "viewer"))
    url = "/analyse/models/themes/segments"
    assert url in owner.get("/analyse/models/themes").text
    assert url not in viewer.get("/analyse/models/themes").text

    page = owner.get(url).text
    assert "Together 180 of 180 persons, nobody in more than one." in page
    sent = form_in(page)
    assert sent["keep"] == ["themes-a", "themes-b", "themes-c"]
    refused = owner.post_form(url, sent | {"keep": ["themes-a"], "label_fr:themes-a": " "})
    assert refused.status_code == 400
    assert "“themes-a” has no label in one of the languages" in refused.text
    assert form_in(refused.text)["keep"] == ["themes-a"]
    assert owner.post_form(url, sent | {"run": "2020-01-01"}).status_code == 400
    assert survey.segments() == []

    assert owner.post_form(url, sent | {"label_fr:themes-a": "Les prix"}).headers["location"] == "/segments"
    saved = {each.definition.name: each for each in survey.segments()}
    assert {name: each.size for name, each in saved.items()} == {
        f"themes-{each.id.lower()}": each.persons for each in found.figures.themes
    }
    assert saved["themes-a"].definition.label.fr == "Les prix"
    again = owner.get(url).text
    assert again.count("in force as it is") == 3
    assert "Les prix" in again
    assert owner.post_form(url, form_in(again)).status_code == 400  # nothing is ticked that is there already


def form_in(page: str) -> dict[str, list[str] | str]:
    """What a browser would send of the form that keeps."""
    inputs = [dict(re.findall(r'(\w+)="([^"]*)"', each)) for each in re.findall(r"<input[^>]*>", page)]
    fields = {
        each["name"]: html.unescape(each.get("value", "")) for each in inputs if each.get("name") not in ("csrf", None)
    }
    return {**fields, "keep": re.findall(r'name="keep" value="([^"]+)" checked', page)}
