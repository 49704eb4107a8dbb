"""The pages of factors, classes and themes: from the finding to the segment, and whose words are shown to whom."""

import csv
from pathlib import Path

import numpy as np
import pytest

import quartier
from quartier.collect.definition import Mapping
from tests.unit.analyse.test_psychographic import likert, replies
from tests.web import shop
from tests.web.test_analyse import documents

ITEMS = [f"item_{place}" for place in range(8)]
MAPPING = Mapping.read(
    {
        "layout": "persons",
        "columns": {"id": "user_id", "why": {"to": "trait.why", "type": "text"}}
        | {each: {"to": f"trait.{each}", "type": "integer"} for each in ITEMS},
    }
)


@pytest.fixture
def survey(workspace: quartier.Workspace, folder: Path) -> quartier.Workspace:
    """A base of 180 persons who answered eight scales and one open question."""
    scales, texts = likert(1, 180).astype(int), np.array(replies(20)[0])
    with (folder / "survey.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["id", "why", *ITEMS])
        rows.writerows([f"C{place}", texts[place], *scales[place].tolist()] for place in range(180))
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

    factors = documents(owner.get("/analyse/models/factors").text)
    assert all(36 <= each.size < 60 for each in survey.preview(factors))  # a fifth, and who ties with its last

    page = owner.get("/analyse/models/themes").text
    assert [each.size for each in survey.preview(documents(page))] == [each.persons for each in themes.figures.themes]
    words = "Prix trop élevés"
    assert words in page
    assert words not in viewer.get("/analyse/models/themes").text
    assert "friendly" not in str(themes.as_json()["figures"]["themes"][0]["nearest"])

    pytest.importorskip("stepmix")
    classes = survey.run_model({"model": "classes", "traits": ITEMS, "number": 2})
    previews = survey.preview(documents(owner.get("/analyse/models/classes").text))
    assert [each.size for each in previews] == [each.persons for each in classes.figures.classes]
