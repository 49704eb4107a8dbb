"""The way to segments that are there: both languages name every model, and nothing that is no command."""

import re

import pytest

from quartier.analyse.modelling.kinds import KINDS
from quartier.cli.main import tree
from tests.docs.command_line import commands
from tests.needs import REPOSITORY

PAGES = [REPOSITORY / "docs/how-to" / name for name in ("find-segments.md", "trouver-des-segments.md")]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_model_is_named_and_every_command_there_is(page):
    text = page.read_text(encoding="utf-8")
    assert [each for each in KINDS if not re.search(rf"`(?:model run )?{each}\b", text)] == []
    known = {path for path, _ in commands(tree("en"))}
    assert {
        f"quartier {group} {name}"
        for group, name in re.findall(r"(?:`|shop |boutique )(model|analyse|target) ([a-z]+)", text)
    } <= known


def test_both_languages_have_the_same_steps_commands_and_links():
    english, french = (page.read_text(encoding="utf-8") for page in PAGES)
    for what in (r"^## \d", r"^quartier -w [\w-]+ ([a-z]+)", r"\]\((\.\./[\w/-]+\.md)\)", r"^\| \["):
        assert re.findall(what, english, re.MULTILINE) == re.findall(what, french, re.MULTILINE)
