"""From a finding to a saved segment, in Chromium: a purchase is foretold, the most likely are opened and kept."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.live import Site
from tests.browser.walking import walking

pytestmark = pytest.mark.slow


def test_those_most_likely_to_buy_become_a_segment(chromium: Browser, example_site: Site):
    with walking(chromium, example_site) as walk:
        walk.run("propensity", outcome="event", event="Order Completed", days="90")
        expect(walk.page.locator("#lift svg").first).to_be_visible()
        expect(walk.page.locator("#calibration svg").first).to_be_visible()
        counted = walk.opened(walk.page.locator("#tenths tbody th a").first)
        assert walk.kept().startswith("/segments/propensity-")
        assert counted in walk.text
        assert walk.ears.heard == []
