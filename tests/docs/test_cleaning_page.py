"""The page on cleaning shows what the code makes of its examples."""

from quartier.identify.cleaning import Fault, Kind, cleaned
from tests.docs.cleaning import EXAMPLES, PAGE, READING, page


def test_the_page_on_cleaning_is_what_the_code_does():
    assert PAGE.read_text(encoding="utf-8") == page()  # else run `python -m tests.docs.cleaning`


def test_every_kind_is_shown_cleaned_and_some_with_a_fault():
    assert set(EXAMPLES) == set(Kind)
    found = {kind: [cleaned(kind, raw, READING) for raw in raws] for kind, raws in EXAMPLES.items()}
    assert all(any(each.value for each in values) for values in found.values())
    assert len({each.problem for values in found.values() for each in values}) > len(Fault) / 2
