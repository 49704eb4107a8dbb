"""The plug-in in headless Chromium, on a small shop: what it reports, what it never reports, and what is derived."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.signals_site import Site, serve
from quartier.collect.signals import PARAMETERS, Rule, frustrations
from tests.needs import requires
from tests.unit.collect.signals.reports import much_later

ALL = replace(PARAMETERS, rules=frozenset(Rule))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=requires("chromium"), args=["--no-sandbox"])
        yield browser
        browser.close()


def visitor(browser: Browser, site: Site, name: str) -> Page:
    """The page of a new person, by whose name the site keeps what is reported."""
    context = browser.new_context()
    context.add_cookies([{"name": "visit", "value": name, "url": site.at()}])
    return context.new_page()


def left(page: Page, site: Site, name: str) -> list[dict[str, Any]]:
    """Everything that was reported once the person is gone: each page that was opened, the present one too, is left."""
    present = urlsplit(page.url).path
    page.goto("about:blank")
    for _ in range(200):
        found = list(site.messages[name])
        signals = [each for message in found for each in message["properties"]["signals"]]
        opened = [each["page"] for each in signals if each["kind"] == "page"]
        if present in opened and len(opened) == sum(each["kind"] == "leave" for each in signals):
            break
        page.wait_for_timeout(50)
    else:
        pytest.fail(f"{name} left {present}, and not all was reported: {opened}")
    page.context.close()
    return [{**each, "receivedAt": each["timestamp"]} for each in found]


def derived(messages: list[dict[str, Any]]) -> list[str]:
    events, _ = frustrations([*messages, much_later(10**6)], None, ALL)
    return [each["event"] for each in events]


def test_the_plug_in_tells_anger_from_a_stepper_and_sends_no_text_and_no_value(browser: Browser):
    with serve() as site:
        page = visitor(browser, site, "ann")
        page.goto(site.at("/basket"))
        for _ in range(5):
            page.click("#plus", delay=20)
        page.click("#coupon", click_count=4, delay=60)
        page.click("#break")
        page.wait_for_timeout(1200)
        page.goto(site.at("/join"))
        page.locator("[name=email]").press_sequentially("secret@example.org", delay=70)
        page.locator("[name=street]").press_sequentially("Rue secrète")
        page.evaluate("document.body.setAttribute('data-quartier-ignore', '')")
        page.click("#home")
        page.wait_for_url(site.at("/"))
        messages = left(page, site, "ann")
    assert sorted(set(derived(messages))) == ["Dead Clicked", "Error Seen", "Form Abandoned", "Rage Clicked"]
    sent = json.dumps([each["properties"] for each in messages], ensure_ascii=False)
    for private in ("secret", "example.org", "Apply", "coupon\n", "Rue", "undefined", "127.0.0.1"):
        assert private not in sent
    signals = [each for message in messages for each in message["properties"]["signals"]]
    assert [each["page"] for each in signals if each["kind"] == "page"] == ["/basket", "/join", "/"]
    assert {each["field"] for each in signals if each["kind"] == "form"} == {"email", "street"}
    assert not [each for each in signals if each.get("target") == "a#home"]


def test_the_plug_in_reports_by_the_browser_sdk_where_the_page_has_one(browser: Browser):
    script = "<script>window.analytics = {{sent: [], track: (...all) => analytics.sent.push(all)}};</script>"
    with serve(script + '<script src="/plug-in.js" defer></script>') as site:
        page = visitor(browser, site, "bob")
        page.goto(site.at("/basket"))
        page.click("#plus")
        page.wait_for_function("analytics.sent.length > 0", timeout=9000)
        name, properties = page.evaluate("analytics.sent[0]")
        page.context.close()
        assert site.messages == {}
    assert name == "Signals Reported"
    assert [each["kind"] for each in properties["signals"]] == ["page", "click"]


def test_who_asks_for_privacy_is_not_observed(browser: Browser):
    with serve() as site:
        page = visitor(browser, site, "eve")
        page.add_init_script("Object.defineProperty(navigator, 'globalPrivacyControl', {value: true})")
        page.goto(site.at("/basket"))
        page.click("#coupon", click_count=4, delay=60)
        page.goto("about:blank")
        page.wait_for_timeout(200)
        page.context.close()
        assert site.messages == {}
