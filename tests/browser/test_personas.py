"""From a segment to its persona, in Chromium and in both languages: the portrait, and words held against deeds."""

import pytest
from playwright.sync_api import Browser, expect

from quartier.language import Language
from tests.browser.live import Site
from tests.browser.walking import walking

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("language", "segment", "divergence"),
    [
        ("en", "Reachable by e-mail", "Said"), ("fr", "Joignables par e-mail", "Dit"),
    ],
)  # fmt: skip
def test_a_persona_holds_words_against_deeds(
    chromium: Browser, example_site: Site, language: Language, segment: str, divergence: str
):
    with walking(chromium, example_site, language) as walk:
        walk.go("/segments")
        walk.page.get_by_role("link", name=segment, exact=True).first.click()
        walk.page.locator(".tabs").get_by_role("link", name="Persona", exact=True).click()
        expect(walk.page.locator(".persona table").filter(has_text=divergence).last).to_be_visible()
        assert walk.barriers() == []
        assert walk.ears.heard == []
