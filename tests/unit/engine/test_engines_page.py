"""The page of the engines says what their table says."""

from tests.unit.engine.engines_page import PAGE, page


def test_the_page_of_the_engines_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run `python -m tests.unit.engine.engines_page`"
