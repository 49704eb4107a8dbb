"""Each test that the page on reliability names as a proof exists."""

import re

from tests.needs import REPOSITORY

PAGE = (REPOSITORY / "docs/reliability.md").read_text(encoding="utf-8")


def test_every_proof_that_the_page_names_is_a_test():
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)
    assert len(named) >= 10
    for path, name in named:
        assert f"def {name}(" in (REPOSITORY / path).read_text(encoding="utf-8"), name
