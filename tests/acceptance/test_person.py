"""`quartier person` over the small shop: what the page shows is what it prints, in both languages."""

import os
import re

import pytest

from tests.acceptance.shop import CommandLine
from tests.docs.shown import outputs, written
from tests.needs import REPOSITORY

PAGE = REPOSITORY / "docs/how-to/see-one-person.md"
COMMANDS = {"show": ["show", "C1", "--timeline", "2", "--similar", "2"], "find": ["find", "ana"]}


@pytest.fixture
def segmented(shop: CommandLine) -> CommandLine:
    assert shop("model", "run", "rfm").code == 0
    assert shop("segment", "refresh").code == 0
    return shop


def test_the_page_shows_what_is_printed(segmented: CommandLine) -> None:
    printed = {name: without_ids(segmented("person", *arguments).out) for name, arguments in COMMANDS.items()}
    if os.environ.get("QUARTIER_WRITE_DOCS"):
        PAGE.write_text(written(PAGE.read_text(encoding="utf-8"), printed), encoding="utf-8")
    shown = list(outputs(PAGE.read_text(encoding="utf-8")))
    assert [each.name for each in shown] == list(COMMANDS)
    assert [each.shown for each in shown] == [each.of(printed[each.name]) for each in shown]


def without_ids(printed: str) -> str:
    """Public ids differ from workspace to workspace."""
    return re.sub(r"p_[a-z2-7]{16}", "p_…", printed)


def test_a_profile_is_told_in_french_by_family(segmented: CommandLine) -> None:
    said = segmented.bare(
        "--lang", "fr", "-w", segmented.folder / "shop", "--at", "2026-04-01T12:00+00:00", "person", "show", "C1"
    )
    assert said.code == 0
    for words in (
        "connue depuis le 1er avril 2026",
        "géographique",
        "Chronologie\n3 événements\N{NO-BREAK SPACE}: ",
        "numéro de client",
    ):
        assert words in said.out


def test_who_is_nobody_is_told_how_to_find_somebody(shop: CommandLine) -> None:
    said = shop("person", "show", "nobody")
    assert (said.code, said.out) == (2, "")
    assert "quartier person find" in said.err
    assert shop("person", "find", "nobody at all").out.startswith("Nobody has “nobody at all”")
    assert shop("person", "find", "a").code == 2


def test_the_history_of_a_trait_is_a_table(shop: CommandLine) -> None:
    more = shop.write("more.csv", "customer_id,email,country\nC1,ana@example.com,BE\n")
    assert shop("collect", more, "--yes", at="2026-04-02T12:00+00:00").code == 0
    said = shop("person", "history", "C1", "country", at="2026-04-03T12:00+00:00")
    assert re.sub(r" +", " ", said.out).splitlines() == [
        "Country",
        "value since until source",
        "BE 2 April 2026, 14:00 now more.csv",
        "FR 1 April 2026, 14:00 2 April 2026, 14:00 customers.csv",
    ]


def test_a_profile_is_written_as_a_page(shop: CommandLine) -> None:
    page = shop.folder / "pages" / "ana.html"
    assert shop("person", "show", "C1", "--out", page).out == f"Profile written to {page}.\n"
    html = page.read_text(encoding="utf-8")
    assert "<h1>Ana</h1>" in html
    assert "ana@example.com" in html
