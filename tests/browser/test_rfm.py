"""From a finding to a saved segment, in Chromium and in both languages: a cell of the RFM grid is kept."""

import pytest
from playwright.sync_api import Browser

from quartier.language import Language
from tests.browser.live import Site
from tests.browser.walking import walking

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(("language", "place"), [("en", 0), ("fr", -1)])
def test_a_cell_of_the_grid_becomes_a_segment(chromium: Browser, example_site: Site, language: Language, place: int):
    with walking(chromium, example_site, language) as walk:
        walk.go("/analyse")
        walk.page.locator("#settings button").click()
        walk.page.locator(".notice.good").wait_for()
        counted = walk.opened(walk.page.locator("table.rfm td a").nth(place))
        assert walk.kept().startswith("/segments/rfm-")
        assert counted in walk.text
        assert walk.ears.heard == []
