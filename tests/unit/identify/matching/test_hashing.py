"""Keys as numbers: the same text has the same number wherever it stands, and others have others."""

import pyarrow as pa
import pytest

from quartier.identify.matching import hashing
from quartier.identify.matching.blocking import Key, Rule
from quartier.identify.matching.hashing import hashed, keys_of

TEXTS = ["dupont", "", None, "dupond", "éléonore", "dupont", "du"]


def test_a_text_has_one_number_wherever_it_stands(monkeypatch: pytest.MonkeyPatch):
    whole = hashed(pa.chunked_array([TEXTS])).tolist()
    in_parts = pa.chunked_array([pa.array(["x", *TEXTS[:3]]).slice(1), pa.array(TEXTS[3:])])
    assert hashed(in_parts).tolist() == whole
    monkeypatch.setattr(hashing, "_AT_ONCE", 2)
    assert hashed(in_parts).tolist() == whole
    assert whole[0] == whole[5]
    assert len(set(whole)) == 5  # what is missing has the number of the empty text, and counts for nothing


def test_numbers_are_the_same_in_every_version():
    assert hashed(pa.chunked_array([["dupont", "1980"]])).tolist() == KNOWN


def test_many_texts_that_are_alike_have_numbers_of_their_own():
    texts = [f"{number:06d}" for number in range(200_000)]
    assert len(set(hashed(pa.chunked_array([texts])).tolist())) == len(texts)


def test_a_rule_has_a_key_where_all_its_parts_are_there_and_keys_of_other_rules_are_others():
    table = pa.table({"a": ["dupont", "dupond", "x", None], "b": ["75001", "75001", "75001", "75001"]})
    rules = (Rule((Key("a", 0, 3), Key("b"))), Rule((Key("b"), Key("a", 0, 3))), Rule((Key("b"),)))
    keys, has = keys_of(table, rules)
    assert has.tolist() == [[True, True, False, False]] * 2 + [[True] * 4]
    assert keys[0, 0] == keys[0, 1]
    assert len({keys[0, 0], keys[1, 0], keys[2, 0]}) == 3
    assert keys_of(table, ())[1].all()


KNOWN = [7934444793854425262, 3484954443885780056]
