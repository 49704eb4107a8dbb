"""The measures of a set of segments, by hand and against plain Python."""

import datetime as dt
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyroaring import BitMap

from quartier.analyse.overlap import overlap
from quartier.catalog import Label, Meaning
from quartier.errors import InvalidRequest
from quartier.evaluate.arms import ArmStatistics
from quartier.evaluate.enough import ENOUGH
from quartier.evaluate.segmentation.advice import advice_of, check_team
from quartier.evaluate.segmentation.coverage import balance_of, coverage_of, once_and_more
from quartier.evaluate.segmentation.doubles import doubles_of
from quartier.evaluate.segmentation.reach import reach_of
from quartier.evaluate.segmentation.stability import SizeRange, drift_of, size_range
from quartier.evaluate.sizes import sizes_needed
from quartier.language import LANGUAGES

AT = dt.datetime(2026, 11, 21, 14, 5, tzinfo=dt.UTC)
SETS = st.dictionaries(st.text(max_size=3), st.frozensets(st.integers(0, 30)), max_size=6)


def sets(**members) -> dict[str, BitMap]:
    return {name: BitMap(keys) for name, keys in members.items()}


def test_coverage_by_hand_leaves_out_who_is_not_in_the_base():
    found = coverage_of(sets(a=[1, 2, 3], b=[3, 4, 99]), BitMap(range(1, 11)), "customers")
    assert (found.persons, found.in_none, found.in_one, found.in_several) == (10, 6, 3, 1)
    assert (found.share_in_none, found.share_in_one, found.share_in_several) == (0.6, 0.3, 0.1)


def test_of_an_empty_base_no_share_is_known():
    assert coverage_of(sets(a=[1]), BitMap(), "everyone").share_in_none is None


@given(SETS)
def test_everybody_is_in_no_segment_in_one_or_in_several(members):
    times = {key: sum(key in each for each in members.values()) for key in range(31)}
    one, several = once_and_more(map(BitMap, members.values()))
    assert set(one) == {key for key, n in times.items() if n == 1}
    assert set(several) == {key for key, n in times.items() if n > 1}
    found = coverage_of({name: BitMap(each) for name, each in members.items()}, BitMap(range(31)), "everyone")
    assert found.in_none == sum(n == 0 for n in times.values())


def test_equal_sizes_are_even_and_unequal_ones_count_for_fewer_segments():
    assert balance_of([50, 50, 0]).evenness == pytest.approx(1.0)
    found = balance_of([90, 10])
    entropy = -(0.9 * math.log(0.9) + 0.1 * math.log(0.1))
    assert found.evenness == pytest.approx(entropy / math.log(2))
    assert found.effective == pytest.approx(math.exp(entropy))
    assert (found.smallest, found.largest, found.ratio) == (10, 90, pytest.approx(1 / 9))


def test_no_balance_without_two_segments_that_have_members():
    assert balance_of([0, 0]).effective is None
    one = balance_of([7, 0])
    assert (one.evenness, one.effective) == (None, 1.0)


def test_doubles_are_named_by_their_strongest_likeness():
    same = range(100)
    found = doubles_of(
        overlap(sets(a=same, b=same, c=range(97), d=same, e=range(50), f=[], g=[], h=[])),
        {"a": 1, "b": 1, "c": 3, "d": 4, "e": 5, "f": 6, "g": 6, "h": 7},
    )
    assert {(each.one, each.other): each.likeness for each in found} == {
        ("a", "b"): "same_condition",
        ("a", "c"): "nearly_same_members",
        ("b", "c"): "nearly_same_members",
        ("a", "d"): "same_members",
        ("b", "d"): "same_members",
        ("c", "d"): "nearly_same_members",
        ("f", "g"): "same_condition",
    }
    assert (found[-1].persons, found[-1].jaccard) == (0, None)


def test_what_became_of_the_members_of_an_instant():
    found = drift_of(BitMap([1, 2, 3, 4]), BitMap([3, 4, 5]), AT)
    assert (found.then, found.kept, found.jaccard) == (4, 0.5, 0.4)
    assert drift_of(BitMap(), BitMap(), AT).kept is None
    assert drift_of(BitMap(), BitMap([1]), AT).jaccard == 0.0


@pytest.mark.parametrize(("members", "persons"), [(10, 40), (3, 1_000), (399, 400)])
def test_sizes_drawn_anew_are_those_of_the_bootstrap(members, persons):
    random = np.random.default_rng(3)
    drawn = [int((random.integers(0, persons, persons) < members).sum()) for _ in range(4_000)]
    low, high = np.quantile(drawn, [0.025, 0.975], method="inverted_cdf")
    found = size_range(members, persons)
    assert found.low == pytest.approx(low, abs=1)
    assert found.high == pytest.approx(high, abs=1)


def test_nobody_and_everybody_stay_so_in_every_draw():
    assert size_range(0, 9) == SizeRange(0, 0)
    assert size_range(9, 9) == SizeRange(9, 9)


def test_reach_by_hand():
    known = {Meaning.EMAIL: BitMap([1, 2]), Meaning.PHONE: BitMap([2, 3])}
    assert reach_of(BitMap([1, 2, 3, 4]), known) == {"email": 0.5, "phone": 0.5, "any": 0.75}
    assert reach_of(BitMap(), known) == {"email": None, "phone": None, "any": None}
    assert reach_of(BitMap([1]), {}) == {"any": 0.0}


def test_enough_persons_are_those_in_whom_the_stated_effect_shows():
    bought, usual = ArmStatistics(1_600, 0.15, 0.15 * 0.85, 240), ArmStatistics(400, 0.10, 0.10 * 0.90, 40)
    needed = sizes_needed(bought, usual, 0.05, alpha=0.05)
    assert 0.9 * ENOUGH < needed.targeted + needed.held_out <= ENOUGH


@pytest.mark.parametrize(
    ("sizes", "team", "start", "end"),
    [
        ([3000] * 4, "small", "4 segments suit a small team", "each is large enough to measure an effect in."),
        ([3000, 10, 10, 10, 10, 10], "small", "6 segments are more than a small team", "(at least 2,500 persons)."),
        ([3000] * 4, "large", "With 4 segments there is room left: a large team", "to measure an effect in."),
        ([10], None, "1 segment here: a small team can keep up with three to five", "to measure an effect there."),
        ([3000], None, "1 segment here", "it is large enough to measure an effect in."),
    ],
)
def test_the_advice_says_what_a_team_can_do_and_what_the_data_support(sizes, team, start, end):
    found = advice_of(sizes, team)
    assert found.said.to("en").startswith(start)
    assert found.said.to("en").endswith(end)
    assert found.measurable == sum(size >= 2_500 for size in sizes)


def test_the_advice_is_one_sentence_in_both_languages():
    for segments in range(12):
        for team in (None, "small", "large"):
            for language in LANGUAGES:
                said = advice_of([2_500] * segments, team).said.to(language)
                assert said.count(".") == 1
                assert "{" not in said


def test_a_team_that_there_is_not_is_refused_with_those_there_are():
    with pytest.raises(InvalidRequest) as caught:
        check_team("tiny")
    assert "small, large" in str(caught.value) or "small or large" in str(caught.value)


def test_labels_are_written_in_both_languages_and_long_lists_are_cut():
    from quartier.evaluate.segmentation.findings import _listed

    labels = [Label(en=f"s{n}", fr=f"f{n}") for n in range(7)]
    assert _listed(labels).en == "“s0”, “s1”, “s2”, “s3”, “s4” and 2 others"
    assert _listed(labels[:6]).fr.endswith("et 1 autre")
    assert _listed(labels[:1]).en == "“s0”"
