"""The table of roles in the documentation is the table that the server keeps to."""

import re

from quartier.govern.roles import ALLOWED, MEANINGS, ROLES
from tests.needs import REPOSITORY


def test_the_page_says_what_each_role_may_do_as_the_server_has_it():
    page = (REPOSITORY / "docs/how-to/run-the-application.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([a-z ,]+) \|(.*)\|$", page, re.MULTILINE)
    said = {meaning: [cell.strip() == "yes" for cell in cells.split("|")] for meaning, cells in rows}
    assert said == {text.en: [may in ALLOWED[role] for role in ROLES] for may, text in MEANINGS.items()}
