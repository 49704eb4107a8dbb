import re
import unicodedata

import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from quartier.channels.formulas import neutralised, restored

SIGNS = "=+-@"


def _one(text: str | None) -> str | None:
    (cell,) = neutralised(pa.chunked_array([[text]], pa.string())).to_pylist()
    return cell


def _could_run(cell: str) -> bool:
    """Written again and plainly: the first sign, blanks dropped and full-width forms narrowed, starts a formula."""
    first = unicodedata.normalize("NFKC", cell.strip("\x00\ufeff\u200b\u2060" + " \t\r\n\u00a0\u3000"))[:1]
    return cell[:1] in ("\t", "\r", "\n") or (first != "" and first in SIGNS)


@pytest.mark.parametrize(
    "text",
    [
        "=cmd|'/C calc'!A0",
        "+1+cmd",
        "-2+3+cmd",
        "@SUM(1+1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "＝1+1",
        "＋1",
        "－1",
        "＠A1",
        "  =1",
        "\ufeff=1",
        "-",
    ],
)
def test_a_text_that_a_spreadsheet_would_run_gets_an_apostrophe_and_can_be_had_back(text: str) -> None:
    assert _one(text) == f"'{text}"
    assert restored(f"'{text}") == text


@pytest.mark.parametrize("text", ["", "Zoé", "a=b", "l'été", "'tis", "1-2", "jean-paul@example.org", "»"])
def test_a_harmless_text_stays_as_it_is(text: str) -> None:
    assert _one(text) == text
    assert restored(text) == text


def test_a_missing_text_stays_missing() -> None:
    assert _one(None) is None


def test_a_text_that_begins_with_an_apostrophe_and_a_sign_is_told_apart_from_a_neutralised_one() -> None:
    assert _one("'=1") == "''=1"
    assert restored("''=1") == "'=1"


@settings(deadline=None)  # the machine may be busy
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=12))
@example("''\u3000＝")
def test_no_written_text_can_run_and_every_text_comes_back(text: str) -> None:
    written = _one(text)
    assert written is not None
    assert not _could_run(written)
    assert restored(written) == text
    assert re.fullmatch(r"'?", written.removesuffix(text)), "nothing but one apostrophe is added"
