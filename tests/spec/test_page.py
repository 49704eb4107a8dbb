"""The reference page says what the specification says."""

from tests.spec.page import PAGE, page


def test_the_reference_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run `python -m tests.spec.page`"
