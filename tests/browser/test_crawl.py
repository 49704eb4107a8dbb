"""Every page that can be reached by links, in Chromium: nothing runs that is not ours, and everybody can use it."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from quartier.web.access import ROUTES
from tests.browser.conftest import owners_token
from tests.browser.live import Ears, Site, window

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
SERIOUS = ("serious", "critical")
_ADDRESSES = "links => links.map(each => new URL(each.getAttribute('href'), location).href)"  # of pictures, too
MOST_ALIKE = 2
"""So many addresses that differ in names and queries alone are looked at."""


def shape(url: str) -> str:
    """The route that serves an address: pages of one route are pages of one kind."""
    path = urlsplit(url).path
    fixed = [route for method, route in ROUTES if method == "GET" and route == path]
    return next(iter([*fixed, *(route for method, route in ROUTES if method == "GET" and _serves(route, path))]), path)


def _serves(route: str, path: str) -> bool:
    return re.fullmatch(re.sub(r"\\{[^}]*\\}", "[^/]+", re.escape(route)), path) is not None


def links_of(page: Page) -> list[str]:
    """The addresses of our own pages that a page leads to."""
    found = page.eval_on_selector_all("a[href]", _ADDRESSES)
    here = urlsplit(page.url).netloc
    return [each.partition("#")[0] for each in found if urlsplit(each).netloc == here]


def is_a_file(url: str) -> bool:
    """Whether an address gives a file to keep instead of a page."""
    return any(mark in url for mark in ("/export", ".csv", ".json", ".yaml", ".parquet", "/lists/", "form="))


def crawled(page: Page, site: Site, look) -> set[str]:
    """Look at every page that links lead to, a few of each shape; gives the shapes."""
    waiting, seen, shapes = [site.at("/")], set(), {}
    while waiting:
        url = waiting.pop(0)
        if url in seen or is_a_file(url) or shapes.get(shape(url), 0) >= MOST_ALIKE or "lang=" in url:
            continue
        seen.add(url)
        shapes[shape(url)] = shapes.get(shape(url), 0) + 1
        answer = page.goto(url, wait_until="load")
        look(page, answer.status if answer else 0)
        waiting += links_of(page)
    return set(shapes)


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_page_can_be_used_by_everybody_and_runs_nothing_that_is_not_ours(
    chromium: Browser, hostile_site: Site, language: str
):
    context = window(chromium, hostile_site, owners_token(hostile_site), language)
    page = context.new_page()
    ears, findings = Ears(page), []
    source = AXE.read_text(encoding="utf-8")

    def look(shown: Page, status: int) -> None:
        if status >= 400 or shown.evaluate("document.documentElement.lang") != language:
            findings.append(f"{urlsplit(shown.url).path} answers {status}")
            return
        shown.evaluate(source)
        found = shown.evaluate("axe.run({resultTypes: ['violations']}).then(r => r.violations.map(v => [v.id, v.impact,"
                               " v.nodes.slice(0, 3).map(n => n.target.join(' ')).join(' | ')]))")  # fmt: skip
        findings.extend(
            f"{urlsplit(shown.url).path}: {name} at {where}" for name, impact, where in found if impact in SERIOUS
        )

    shapes = crawled(page, hostile_site, look)
    context.close()
    assert "\n".join([*ears.heard, *findings]) == ""
    assert len(shapes) >= 1
