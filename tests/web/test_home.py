"""The home page: the plan first, then figures, what moved and what needs attention; in an empty base, first steps."""

import re
from pathlib import Path

import quartier
from quartier.clock import FixedClock
from quartier.config import Config
from tests.web import shop
from tests.web.conftest import NOW


def test_home_opens_with_the_plan_whose_districts_lead_to_segments(browser):
    text = browser("owner", "fr").get("/").text
    assert text.index('class="plan"') < text.index('id="base"') < text.index('id="movers"')
    districts = re.findall(r'<a class="district" href="([^"]+)"', text)
    assert districts
    assert all(each.startswith(("/segments/rfm-", "/segments/new?definition=")) for each in districts)
    assert "Données" in text
    assert "style=" not in text
    assert "2 novembre 2026" in text
    by_revenue = browser("owner", "en").get("/?area=revenue").text
    assert "of revenue with" in by_revenue


def test_home_shows_a_viewer_figures_and_no_way_to_what_they_may_not_do(browser):
    text = browser("viewer", "en").get("/").text
    assert "What needs attention" in text
    for url in ("/segments/new", "/data/rejected", "/persons/review"):
        assert f'href="{url}' not in text


def test_home_names_what_needs_attention_where_it_is_mended(own_browser, own_shop: quartier.Workspace):
    narrow = {
        "segment": "nobody",
        "where": {"all": [{"trait": "country", "is": "FR"}, {"trait": "country", "is": "BE"}]},
    }
    own_shop.apply_segments([narrow])
    text = own_browser("owner", "en").get("/").text
    assert re.search(r'<a href="/segments/nobody">[^<]*nobody[^<]*hold for nobody', text)


def test_links_and_data_are_looked_at_when_home_is_shown_already(browser):
    viewer = browser("viewer", "en")
    page, whole = viewer.get("/").text, viewer.get("/?points=all").text
    part = viewer.get("/?points=all", headers={"hx-request": "true"}).text
    assert re.search(r'<section id="attention"[^>]* hx-get="/\?points=all" hx-trigger="load"', page)
    assert 'href="/data/quality"' not in page
    assert part.startswith('<section id="attention"')
    assert part.strip() in whole
    assert re.findall(r'<a href="/data/quality">[^<]+</a>', part)
    assert "hx-get" not in part


def test_an_empty_workspace_teaches_the_first_three_steps(tmp_path: Path):
    quartier.create(tmp_path / "empty", Config(name="Boutique", memory_limit="512MB", threads=1))
    with shop.opened(tmp_path / "empty", FixedClock(NOW)) as workspace:
        app = shop.served(workspace)
        for language, words in (("en", "Import a file"), ("fr", "Importer un fichier")):
            own = shop.signed_in(app, workspace, "owner", language)
            text = own.get("/").text
            assert 'href="/data/import"' in text
            assert words in text
            assert own.get("/segments").status_code == 200
            assert own.get("/segments?view=set").status_code == 200
