"""From a finding to a saved segment, in Chromium: a stage of the relation and a band of the score are kept."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.live import Site
from tests.browser.walking import walking

pytestmark = pytest.mark.slow


def test_a_stage_of_the_relation_becomes_a_segment(chromium: Browser, example_site: Site):
    with walking(chromium, example_site) as walk:
        walk.run("relation")
        expect(walk.page.locator("#pipeline svg").first).to_be_visible()
        assert walk.barriers() == []
        counted = walk.opened(walk.page.locator("#stages").get_by_role("link", name="Customer", exact=True))
        assert walk.kept() == "/segments/stage-customer"
        assert counted in walk.text
        assert walk.ears.heard == []


def test_a_band_of_the_score_becomes_a_segment(chromium: Browser, example_site: Site):
    with walking(chromium, example_site) as walk:
        walk.run("score", horizon="120")
        expect(walk.page.locator("#calibration svg").first).to_be_visible()
        assert walk.barriers() == []
        counted = walk.opened(walk.page.locator("#bands tbody th a").first)
        assert walk.kept().startswith("/segments/score-")
        assert counted in walk.text
        assert walk.ears.heard == []
