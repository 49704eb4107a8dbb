import datetime as dt
import hashlib
import re
from pathlib import Path

import pytest
from jinja2 import ChoiceLoader, Environment, FileSystemLoader
from markupsafe import Markup

import quartier.web
from quartier.language import Language
from quartier.look.colours import TOKENS
from quartier.report.page import Column, Drawing, Table
from quartier.web import assets
from quartier.web.desk import environment
from quartier.web.places import Place
from quartier.web.shell import WORDS, Known, Notice, Shell, Step
from quartier.web.words import Words

WEB = Path(quartier.web.__file__).parent
APP_CSS = (WEB / "templates" / "app" / "app.css").read_text(encoding="utf-8")
VENDORED = (WEB / "static" / "vendor", Path(__file__).parents[1] / "browser" / "vendor")
FIRST_PAGE = 300_000


def shell(language: Language = "en", *, is_signed_in: bool = True, theme: str = "auto") -> Shell:
    """A shell as the desk makes it."""
    below = (
        Place("all", "All segments", "/segments", is_here=True),
        Place("new", "New", "/segments/new", is_here=False),
    )
    places = (
        Place("home", "Home", "/", is_here=False),
        Place("data", "Data", "/data", is_here=False, children=below[1:]),
        Place("persons", "Persons", "/persons", is_here=False),
        Place("analyse", "Analyse", "/analyse", is_here=False),
        Place("segments", "Segments", "/segments", is_here=False, children=below),
        Place("target", "Target", "/target", is_here=False),
        Place("evaluate", "Evaluate", "/evaluate", is_here=False),
        Place("settings", "Settings", "/settings", is_here=False),
    )
    return Shell(
        language=language, other_language="fr" if language == "en" else "en", other_language_url="/segments?lang=fr",
        title="Loyal customers", sentence="Persons of France or Belgium with 3 orders or more.",
        instant="as of 21 November 2026, 14:05", user=Known("Ada <b>Loyal</b>", "Owner") if is_signed_in else None,
        csrf="f0", places=places, notices=(Notice("good", "The segment was saved."),),
        trail=(Step("Segments", "/segments"),), owner="Maison Brique", words=Words(language, WORDS),
        assets=assets.addresses(), theme=theme, currency="EUR", zone=dt.UTC,
    )  # fmt: skip


def drawing() -> Drawing:
    """A drawing as the report has it."""
    svg = Markup('<svg viewBox="0 0 400 60"><rect width="300" height="20" fill="var(--canal)"/></svg>')
    columns = (Column("Class", is_figure=False), Column("Persons", is_figure=True))
    table = Table("Persons by class", columns, (("Best", "120"), ("Others", "380")))
    return Drawing(key="classes", title="A quarter buys the most", note="", wide=svg, narrow=svg, table=table)


def rendered(name: str = "pieces.html", **options: object) -> str:
    """The page of all pieces, or another template of the application."""
    made: Environment = environment().overlay(
        loader=ChoiceLoader([FileSystemLoader(Path(__file__).parent), environment().loader])
    )
    return made.get_template(name).render(shell=shell(**options), drawing=drawing())


@pytest.fixture(scope="module")
def page() -> str:
    return rendered()


def test_every_piece_is_on_the_page_of_pieces_and_every_template_compiles():
    names = environment().list_templates(extensions=["html"])
    assert all(environment().get_template(name) for name in names)
    macros = set(re.findall(r"{% macro ([a-z]\w*)", (WEB / "templates/app/macros.html").read_text(encoding="utf-8")))
    used = (Path(__file__).parent / "pieces.html").read_text(encoding="utf-8")
    beneath = {"picture", "figures_table", "sort_link"}
    assert macros - beneath <= set(re.findall(r"\b(\w+)\(", used))


def test_nothing_is_inline_that_the_browser_would_refuse(page: str):
    assert not re.search(r"\sstyle=|<style|\son\w+=|javascript:", page)
    assert all(" src=" in script for script in re.findall(r"<script[^>]*>", page))
    sources = [path.read_text(encoding="utf-8") for path in (WEB / "templates").rglob("*.html")]
    assert not [text for text in sources if re.search(r"\sstyle=|<style|\shx-on|\"js:", text)]


def test_texts_are_escaped_and_passwords_are_not_sent_back(page: str):
    assert "&lt;script&gt;alert(1)" in page
    assert "Ada &lt;b&gt;" in page
    assert "never shown" not in page


def test_every_label_and_description_points_to_something_and_no_id_is_there_twice(page: str):
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    pointed = set(re.findall(r'\sfor="([^"]+)"', page))
    pointed |= {each for found in re.findall(r'aria-describedby="([^"]+)"', page) for each in found.split()}
    pointed |= set(re.findall(r'href="#([^"]+)"', page))
    assert pointed <= set(ids)
    fields = re.findall(r'<(?:input|select|textarea)\b(?![^>]*type="hidden")[^>]*>', page)
    assert all('id="' in each for each in fields)


def test_every_form_that_changes_something_carries_what_proves_where_it_comes_from():
    for form in re.findall(r"<form[^>]*method=\"post\".*?</form>", rendered(), re.DOTALL):
        assert 'name="csrf" value="f0"' in form


def test_the_road_says_where_the_page_is_and_shows_its_children_alone(page: str):
    rail = page.split('class="rail"')[1].split("<main")[0]
    assert rail.count('aria-current="page"') == 1
    assert rail.count("/segments/new") == 1


@pytest.mark.parametrize(
    ("theme", "said"), [("auto", ""), ("dark", ' data-theme="dark"'), ("light", ' data-theme="light"')]
)
def test_the_theme_that_somebody_chose_is_on_the_root(theme: str, said: str):
    assert f'<html lang="fr"{said}>' in rendered(language="fr", theme=theme)


def test_pages_without_the_road_say_nothing_of_places():
    text = rendered("app/bare.html", is_signed_in=False)
    assert 'class="rail"' not in text
    assert "<h1>Loyal customers</h1>" in text


def test_the_stylesheet_names_no_colour_of_its_own_and_only_known_tokens():
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[;,)\s])|\brgba?\(|\bhsl", APP_CSS)
    known = {token.variable for token in TOKENS} | set(re.findall(r"(--[\w-]+):", APP_CSS)) | {"--round"}
    shared = {"--size-1", "--size-2", "--size-3", "--size-4", "--size-5", "--measure", "--gap"}
    assert set(re.findall(r"var\((--[\w-]+)", APP_CSS)) <= known | shared


def test_every_rule_of_the_stylesheet_is_closed_and_only_a_width_or_paper_holds_others():
    plain, depth = re.sub(r"/\*.*?\*/", "", APP_CSS, flags=re.DOTALL), 0
    for head, sign in re.findall(r"([^{}]*)([{}])", plain):
        assert sign == "}" or depth == 0 or (depth == 1 and "@" not in head), head.strip()
        depth += 1 if sign == "{" else -1
        assert depth >= 0, head.strip()
    assert depth == 0


@pytest.mark.parametrize("folder", VENDORED, ids=["application", "tests"])
def test_files_of_others_are_as_they_published_them_and_have_their_licence(folder: Path):
    said = re.findall(
        r"\| `([^`]+)` \|.*?`(LICENSE[^`]*)`.*`([0-9a-f]{64})` \|", (folder / "README.md").read_text("utf-8")
    )
    assert {name for name, _, _ in said} == {path.name for path in folder.glob("*.min.*")}
    for name, licence, digest in said:
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
        assert (folder / licence).stat().st_size > 500


def test_a_first_page_with_all_its_files_is_far_below_its_budget(page: str):
    files = [assets._all()[name].packed for name in ("quartier.css", "htmx.js", "quartier.js")]
    assert sum(map(len, files)) + len(page) < FIRST_PAGE / 2
