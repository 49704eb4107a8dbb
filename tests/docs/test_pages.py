"""The documents: short READMEs alike in both languages, every page in the navigation, every link leading somewhere."""

import re
from pathlib import Path

import pytest
import yaml

from tests.needs import REPOSITORY

DOCS = REPOSITORY / "docs"
READMES = [REPOSITORY / "README.md", REPOSITORY / "README.fr.md"]
PAGES = sorted(DOCS.rglob("*.md"))
ROOT_PAGES = sorted(REPOSITORY.glob("*.md"))


def navigation() -> list[str]:
    def pages(entry) -> list[str]:
        match entry:
            case str():
                return [entry]
            case list():
                return [page for each in entry for page in pages(each)]
            case dict():
                return [page for each in entry.values() for page in pages(each)]
        raise AssertionError(entry)

    return pages(yaml.safe_load((REPOSITORY / "mkdocs.yml").read_text(encoding="utf-8"))["nav"])


def test_every_page_is_in_the_navigation_once():
    assert sorted(navigation()) == sorted(page.relative_to(DOCS).as_posix() for page in PAGES)


def test_every_decision_is_in_the_list_of_decisions():
    records = list((DOCS / "adr").glob("0*.md"))
    listed = (DOCS / "adr/index.md").read_text(encoding="utf-8")
    assert len(records) >= 6
    assert [page.name for page in records if f"({page.name})" not in listed] == []


@pytest.mark.parametrize("record", sorted((DOCS / "adr").glob("0*.md")), ids=lambda page: page.stem)
def test_a_decision_has_its_three_parts_in_under_sixty_lines(record: Path):
    text = record.read_text(encoding="utf-8")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Context", "Decision", "Consequences"]
    assert text.startswith(f"# {record.name[:4]} ")
    assert len(text.splitlines()) < 60


@pytest.mark.parametrize("readme", READMES, ids=lambda page: page.name)
def test_a_readme_is_under_130_lines(readme: Path):
    assert 30 < len(readme.read_text(encoding="utf-8").splitlines()) < 130


def test_both_readmes_have_the_same_parts_bullets_and_examples():
    english, french = (shape(page.read_text(encoding="utf-8")) for page in READMES)
    assert english == french


def shape(text: str) -> list[str]:
    return re.findall(r"^(#+ |- \*\*|```\w*|<!-- output: .*)", text, re.MULTILINE)


@pytest.mark.parametrize("page", PAGES + ROOT_PAGES, ids=lambda page: page.relative_to(REPOSITORY).as_posix())
def test_every_link_to_a_file_leads_to_one(page: Path):
    links = re.findall(r"\]\((?!https?://|#)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("readme", ["README.fr.md", "GLOSSARY.md"])
def test_french_documents_have_their_no_break_spaces(readme: str):
    text = re.sub(r"```.*?```", "", (REPOSITORY / readme).read_text(encoding="utf-8"), flags=re.DOTALL)
    text = re.sub(r"`[^`]*`|<!--.*?-->|\]\([^)]*\)", "x", text)
    assert re.findall(r".{0,20} [;?!»].{0,10}|.{0,20}\w :.{0,10}|.{0,20}« .{0,10}", text) == []
