"""Patterns are written so that every engine reads them alike, or refused with a reason."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quartier.engine import DuckDBEngine, Query
from quartier.errors import Unusable
from quartier.segment.patterns import portable

USABLE = [
    (r"a.c", r"a[^\n]c"),
    (r"\d+\D?", r"[0-9]+[^0-9]?"),
    (r"[\w.-]+?@", r"[A-Za-z0-9_\.\-]+@"),
    (r"^(?:ab|c)$", r"^(ab|c)$"),
    (r"\.\-\t", r"\.-\t"),
    (r"a{2}b{1,}c{0,3}", r"a{2}b{1,}c{0,3}"),
    (r"[^a-f\]&]", r"[^a-f\]\&]"),
    ("É|é", "É|é"),
]
REFUSED = [
    "", "a|", "()", "(a", "a)", "[a", "a]", "a}", "*", "a**", "a{", "a{x}", "a{3,2}", "a{256}", "^*", "(?i)a", "(?=a)b",
    "(?<n>a)", r"\b", r"\1", r"\x41", r"[\D]", "[[:alpha:]]", "[b-a]", "[]", "a\\", "a{2}{3}", "(a{200}){200}",
    "a" * 501,
]  # fmt: skip


@pytest.mark.parametrize(("pattern", "written"), USABLE)
def test_a_pattern_is_written_for_every_engine(pattern, written):
    assert portable(pattern) == written


@pytest.mark.parametrize("pattern", REFUSED)
def test_what_engines_read_differently_or_not_at_all_is_refused_with_a_remedy(pattern):
    with pytest.raises(Unusable) as refused:
        portable(pattern)
    assert refused.value.what.to("en") != refused.value.what.to("fr")
    assert refused.value.remedy is not None


PIECES = st.sampled_from([*"abÉé.^$|()[]{}*+?\\-", r"\d", r"\w", r"[^\s]", "[a-b]", "{1,2}", "(?:"])


@settings(max_examples=150, derandomize=True, deadline=None)
@given(pieces=st.lists(PIECES, min_size=1, max_size=7), text=st.text("abÉé1 -.\n", max_size=6))
def test_duckdb_and_python_find_the_same(pieces, text):
    pattern = "".join(pieces)
    try:
        written = portable(pattern)
    except Unusable:
        return
    found = ENGINE.rows(Query("select regexp_matches($text, $pattern)", {"text": text, "pattern": written}))
    assert found[0][0] == (re.search(written.replace("$", r"\Z").replace(r"\\Z", r"\$"), text) is not None)


ENGINE = DuckDBEngine(memory_limit="256MB", threads=1)
