"""Likeness of texts: the same number as DuckDB gives, since matching on Spark is to find the same pairs."""

import duckdb
import numpy as np
import pyarrow as pa
import pytest

from quartier.identify.matching.likeness import jaro_winkler

KNOWN = [("martha", "marhta"), ("dixon", "dicksonx"), ("", ""), ("", "a"), ("élodie", "elodie"), ("ab", "ba")]


def pairs() -> list[tuple[str, str]]:
    rng = np.random.default_rng(3)
    words = ["".join(rng.choice(list("abcdeé "), int(rng.integers(1, 12)))) for _ in range(3_000)]
    return [*KNOWN, *zip(words[::2], words[1::2], strict=True), *((word, word[::-1]) for word in words)]


def test_texts_are_as_alike_as_duckdb_says():
    given = pairs()
    words = pa.table({"a": [a for a, _ in given], "b": [b for _, b in given]})  # DuckDB reads it by its name
    assert words.num_rows > 4_000
    with duckdb.connect() as connection:
        connection.register("words", words)
        wanted = connection.execute("select jaro_winkler_similarity(a, b) from words").fetchall()
    for (a, b), (similarity,) in zip(given, wanted, strict=True):
        assert jaro_winkler(a, b) == pytest.approx(similarity, abs=1e-12), (a, b)


def test_what_is_missing_is_like_nothing():
    assert jaro_winkler(None, "a") is None
    assert jaro_winkler("a", None) is None
