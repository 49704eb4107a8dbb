"""Which pairs link, which wait, and which are nobody's business any more; a proposal holds no value of anybody."""

import datetime as dt
import json

import numpy as np
import pyarrow as pa
import pytest

from quartier.errors import InvalidRequest
from quartier.identify.components import Reason as Why
from quartier.identify.matching.evidence import Reason
from quartier.identify.matching.identities import Standing, coded
from quartier.identify.matching.proposing import Proposal, Thresholds, certain_pairs, doubtful_pairs
from quartier.language import Text
from quartier.store.links import InForce

AT = dt.datetime(2026, 11, 22, 19, tzinfo=dt.UTC)
PAIRS = pa.table({
    "a": pa.array([0, 1, 2, 3, 4], pa.int32()),
    "b": pa.array([5, 6, 7, 8, 9], pa.int32()),
    "probability": [1.0, 0.995, 0.98, 0.6, 0.4],
})  # fmt: skip
APART = np.arange(10)


def now(person: np.ndarray = APART, linked: list[tuple[int, int]] | None = None) -> Standing:
    a, b = np.array(linked or [], np.int64).reshape(-1, 2).T
    return Standing(person, coded(a, b))


def ends(pairs: pa.Table) -> list[tuple[int, int]]:
    return list(zip(pairs["a"].to_pylist(), pairs["b"].to_pylist(), strict=True))


def test_certain_pairs_are_those_not_linked_before_and_refused_by_nobody():
    assert ends(certain_pairs(PAIRS, now(), InForce(), 0.99)) == [(0, 5), (1, 6)]
    assert ends(certain_pairs(PAIRS, now(linked=[(0, 5)]), InForce(), 0.99)) == [(1, 6)]
    assert ends(certain_pairs(PAIRS, now(), InForce(refused=frozenset([(1, 6)])), 0.99)) == [(0, 5)]
    assert ends(certain_pairs(PAIRS, now(), InForce(), 0.5)) == [(0, 5), (1, 6), (2, 7), (3, 8)]


def test_doubtful_pairs_are_of_two_persons_and_decided_by_nobody():
    thresholds = Thresholds()
    assert ends(doubtful_pairs(PAIRS, now(), InForce(), thresholds)) == [(2, 7), (3, 8)]
    one_person = APART.copy()
    one_person[7] = one_person[2]
    assert ends(doubtful_pairs(PAIRS, now(one_person), InForce(), thresholds)) == [(3, 8)]
    decided = InForce(accepted=frozenset([(2, 7)]), refused=frozenset([(3, 8)]))
    assert ends(doubtful_pairs(PAIRS, now(), decided, thresholds)) == []


def test_a_certain_pair_that_was_linked_and_is_still_two_persons_waits():
    found = doubtful_pairs(PAIRS, now(linked=[(0, 5)]), InForce(), Thresholds())
    assert ends(found) == [(0, 5), (2, 7), (3, 8)]


def test_a_proposal_becomes_a_link_by_likeness_with_its_reasons_in_both_languages():
    said = Reason(Text(en="email differs", fr="email diffère").with_(), 9.25, "email")
    link = Proposal(3, 8, 0.991, "email", (said,), AT).as_link()
    assert (link.a, link.b, link.reason, link.rule, link.probability, link.at) == (3, 8, Why.MATCH, "email", 0.991, AT)
    (reason,) = json.loads(json.dumps(link.evidence))["reasons"]
    assert reason == {"field": "email", "weight": 9.25, "what": {"en": "email differs", "fr": "email diffère"}}


@pytest.mark.parametrize(("certain", "doubtful"), [(0.5, 0.9), (1.1, 0.5), (0.9, 0.0)])
def test_thresholds_that_cannot_be_are_told(certain: float, doubtful: float):
    with pytest.raises(InvalidRequest):
        Thresholds(certain, doubtful)
