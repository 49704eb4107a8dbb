"""From a finding to a saved segment, in Chromium: where a journey is left, those who left it there are kept."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.live import Site, serving
from tests.browser.walking import walking
from tests.web.conftest import NOW

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def site(shop_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("journeys") / "shop"
    shutil.copytree(shop_folder, folder)
    with serving(folder, f"{NOW:%Y-%m-%d}") as served:
        yield served


def test_a_drop_off_of_a_funnel_becomes_a_segment(chromium: Browser, site: Site):
    with walking(chromium, site) as walk:
        walk.go("/analyse/journeys")
        walk.page.select_option("[name='within']", "1 day")
        walk.press("Show")
        walk.page.wait_for_url(lambda url: "within=1" in url)
        assert walk.barriers() == []
        counted = walk.opened(walk.page.locator("#funnel tbody tr").first.locator("td a"))
        assert walk.kept() == "/segments/journey-step-1"
        assert counted in walk.text
        assert walk.ears.heard == []


def test_the_paths_can_be_used_by_everybody(chromium: Browser, site: Site):
    with walking(chromium, site) as walk:
        walk.go("/analyse/journeys/paths")
        assert walk.barriers() == []
        assert walk.ears.heard == []
