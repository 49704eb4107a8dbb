"""From a finding to a saved segment, in Chromium: lifetime value is run, one of its tenths is opened and kept."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.live import Site
from tests.browser.walking import walking

pytestmark = pytest.mark.slow


def test_the_best_tenth_by_lifetime_value_becomes_a_segment(chromium: Browser, hostile_site: Site):
    with walking(chromium, hostile_site) as walk:
        walk.go("/analyse/models/lifetime_value")
        walk.press("Run")
        expect(walk.page.get_by_role("alert")).to_contain_text("do not settle the parameter")  # of so few customers
        walk.page.select_option("[name='method']", "pareto-nbd")
        walk.press("Run")
        expect(walk.page.locator("#check svg").first).to_be_visible()
        expect(walk.page.locator("#alive table")).to_be_visible()
        counted = walk.opened(walk.page.get_by_role("link", name="tenth 1", exact=True))
        assert walk.kept() == "/segments/lifetime-value-tenth-1"
        assert counted in walk.text
        assert [each for each in walk.ears.heard if "400" not in each] == []
