"""From a criterion to a segment in Chromium: one is added in the form, the score is run, a band is kept."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import owners_token
from tests.browser.live import Ears, Site, window

pytestmark = pytest.mark.slow
PATIENCE = 60_000


def test_a_criterion_is_stated_run_and_its_band_becomes_a_segment(chromium: Browser, hostile_site: Site):
    with window(chromium, hostile_site, owners_token(hostile_site)) as context:
        page = context.new_page()
        ears = Ears(page)
        page.goto(hostile_site.at("/analyse/models/score"))
        _is_stated(page)
        page.get_by_role("button", name="Run", exact=True).click()
        expect(page.locator("#criteria")).to_contain_text("Country", timeout=PATIENCE)
        page.locator("#bands tbody th a").first.click()
        expect(page.locator("#size b")).to_have_text(re.compile(r"\d+"), timeout=PATIENCE)
        page.get_by_role("button", name="Review and save").first.click()
        page.get_by_role("button", name="Save the segment").first.click()
        expect(page).to_have_url(re.compile("/segments/score-"), timeout=PATIENCE)
        assert ears.heard == []


def _is_stated(page: Page) -> None:
    """A trait is chosen, its operator and value follow, and the points of another make room for its own."""
    known = page.locator("#family-explicit")
    before = known.locator("li").count()
    known.get_by_role("button", name="a trait").click()
    expect(known.locator("li")).to_have_count(before + 1, timeout=PATIENCE)
    own = known.locator("li").last
    own.locator("select").first.select_option("country")
    own.get_by_label("Value").fill("FR")
    own.locator("input[name^='points.']").fill("4")
    behaviour = page.locator("#family-behaviour input[name^='points.']").first
    behaviour.fill("5")
    behaviour.blur()
    expect(page.locator("#falls")).to_be_visible(timeout=PATIENCE)
    expect(own).to_contain_text("on its own", timeout=PATIENCE)
