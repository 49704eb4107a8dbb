"""The forms in which a score states its criteria, the relation its stages: without a script nothing typed is lost."""

import html

from tests.web.test_editor import fields_in

SCORE, RELATION = "/analyse/models/score", "/analyse/models/relation"


def test_a_criterion_is_added_without_a_script_and_what_was_typed_stays(browser):
    page = browser("analyst", "fr")
    fields = fields_in(page.get(SCORE).text, "settings")
    added = page.post_form(SCORE, fields | {"points.0": "7,5", "horizon": "soixante", "do": "add:activity"})
    assert added.status_code == 200
    shown = fields_in(added.text, "settings")
    place = _sorts(shown).index("behaviour") - 1
    assert _sorts(shown).count("activity") == _sorts(fields).count("activity") + 1
    assert shown[f"0.{place}:kind"] == ["event"]
    assert (shown["points.0"], shown["horizon"]) == (["7,5"], ["soixante"])
    unnamed = {f"points.{place}": "2", f"at_most.{place}": "4", "do": "falls"}
    assert page.post_form(SCORE, shown | unnamed).status_code == 200, "an event that is not chosen yet is no error"
    gone = page.post_form(SCORE, shown | {"do": f"remove:0.{place}"})
    assert _sorts(fields_in(gone.text, "settings")) == _sorts(fields)


def test_what_is_wrong_with_a_criterion_stands_beside_it(browser):
    page = browser("analyst")
    fields = fields_in(page.get(SCORE).text, "settings")
    refused = page.post_form(SCORE, fields | {"points.1": "many", "points.0": "90", "do": "run"})
    assert refused.status_code == 400
    text = html.unescape(refused.text)
    assert text.index('id="points.1"') < text.index('id="beside-1"') < text.index('id="points.2"')
    too_many = html.unescape(page.post_form(SCORE, fields | {"points.0": "90", "do": "run"}).text)
    assert "a score is out of 100" in too_many


def test_a_stage_begins_with_what_is_proposed_and_goes_back_to_it(browser):
    page = browser("analyst")
    proposed = page.get(RELATION)
    assert "0.3.0:event" not in fields_in(proposed.text, "settings")
    stated = page.post_form(RELATION, fields_in(proposed.text, "settings") | {"do": "state:3"})
    fields = fields_in(stated.text, "settings")
    assert fields["0.3.0:event"][0] == "Order Completed"
    assert fields["stated.3"] == ["1"]
    back = page.post_form(RELATION, fields | {"do": "propose:3"})
    assert "stated.3" not in fields_in(back.text, "settings")


def _sorts(fields: dict[str, list[str]]) -> list[str]:
    named = sorted((each for each in fields if each.startswith("sort.")), key=lambda each: int(each.split(".")[1]))
    return [fields[each][0] for each in named]
