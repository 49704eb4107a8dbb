"""How somebody who has signed in walks from a finding to a saved segment; what was seen is told, tests judge it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Locator, Page, expect

from quartier.language import Language
from tests.browser.conftest import owners_token
from tests.browser.live import Ears, Site, window

PATIENCE = 60_000
"""Milliseconds for a model to run, where all cores have other work."""
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
_SAID: dict[Language, dict[str, str]] = {
    "en": {"run": "Run", "again": "Run again", "review": "Review and save", "save": "Save the segment"},
    "fr": {
        "run": "Calculer",
        "again": "Recalculer",
        "review": "Vérifier et enregistrer",
        "save": "Enregistrer le segment",
    },
}
_SERIOUS = ("serious", "critical")


class Walk:
    """One window: the page that is looked at, in which language, and what was heard on the way."""

    def __init__(self, page: Page, site: Site, language: Language) -> None:
        self.page, self.site, self.language = page, site, language
        self.ears = Ears(page)
        page.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)

    def go(self, path: str) -> None:
        """Look at a page."""
        self.page.goto(self.site.at(path))

    def press(self, name: str) -> None:
        """Press the first button that is called so."""
        self.page.get_by_role("button", name=name, exact=True).first.click()

    def run(self, kind: str, **told: str | tuple[str, ...]) -> None:
        """Run a model by its form and wait until its page shows what it found.

        A model of this kind may have run before, for another test; then it has a `name` of its own.
        """
        self.go(f"/analyse/models/{kind}")
        for name, value in told.items():
            self._tell(name, value)
        said = _SAID[self.language]
        self.page.get_by_role("button", name=re.compile(f"^({said['run']}|{said['again']})$")).first.click()
        writes = self.page.locator("main .card code")  # the traits that it writes
        (writes.filter(has_text=f"{told['name']}_") if "name" in told else writes).first.wait_for()

    def _tell(self, name: str, value: str | tuple[str, ...]) -> None:
        field = self.page.locator(f"#settings [name='{name}']")
        for closed in field.first.locator("xpath=ancestor::details[not(@open)]").all():
            closed.locator("summary").first.click()
        if isinstance(value, tuple):
            for each in value:
                self.page.check(f"#settings [name='{name}'][value='{each}']")
            return
        is_choice = field.evaluate("each => each.tagName") == "SELECT"
        (field.select_option if is_choice else field.fill)(value)

    def opened(self, link: Locator) -> str:
        """Follow a link into the editor; gives how many persons it counts."""
        link.click()
        size = self.page.locator("#size b").filter(has_text=re.compile(r"\d"))
        size.wait_for()
        return size.inner_text()

    def kept(self) -> str:
        """Save the segment that is in the editor; gives the address of its page."""
        self.press(_SAID[self.language]["review"])
        self.press(_SAID[self.language]["save"])
        self.page.wait_for_url(re.compile(r"/segments/(?!new|drafts)"))
        return urlsplit(self.page.url).path

    @property
    def text(self) -> str:
        """What the page says."""
        return self.page.locator("main").inner_text()

    def barriers(self) -> list[object]:
        """What keeps somebody from using the page."""
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate(
            "axe.run().then(r => r.violations.map(v => [v.id, v.impact, v.nodes.map(n => n.html)]))"
        )
        return [each for each in found if each[1] in _SERIOUS]


@contextmanager
def walking(chromium: Browser, site: Site, language: Language = "en") -> Iterator[Walk]:
    """A window of an owner, for as long as the block lasts."""
    with window(chromium, site, owners_token(site), language) as context:
        yield Walk(context.new_page(), site, language)
