"""From the answers of a survey to saved segments, in Chromium: a factor, a class and a theme are kept."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.example_base import ITEMS
from tests.browser.live import Site
from tests.browser.walking import walking

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("factors", {"traits": ITEMS}),
        ("classes", {"traits": ITEMS, "number": "2"}),
        ("themes", {"answer": "why", "number": "3"}),
    ],
)
def test_what_is_found_in_answers_becomes_a_segment(chromium: Browser, example_site: Site, kind: str, told: dict):
    with walking(chromium, example_site) as walk:
        walk.run(kind, **told)
        expect(walk.page.locator("#found table")).to_be_visible()
        counted = walk.opened(walk.page.locator("#found tbody a").first)
        assert walk.kept().startswith(f"/segments/{kind}-")
        assert counted in walk.text
        assert walk.ears.heard == []
