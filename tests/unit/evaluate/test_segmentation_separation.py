"""How well segments tell traits apart: by hand, against the formulas of one-way analysis, and on made data."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyroaring import BitMap
from scipy.stats import chi2_contingency

from quartier.catalog import Label
from quartier.evaluate.segmentation.resampling import steadiness
from quartier.evaluate.segmentation.sample import (
    MOST_VALUES,
    Column,
    Sample,
    category_column,
    drawn_from,
    membership,
    number_column,
)
from quartier.evaluate.segmentation.separation import explained, homogeneity, silhouette

LABEL = Label(en="x", fr="x")


def number(values) -> Column:
    return number_column("x", LABEL, pa.chunked_array([pa.array(values, pa.float64())]))


def category(values) -> Column:
    return category_column("x", LABEL, pa.chunked_array([pa.array(values, pa.string())]))


def parted(groups) -> np.ndarray:
    """One segment per group."""
    groups = np.asarray(groups)
    return np.column_stack([groups == each for each in np.unique(groups)])


def adjusted(share: float, persons: int, segments: int) -> float:
    return max(0.0, 1 - (1 - share) * (persons - 1) / (persons - segments))


def test_segments_that_do_not_overlap_explain_eta_squared():
    random = np.random.default_rng(1)
    groups = np.repeat([0, 1, 2], 40)
    values = random.normal(size=120) + groups
    means = np.array([values[groups == each].mean() for each in range(3)])
    eta = 40 * ((means - values.mean()) ** 2).sum() / ((values - values.mean()) ** 2).sum()
    assert explained(number(values), parted(groups)) == pytest.approx(adjusted(eta, 120, 3))


def test_of_a_category_they_explain_goodman_and_kruskals_tau_which_for_two_values_is_cramers_v_squared():
    random = np.random.default_rng(2)
    groups = np.repeat([0, 1], 100)
    values = np.where(random.random(200) < 0.3 + 0.4 * groups, "yes", "no")
    table = [[((groups == g) & (values == v)).sum() for v in ("no", "yes")] for g in (0, 1)]
    v_squared = chi2_contingency(table, correction=False).statistic / 200
    assert explained(category(values), parted(groups)) == pytest.approx(adjusted(v_squared, 200, 2))


def test_what_all_segments_say_is_explained_wholly_and_what_none_says_not_at_all():
    groups = np.repeat([0, 1], 50)
    assert explained(number(groups.astype(float)), parted(groups)) == pytest.approx(1.0)
    assert explained(number(np.tile([0.0, 1.0], 50)), parted(groups)) == 0.0


def test_overlapping_segments_explain_as_a_regression_does_and_a_double_adds_nothing():
    random = np.random.default_rng(4)
    members = random.random((300, 3)) < 0.4
    values = members @ [1.0, 2.0, -1.0] + random.normal(size=300)
    design = np.column_stack([np.ones(300), members])
    rest = values - design @ np.linalg.lstsq(design, values, rcond=None)[0]
    share = 1 - (rest**2).sum() / ((values - values.mean()) ** 2).sum()
    found = explained(number(values), members)
    assert found == pytest.approx(1 - (1 - share) * 299 / 296)
    assert explained(number(values), np.column_stack([members, members[:, 0]])) == pytest.approx(found)


def test_many_segments_drawn_at_random_explain_hardly_anything():
    random = np.random.default_rng(5)
    assert explained(number(random.normal(size=2_000)), random.random((2_000, 40)) < 0.3) < 0.02


def test_persons_of_whom_nothing_is_known_do_not_count():
    groups = np.repeat([0, 1], 50)
    values = np.where(np.arange(100) % 5 == 0, np.nan, groups * 2.0)
    assert explained(number(values), parted(groups)) == pytest.approx(1.0)


def test_with_few_persons_or_no_spread_nothing_is_said():
    assert explained(number(np.arange(29.0)), parted([0] * 15 + [1] * 14)) is None
    assert explained(number(np.ones(60)), parted([0, 1] * 30)) is None
    assert homogeneity(number(np.ones(60)), parted([0, 1] * 30)) == [None, None]


def test_homogeneity_by_hand():
    values = np.concatenate([np.tile([4.0, 6.0], 20), np.tile([0.0, 10.0], 20)])
    alike, spread = homogeneity(number(values), parted([0] * 40 + [1] * 40))
    assert values.var() == 13.0
    assert alike == pytest.approx(1 - 1 / 13)
    assert spread == pytest.approx(1 - 25 / 13)


def test_silhouette_by_hand_on_two_heaps_far_apart():
    values = np.concatenate([np.tile([0.0, 1.0], 20), np.tile([10.0, 11.0], 20)])
    sample = Sample(("low", "high"), parted([0] * 40 + [1] * 40), (number(values),))
    found = silhouette(sample, np.random.default_rng(1))
    own, other = 20 / 39, 10.5
    # A person at 0 is 20 steps of 1 from the 39 others of their heap, and 10 or 11 from those of the next one.
    assert found.segments["low"] == pytest.approx(((other - own) / other + (9.5 - own) / 9.5) / 2)
    assert found.mean == pytest.approx((found.segments["low"] + found.segments["high"]) / 2)
    assert found.persons == 80


def test_who_is_in_several_segments_has_no_silhouette():
    members = np.ones((60, 2), dtype=bool)
    assert silhouette(Sample(("a", "b"), members, (number(np.arange(60.0)),)), np.random.default_rng(1)) is None
    assert silhouette(Sample(("a",), members[:, :1], (number(np.arange(60.0)),)), np.random.default_rng(1)) is None
    assert silhouette(Sample(("a", "b"), parted([0, 1] * 30), ()), np.random.default_rng(1)) is None


def test_a_portrait_is_steady_when_the_segment_differs_and_is_chance_when_it_does_not():
    random = np.random.default_rng(6)
    groups = random.integers(0, 2, 3_000)
    columns = tuple(number(random.normal(size=3_000)) for _ in range(12))
    apart = tuple(number(each.values[:, 0] + groups) for each in columns)
    assert min(steadiness(Sample(("a", "b"), parted(groups), apart), np.random.default_rng(1))) > 0.99
    by_chance = steadiness(Sample(("a", "b"), parted(groups), columns), np.random.default_rng(1))
    assert by_chance == pytest.approx([0.7, 0.7], abs=0.12)


def test_without_traits_or_members_or_difference_there_is_no_steadiness():
    members = np.zeros((100, 3), dtype=bool)
    members[:, 0], members[:29, 1] = True, True
    assert steadiness(Sample(("all", "few", "none"), members, (number(np.arange(100.0)),)), _any()) == [None] * 3
    assert steadiness(Sample(("all",), members[:, :1], ()), _any()) == [None]


def _any() -> np.random.Generator:
    return np.random.default_rng(1)


def test_rare_values_of_a_category_count_as_one():
    values = ["often"] * 50 + [f"rare {n}" for n in range(60)] + [None] * 5
    found = category(values)
    assert found.values.shape == (115, MOST_VALUES + 1)
    assert found.is_known.sum() == 110
    assert found.values[:50, 0].all()
    assert found.values[found.is_known].sum() == 110
    assert found.values[found.is_known][:, MOST_VALUES].sum() == 60 - (MOST_VALUES - 1)


def test_what_nobody_has_is_no_column():
    assert category([None, None]) is None
    assert number([None, None]) is None


@given(st.lists(st.frozensets(st.integers(0, 50)), max_size=4), st.frozensets(st.integers(0, 50)))
def test_memberships_are_those_of_plain_sets(sets, keys):
    found = membership(BitMap(keys), {str(n): BitMap(each) for n, each in enumerate(sets)})
    assert found.tolist() == [[key in each for each in sets] for key in sorted(keys)]


@settings(max_examples=20)
@given(st.sets(st.integers(0, 500), max_size=100), st.integers(1, 60))
def test_a_sample_is_drawn_once_from_the_base(base, most):
    found = drawn_from(BitMap(base), most, np.random.default_rng(1))
    assert len(found) == min(len(base), most)
    assert found <= BitMap(base)
