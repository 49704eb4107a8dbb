"""The whole road in Chromium: from an empty workspace and a file to an effect, with script and without."""

import datetime as dt
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyarrow.csv
import pytest
from playwright.sync_api import Browser, Page

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
            self.page.locator(".htmx-request").first.wait_for(state="detached", timeout=PATIENCE)
        self.page.wait_for_load_state()


def come_in(walker: Walker) -> None:
    walker.page.goto(walker.site.setup_url)
    for name, value in {"email": "ana@example.org", "name": "Ana", "password": PASSWORD}.items():
        walker.page.fill(f'[name="{name}"]', value)
    walker.page.locator("main form button").first.click()
    walker.page.wait_for_url(walker.site.at("/"))


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
    walker.page.locator("a[href='/data/catalog']").last.wait_for(timeout=PATIENCE)  # the summary


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
    walker.page.wait_for_url(walker.site.at("/segments/good-customers"))


def whole(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def instant(day: str) -> dt.datetime:
    return dt.datetime.fromisoformat(f"{day}T00:00:00+00:00")


def counted(folder: Path, where: dict) -> int:
    with quartier.open(folder, clock=FixedClock(instant(FREEZING))) as ws:
        document = {"segment": "asked", "label": {"en": "A", "fr": "A"}, "population": "customers", "where": where}
        return ws.preview([document])[0].size


@dataclass(frozen=True)
class Walked:
    """What was seen on the way: counts as pages told them, and what no page should say."""

    told: int
    change: tuple[int, ...]
    listed: int
    heard: tuple[str, ...]


@pytest.fixture
def lines(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The lines that are imported: made up, or those of the real file."""
    if request.param == "made up":
        return write_lines(tmp_path / "online_retail.parquet")
    return request.getfixturevalue("shared_data")("online_retail.parquet")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("lines", "language", "has_script"),
    [
        pytest.param("made up", "en", True, id="en-with-script"),
        pytest.param("made up", "en", False, id="en-without-script"),
        pytest.param("made up", "fr", True, id="fr-with-script"),
        pytest.param("made up", "fr", False, id="fr-without-script"),
        pytest.param("real", "en", True, id="online-retail", marks=pytest.mark.data),
    ],
    indirect=["lines"],
)
def test_a_file_becomes_a_segment_an_audience_a_list_and_an_effect(
    chromium: Browser, tmp_path: Path, lines: Path, language: Language, has_script: bool
):
    folder = quartier.create(tmp_path / "shop", Config(name="Shop", language=language, country="GB", currency="GBP"))
    with at_the_desk(chromium, folder, FREEZING, language, has_script) as walker:
        walked = walk(walker, lines, tmp_path, language)
    members, _, leaving = walked.change
    assert walked.heard == ()
    assert walked.told == counted(folder, WHERE) > 0
    assert members == walked.told - leaving
    assert leaving > 0
    with quartier.open(folder, clock=FixedClock(instant(FREEZING))) as ws:
        audience = ws.audience("spring")
        assert len(audience.targeted) + len(audience.held_out) == walked.told
        assert len(audience.targeted) == walked.listed
    with at_the_desk(chromium, folder, MEASURING, language, has_script) as walker:
        sign_in(walker, language)
        shown = effect(walker)
    said = sentences(folder, language)
    assert said
    assert [each for each in said if each not in shown] == []


@contextmanager
def at_the_desk(chromium: Browser, folder: Path, at: str, language: Language, has_script: bool) -> Iterator[Walker]:
    """The workspace served as of a day, and a window in which nobody has signed in."""
    with (
        serving(folder, at) as site,
        window(chromium, site, None, language, java_script_enabled=has_script) as context,
    ):
        yield Walker(context.new_page(), site, has_script)


def walk(walker: Walker, path: Path, folder: Path, language: Language) -> Walked:
    """From an empty workspace and a file to a list."""
    ears = Ears(walker.page)
    come_in(walker)
    import_lines(walker, path)
    walker.go("/analyse")
    walker.page.locator("#settings button").click()
    walker.page.locator("main svg").first.wait_for(timeout=PATIENCE)  # the grid
    told = whole(write_segment(walker, language))
    saved(walker, language)
    change = change_and_look(walker, language)
    freeze(walker)
    return Walked(told, change, export(walker, folder), tuple(ears.heard))


def sentences(folder: Path, language: Language) -> list[str]:
    """What the command line would say of the effect."""
    with quartier.open(folder, clock=FixedClock(instant(MEASURING))) as ws:
        outcome = "sum of revenue of Order Completed within 60 days"
        return list(ws.evaluate("spring", outcome, segments_named=[]).sentences(language))


def change_and_look(walker: Walker, language: Language) -> tuple[int, ...]:
    """Begin a change, see who would be in, enter and leave, and leave it: nothing is put in force."""
    walker.go("/segments/good-customers/edit")
    walker.choose("0.0:test.value", "France")
    walker.page.get_by_role("button", name=SAID[language]["review"]).click()
    walker.page.wait_for_url(re.compile("/review$"))
    return tuple(whole(each) for each in walker.page.locator(".glance .number").all_inner_texts())


def freeze(walker: Walker) -> None:
    walker.go("/target/new?segment=good-customers&name=spring&holdout=20+%25")
    walker.page.locator('form[action="/target"] button').click()
    walker.page.wait_for_url(walker.site.at("/target/spring"))


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
