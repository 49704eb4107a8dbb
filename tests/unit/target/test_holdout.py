import hashlib
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyroaring import BitMap
from scipy.stats import binomtest, chi2_contingency, kstest

from quartier.target.holdout import draws, salt_of, split

SECRET = b"a secret of the workspace"
KEYS = st.sets(st.integers(0, 2**32 - 1), max_size=60)
SALTS = st.text(max_size=8).map(lambda name: salt_of(SECRET, name))
EVERYBODY = np.arange(200_000, dtype=np.uint32)


@settings(deadline=None)  # the machine may be busy
@given(KEYS, SALTS, st.floats(0, 0.99))
def test_every_member_is_on_exactly_one_side(keys: set[int], salt: str, share: float) -> None:
    targeted, held_out = split(BitMap(keys), share=share, salt=salt)
    assert not targeted & held_out
    assert targeted | held_out == BitMap(keys)


@settings(deadline=None)  # the machine may be busy
@given(KEYS, KEYS, SALTS, st.floats(0, 0.99))
def test_a_person_is_on_the_same_side_whoever_else_is_there(
    keys: set[int], others: set[int], salt: str, share: float
) -> None:
    _, alone = split(BitMap(keys), share=share, salt=salt)
    _, together = split(BitMap(keys | others), share=share, salt=salt)
    assert alone == together & BitMap(keys)


@settings(deadline=None)  # the machine may be busy
@given(st.permutations(list(range(40))), SALTS)
def test_the_order_of_the_persons_does_not_matter(order: list[int], salt: str) -> None:
    drawn = draws(np.array(order, np.uint32), salt)
    assert drawn.tolist() == [draws(np.array([key], np.uint32), salt)[0] for key in order]


@settings(deadline=None)  # the machine may be busy
@given(KEYS, SALTS, st.floats(0, 0.99), st.floats(0, 0.99))
def test_a_larger_share_only_adds_persons(keys: set[int], salt: str, one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert split(BitMap(keys), share=low, salt=salt)[1] <= split(BitMap(keys), share=high, salt=salt)[1]


def test_the_number_of_a_person_is_what_blake2b_says_and_will_say_in_ten_years() -> None:
    salt = salt_of(SECRET, "spring")
    digest = hashlib.blake2b((13 // 8).to_bytes(4, "little"), key=bytes.fromhex(salt)).digest()
    expected = (int.from_bytes(digest[5 * 8 : 6 * 8], "little") >> 11) / 2**53
    assert draws(np.array([13], np.uint32), salt).tolist() == [expected]


@pytest.mark.parametrize("share", [0.01, 0.1, 0.5, 0.9])
def test_the_share_held_out_is_within_what_chance_allows(share: float) -> None:
    for campaign in ("spring", "summer", "autumn", "winter"):
        _, held_out = split(BitMap(EVERYBODY), share=share, salt=salt_of(SECRET, campaign))
        assert binomtest(len(held_out), len(EVERYBODY), share).pvalue > 1e-6


def test_draws_are_uniform_for_neighbouring_and_for_scattered_keys() -> None:
    salt = salt_of(SECRET, "spring")
    for keys in (EVERYBODY, EVERYBODY * np.uint32(8), EVERYBODY * np.uint32(20_011)):
        assert kstest(draws(keys, salt), "uniform").pvalue > 1e-6


def test_campaigns_hold_out_independently_of_each_other() -> None:
    one, other = (draws(EVERYBODY, salt_of(SECRET, name)) < 0.2 for name in ("spring", "summer"))
    table = [[np.sum(a & b) for b in (other, ~other)] for a in (one, ~one)]
    assert chi2_contingency(table).pvalue > 1e-6


def test_workspaces_hold_out_independently_of_each_other() -> None:
    assert salt_of(SECRET, "spring") != salt_of(b"another secret", "spring")


def test_a_holdout_of_nothing_holds_nobody_out() -> None:
    assert split(BitMap(EVERYBODY), share=0, salt=salt_of(SECRET, "spring"))[1] == BitMap()


@pytest.mark.parametrize("share", [-0.1, 1.0, float("nan")])
def test_a_share_outside_zero_to_one_is_refused(share: float) -> None:
    with pytest.raises(ValueError, match="share"):
        split(BitMap([1]), share=share, salt=salt_of(SECRET, "spring"))


def test_a_million_persons_take_a_second_or_two() -> None:
    members = BitMap(range(0, 2_000_000, 2))
    start = time.perf_counter()
    split(members, share=0.1, salt=salt_of(SECRET, "spring"))
    assert time.perf_counter() - start < 10, "far beyond the second that it takes on two busy cores"
