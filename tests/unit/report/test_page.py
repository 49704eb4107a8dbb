import re
from typing import Annotated, get_args, get_origin, get_type_hints

import pytest
from jinja2 import UndefinedError

from quartier.language import LANGUAGES
from quartier.report import page as pages
from quartier.report.compose import compose
from quartier.report.render import _environment, render
from tests.unit.report.made_up import content, effects, empty

VIEWS = [each for each in vars(pages).values() if isinstance(each, type) and hasattr(each, "__dataclass_fields__")]


@pytest.fixture(scope="module")
def reports():
    whole = content()
    return {language: render(whole, language) for language in LANGUAGES}


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.__name__)
def test_everything_that_a_template_may_use_says_what_it_is(view):
    hints = get_type_hints(view, include_extras=True)
    for name in view.__dataclass_fields__:
        assert get_origin(hints[name]) is Annotated, f"{view.__name__}.{name} has no help text"
        assert all(isinstance(text, str) and len(text) > 5 for text in get_args(hints[name])[1:])


def test_templates_escape_words_and_refuse_names_that_do_not_exist():
    environment = _environment()
    assert environment.from_string("{{ word }}").render(word="<b>") == "&lt;b&gt;"
    with pytest.raises(UndefinedError):
        environment.from_string("{{ absent }}").render()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_asks_the_network_for_nothing(reports, language):
    html = reports[language]
    assert "default-src 'none'" in html
    assert not re.findall(r"""(?:src|href|action|url)\s*[=(]\s*["']?(?:https?:)?//""", html)
    assert "<script" not in html
    assert "@import" not in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_anchor_that_is_linked_exists(reports, language):
    html = reports[language]
    there = set(re.findall(r'\sid="([^"]+)"', html))
    linked = set(re.findall(r'<li><a href="#([^"]+)"', html)) | {"content"}
    assert linked <= there


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_district_leads_to_a_row_that_exists(reports, language):
    html = reports[language]
    there = set(re.findall(r'\sid="([^"]+)"', html))
    districts = set(re.findall(r'class="district" href="#([^"]+)"', html))
    assert len(districts) == 11
    assert districts <= there


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_id_stands_twice(reports, language):
    ids = re.findall(r'<(?:section|figure|article|tr|input|dl|main)[^>]*\sid="([^"]+)"', reports[language])
    assert len(ids) == len(set(ids))


def test_figures_are_written_as_the_language_writes_them(reports):
    assert "20\N{NARROW NO-BREAK SPACE}000 personnes" in reports["fr"]
    assert "20,000 persons" in reports["en"]
    assert "21 novembre 2026, 14\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}05" in reports["fr"]
    assert "21 November 2026, 14:05" in reports["en"]


def test_french_has_a_no_break_space_before_its_tall_signs(reports):
    words = re.sub(r"<style>.*?</style>|<[^>]+>", " ", reports["fr"], flags=re.DOTALL)
    words = re.sub(r"https?://\S+", "", words)
    assert not re.findall(r"\w [:;!?»]", words)
    assert not re.findall(r"« ", words)


def test_the_two_languages_hold_the_same_figures_and_sections(reports):
    for pattern in (r'<(?:section|article|figure)[^>]*id="([^"]+)"', r"<(svg|table|tr|td)\b"):
        assert re.findall(pattern, reports["fr"]) == re.findall(pattern, reports["en"])


def test_synthetic_data_are_said_to_be_synthetic_and_only_those(reports):
    assert "Données synthétiques" in reports["fr"]
    assert "Synthetic data" in reports["en"]
    assert "Synthetic data" not in render(empty(), "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_workspace_without_data_gets_a_report_that_teaches_the_next_step(language):
    html = render(empty(), language)
    assert "quartier model run rfm" in html
    assert "quartier segment list" in html
    assert "quartier target export" in html


def test_every_picture_has_words_in_its_place(reports):
    for html in reports.values():
        for svg in re.findall(r"<svg [^>]*>", html):
            assert 'aria-label="' in svg or 'aria-hidden="true"' in svg


def test_a_label_given_by_a_user_cannot_become_markup():
    wicked = content(2)
    hostile = type(wicked)(**{**vars(wicked), "name": "<script>alert(1)</script>"})
    assert "<script>alert" not in render(hostile, "en")


def test_a_report_of_twenty_segments_stays_small():
    assert len(render(content(20), "fr").encode()) < 3_000_000


def test_the_road_shows_all_its_stages_and_links_only_what_is_there():
    rail = compose(empty(), "fr").rail
    assert [stop.name for stop in rail] == [
        *("Collecter", "Identifier", "Analyser", "Segmenter", "Cibler", "Évaluer", "Gouverner"),
    ]
    assert [stop.links for stop in rail if stop.links] == [(("notes", "Comment ceci a été fait"),)]


def test_the_set_of_segments_has_its_advice_its_findings_and_a_row_for_each_segment(reports):
    view = compose(content(8), "fr").segmentation
    assert view.advice.startswith("8 segments ici")
    assert [key.label for key in view.keys] == [
        *("dans aucun segment", "dans un seul", "dans plusieurs", "segments où mesurer un effet"),
    ]
    assert len(view.table.rows) == 8
    assert any("moitié de leurs membres" in each for each in view.findings)
    assert 'id="segmentation"' in reports["en"]
    assert compose(empty(), "fr").segmentation is None


def test_a_remark_about_an_effect_stands_beside_its_verdict():
    card = effects()[0]
    remark = type(card)(**{**vars(card), "remarks": (card.campaign,)})
    html = render(type(content())(**{**vars(empty()), "effects": (remark,)}), "en")
    assert '<p class="remark">Autumn letter</p>' in html
