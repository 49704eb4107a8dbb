"""From a finding to a segment in Chromium: a drop-off of a funnel, a stage and a band of the score are kept."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

import quartier
from quartier.clock import FixedClock
from tests.browser.conftest import owners_token
from tests.browser.live import Site, serving, window
from tests.web.conftest import NOW

pytestmark = pytest.mark.slow
AXE = Path(__file__).parent / "vendor" / "axe.min.js"


@pytest.fixture
def site(shop_folder: Path, tmp_path: Path) -> Iterator[Site]:
    folder = tmp_path / "shop"
    shutil.copytree(shop_folder, folder)
    with quartier.open(folder, clock=FixedClock(NOW)) as workspace:
        workspace.run_model({"model": "relation"})
        workspace.run_model({"model": "score", "horizon": 120})
    with serving(folder, f"{NOW:%Y-%m-%d}") as served:
        yield served


def test_a_finding_becomes_a_segment_that_is_kept(chromium: Browser, site: Site):
    with window(chromium, site, owners_token(site)) as context:
        page = context.new_page()
        page.goto(site.at("/analyse/journeys"), wait_until="networkidle")
        page.select_option("[name='within']", "1 day")
        page.get_by_role("button", name="Show").click()
        page.wait_for_url(re.compile("within=1"))
        _is_accessible(page)
        _kept(page, site, page.locator("#funnel tbody tr").nth(0).locator("td a"), "journey-step-1")

        page.goto(site.at("/analyse/journeys/paths"), wait_until="networkidle")
        _is_accessible(page)
        page.goto(site.at("/analyse/models/relation"), wait_until="networkidle")
        _is_accessible(page)
        _kept(page, site, page.locator("#stages").get_by_role("link", name="Customer", exact=True), "stage-customer")

        page.goto(site.at("/analyse/models/score"), wait_until="networkidle")
        _is_accessible(page)
        _kept(page, site, page.locator("#bands tbody th a").first, "score-")


def _kept(page: Page, site: Site, link, name: str) -> None:
    """Follow a link into the editor, keep what is there, and find its page with as many members as were counted."""
    link.click()
    expect(page.locator("#size b")).to_have_text(re.compile(r"\d+"))
    counted = page.inner_text("#size b")
    page.get_by_role("button", name=re.compile("Review|Save", re.IGNORECASE)).first.click()
    page.wait_for_load_state("networkidle")
    if "/review" in page.url:
        page.get_by_role("button", name=re.compile("Save|Put", re.IGNORECASE)).first.click()
    page.wait_for_url(re.compile(rf"/segments/{name}"))
    expect(page.locator("main")).to_contain_text(counted)


def _is_accessible(page: Page) -> None:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run().then(r => r.violations.map(v => [v.id, v.impact, v.nodes.map(n => n.html)]))")
    assert [each for each in found if each[1] in ("serious", "critical")] == []
