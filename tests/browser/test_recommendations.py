"""From a finding to a saved segment, in Chromium: recommendations are run, an offer is opened and kept."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import owners_token
from tests.browser.live import Ears, Site, window

pytestmark = pytest.mark.slow
PATIENCE = 60_000


def test_an_offer_becomes_a_segment(chromium: Browser, hostile_site: Site):
    with window(chromium, hostile_site, owners_token(hostile_site)) as context:
        page = context.new_page()
        ears = Ears(page)
        page.goto(hostile_site.at("/analyse/models/recommendations"))
        page.get_by_role("button", name="Run", exact=True).click()
        expect(page.locator("#offers table")).to_be_visible(timeout=PATIENCE)
        page.locator("#offers tbody a").first.click()
        expect(page.locator("#size b")).to_have_text(re.compile(r"\d+"), timeout=PATIENCE)
        page.get_by_role("button", name="Review and save").first.click()
        page.get_by_role("button", name="Save the segment").first.click()
        expect(page).to_have_url(re.compile("/segments/offer-"), timeout=PATIENCE)
        assert ears.heard == []
