"""From the adviser's word to the deed, in Chromium and in both languages: a survey is put in force, a method is run."""

import pytest
from playwright.sync_api import Browser, expect

from quartier.language import Language
from tests.browser.live import Site
from tests.browser.walking import walking

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("language", "family", "survey", "put", "see"),
    [
        ("en", "needs", "The survey that would say it", "Put it in force", "See what it found"),
        ("fr", "values", "L'enquête qui le dirait", "Mettre en vigueur", "Voir ce qu'elle a trouvé"),
    ],
)  # fmt: skip
def test_a_survey_that_is_put_forward_is_put_in_force_and_answered(
    chromium: Browser, example_site: Site, language: Language, family: str, survey: str, put: str, see: str
):
    with walking(chromium, example_site, language) as walk:
        walk.go("/analyse/adviser")
        shown = walk.page.locator(f"#{family}")
        shown.get_by_text(survey, exact=True).click()
        shown.get_by_role("button", name=put, exact=True).click()
        expect(walk.page.locator(".notice.good")).to_contain_text(f"/s/ask-{family}")
        walk.go("/analyse/adviser")
        shown.get_by_text(survey, exact=True).click()
        expect(shown.get_by_role("link", name=see, exact=True)).to_be_visible()
        walk.go(f"/s/ask-{family}")
        expect(walk.page.locator("form input[type='radio']").first).to_be_visible()
        assert walk.ears.heard == []


def test_a_method_that_the_adviser_names_is_run_and_a_cell_becomes_a_segment(chromium: Browser, example_site: Site):
    with walking(chromium, example_site) as walk:
        walk.go("/analyse/adviser")
        walk.page.locator("#behavioural").get_by_role("link", name="RFM").first.click()
        walk.page.locator("#settings button").click()
        walk.page.locator(".notice.good").wait_for()
        counted = walk.opened(walk.page.locator("table.rfm td a").nth(1))
        assert walk.kept().startswith("/segments/rfm-")
        assert counted in walk.text
        assert walk.ears.heard == []
