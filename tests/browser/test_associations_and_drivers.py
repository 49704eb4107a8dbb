"""From a finding to a saved segment, in Chromium: a value that goes with another, and one that drives an outcome."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.live import Site
from tests.browser.walking import walking

pytestmark = pytest.mark.slow


def test_a_value_of_a_pair_becomes_a_segment(chromium: Browser, example_site: Site):
    with walking(chromium, example_site) as walk:
        walk.go("/analyse/associations")
        walk.page.locator("#matrix td a").first.click()
        counted = walk.opened(walk.page.locator("main tbody th a").first)
        walk.kept()
        assert counted in walk.text
        assert walk.ears.heard == []


def test_a_value_that_drives_an_outcome_becomes_a_segment(chromium: Browser, example_site: Site):
    with walking(chromium, example_site) as walk:
        walk.go("/analyse/drivers")
        walk.page.select_option("[name='outcome']", "segment:regulars")
        walk.press("Find drivers")
        expect(walk.page.locator("#effects svg").first).to_be_visible()
        counted = walk.opened(walk.page.locator("#effects-table th a").first)
        walk.kept()
        assert counted in walk.text
        assert walk.ears.heard == []
