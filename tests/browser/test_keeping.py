"""From a run to all its segments at once, in Chromium: what it found is looked at, named and saved by one button."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.example_base import ITEMS
from tests.browser.live import Site
from tests.browser.walking import walking

pytestmark = pytest.mark.slow


def test_all_classes_of_answers_become_segments_at_once(chromium: Browser, example_site: Site):
    with walking(chromium, example_site, "fr") as walk:
        walk.run("classes", traits=ITEMS, number="2", name="sortes")
        walk.page.get_by_role("link", name="Tout garder comme segments").click()
        expect(walk.page.locator("#keeping input[name='keep']:checked")).to_have_count(2)
        walk.page.fill("[name='label_fr:sortes-a']", "Les curieux")
        assert walk.barriers() == []
        walk.press("Enregistrer les segments")
        expect(walk.page.locator(".notice.good")).to_contain_text("2 segments")
        expect(walk.page.get_by_role("link", name="Les curieux", exact=True).first).to_be_visible()
        assert walk.ears.heard == []
