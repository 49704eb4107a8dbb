"""From a finding to a saved segment, in Chromium: recommendations are run, an offer is opened and kept."""

import pytest
from playwright.sync_api import Browser

from tests.browser.live import Site
from tests.browser.walking import walking

pytestmark = pytest.mark.slow


def test_an_offer_becomes_a_segment(chromium: Browser, hostile_site: Site):
    with walking(chromium, hostile_site) as walk:
        walk.run("recommendations")
        counted = walk.opened(walk.page.locator("#offers tbody a").first)
        assert walk.kept().startswith("/segments/offer-")
        assert counted in walk.text
        assert walk.ears.heard == []
