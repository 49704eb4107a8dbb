import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats

from quartier.evaluate.arms import ArmStatistics, arm_of, sample_ratio
from quartier.evaluate.effect import Caution, Effect, Verdict, compare, corrected

# Integers scaled keep means and variances away from rounding alone.
SAMPLE = st.lists(st.integers(-1000, 1000).map(lambda n: n / 8), min_size=2, max_size=40).map(np.array)


def _arm(persons: int, mean: float, variance: float, responders: int | None = None) -> ArmStatistics:
    return ArmStatistics(persons, mean, variance, persons if responders is None else responders)


def test_the_statistics_of_a_tiny_arm_are_those_computed_by_hand() -> None:
    assert arm_of(np.array([0.0, 0.0, 3.0, 5.0])) == ArmStatistics(4, 2.0, 6.0, 2)


def test_an_empty_arm_has_no_mean_and_a_single_person_no_variance() -> None:
    assert arm_of(np.array([])) == ArmStatistics(0, None, None, 0)
    assert arm_of(np.array([7.0])) == ArmStatistics(1, 7.0, None, 1)


def test_a_constant_has_no_variance_even_where_its_mean_is_rounded() -> None:
    assert arm_of(np.full(1001, 0.1)).variance == 0


def test_a_mean_per_event_is_a_ratio_of_sums_computed_by_hand() -> None:
    arm = arm_of(np.array([10.0, 0.0, 20.0]), np.array([1.0, 0.0, 3.0]))
    assert arm.mean == 7.5
    # distances to the ratio: 10 - 7.5, 0, 20 - 22.5, over 4/3 events a person
    assert arm.variance == pytest.approx(np.var([2.5 / (4 / 3), 0, -2.5 / (4 / 3)], ddof=1))
    assert arm.responders == 2


def test_a_mean_per_event_without_any_event_is_unknown_and_not_zero() -> None:
    assert arm_of(np.zeros(5), np.zeros(5)).mean is None


def test_an_outcome_that_is_missing_is_never_taken_for_a_zero() -> None:
    with pytest.raises(ValueError, match="finite"):
        arm_of(np.array([1.0, math.nan]))


def test_the_interval_of_a_tiny_comparison_is_the_one_computed_by_hand() -> None:
    effect = compare(_arm(4, 3.0, 6.0), _arm(4, 1.0, 6.0))
    half = stats.t.ppf(0.975, 6) * math.sqrt(6 / 4 + 6 / 4)
    assert effect.difference == 2.0
    assert effect.lift == 2.0
    assert effect.interval is not None
    assert (effect.interval.low, effect.interval.high) == (pytest.approx(2 - half), pytest.approx(2 + half))


# Solving for sizes takes milliseconds, more on a busy machine.
@settings(deadline=None, max_examples=40)
@given(SAMPLE, SAMPLE, st.integers(1, 20))
def test_difference_interval_and_pvalue_are_those_of_welch(
    targeted: np.ndarray, held_out: np.ndarray, comparisons: int
) -> None:
    assume(np.ptp(targeted) > 0 and np.ptp(held_out) > 0)  # SciPy warns of a constant arm; that case is below
    effect = compare(arm_of(targeted), arm_of(held_out), comparisons=comparisons)
    expected = stats.ttest_ind(targeted, held_out, equal_var=False)
    interval = expected.confidence_interval(1 - 0.05 / comparisons)
    assert effect.pvalue == pytest.approx(expected.pvalue, rel=1e-6, abs=1e-12)
    assert effect.interval is not None
    assert effect.interval.low == pytest.approx(interval.low, rel=1e-6, abs=1e-6)
    assert effect.interval.high == pytest.approx(interval.high, rel=1e-6, abs=1e-6)


@settings(deadline=None, max_examples=40)
@given(SAMPLE, SAMPLE)
def test_the_verdict_keeps_to_the_interval_and_swaps_with_the_arms(one: np.ndarray, other: np.ndarray) -> None:
    there, back = compare(arm_of(one), arm_of(other)), compare(arm_of(other), arm_of(one))
    swapped = {Verdict.GAIN: Verdict.LOSS, Verdict.LOSS: Verdict.GAIN, Verdict.TOO_SMALL: Verdict.TOO_SMALL}
    assert back.verdict is swapped[there.verdict]
    if there.verdict is not Verdict.TOO_SMALL:
        assert there.caution is None
        assert there.interval is not None
        assert not there.interval.has_zero


@settings(deadline=None, max_examples=40)
@given(SAMPLE, SAMPLE, st.sampled_from([1e-9, 1e-3, 1e6, 1e12]))
def test_the_unit_of_the_outcome_changes_nothing_but_the_unit(
    one: np.ndarray, other: np.ndarray, factor: float
) -> None:
    plain, scaled = (compare(arm_of(one * by), arm_of(other * by)) for by in (1, factor))
    assert plain.verdict is scaled.verdict
    if plain.interval and plain.pvalue is not None and scaled.interval:
        assert scaled.interval.high == pytest.approx(plain.interval.high * factor, rel=1e-6, abs=1e-6 * factor)
        assert scaled.pvalue == pytest.approx(plain.pvalue, rel=1e-6, abs=1e-12)


def test_an_effect_that_leaves_zero_out_is_a_gain_or_a_loss() -> None:
    high, low = _arm(1000, 12.0, 100.0), _arm(1000, 9.0, 100.0)
    assert compare(high, low).verdict is Verdict.GAIN
    assert compare(low, high).verdict is Verdict.LOSS


@pytest.mark.parametrize(
    ("targeted", "held_out", "caution"),
    [
        (ArmStatistics(0, None, None, 0), _arm(100, 1.0, 1.0), Caution.EMPTY_ARM),
        (_arm(100, 1.0, 1.0), ArmStatistics(0, None, None, 0), Caution.EMPTY_ARM),
        (_arm(100, 1.0, 1.0), ArmStatistics(1, 5.0, None, 1), Caution.ONE_PERSON),
        (_arm(100, 1.0, 0.0), _arm(100, 2.0, 0.0), Caution.NO_SPREAD),
        (_arm(100, 0.0, 0.0, 0), _arm(100, 0.0, 0.0, 0), Caution.NO_SPREAD),
        (_arm(29, 9.0, 1.0), _arm(1000, 1.0, 1.0), Caution.FEW),
        (_arm(1000, 0.009, 0.009, 9), _arm(100, 0.0, 0.0, 0), Caution.FEW),
    ],
)
def test_nothing_is_claimed_where_nothing_can_be_known(
    targeted: ArmStatistics, held_out: ArmStatistics, caution: Caution
) -> None:
    effect = compare(targeted, held_out)
    assert (effect.verdict, effect.caution) == (Verdict.TOO_SMALL, caution)
    assert (effect.interval is None) == (caution is not Caution.FEW)


def test_an_arm_in_which_nobody_responded_is_compared_all_the_same() -> None:
    effect = compare(_arm(1000, 0.0, 0.0, 0), _arm(1000, 0.1, 0.09, 100))
    assert effect.verdict is Verdict.LOSS
    assert effect.lift == -1
    assert effect.lift_interval is None


@pytest.mark.parametrize("base", [0.0, -3.0])
def test_a_lift_needs_a_base_above_zero(base: float) -> None:
    effect = compare(_arm(100, 1.0, 4.0), _arm(100, base, 4.0))
    assert (effect.lift, effect.lift_interval) == (None, None)
    assert effect.interval is not None


def test_the_lift_has_the_interval_of_the_log_ratio() -> None:
    effect = compare(_arm(10_000, 12.0, 100.0), _arm(10_000, 10.0, 100.0))
    error = math.sqrt(100 / 12**2 / 10_000 + 100 / 10**2 / 10_000)
    assert effect.lift == pytest.approx(0.2)
    assert effect.lift_interval is not None
    assert effect.lift_interval.low == pytest.approx(1.2 * math.exp(-1.96 * error) - 1, abs=1e-4)
    assert effect.lift_interval.high == pytest.approx(1.2 * math.exp(1.96 * error) - 1, abs=1e-4)


def test_the_sizes_needed_are_those_of_the_textbook() -> None:
    effect = compare(_arm(900, 10.5, 100.0), _arm(100, 10.0, 100.0))
    # n in the smaller arm = (1 + 1/9) (1.96 + 0.8416)^2 variance / difference^2
    held_out = (1 + 1 / 9) * (1.959964 + 0.841621) ** 2 * 100 / 0.5**2
    assert effect.verdict is Verdict.TOO_SMALL
    assert effect.needed is not None
    assert effect.needed.held_out == pytest.approx(held_out, rel=1e-3)
    assert effect.needed.targeted == pytest.approx(9 * held_out, rel=1e-3)


def test_a_minimal_effect_that_was_stated_decides_the_sizes_needed() -> None:
    arms = _arm(900, 10.5, 100.0), _arm(100, 10.0, 100.0)
    stated, observed = compare(*arms, minimal=1.0).needed, compare(*arms).needed
    assert stated is not None
    assert observed is not None
    assert stated.difference == 1.0
    assert observed.targeted == pytest.approx(4 * stated.targeted, rel=1e-2)


def test_arms_of_the_sizes_needed_would_just_show_the_difference() -> None:
    needed = compare(_arm(900, 10.5, 100.0), _arm(100, 10.0, 100.0)).needed
    assert needed is not None
    enough = compare(_arm(needed.targeted, 10.5, 100.0), _arm(needed.held_out, 10.0, 100.0))
    assert enough.visible == pytest.approx(0.5, rel=1e-3)


@settings(deadline=None, max_examples=40)
@given(st.floats(-1e6, 1e6), st.floats(1e-6, 1e9), st.integers(2, 10**6), st.integers(2, 10**6))
def test_sizes_can_be_asked_for_whatever_the_arms_are(mean: float, variance: float, one: int, other: int) -> None:
    effect = compare(_arm(one, mean, variance), _arm(other, 0.0, variance))
    assert effect.visible is not None
    assert effect.visible > 0
    assert effect.needed is None or effect.needed.targeted >= 1


def test_no_difference_at_all_has_no_size_that_would_show_it() -> None:
    assert compare(_arm(100, 1.0, 1.0), _arm(100, 1.0, 1.0)).needed is None


def _with_pvalue(mean: float) -> Effect:
    return compare(_arm(100, mean, 1.0), _arm(100, 0.0, 1.0), comparisons=3)


def test_pvalues_of_a_family_are_adjusted_by_holm_as_computed_by_hand() -> None:
    effects = [_with_pvalue(mean) for mean in (0.30, 0.10, 0.45)]
    p = [effect.pvalue for effect in effects if effect.pvalue is not None]
    adjusted = [effect.pvalue_adjusted for effect in corrected(effects)]
    assert adjusted == pytest.approx([2 * p[0], max(p[1], 2 * p[0]), 3 * p[2]])


def test_a_segment_that_cannot_be_tested_does_not_count_as_a_pvalue() -> None:
    empty = compare(ArmStatistics(0, None, None, 0), _arm(100, 1.0, 1.0))
    adjusted = corrected([empty, _with_pvalue(0.3)])
    assert adjusted[0].pvalue_adjusted is None
    assert adjusted[1].pvalue_adjusted == adjusted[1].pvalue


def test_intervals_of_many_segments_are_wider() -> None:
    one, many = (compare(_arm(100, 1.0, 1.0), _arm(100, 0.0, 1.0), comparisons=n) for n in (1, 20))
    assert one.interval is not None
    assert many.interval is not None
    assert many.interval.low < one.interval.low < one.interval.high < many.interval.high
    assert many.confidence == pytest.approx(0.9975)


@pytest.mark.parametrize(("targeted", "held_out"), [(900, 100), (9_000, 1_000), (95, 5)])
def test_arms_of_the_sizes_that_were_drawn_are_no_mismatch(targeted: int, held_out: int) -> None:
    ratio = sample_ratio(targeted=targeted, held_out=held_out, expected=0.1)
    assert ratio is not None
    assert not ratio.is_mismatch


@pytest.mark.parametrize(("targeted", "held_out"), [(800, 200), (9_000, 700)])
def test_arms_of_other_sizes_are_a_mismatch(targeted: int, held_out: int) -> None:
    ratio = sample_ratio(targeted=targeted, held_out=held_out, expected=0.1)
    assert ratio is not None
    assert ratio.is_mismatch


def test_the_sizes_of_small_arms_are_checked_exactly() -> None:
    ratio = sample_ratio(targeted=95, held_out=5, expected=0.1)
    assert ratio is not None
    assert ratio.pvalue == pytest.approx(stats.binomtest(95, 100, 0.9).pvalue)
    assert ratio.observed == 0.05


def test_without_a_holdout_there_are_no_sizes_to_check() -> None:
    assert sample_ratio(targeted=100, held_out=0, expected=0) is None
    assert sample_ratio(targeted=0, held_out=0, expected=0.1) is None
