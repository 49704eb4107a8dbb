"""From a finding to a saved segment, in Chromium: clusters are run, one is opened by its conditions and kept."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.live import Site
from tests.browser.walking import walking

pytestmark = pytest.mark.slow


def test_a_cluster_becomes_a_segment_by_its_conditions(chromium: Browser, hostile_site: Site):
    with walking(chromium, hostile_site) as walk:
        walk.run("clusters")
        expect(walk.page.locator("#clusters table")).to_be_visible()
        expect(walk.page.locator("#curve svg").first).to_be_visible()
        counted = walk.opened(walk.page.get_by_role("link", name="Segment by the condition").first)
        assert walk.kept() == "/segments/clusters-a"
        assert counted in walk.text
        assert walk.ears.heard == []
