"""From a finding to a saved segment, in Chromium: a table of the market is pasted, an opportunity opened and kept."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import owners_token
from tests.browser.live import Ears, Site, window

pytestmark = pytest.mark.slow
PATIENCE = 60_000


def test_a_large_part_of_the_market_that_is_small_in_the_base_becomes_a_segment(chromium: Browser, hostile_site: Site):
    with window(chromium, hostile_site, owners_token(hostile_site)) as context:
        page = context.new_page()
        ears = Ears(page)
        page.goto(hostile_site.at("/analyse/opportunities"))
        page.locator("#f-table").fill("country;persons\nFR;2000\nBE;2000\nCH;90000")
        page.locator("#f-name").fill("population")
        page.locator("#f-source").fill("Offices of statistics")
        page.locator("#f-year").fill("2025")
        page.get_by_role("button", name="Compare with this market").click()
        expect(page.locator("#market-shares svg").first).to_be_visible(timeout=PATIENCE)
        page.get_by_role("link", name=re.compile("Switzerland")).first.click()
        expect(page.locator("#size b")).to_have_text(re.compile(r"\d+"), timeout=PATIENCE)
        page.get_by_role("button", name="Review and save").first.click()
        page.get_by_role("button", name="Save the segment").first.click()
        expect(page).to_have_url(re.compile("/segments/market-switzerland"), timeout=PATIENCE)
        assert ears.heard == []
