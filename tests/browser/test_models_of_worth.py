"""From a finding to a saved segment, in Chromium: lifetime value is run, one of its tenths is opened and kept."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import owners_token
from tests.browser.live import Ears, Site, window

pytestmark = pytest.mark.slow
PATIENCE = 60_000


def test_the_best_tenth_by_lifetime_value_becomes_a_segment(chromium: Browser, hostile_site: Site):
    with window(chromium, hostile_site, owners_token(hostile_site)) as context:
        page = context.new_page()
        ears = Ears(page)
        _is_refused_then_run(page, hostile_site)
        page.get_by_role("link", name="tenth 1", exact=True).click()
        expect(page.locator("#size b")).to_have_text(re.compile(r"\d+"), timeout=PATIENCE)
        persons = page.inner_text("#size b")
        page.get_by_role("button", name="Review and save").first.click()
        page.get_by_role("button", name="Save the segment").first.click()
        expect(page).to_have_url(re.compile("/segments/lifetime-value-tenth-1"), timeout=PATIENCE)
        expect(page.locator("main")).to_contain_text(persons)
        assert [each for each in ears.heard if "400" not in each] == []


def _is_refused_then_run(page: Page, site: Site) -> None:
    """So few customers do not settle BG/NBD; the page says so, and another law answers."""
    page.goto(site.at("/analyse/models/lifetime_value"))
    page.get_by_role("button", name="Run", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("do not settle the parameter", timeout=PATIENCE)
    page.select_option("[name='method']", "pareto-nbd")
    page.get_by_role("button", name="Run", exact=True).click()
    expect(page.locator("#check svg").first).to_be_visible(timeout=PATIENCE)
    expect(page.locator("#alive table")).to_be_visible()
