"""The whole road in Chromium: from an empty workspace and a file to an effect, with script and without."""

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path

import pyarrow.csv
import pytest
from playwright.sync_api import Browser, Page, expect

import quartier
from quartier.clock import FixedClock
from quartier.config import Config
from quartier.language import Language
from tests.browser.live import Ears, Site, serving, window
from tests.browser.retail import write_lines
from tests.web.shop import PASSWORD

FREEZING, MEASURING = "2011-10-01", "2011-12-12"
WHERE = {
    "all": [
        {"trait": "country", "in": ["France", "United Kingdom"]},
        {"event": "Order Completed", "within": "180 days", "count": {"at_least": 1}},
        {"any": [
            {"event": "Order Completed", "sum": "revenue", "more_than": 100, "within": "1 year"},
            {"trait": "rfm_monetary", "top": "10 %"},
        ]},
        {"not": {"event": "Order Refunded", "within": "30 days"}},
    ]
}  # fmt: skip
SAID = {
    "en": {"review": "Review and save", "save": "Save the segment", "sign_in": "Sign in"},
    "fr": {"review": "Vérifier et enregistrer", "save": "Enregistrer le segment", "sign_in": "Se connecter"},
}
PATIENCE = 60_000
A_WHILE = 45_000


class Walker:
    """Somebody who uses the pages: fields by their names, buttons by what they ask for."""

    def __init__(self, page: Page, site: Site, has_script: bool) -> None:
        self.page, self.site, self.has_script = page, site, has_script
        page.set_default_timeout(A_WHILE)

    def go(self, path: str) -> None:
        self.page.goto(self.site.at(path))

    def press(self, value: str) -> None:
        """Press the button that asks for something, opening the menu that it is in."""
        button = self.page.locator(f'button[name="do"][value="{value}"]:not(.unseen)').first
        menu = button.locator("xpath=ancestor::details[not(@open)]")
        if menu.count():
            menu.first.locator("summary").click()
        button.click()
        self.settle()

    def choose(self, name: str, value: str) -> None:
        """Choose in a field, or write in it; what depends on it appears."""
        field = self.page.locator(f'[name="{name}"]').first
        is_choice = field.evaluate("each => each.tagName") == "SELECT"
        (field.select_option if is_choice else field.fill)(value)
        if self.has_script:
            self.settle(900)
        elif is_choice:
            self.press("show")

    def settle(self, pause: int = 150) -> None:
        """Wait for what a change asks of the server."""
        if self.has_script:
            self.page.wait_for_timeout(pause)
            expect(self.page.locator(".htmx-request")).to_have_count(0, timeout=PATIENCE)
        self.page.wait_for_load_state()


def come_in(walker: Walker) -> None:
    walker.page.goto(walker.site.setup_url)
    for name, value in {"email": "ana@example.org", "name": "Ana", "password": PASSWORD}.items():
        walker.page.fill(f'[name="{name}"]', value)
    walker.page.locator("main form button").first.click()
    expect(walker.page).to_have_url(walker.site.at("/"))


def sign_in(walker: Walker, language: Language) -> None:
    walker.go("/")
    walker.page.fill('[name="email"]', "ana@example.org")
    walker.page.fill('[name="password"]', PASSWORD)
    walker.page.get_by_role("button", name=SAID[language]["sign_in"]).click()


def import_lines(walker: Walker, path: Path) -> None:
    walker.go("/data/import")
    walker.page.set_input_files('input[type="file"]', path)
    walker.page.locator("main form[enctype] button").first.click()
    walker.press("import")
    expect(walker.page.locator("a[href='/data/catalog']").last).to_be_visible(timeout=PATIENCE)  # the summary


def write_segment(walker: Walker, language: Language) -> str:
    """Write the nested segment by the forms alone; gives the count that the editor told."""
    walker.go("/segments/new")
    walker.choose("label_en", "Good customers")
    walker.choose("label_fr", "Bons clients")
    walker.choose("name", "good-customers")
    walker.choose("population", "customers")
    steps = [
        ("add:0:trait", {"0.0:trait": "country", "0.0:test": "in", "0.0:test.value": "France, United Kingdom"}),
        ("add:0:event", {"0.1:event": "Order Completed", "0.1:window": "within", "0.1:window.oldest.n": "180",
                         "0.1:test.value": "1"}),
        ("add:0:any", {}),
        ("add:0.2:event", {"0.2.0:event": "Order Completed", "0.2.0:window": "within", "0.2.0:window.oldest.n": "1",
                           "0.2.0:window.oldest.unit": "year", "0.2.0:measure": "sum", "0.2.0:path": "revenue",
                           "0.2.0:test": "more_than", "0.2.0:test.value": "100"}),
        ("add:0.2:trait", {"0.2.1:trait": "rfm_monetary", "0.2.1:test": "top", "0.2.1:test.places": "10",
                           "0.2.1:test.of": "percent"}),
        ("add:0:not", {}),
        ("add:0.3:event", {"0.3.0:event": "Order Refunded", "0.3.0:window": "within", "0.3.0:window.oldest.n": "30",
                           "0.3.0:test.value": "1"}),
    ]  # fmt: skip
    for add, fields in steps:
        walker.press(add)
        for name, value in fields.items():
            walker.choose(name, value)
    walker.press("show")
    return walker.page.locator("#size").inner_text().splitlines()[0]


def saved(walker: Walker, language: Language) -> None:
    walker.page.get_by_role("button", name=SAID[language]["review"]).click()
    walker.page.get_by_role("button", name=SAID[language]["save"]).click()
    expect(walker.page).to_have_url(walker.site.at("/segments/good-customers"))


def whole(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def instant(day: str) -> dt.datetime:
    return dt.datetime.fromisoformat(f"{day}T00:00:00+00:00")


def counted(folder: Path, where: dict) -> int:
    with quartier.open(folder, clock=FixedClock(instant(FREEZING))) as ws:
        document = {"segment": "asked", "label": {"en": "A", "fr": "A"}, "population": "customers", "where": where}
        return ws.preview([document])[0].size


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    return write_lines(tmp_path / "online_retail.parquet")


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("has_script", [True, False], ids=["with-script", "without-script"])
def test_a_file_becomes_a_segment_an_audience_a_list_and_an_effect(
    chromium: Browser, tmp_path: Path, lines: Path, language: Language, has_script: bool
):
    walk(chromium, tmp_path, lines, language, has_script)


@pytest.mark.slow
@pytest.mark.data
def test_online_retail_goes_the_whole_road(chromium: Browser, tmp_path: Path, shared_data: Callable[[str], Path]):
    walk(chromium, tmp_path, shared_data("online_retail.parquet"), "en", has_script=True)


def walk(chromium: Browser, tmp_path: Path, path: Path, language: Language, has_script: bool) -> None:
    folder = quartier.create(tmp_path / "shop", Config(name="Shop", language=language, country="GB", currency="GBP"))
    with serving(folder, FREEZING) as site:
        context = window(chromium, site, None, language, java_script_enabled=has_script)
        walker, ears = Walker(context.new_page(), site, has_script), Ears(context.pages[0])
        come_in(walker)
        import_lines(walker, path)
        walker.go("/analyse")
        walker.page.locator("#settings button").click()
        expect(walker.page.locator("main svg").first).to_be_visible(timeout=PATIENCE)  # the grid
        told = whole(write_segment(walker, language))
        saved(walker, language)
        change_and_look(walker, language, told)
        freeze(walker)
        listed = export(walker, tmp_path)
        context.close()
        assert ears.heard == []
    assert told == counted(folder, WHERE) > 0
    with quartier.open(folder, clock=FixedClock(instant(FREEZING))) as ws:
        audience = ws.audience("spring")
        assert len(audience.targeted) + len(audience.held_out) == told
        assert len(audience.targeted) == listed
    with serving(folder, MEASURING) as site:
        context = window(chromium, site, None, language, java_script_enabled=has_script)
        walker = Walker(context.new_page(), site, has_script)
        sign_in(walker, language)
        shown = effect(walker)
        context.close()
    with quartier.open(folder, clock=FixedClock(instant(MEASURING))) as ws:
        outcome = "sum of revenue of Order Completed within 60 days"
        said = ws.evaluate("spring", outcome, segments_named=[]).sentences(language)
        assert said
        assert [each for each in said if each not in shown] == []


def change_and_look(walker: Walker, language: Language, told: int) -> None:
    """Begin a change, see what it would do, and leave it: nothing is put in force."""
    walker.go("/segments/good-customers/edit")
    walker.choose("0.0:test.value", "France")
    walker.page.get_by_role("button", name=SAID[language]["review"]).click()
    expect(walker.page).to_have_url(re.compile("/review$"))
    figures = [whole(each) for each in walker.page.locator(".glance .number").all_inner_texts()]
    assert figures[0] == told - figures[2]
    assert figures[2] > 0


def freeze(walker: Walker) -> None:
    walker.go("/target/new?segment=good-customers&name=spring&holdout=20+%25")
    walker.page.locator('form[action="/target"] button').click()
    expect(walker.page).to_have_url(walker.site.at("/target/spring"))


def export(walker: Walker, folder: Path) -> int:
    """Write the list and fetch it; gives how many persons are in it."""
    walker.page.locator("#list button").click()
    with walker.page.expect_download() as fetched:
        walker.page.locator("#ready a").click()
    fetched.value.save_as(folder / "list.csv")
    return pyarrow.csv.read_csv(folder / "list.csv").num_rows


def effect(walker: Walker) -> str:
    walker.go("/evaluate/spring")
    for name, value in {"measure": "sum", "event": "Order Completed", "of": "revenue", "within": "60"}.items():
        field = walker.page.locator(f'main [name="{name}"]').first
        (field.select_option if field.evaluate("each => each.tagName") == "SELECT" else field.fill)(value)
    walker.page.locator("main form button").last.click()
    walker.settle(500)
    return walker.page.locator("main").text_content() or ""  # also what is folded away
