"""Texts that a spreadsheet would run as a formula, made harmless, and back.

A cell that begins with = + - @, a tab or a line break can run code or send data away when a list is opened in a
spreadsheet (OWASP, "CSV Injection"); full-width forms (U+FF1D and kin) are read in the same way by some. Such a text
gets an apostrophe in front, which spreadsheets read as "text". It can be undone without loss: a text that already
begins with apostrophes and then such a sign gets one more. Numbers stay numbers: -12.5 in a number column is no text.
"""

import re

import pyarrow as pa
import pyarrow.compute as pc

APOSTROPHE = "'"
_SIGNS = "=+@\\-\uff1d\uff0b\uff0d\uff20"
# Blanks before the sign count too: some spreadsheets drop them and then see the formula.
_BLANKS = "[\\s\u00a0\u200b\u2060\u3000\ufeff\\x00]*"
_RUNS = f"^{APOSTROPHE}*(?:{_BLANKS}[{_SIGNS}]|[\t\r\n])"
_NEUTRALISED = re.compile(f"^{APOSTROPHE}{_RUNS.removeprefix('^')}")


def neutralised(texts: pa.Array | pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
    """A text column in which no cell can run; missing values stay missing."""
    runs = pc.match_substring_regex(texts, _RUNS)
    return pc.if_else(runs, pc.binary_join_element_wise(APOSTROPHE, texts, ""), texts)


def restored(text: str) -> str:
    """The text as it was before `neutralised`."""
    return text[1:] if _NEUTRALISED.match(text) else text
