"""The reference of the tracking endpoints says what the tables in the code say."""

from tests.docs.tracking import PAGE, page


def test_the_reference_of_tracking_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run `python -m tests.docs.tracking`"
