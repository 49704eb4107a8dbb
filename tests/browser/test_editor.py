"""The segment editor in Chromium: the count follows what is typed, the focus stays, nothing runs that was typed."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import owners_token
from tests.browser.live import Site, window

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
NASTY = '"><script>document.title = "taken over"</script>'


@pytest.mark.slow
def test_the_count_follows_what_is_typed_and_the_focus_stays(chromium: Browser, hostile_site: Site):
    with window(chromium, hostile_site, owners_token(hostile_site)) as context:
        page = context.new_page()
        page.goto(hostile_site.at("/segments/new"), wait_until="networkidle")
        page.click("button[value='add:0:trait']")
        expect(page.locator("[name='0.0:trait']")).to_be_focused()
        page.select_option("[name='0.0:trait']", "country")
        value = page.locator("[name='0.0:test.value']")
        value.click()
        page.keyboard.type("FR", delay=40)
        expect(page.locator("#size b")).to_have_text(re.compile(r"\d+"))
        expect(value).to_be_focused()
        everyone = page.inner_text("#size b")
        page.click("button[value='add:0:event']")
        page.select_option("[name='0.1:event']", "Order Completed")
        page.wait_for_selector("[name='0.1:test.value']")
        with page.expect_response(re.compile("/segments/drafts/")):
            page.locator("[name='0.1:test.value']").fill("3")
        expect(page.locator("#size b")).not_to_have_text(everyone)
        _is_kept_over_a_reload(page)
        _is_harmless(page)


def _is_kept_over_a_reload(page: Page) -> None:
    found = page.inner_text("#size b")
    page.reload(wait_until="networkidle")
    assert page.inner_text("#size b") == found
    assert page.input_value("[name='0.1:test.value']") == "3"


def _is_harmless(page: Page) -> None:
    page.locator("[name='0.0:test.value']").fill(NASTY)
    page.locator("[name='label_en']").fill(NASTY)
    expect(page.locator("#n-0\\.0 .say")).to_contain_text("taken over")
    assert page.title() != "taken over"
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run().then(r => r.violations.map(v => [v.id, v.impact]))")
    assert [each for each in found if each[1] in ("serious", "critical")] == []
