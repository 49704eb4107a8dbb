"""The segment editor in Chromium: the count follows what is typed, the focus stays, nothing runs that was typed."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import owners_token
from tests.browser.live import Site, window
from tests.browser.walking import walking

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
        found = page.inner_text("#size b")
        page.reload(wait_until="networkidle")
        assert page.inner_text("#size b") == found
        assert page.input_value("[name='0.1:test.value']") == "3"


@pytest.mark.slow
def test_what_is_typed_runs_nothing_and_keeps_nobody_out(chromium: Browser, hostile_site: Site):
    with walking(chromium, hostile_site) as walk:
        walk.go("/segments/new")
        walk.page.click("button[value='add:0:trait']")
        walk.page.select_option("[name='0.0:trait']", "country")
        walk.page.locator("[name='0.0:test.value']").fill(NASTY)
        walk.page.locator("[name='label_en']").fill(NASTY)
        expect(walk.page.locator("#n-0\\.0 .say")).to_contain_text("taken over")
        assert walk.page.title() != "taken over"
        assert walk.barriers() == []
